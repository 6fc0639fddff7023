"""`gui`: the file to send upward, and its mail draft."""

from pathlib import Path

import click

from danvan_xl.cli.options import (
    DATA_ERRORS,
    DONE,
    PATH,
    CannotDoError,
    json_option,
    period_option,
    say,
)
from danvan_xl.cli.words import VietnameseCommand


@click.command("gui", cls=VietnameseCommand, short_help="Làm tệp gửi cấp trên và thư nháp.")
@click.argument("workbook", metavar="[SỔ]", required=False, type=PATH)
@click.argument(
    "inbox",
    metavar="[THƯ_MỤC_NHẬN]",
    required=False,
    type=PATH,
)
@click.option(
    "-o",
    "--ra",
    "folder",
    type=PATH,
    metavar="THƯ_MỤC",
    help="Nơi ghi tệp gửi và thư nháp; giữ các bản gửi cũ ở đây.",
)
@click.option("--den", "to", default="", metavar="EMAIL", help="Nơi nhận, thay cho sổ ghi.")
@click.option("--van-gui", "despite_errors", is_flag=True, help="Vẫn gửi khi số liệu còn Lỗi.")
@click.option(
    "--ky-so",
    "key",
    type=PATH,
    metavar="KHÓA",
    help="Ký số bằng khóa riêng trong tệp KHÓA.",
)
@click.option(
    "--tao-khoa",
    "new_key",
    type=PATH,
    metavar="KHÓA",
    help="Tạo khóa ký mới vào tệp KHÓA và in khóa công khai, không gửi gì.",
)
@click.option("--mo", "opens", is_flag=True, help="Mở thư nháp bằng chương trình thư.")
@period_option
@json_option
@click.pass_context
def gui(
    ctx: click.Context,
    /,
    workbook: Path | None,
    folder: Path | None,
    new_key: Path | None,
    opens: bool,
    as_json: bool,
    **how: object,
) -> None:
    """Làm tệp gửi cấp trên (số đã tổng hợp, bản kê khai) và thư nháp .eml; không tự gửi gì."""
    if new_key is not None:
        _make_key(new_key, as_json)
        return
    if workbook is None:
        raise CannotDoError("Thiếu sổ cần gửi. Ghi: danvan-xl gui SỔ.xlsx -o THƯ_MỤC")
    if folder is None:
        raise CannotDoError("Thiếu thư mục kết quả. Ghi thêm: danvan-xl gui … -o THƯ_MỤC")
    import datetime as dt

    from danvan_xl.jobs.submit import SendingOrder, submit
    from danvan_xl.outgoing.sending import error_count
    from danvan_xl.screens.submitted import render_submitted, submitted_as_json

    sent = submit(SendingOrder(workbook, folder, **how), dt.datetime.now())  # type: ignore[arg-type]
    remark = _open(sent.draft) if opens else ""
    text = render_submitted(sent) + (f"\n{remark}" if remark else "")
    say(text, submitted_as_json(sent) | ({"remark": remark} if remark else {}), as_json)
    ctx.exit(DATA_ERRORS if error_count(sent.result) else DONE)


def _make_key(path: Path, as_json: bool) -> None:
    from danvan_xl.reading.signing import HOW_TO_INSTALL, is_installed, make_key

    if not is_installed():
        raise CannotDoError(f"Ký số cần thêm một thư viện. Cài bằng lệnh: {HOW_TO_INSTALL}")
    if path.exists():
        raise CannotDoError(f"'{path}' đã có, không ghi đè. Chọn tên khác sau --tao-khoa.")
    public_key = make_key(path)
    text = (
        f"Đã tạo khóa ký {path}. Giữ kín tệp này, chép thêm một bản vào USB cất riêng.\n"
        f"Khóa công khai (gửi cấp trên ghi vào cột Khóa công khai của trang Đơn vị):\n{public_key}"
    )
    say(text, {"key": str(path), "public_key": public_key}, as_json)


def _open(draft: Path) -> str:
    """Open the draft for the officer to look at; return what has to be said about it."""
    from danvan_xl.outgoing.mail_programs import open_draft

    return open_draft(draft)
