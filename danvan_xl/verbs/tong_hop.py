"""`tong-hop`: the main job."""

import gc
from collections.abc import Callable
from pathlib import Path

import click

from danvan_xl.cli_options import (
    DATA_ERRORS,
    DONE,
    CannotDoError,
    json_option,
    output_option,
    period_option,
    progress_bar,
    say,
    spare,
    xlsx_path,
)
from danvan_xl.cli_words import VietnameseCommand


@click.command("tong-hop", cls=VietnameseCommand, short_help="Tổng hợp sổ và thư mục nhận.")
@click.argument("workbook", metavar="SỔ", type=click.Path(path_type=Path))
@click.argument("folder", metavar="[THƯ_MỤC_NHẬN]", required=False, type=click.Path(path_type=Path))
@output_option
@period_option
@json_option
@click.pass_context
def tong_hop(
    ctx: click.Context,
    workbook: Path,
    folder: Path | None,
    output: Path | None,
    period: object,
    as_json: bool,
) -> None:
    """Tổng hợp sổ, các trang đơn vị trong sổ và mọi sổ trong thư mục nhận."""
    from danvan_xl.jobs import consolidate_files, save_summary
    from danvan_xl.overwriting import why_not_a_summary
    from danvan_xl.periods import Period
    from danvan_xl.writing.screens import render_summary, result_as_json

    path = xlsx_path(output, "tong-hop")
    if path.resolve() == workbook.resolve():
        raise CannotDoError(f"Tệp kết quả trùng với sổ {workbook}; chọn tên khác sau -o.")
    spare(path, why_not_a_summary(path))
    with progress_bar("Đang đọc") as progress:
        chosen = period if isinstance(period, Period) else None
        job = consolidate_files(workbook, folder, chosen, (path,), _preparing(progress))
    gc.freeze()  # all that was read is needed to the end; no use in looking for garbage in it
    save_summary(job, path)
    shown = result_as_json(job.result, path) if as_json else {}
    say("" if as_json else render_summary(job.result, path), shown, as_json)
    ctx.exit(DATA_ERRORS if job.result.has_errors else DONE)


def _preparing(progress: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Return the same callback, which also loads the writer while other processes go on reading."""

    def prepare(done: int, count: int) -> None:
        import danvan_xl.writing.summary  # noqa: F401 - for the job that follows

        progress(done, count)

    return prepare
