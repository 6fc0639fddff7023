"""Sheet Tổng hợp: an indicator's row, its heading, and where its figure leads."""

from danvan_xl.report.compose import compose
from danvan_xl.report.tables import Link
from danvan_xl.schema.output_sheets import TOTALS
from tests.register_sheets import lines, turned
from tests.report.xa import table, xa
from tests.sheets import consolidated, grid, units

ACTUAL = TOTALS.position("actual")


def test_an_indicator_is_compared_rated_and_its_units_are_named_under_its_field():
    *shown, note = turned(table("totals")).splitlines()

    assert "\n".join(shown) == lines("""
        | STT          | I       | 1                   | II               | 1                 |
        | Mã           |         | K                   |                  | H                 |
        | Chỉ tiêu     | Kinh tế | Thu quỹ             | Văn hóa - xã hội | Hộ nghèo          |
        | ĐVT          |         | triệu               |                  | hộ                |
        | Năm trước    |         | 80                  |                  | 30                |
        | Cùng kỳ      |         |                     |                  |                   |
        | Kế hoạch     |         | 100                 |                  | 20                |
        | Thực hiện    |         | 110                 |                  | 33                |
        | Tỷ lệ        |         | 110,00%             |                  | 60,61%            |
        | So năm trước |         | 137,50%             |                  | 110,00%           |
        | So cùng kỳ   |         |                     |                  |                   |
        | Đánh giá     |         | Vượt                |                  | Chưa đạt          |
        | Dự kiến năm  |         |                     |                  |                   |
        | Báo cáo      |         | 2/3                 |                  | 2/3               |
        | Chưa đạt     |         | Thôn Hai (50,00%)   |                  | Thôn Hai (40,00%) |
    """)
    assert note.startswith("| Ghi chú |  | Chưa có số: Thôn Ba |  | 60,61% (20/33). ")


def test_a_figure_leads_to_the_row_at_which_its_addends_begin():
    report = compose(xa())

    for row in report.table("totals").rows:
        if not row.is_heading:
            link = row.cells[ACTUAL]
            assert isinstance(link, Link)
            first = report.table(link.table).rows[link.row].cells
            before = report.table(link.table).rows[: link.row]
            assert first[0] == row.cells[1]
            assert row.cells[1] not in [addend.cells[0] for addend in before]


def test_a_figure_without_addends_leads_nowhere():
    blank = consolidated(grid("| Mã | Chỉ tiêu | Kế hoạch | T1 |\n| K | Thu quỹ | 5 | |"), units())

    (_, row) = compose(blank).table("totals").rows
    assert row.cells[ACTUAL] is None
