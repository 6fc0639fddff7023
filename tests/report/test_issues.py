"""Sheet Lỗi số liệu: every finding with its place and remedy."""

from danvan_xl.report.tables import PlaceLink
from tests.report.xa import table, thon, xa


def test_a_finding_says_what_where_and_how_to_mend_it_the_worst_first():
    rows = table("issues", xa(thon(3, "Thôn Ba", "7 | nhiều lắm", "8 | 8"))).rows

    levels = [str(row.cells[0]) for row in rows]
    assert levels == sorted(levels, key=["Lỗi", "Cảnh báo", "Ghi nhận"].index)
    severity, unit, file, sheet, cell, message, remedy, code = rows[0].cells
    assert (severity, unit, file, sheet, code) == ("Lỗi", "Thôn Ba", "so.xlsx", "Thôn Ba", "SO01")
    assert cell == PlaceLink("E4", "so.xlsx", "Thôn Ba", "E4")
    assert str(message).startswith("'nhiều lắm' không phải là số")
    assert str(remedy).startswith("Nhập")


def test_a_finding_about_a_whole_sheet_leads_nowhere():
    rows = {str(row.cells[7]): row.cells[4] for row in table("issues").rows}
    assert rows["TR33"] == ""
