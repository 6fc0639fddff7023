"""Formulas in an .xls that nobody worked out: their 0 is no figure, a typed one is."""

from pathlib import Path

import pytest
import xlsxwriter

from danvan_xl.files.cells_xls import uncomputed_in
from danvan_xl.files.opening import OpenedBook, open_unguarded
from danvan_xl.reading.workbook import read_book
from danvan_xl.schema.messages import Code
from tests.spreadsheet import convert

SUM = "=5+0"  # LibreOffice keeps the number that was saved for it
TEXT = '=UPPER("thôn")'  # says a text, so that a 0 in it was not worked out
ABOUT = {"Mã đơn vị": "A.1", "Tên đơn vị": "Thôn 1", "Năm": 2026, "Kỳ báo cáo": "Tháng 3"}
HEAD = ["Mã", "Chỉ tiêu", "ĐVT", "Kế hoạch", "T1", "T2", "T3"]
CODE_BY_FORMULA = "=IF('Thông tin'!B1=\"\",\"\",'Thông tin'!B1)"


def saved(folder: Path, *sheets, computed: bool = False) -> OpenedBook:
    """Return a workbook of titled sheets as LibreOffice saves it in the old format."""
    path = folder / "so.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        about = workbook.add_worksheet("Thông tin")
        for number, pair in enumerate(ABOUT.items()):
            about.write_row(number, 0, pair)
        for title, rows in sheets:
            sheet = workbook.add_worksheet(title)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, str) and cell.startswith("="):
                        value = {CODE_BY_FORMULA: "A.1", TEXT: "THÔN", SUM: 5}.get(cell, 0)
                        sheet.write_formula(row, column, cell, None, value)
                    else:
                        sheet.write(row, column, cell)
    (made,) = convert([path], folder / "lo", "xls", computed=computed)
    opened = open_unguarded(made)
    assert isinstance(opened, OpenedBook)
    return opened


def targets(*figures, above=()):
    return "Chỉ tiêu", [*above, HEAD, ["K", "Thu", "việc", 9, *figures]]


def months(opened: OpenedBook) -> list[float | None]:
    own = read_book(opened).own
    assert own is not None
    values = [figure.value for figure in own.targets[0].months[:3]]
    return [None if value is None else float(value) for value in values]


def said(opened: OpenedBook) -> list[tuple[Code, str]]:
    return [(item.code, item.place.cell) for item in read_book(opened).issues]


def test_what_was_not_worked_out_is_blank_and_said_while_a_typed_0_stays(tmp_path):
    opened = saved(tmp_path, targets(0, "=E2*1", SUM, above=[[TEXT]]))

    assert months(opened) == [0, None, 5]
    assert said(opened) == [(Code.FILE_NOT_COMPUTED, ""), (Code.FIGURES_NOT_COMPUTED, "F3")]


def test_what_was_worked_out_is_read_and_nothing_said(tmp_path):
    opened = saved(tmp_path, targets(3, "=E3-3", 5, above=[[TEXT]]), computed=True)

    assert months(opened) == [3, 0, 5]
    assert said(opened) == []


@pytest.mark.parametrize(
    ("figures", "read"),
    [
        (("=D2-9", "=D2*0", 5), [None, None, 5]),  # nothing in the sheet was worked out
        (("=D2-9", "=D2*2", 5), [0, 18, 5]),
    ],
)
def test_where_no_formula_has_another_value_none_is_a_figure(tmp_path, figures, read):
    assert months(saved(tmp_path, targets(*figures), computed=True)) == read


def test_a_code_that_was_not_worked_out_is_the_one_of_the_workbook(tmp_path):
    title = [[TEXT], ["", "Mã đơn vị:", CODE_BY_FORMULA]]
    register = [*title, ["Ngày", "Hình thức", "Nội dung", "Số cuộc"], ["5/3/2026", "Khác", "a", 3]]
    opened = saved(tmp_path, targets(1, 2, 3, above=title), ("Tuyên truyền", register))
    found = read_book(opened)

    assert found.own is not None
    assert found.own.unit_code == "A.1"
    assert [table.unit_code for table in found.registers] == ["A.1"]
    assert [item.code for item in found.issues] == [Code.FILE_NOT_COMPUTED]


def test_a_file_that_leads_in_circles_or_ends_early_is_not_looked_into(tmp_path):
    saved(tmp_path, targets(1, 2, 3))
    data = (tmp_path / "lo" / "so.xls").read_bytes()
    circle = bytearray(data)
    table = 512 * (int.from_bytes(data[76:80], "little") + 1)
    circle[table : table + 512] = bytes(512)

    assert uncomputed_in(data) is not None
    assert [uncomputed_in(bytes(circle)), uncomputed_in(data[:600]), uncomputed_in(b"")] == [
        None
    ] * 3


def test_where_formulas_cannot_be_looked_at_it_is_told(tmp_path):
    opened = saved(tmp_path, targets(1, 2, 3))

    assert Code.FORMULAS_UNSEEN not in {item.code for item in read_book(opened).issues}
    seen = read_book(opened._replace(is_unseen=True)).issues
    assert [item.code for item in seen].count(Code.FORMULAS_UNSEEN) == 1
