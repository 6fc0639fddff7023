"""Write made-up received workbooks and the workbook of the unit that adds them up.

python -m benchmarks.generate FOLDER --count 100

The same count and seed always give the same files, byte for byte. FOLDER then holds the superior
unit's workbook (PARENT) and, in the folder INBOX, one workbook of about ten sheets for each unit.
"""

import argparse
import datetime as dt
import os
import random
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from benchmarks.catalogue import INDICATORS
from benchmarks.figures import (
    MONTHS,
    PARENT_CODE,
    PARTS,
    Row,
    expected_plans,
    expected_totals,
    unit_code,
    unit_cumulative,
    unit_rows,
)
from benchmarks.registers import REGISTERS, Register
from danvan_xl.files.grid import column_letter
from danvan_xl.outgoing.formulas import expected_formulas
from danvan_xl.rollup.rating import completion, rate, shown
from danvan_xl.schema.columns import WORK_FIELDS
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.sheets import MONTH_NAMES, TARGETS, TEMPLATE_VERSION, UNITS

PARENT = "so-cap-tren.xlsx"
INBOX = "nhan"
CHANGED = "gui-lai"
PERIOD = "9 tháng"
YEAR = 2026
_PARENT_NAME = "Xã Phổ Phong"
_HEADER_ROW = 6
_LETTERS = {column.name: column_letter(index) for index, column in enumerate(TARGETS.columns)}
_CREATED = dt.datetime(2026, 1, 1)
_GUIDE = (
    "Mỗi đơn vị giữ một sổ trong cả năm; mỗi tháng ghi số của riêng tháng đó.",
    "Ô để trống là chưa báo cáo; không phát sinh thì ghi KPS; không áp dụng thì ghi KAD.",
    "Không sửa mã chỉ tiêu, mã đơn vị; có thể thêm cột ghi chú ở bên phải bảng.",
    "Lũy kế, Tỷ lệ, Đánh giá do công thức tính; không gõ đè lên.",
    "Chỉ ghi số lượng; không ghi họ tên, số định danh, tôn giáo, ý kiến của từng người dân.",
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What adding up the generated workbooks must give, by indicator code."""

    plans: dict[str, Decimal]
    totals: dict[str, Decimal]


def generate(folder: Path, count: int, seed: int = 1, workers: int = 1) -> Expected:
    """Write the superior unit's workbook and `count` received ones; return what they add up to."""
    inbox = folder / INBOX
    inbox.mkdir(parents=True, exist_ok=True)
    numbers = range(1, count + 1)
    write = partial(_write_unit, inbox, seed)
    if workers == 1:
        for number in numbers:
            write(number)
    else:
        with ProcessPoolExecutor(workers) as pool:
            list(pool.map(write, numbers, chunksize=8))
    units = [unit_rows(number, seed) for number in numbers]
    expected = Expected(expected_plans(units), expected_totals(units))
    _write_parent(folder / PARENT, count, expected.plans)
    return expected


def generate_changed(folder: Path, count: int, changed: int, seed: int = 2) -> Expected:
    """Write into folder CHANGED what `changed` of `count` units, far apart, send a second time.

    Returned is what all add up to once these workbooks have taken the place of the first ones.
    """
    target = folder / CHANGED
    target.mkdir(parents=True, exist_ok=True)
    again = {1 + count * number // changed for number in range(changed)}
    for number in sorted(again):
        _write_unit(target, seed, number)
    units = [unit_rows(number, seed if number in again else 1) for number in range(1, count + 1)]
    return Expected(expected_plans(units), expected_totals(units))


def generate_with_sheets(folder: Path, count: int, seed: int = 1) -> Expected:
    """Write one workbook that holds the sheets of its `count` sub-units; return their totals."""
    folder.mkdir(parents=True, exist_ok=True)
    by_code = {unit_code(number): unit_rows(number, seed) for number in range(1, count + 1)}
    units = list(by_code.values())
    expected = Expected(expected_plans(units), expected_totals(units))
    _write_parent(folder / PARENT, count, expected.plans, by_code)
    return expected


@dataclass(frozen=True, slots=True)
class _Styles:
    """The few formats every sheet uses."""

    title: Format
    header: Format
    heading: Format
    text: Format
    number: Format
    share: Format
    date: Format


def _styles(book: Workbook) -> _Styles:
    font: dict[str, object] = {"font_name": "Times New Roman", "font_size": 12}
    cell = font | {"border": 1, "text_wrap": True, "valign": "top"}
    return _Styles(
        title=book.add_format(font | {"bold": True, "font_size": 14}),
        header=book.add_format(cell | {"bold": True, "align": "center", "bg_color": "#DDEBF7"}),
        heading=book.add_format(cell | {"bold": True, "bg_color": "#F2F2F2"}),
        text=book.add_format(cell),
        number=book.add_format(cell | {"num_format": "#,##0.##"}),
        share=book.add_format(cell | {"num_format": "0.00%"}),
        date=book.add_format(cell | {"num_format": "dd/mm/yyyy"}),
    )


def _open(path: Path) -> tuple[Workbook, _Styles]:
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"created": _CREATED})
    return book, _styles(book)


def _write_unit(inbox: Path, seed: int, number: int) -> None:
    """Write the workbook one unit sends: guide, information, targets and registers."""
    code, name = unit_code(number), f"Thôn số {number}"
    book, styles = _open(inbox / f"{code}.xlsx")
    _write_guide(book, styles)
    _write_info(book, styles, code, name, (PARENT_CODE, _PARENT_NAME))
    _write_units(book, styles, ())
    _write_targets(book, styles, TARGETS.title, (code, name), unit_rows(number, seed))
    rng = random.Random(f"{seed}/{number}/registers")
    for register in REGISTERS:
        _write_register(book, styles, register, rng)
    book.define_name("DV_THANG", f"={MONTHS}")
    book.close()


def _write_parent(
    path: Path,
    count: int,
    plans: dict[str, Decimal],
    sheets: dict[str, dict[str, Row]] | None = None,
) -> None:
    """Write the superior unit's workbook: every unit, every indicator, plans but no months."""
    book, styles = _open(path)
    _write_info(book, styles, PARENT_CODE, _PARENT_NAME, ("21", "Tỉnh Quảng Ngãi"))
    units = [(unit_code(number), f"Thôn số {number}") for number in range(1, count + 1)]
    _write_units(book, styles, units)
    rows = {item.code: Row(item, Decimal(0), plans[item.code], ()) for item in INDICATORS}
    _write_targets(book, styles, TARGETS.title, (PARENT_CODE, _PARENT_NAME), rows)
    names = dict(units)
    for code, unit in (sheets or {}).items():
        _write_targets(book, styles, names[code], (code, names[code]), unit)
    book.define_name("DV_THANG", f"={MONTHS}")
    book.close()


def _write_guide(book: Workbook, styles: _Styles) -> None:
    sheet = book.add_worksheet("Hướng dẫn")
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, "HƯỚNG DẪN GHI SỔ", styles.title)
    for row, line in enumerate(_GUIDE, start=2):
        sheet.write_string(row, 0, line, styles.text)


def _write_info(
    book: Workbook, styles: _Styles, code: str, name: str, parent: tuple[str, str]
) -> None:
    """Write sheet Thông tin: labels in column A, values in column B."""
    sheet = book.add_worksheet(INFO.title)
    sheet.set_column(0, 1, 34)
    sheet.write_string(0, 0, INFO.heading, styles.title)
    values = {
        "unit_code": code,
        "unit_name": name,
        "level": "Xã" if code == PARENT_CODE else "Thôn",
        "parent_code": parent[0],
        "parent_name": parent[1],
        "period": PERIOD,
        "cutoff": "Cuối tháng",
        "preparer_title": "Trưởng khối dân vận",
        "inbox": INBOX,
        "secrecy": "Thường",
        "template_version": TEMPLATE_VERSION,
    }
    for row, field in enumerate(INFO.fields, start=2):
        sheet.write_string(row, 0, field.header, styles.text)
        if field.name == "year":
            sheet.write_number(row, 1, YEAR, styles.text)
        elif field.name in ("deadline", "prepared_on"):
            day = 12 if field.name == "deadline" else 6
            sheet.write_datetime(row, 1, dt.datetime(YEAR, 10, day), styles.date)
        else:
            sheet.write_string(row, 1, values.get(field.name, ""), styles.text)
        if field.choices:
            _validate(sheet, (row, row), 1, field.choices)


def _write_units(book: Workbook, styles: _Styles, units: Sequence[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(UNITS.title)
    _write_header(sheet, styles, 2, UNITS.heading, [column.header for column in UNITS.columns])
    for row, (code, name) in enumerate(units, start=3):
        for column, text in enumerate((code, name, "Thôn")):
            sheet.write_string(row, column, text, styles.text)


def _write_targets(
    book: Workbook, styles: _Styles, title: str, unit: tuple[str, str], rows: dict[str, Row]
) -> None:
    """Write a sheet of targets: title block, a heading row for each field, its indicators."""
    sheet = book.add_worksheet(title)
    sheet.write_string(1, 0, "Mã đơn vị:", styles.text)
    sheet.write_string(1, 1, unit[0], styles.text)
    sheet.write_string(2, 0, "Đơn vị:", styles.text)
    sheet.write_string(2, 1, unit[1], styles.text)
    headers = [column.header for column in TARGETS.columns]
    _write_header(sheet, styles, _HEADER_ROW - 1, TARGETS.heading, headers)
    places = _places(rows)
    for numeral, field in zip(("I", "II", "III", "IV"), WORK_FIELDS, strict=True):
        first = min(places[row.indicator.code] for row in _of_field(rows, field))
        for index in range(len(headers)):
            sheet.write_blank(first - 2, index, None, styles.heading)
        sheet.write_string(first - 2, 2, f"{numeral}. {field}", styles.heading)
    for code, row in rows.items():
        cumulative = unit_cumulative(code, rows) if row.months else None
        _write_target(sheet, styles, places, row, cumulative)
    _prepare_for_typing(sheet, max(places.values()) - 1)


def _prepare_for_typing(sheet: Worksheet, last: int) -> None:
    """Set widths, lists and limits of a sheet of targets whose last row (0-based) is `last`."""
    for index, column in enumerate(TARGETS.columns):
        sheet.set_column(index, index, column.width)
        if column.choices:
            _validate(sheet, (_HEADER_ROW, last), index, column.choices)
        elif column.name in MONTH_NAMES:
            options = {"validate": "decimal", "criteria": ">=", "value": 0}
            sheet.data_validation(_HEADER_ROW, index, last, index, options)
    sheet.freeze_panes(_HEADER_ROW, 3)


def _of_field(rows: dict[str, Row], field: str) -> Iterable[Row]:
    return (row for row in rows.values() if row.indicator.work_field == field)


def _places(rows: dict[str, Row]) -> dict[str, int]:
    """The row Excel shows for each indicator; each field starts with a heading row."""
    places: dict[str, int] = {}
    next_row = _HEADER_ROW + 1
    for field in WORK_FIELDS:
        next_row += 1
        for row in _of_field(rows, field):
            places[row.indicator.code] = next_row
            next_row += 1
    return places


def _write_target(
    sheet: Worksheet,
    styles: _Styles,
    places: dict[str, int],
    row: Row,
    cumulative: Decimal | None,
) -> None:
    """Write one indicator: what is typed as typed, what is computed as formulas with values."""
    item = row.indicator
    number = places[item.code]
    texts = (
        item.code,
        item.work_field,
        item.indicator,
        item.measure,
        item.direction,
        item.month_rule,
        item.unit_rule,
        item.source,
    )
    for index, text in enumerate(texts):
        sheet.write_string(number - 1, index, text, styles.text)
    figures = {"last_year": row.last_year, "plan": row.plan}
    figures |= {f"t{month}": value for month, value in enumerate(row.months, start=1)}
    parts = PARTS.get(item.code)
    sources = (places[parts[0]], places[parts[1]]) if parts else None
    formulas = expected_formulas(number, _LETTERS, sources)
    results: dict[str, Decimal | str | None] = {
        "cumulative": cumulative,
        "completion": shown(completion(cumulative, row.plan, item.direction)),
        "rating": rate(cumulative, row.plan, MONTHS, item.direction, item.month_rule).value,
    }
    for index, column in enumerate(TARGETS.columns):
        style = styles.share if column.name == "completion" else styles.number
        if column.name in formulas:
            value = figures.get(column.name, results.get(column.name))
            cached = float(value) if isinstance(value, Decimal) else value or ""
            sheet.write_formula(number - 1, index, f"={formulas[column.name]}", style, cached)
        elif column.name in figures:
            sheet.write_number(number - 1, index, float(figures[column.name]), style)
        elif index >= len(texts):
            sheet.write_blank(number - 1, index, None, style)


def _write_register(
    book: Workbook, styles: _Styles, register: Register, rng: random.Random
) -> None:
    """Write a register: 40 to 150 rows of things that were done."""
    sheet = book.add_worksheet(register.title)
    _write_header(sheet, styles, 2, register.title.upper(), [name for name, _ in register.columns])
    last = 2 + rng.randint(40, 150)
    for row in range(3, last + 1):
        for column, (_, make) in enumerate(register.columns):
            value = make(rng)
            if isinstance(value, dt.datetime):
                sheet.write_datetime(row, column, value, styles.date)
            elif isinstance(value, str):
                sheet.write_string(row, column, value, styles.text)
            else:
                sheet.write_number(row, column, value, styles.number)
    for column, choices in register.choices.items():
        _validate(sheet, (3, last), column, choices)
    sheet.autofilter(2, 0, last, len(register.columns) - 1)


def _write_header(
    sheet: Worksheet, styles: _Styles, row: int, title: str, headers: Sequence[str]
) -> None:
    sheet.write_string(0, 0, title, styles.title)
    for column, header in enumerate(headers):
        sheet.write_string(row, column, header, styles.header)
        sheet.set_column(column, column, 16)


def _validate(sheet: Worksheet, rows: tuple[int, int], column: int, choices: Sequence[str]) -> None:
    """Offer the choices as a list where Excel's limit of 255 characters allows it."""
    if len(",".join(choices)) <= 255:
        options = {"validate": "list", "source": list(choices)}
        sheet.data_validation(rows[0], column, rows[1], column, options)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the workbooks the command line asks for."""
    parser = argparse.ArgumentParser(description="Tạo sổ mẫu để đo tốc độ.")
    parser.add_argument("folder", type=Path, metavar="THƯ_MỤC")
    parser.add_argument("--count", type=int, default=100, help="số đơn vị gửi sổ")
    parser.add_argument("--seed", type=int, default=1, help="cùng số thì cùng tệp")
    options = parser.parse_args(arguments)
    generate(options.folder, options.count, options.seed, os.cpu_count() or 1)
    print(f"Đã ghi {options.count} sổ vào {options.folder / INBOX}")


if __name__ == "__main__":
    main()
