"""Sheet Nguồn số liệu: the addends of every total, and where each was read."""

import pytest

from danvan_xl.report import sources
from danvan_xl.report.compose import compose
from danvan_xl.report.long_tables import Room
from danvan_xl.report.tables import Link, PlaceLink
from danvan_xl.schema.output_sheets import TOTALS
from tests.register_sheets import lines, printed
from tests.report.xa import table, xa


def test_every_addend_has_its_cell():
    shown = printed(table("sources")).replace("0" * 64, "mã tệp")

    assert shown == lines("""
        | Mã | Đơn vị   | Kỳ | Giá trị | Tệp     | Trang    | Ô  | SHA-256 |
        | K  | Thôn Một | T1 | 90      | so.xlsx | Thôn Một | E4 | mã tệp  |
        | K  | Thôn Hai | T1 | 20      | so.xlsx | Thôn Hai | E4 | mã tệp  |
        | H  | Thôn Một | T1 | 8       | so.xlsx | Thôn Một | E5 | mã tệp  |
        | H  | Thôn Hai | T1 | 25      | so.xlsx | Thôn Hai | E5 | mã tệp  |
    """)


@pytest.mark.parametrize(("most", "cell"), [(4, PlaceLink), (3, str)])
def test_addends_that_are_too_many_to_click_through_are_not_linked(monkeypatch, most, cell):
    monkeypatch.setattr(sources, "_LINKED_SOURCES", most)

    assert {type(row.cells[6]) for row in table("sources").rows} == {cell}


@pytest.mark.parametrize("most", [1, 2, 3, 10])
def test_totals_lead_to_their_first_addend_however_many_of_each_are_shown(monkeypatch, most):
    monkeypatch.setattr(sources, "ROOM_FOR_SOURCES", Room(most, most))
    report = compose(xa())

    shown = [row.cells[0] for row in report.table("sources").rows]
    links = {
        row.cells[1]: row.cells[TOTALS.position("actual")] for row in report.table("totals").rows
    }
    for code in ("K", "H"):
        link = links[code]
        assert isinstance(link, Link)
        assert link.row == shown.index(code)
