"""Sheet Tổng hợp: an indicator's row, its heading, and where its figure leads."""

from decimal import Decimal

import pytest

from danvan_xl.report.compose import compose
from danvan_xl.report.remarks import completion_text
from danvan_xl.report.tables import Comparison, Link, Points, Share
from danvan_xl.report.totals import coverage
from danvan_xl.rollup.rating import Edge
from danvan_xl.schema.options import PlanKind
from danvan_xl.schema.output_sheets import TOTALS
from tests.register_sheets import lines, turned
from tests.report.xa import table, xa
from tests.sheets import consolidated, grid, sub_sheet, units

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


YEARS = """
    | Mã | Chỉ tiêu   | ĐVT       | Cộng kỳ | Năm trước | Kế hoạch | T1  |
    | K  | Thu quỹ    | triệu     | Cộng    | 80        | 100      | 100 |
    | R  | Tỷ lệ BHYT | %         | Cuối kỳ | 92        | 95       | 90.5 |
    | Q  | Tỷ lệ học  | phần trăm | Cuối kỳ | 90        | 95       | 95  |
    | Z  | Mô hình    | cái       | Cộng    | 0         | 5        | 5   |
    | N  | Cân đối    | tỷ        | Cộng    | 5         | 5        | -5  |
"""


def grown(period: str) -> dict[object, object]:
    at = TOTALS.position("growth")
    rows = compose(consolidated(grid(YEARS), period=period)).table("totals").rows
    return {row.cells[1]: row.cells[at] for row in rows if not row.is_heading}


def test_a_year_is_compared_with_the_last_one_percentages_by_points():
    assert grown("Năm") == {
        "K": Share(Decimal("1.25"), Comparison.LAST_YEAR),
        "R": Points(Decimal("-1.5"), is_signed=True),
        "Q": Points(Decimal(5), is_signed=True),
        "Z": Share(None, Comparison.LAST_YEAR),
        "N": Share(None, Comparison.LAST_YEAR),
    }


@pytest.mark.parametrize("period", ["Tháng 6", "6 tháng", "9 tháng", "Tháng 11"])
def test_before_its_end_a_year_is_not_compared_with_the_last_one(period):
    assert set(grown(period).values()) == {None}


@pytest.mark.parametrize(
    ("direction", "kind", "text"),
    [
        ("Tăng", PlanKind.PLAIN, "106,90% (62/58)"),
        ("Tăng", PlanKind.ABOVE, "106,90% (62/> 58)"),
        ("Giảm", PlanKind.PLAIN, "93,55% (58/62)"),
        ("Giảm", PlanKind.BELOW, "93,55% (< 58/62)"),
        ("Bằng", PlanKind.PLAIN, "93,55% (62/58)"),
    ],
)
def test_what_should_be_little_is_printed_plan_over_actual(direction, kind, text):
    sheet = grid(f"""
        | Mã | Chỉ tiêu | ĐVT | Chiều       | Kế hoạch | T1 |
        | K  | Vi phạm  | vụ  | {direction} | 58       | 62 |
    """)
    line = consolidated(sheet).lines["k"]

    assert completion_text(line._replace(edge=Edge(kind))) == text


OFFICE = """
    | Mã | Chỉ tiêu    | ĐVT   | Kế hoạch | T1 |
    | K  | Thu quỹ     | triệu | 100      |    |
    | X  | Họp xã      | cuộc  | 4        | 4  |
    | Y  | Việc cả xã  | việc  | 9        |    |
"""
GIVEN = """
    | Mã | Kế hoạch | A.1 | A.2 | A.3 | A.4 | Cộng |
    | K  | 100      | 60  | 40  |     | KAD |      |
"""


def of_unit(number: int, *rows: str):
    table = "\n".join(("| Mã | Chỉ tiêu | ĐVT | Kế hoạch | T1 |", *rows))
    return sub_sheet(f"A.{number}", table, f"Thôn {number}")


@pytest.mark.parametrize(
    ("given", "sheets", "expected"),
    [
        # of four units two were given K, nobody X and Y
        (GIVEN, (of_unit(1, "| K | Thu quỹ | triệu | 60 | 5 |"),), ("1/2", "", "")),
        # one that was given nothing brings a figure: it is added, nobody waits for it
        (
            GIVEN,
            (
                of_unit(1, "| K | Thu quỹ | triệu | 60 | 5 |"),
                of_unit(3, "| K | Thu quỹ | triệu |  | 7 |"),
            ),
            ("1/2", "", ""),
        ),
        # one with a plan of its own is one of them
        (GIVEN, (of_unit(3, "| K | Thu quỹ | triệu | 9 | 7 |"),), ("1/3", "", "")),
        # nothing given on paper: all are, but of what none of them has a row
        ("", (of_unit(1, "| K | Thu quỹ | triệu | 60 | 5 |"),), ("1/4", "", "")),
        ("", (of_unit(1, "| Y | Việc cả xã | việc | | |"),), ("", "", "0/4")),
        # nobody has been heard of: nobody knows
        ("", (), ("0/4", "0/4", "0/4")),
    ],
)
def test_a_unit_counts_where_the_target_was_given_to_it(given, sheets, expected):
    more = (grid(given, "Giao chỉ tiêu"),) if given else ()
    names = ("Thôn 1", "Thôn 2", "Thôn 3", "Thôn 4")

    result = consolidated(grid(OFFICE), units(*names), *more, *sheets)

    assert tuple(coverage(result.lines[key]) for key in "kxy") == expected


def test_what_was_not_given_is_added_all_the_same():
    sheets = (
        of_unit(1, "| K | Thu quỹ | triệu | 60 | 5 |"),
        of_unit(3, "| K | Thu quỹ | triệu |  | 7 |"),
    )
    names = ("Thôn 1", "Thôn 2", "Thôn 3", "Thôn 4")
    office = grid(OFFICE), units(*names), grid(GIVEN, "Giao chỉ tiêu")

    line = consolidated(*office, *sheets).lines["k"]

    assert (line.actual, [unit.name for unit in line.missing]) == (12, ["Thôn 2"])
    assert [term.unit_name for term in line.terms] == ["Thôn 1", "Thôn 3"]


def test_a_rating_that_rests_on_an_estimate_says_so():
    result = consolidated(
        grid("""
            | Mã | Chỉ tiêu | ĐVT   | Kế hoạch | T1      |
            | A  | Thu quỹ  | triệu | 30       | trên 30 |
            | B  | Thu phí  | triệu | 30       | gần 30  |
            | C  | Thu khác | triệu |          | gần 30  |
        """)
    )

    _, *rows = compose(result).table("totals").rows
    rating, note = TOTALS.position("rating"), TOTALS.position("note")
    assert [(row.cells[rating], row.cells[note]) for row in rows] == [
        ("Đạt", "Có số ước, thực tế không dưới 30; đánh giá theo số ước"),
        ("Chưa đạt", "Có số ước, thực tế không quá 30; đánh giá theo số ước"),
        ("Không giao", "Có số ước, thực tế không quá 30"),
    ]
