"""`nhan`: received workbooks filed by unit and period."""

from pathlib import Path

import click

from danvan_xl.cli.options import (
    DATA_ERRORS,
    DONE,
    PATH,
    AskedScreen,
    CannotDoError,
    progress_bar,
    say,
    screen_options,
)
from danvan_xl.cli.words import VietnameseCommand


@click.command("nhan", cls=VietnameseCommand, short_help="Xếp sổ nhận được theo đơn vị và kỳ.")
@click.argument(
    "sources",
    metavar="NGUỒN...",
    nargs=-1,
    required=True,
    type=PATH,
)
@click.option(
    "--vao",
    "inbox",
    type=PATH,
    metavar="THƯ_MỤC_NHẬN",
    help="Nơi xếp các sổ: năm, kỳ, mã đơn vị.",
)
@click.option(
    "--so",
    "workbook",
    type=PATH,
    metavar="SỔ",
    help="Sổ của đơn vị nhận: chỉ nhận đơn vị có ở trang Đơn vị, kiểm tra chữ ký số.",
)
@click.option(
    "--ban-gui",
    "own_sendings",
    type=PATH,
    metavar="THƯ_MỤC",
    help="Các bản đã gửi cấp trên (lệnh gui): báo bản nào lập từ sổ nay đã có bản mới.",
)
@screen_options
@click.pass_context
def nhan(
    ctx: click.Context,
    sources: tuple[Path, ...],
    inbox: Path | None,
    workbook: Path | None,
    own_sendings: Path | None,
    screen: AskedScreen,
) -> None:
    """Xếp sổ nhận được (thư mục, tệp .zip, thư .eml, .mbox, .msg) vào thư mục nhận.

    Đơn vị và kỳ lấy từ nội dung sổ, không theo tên tệp. Tệp nguồn không bị đụng tới; chạy lại
    không nhận trùng.
    """
    from danvan_xl.inbox.collecting import CollectingOrder, collect
    from danvan_xl.report.as_json import issue_as_json
    from danvan_xl.schema.messages import Severity
    from danvan_xl.screens.collected import collected_as_json, render_collected
    from danvan_xl.screens.findings import findings_shown

    if inbox is None:
        raise CannotDoError("Thiếu thư mục nhận. Ghi thêm: danvan-xl nhan … --vao THƯ_MỤC_NHẬN")
    with progress_bar("Đang nhận") as progress:
        done = collect(CollectingOrder(sources, inbox, workbook, own_sendings), progress)
    data = collected_as_json(done) | {"issues": list(map(issue_as_json, done.issues))}
    say(
        render_collected(done, findings_shown(done.issues, in_full=screen.in_full)),
        data,
        screen.as_json,
    )
    has_errors = any(item.severity is Severity.ERROR for item in done.issues)
    ctx.exit(DATA_ERRORS if has_errors else DONE)
