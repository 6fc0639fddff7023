"""`kiem-tra`: the findings on workbooks, and what goes back to their senders."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from danvan_xl.cli.options import (
    DATA_ERRORS,
    DONE,
    PATH,
    AskedScreen,
    CannotDoError,
    period_option,
    say,
    screen_options,
)
from danvan_xl.cli.words import VietnameseCommand

if TYPE_CHECKING:
    from danvan_xl.consolidation.one_workbook import CheckedFiles


@click.command(
    "kiem-tra", cls=VietnameseCommand, short_help="Kiểm tra số liệu trong sổ; làm phản hồi."
)
@click.argument(
    "paths",
    metavar="ĐƯỜNG_DẪN...",
    nargs=-1,
    required=True,
    type=PATH,
)
@period_option
@click.option(
    "--phan-hoi",
    "feedback",
    type=PATH,
    metavar="THƯ_MỤC",
    help="Ghi cho mỗi sổ có lỗi một bản đánh dấu và một thư nháp vào thư mục này.",
)
@click.option(
    "--so",
    "superior",
    type=PATH,
    metavar="SỔ_CẤP_TRÊN",
    help="Sổ của cấp trên: kiểm tra như khi tổng hợp ở đó; thư phản hồi lấy địa chỉ, hạn nộp ở đó.",
)
@screen_options
@click.pass_context
def kiem_tra(  # one argument an option
    ctx: click.Context,
    paths: tuple[Path, ...],
    period: object,
    feedback: Path | None,
    superior: Path | None,
    screen: AskedScreen,
) -> None:
    """Kiểm tra số liệu trong sổ (tệp hoặc thư mục), không ghi gì vào tệp."""
    from danvan_xl.consolidation.one_workbook import check_paths
    from danvan_xl.screens.consolidated import render_checked
    from danvan_xl.screens.consolidated_as_json import checked_as_json
    from danvan_xl.vietnamese.periods import Period

    if feedback is not None:
        _refuse_feedback(feedback, paths)
    checked = check_paths(paths, period if isinstance(period, Period) else None, superior)
    text, data = render_checked(checked, in_full=screen.in_full), checked_as_json(checked)
    if feedback is not None:
        more, written = _write(checked, feedback)
        text, data = f"{text}\n\n{more}", data | {"feedback": written}
    say(text, data, screen.as_json)
    ctx.exit(DATA_ERRORS if checked.has_errors else DONE)


def _refuse_feedback(folder: Path, paths: tuple[Path, ...]) -> None:
    """Refuse, before any work, copies that could not be made or written."""
    try:
        import danvan_xl.jobs.feedback  # noqa: F401 - it is looked for
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "openpyxl":
            raise
        raise CannotDoError(
            "Chưa có openpyxl nên không làm được bản đánh dấu (--phan-hoi). "
            'Cài thêm bằng lệnh: pip install "danvan_xl[edit]"'
        ) from error
    from danvan_xl.outgoing.letter_files import why_not_into

    if why := why_not_into(folder, paths):
        raise CannotDoError(why)


def _write(checked: "CheckedFiles", folder: Path) -> tuple[str, dict[str, object]]:
    """Write copies and letters; return what is said about them, for people and for programs."""
    import datetime as dt

    from danvan_xl.jobs.feedback import write_feedback
    from danvan_xl.reading.senders import Superior, superior_in
    from danvan_xl.screens.letters import feedback_as_json, render_feedback

    sender = superior_in(checked.above.book) if checked.above else Superior()
    answers = write_feedback(checked.files, folder, sender, dt.date.today())
    return render_feedback(answers, folder), feedback_as_json(answers, folder)
