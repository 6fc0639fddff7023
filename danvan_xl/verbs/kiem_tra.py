"""`kiem-tra`: the findings on workbooks."""

from pathlib import Path

import click

from danvan_xl.cli_options import DATA_ERRORS, DONE, json_option, period_option, say
from danvan_xl.cli_words import VietnameseCommand


@click.command(
    "kiem-tra", cls=VietnameseCommand, short_help="Kiểm tra số liệu trong sổ, không ghi gì."
)
@click.argument(
    "paths", metavar="ĐƯỜNG_DẪN...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@period_option
@json_option
@click.pass_context
def kiem_tra(ctx: click.Context, paths: tuple[Path, ...], period: object, as_json: bool) -> None:
    """Kiểm tra số liệu trong sổ (tệp hoặc thư mục), không ghi gì vào tệp."""
    from danvan_xl.checking import check_paths
    from danvan_xl.periods import Period
    from danvan_xl.writing.screens import checked_as_json, render_checked

    checked = check_paths(paths, period if isinstance(period, Period) else None)
    say(render_checked(checked), checked_as_json(checked), as_json)
    ctx.exit(DATA_ERRORS if checked.has_errors else DONE)
