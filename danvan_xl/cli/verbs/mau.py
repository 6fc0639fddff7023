"""`mau`: a blank workbook."""

from pathlib import Path
from typing import Any

import click

from danvan_xl.cli.options import PATH, json_option, output_option, say, spare, xlsx_path
from danvan_xl.cli.words import VietnameseCommand


@click.command("mau", cls=VietnameseCommand)
@output_option
@click.option("--ma", "code", default="", metavar="MÃ", help="Mã đơn vị.")
@click.option("--ten", "name", default="", metavar="TÊN", help="Tên đơn vị, ví dụ 'Xã Phổ Phong'.")
@click.option(
    "--cap",
    "level",
    default="Xã",
    metavar="CẤP",
    help="Thôn, Xã, Huyện, Tỉnh, Trung ương, Khối/Đoàn thể.",
)
@click.option(
    "--nam",
    "year",
    type=click.IntRange(1990, 2099),
    metavar="NĂM",
    help="Năm kế hoạch; mặc định năm nay.",
)
@click.option(
    "--chi-tieu",
    "catalogue",
    type=PATH,
    metavar="TỆP",
    help="Danh mục chỉ tiêu (CSV, UTF-8); mặc định danh mục có sẵn của cấp.",
)
@click.option(
    "--bo-tieu-chi",
    "criteria",
    metavar="TÊN",
    help="Bộ tiêu chí ghi sẵn ở trang Tiêu chí, ví dụ 'Nông thôn mới 2026-2030 (nhóm 1)'.",
)
@click.option(
    "--don-vi",
    "with_units",
    is_flag=True,
    help="Lấy mã, tên, cấp trên và các đơn vị (tỉnh, xã) từ danh mục đơn vị hành chính.",
)
@click.option(
    "--so-thon",
    "hamlets",
    type=click.IntRange(1, 300),
    metavar="SỐ",
    help="Ghi sẵn các thôn của xã vào trang Đơn vị, mã <mã xã>.<số>.",
)
@json_option
def mau(output: Path | None, as_json: bool, **wanted: Any) -> None:
    """Tạo sổ mẫu để điền."""
    from danvan_xl.jobs.overwriting import why_not_a_template
    from danvan_xl.outgoing.blank import BlankOrder, blank_book  # --help must be quick
    from danvan_xl.writing.template.workbook import write_workbook

    path = xlsx_path(output, "mau")
    spare(path, why_not_a_template(path))
    book = blank_book(BlankOrder(**wanted))
    write_workbook(path, book.contents)
    count = len(book.contents.targets)
    message = f"Đã tạo sổ {path} với {count} chỉ tiêu. Mở bằng Excel, điền trang Thông tin trước."
    given = book.criteria
    if given is not None:
        message += f" Trang Tiêu chí ghi sẵn bộ {given.name} ({given.decision})."
    if units := len(book.contents.units):
        message += f" Trang Đơn vị ghi sẵn {units} đơn vị."
    lines = [message, *(f"Kiểm tra lại {remark}." for remark in book.remarks), *book.defaults]
    made = {"output": str(path), "indicators": count, "remarks": [*book.remarks, *book.defaults]}
    made |= {"unit_code": book.contents.info_text("unit_code"), "units": units}
    say("\n".join(lines), made | {"criteria": given.name if given else ""}, as_json)
