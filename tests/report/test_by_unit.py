"""Sheet Theo đơn vị: a row for each unit, a column for each indicator."""

from danvan_xl.report.tables import Share
from danvan_xl.rollup.rating import Rating
from tests.register_sheets import lines, printed
from tests.report.xa import table

UNMET = "Số chưa đạt | Số chậm tiến độ | Số có nguy cơ vượt"


def test_every_unit_has_its_share_of_every_indicator_and_how_many_are_met():
    assert printed(table("by_unit")) == lines(f"""
        | STT | Mã  | Đơn vị   | Số đạt | {UNMET} | K       | H       |
        | 1   | A.1 | Thôn Một | 2      | 0 | 0 | 0 | 150,00% | 125,00% |
        | 2   | A.2 | Thôn Hai | 0      | 2 | 0 | 0 | 50,00%  | 40,00%  |
        | 3   | A.3 | Thôn Ba  | 0      | 0 | 0 | 0 |         |         |
    """)


def test_a_share_carries_how_it_is_judged():
    ahead, behind, _ = table("by_unit").rows

    ratings = [cell.rating for cell in (*ahead.cells, *behind.cells) if isinstance(cell, Share)]
    assert ratings == [Rating.EXCEEDED, Rating.EXCEEDED, Rating.MISSED, Rating.MISSED]


def test_a_column_is_headed_by_the_code_and_explained_by_the_name_of_its_indicator():
    columns = table("by_unit").columns[-2:]

    assert [(column.header, column.help) for column in columns] == [
        ("K", "Thu quỹ"),
        ("H", "Hộ nghèo"),
    ]
