"""`tong-hop`: the main job."""

import gc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from danvan_xl.cli.options import (
    DATA_ERRORS,
    DONE,
    PATH,
    AskedReading,
    AskedScreen,
    CannotDoError,
    FolderName,
    output_option,
    period_option,
    progress_bar,
    reading_options,
    say,
    screen_options,
    spare,
    xlsx_path,
)
from danvan_xl.cli.words import VietnameseCommand

if TYPE_CHECKING:
    from danvan_xl.consolidation.consolidation import Consolidation
    from danvan_xl.files.addresses import Address


@click.command("tong-hop", cls=VietnameseCommand, short_help="Tổng hợp sổ và thư mục nhận.")
@click.argument("workbook", metavar="SỔ", type=PATH)
@click.argument("folder", metavar="[THƯ_MỤC_NHẬN]", required=False, type=FolderName())
@output_option
@period_option
@click.option(
    "--nhac",
    "reminders",
    type=PATH,
    metavar="THƯ_MỤC",
    help="Ghi thư nháp nhắc các đơn vị chưa nộp, nộp trống vào thư mục này.",
)
@screen_options
@reading_options
def tong_hop(
    workbook: Path,
    folder: "Path | Address | None",
    output: Path | None,
    period: object,
    reminders: Path | None,
    screen: AskedScreen,
    asked: AskedReading,
) -> None:
    """Tổng hợp sổ, các trang đơn vị trong sổ và mọi sổ trong thư mục nhận."""
    from danvan_xl.jobs.consolidate import Reading, consolidate_files, save_summary
    from danvan_xl.jobs.overwriting import why_not_a_summary
    from danvan_xl.vietnamese.periods import Period

    path = xlsx_path(output, "tong-hop")
    if path.resolve() == workbook.resolve():
        raise CannotDoError(f"Tệp kết quả trùng với sổ {workbook}; chọn tên khác sau -o.")
    spare(path, why_not_a_summary(path))
    _refuse_reminders(reminders, [folder] if isinstance(folder, Path) else [])
    with progress_bar("Đang đọc") as progress:
        chosen = period if isinstance(period, Period) else None
        reading = Reading(_preparing(progress), *asked)
        job = consolidate_files(workbook, folder, chosen, (path,), reading)
    from danvan_xl.screens.consolidated import render_summary  # most is loaded now
    from danvan_xl.screens.consolidated_as_json import result_as_json  # most is loaded now

    _refuse_reminders(reminders, [job.folder] if isinstance(job.folder, Path) else [])
    gc.freeze()  # all that was read is needed to the end; no use in looking for garbage in it
    report = save_summary(job, path)
    text = (
        "" if screen.as_json else render_summary(job.result, report, path, in_full=screen.in_full)
    )
    shown = result_as_json(job.result, report, path) if screen.as_json else {}
    if reminders is not None:
        more, written = _write_reminders(job.result, reminders)
        text, shown = f"{text}\n\n{more}", shown | {"reminders": written}
    say(text, shown, screen.as_json)
    click.get_current_context().exit(DATA_ERRORS if job.result.has_errors else DONE)


def _refuse_reminders(folder: Path | None, read_from: Sequence[Path]) -> None:
    """Refuse a folder for reminders that cannot be written into, or is read for figures."""
    if folder is None:
        return
    from danvan_xl.outgoing.letter_files import (
        why_not_into,  # 7 ms that a run without reminders saves
    )

    if why := why_not_into(folder, read_from):
        raise CannotDoError(why)


def _write_reminders(result: "Consolidation", folder: Path) -> tuple[str, dict[str, object]]:
    """Write the reminders; return what is said about them, for people and for programs."""
    import datetime as dt

    from danvan_xl.outgoing.letter_files import write_drafts
    from danvan_xl.outgoing.reminders import reminders_of
    from danvan_xl.screens.letters import reminders_as_json, render_reminders

    made = reminders_of(result, dt.date.today())
    paths = write_drafts(folder, [(item.name, item.draft) for item in made])
    written = list(zip(made, paths, strict=True))
    return render_reminders(written, folder), reminders_as_json(written, folder)


def _preparing(progress: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """The same callback, which also loads the writer while other processes go on reading."""

    def prepare(done: int, count: int) -> None:
        import danvan_xl.writing.summary.workbook  # noqa: F401 - for the job that follows

        progress(done, count)

    return prepare
