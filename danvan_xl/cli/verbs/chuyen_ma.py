"""`chuyen-ma`: a workbook typed in old fonts, in Unicode."""

from pathlib import Path

import click

from danvan_xl.cli.options import PATH, CannotDoError, json_option, output_option, say, xlsx_path
from danvan_xl.cli.words import VietnameseCommand


@click.command(
    "chuyen-ma", cls=VietnameseCommand, short_help="Đổi sổ phông TCVN3, VNI sang Unicode."
)
@click.argument("source", metavar="TỆP", type=PATH)
@output_option
@json_option
def chuyen_ma(source: Path, output: Path | None, as_json: bool) -> None:
    """Đổi cả sổ gõ bằng phông cũ (TCVN3, VNI) sang Unicode, giữ nguyên định dạng.

    Tệp gốc không bị đụng tới. Sổ .xls thì mở bằng Excel, lưu thành .xlsx trước.
    """
    from danvan_xl.jobs.recode import recode

    path = xlsx_path(output, "chuyen-ma")
    if path.exists():
        raise CannotDoError(f"'{path}' đã có, không ghi đè. Chọn tên khác sau -o.")
    done = recode(source, path)
    if done.font is None:
        text = f"{source} không có chữ nào ghi bằng phông cũ; không ghi tệp mới."
    else:
        text = f"Đã đổi {done.changed} chỗ từ phông {done.font.value} sang Unicode: {path}"
    font = done.font.value if done.font else ""
    written = str(path) if done.font else ""
    say(text, {"output": written, "changed": done.changed, "font": font}, as_json)
