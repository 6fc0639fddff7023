"""Indicators fed from registers, added up over the units: whose rows count, and whose figure."""

import pytest

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.files.grid import Grid
from danvan_xl.rollup.rating import Rating
from danvan_xl.schema.messages import Code
from tests.sheets import consolidated, found, grid, sub_sheet, units

SOURCE = "tổng Tuyên truyền.Số cuộc [Hình thức = Hội nghị]"
OWN = """
    | Mã | Lĩnh vực | Chỉ tiêu | ĐVT  | Nguồn    | Kế hoạch | T1 | T2 |
    | A  | Kinh tế  | Hội nghị | cuộc | {source} | {plan}   |    |    |
    | B  | Kinh tế  | Khác     | cuộc |          | 1        | 1  |    |
"""


def own(source: str = SOURCE, plan: str = "30") -> Grid:
    return grid(OWN.format(source=source, plan=plan))


def of_thon(number: int, row: str = "| A | Hội nghị | cuộc | | 10 | | |") -> Grid:
    header = "| Mã | Chỉ tiêu | ĐVT | Nguồn | Kế hoạch | T1 | T2 |"
    return sub_sheet(f"A.{number}", f"{header}\n{row}", f"Thôn {number}")


def meetings(*numbers: object, means: str = "Hội nghị") -> str:
    rows = [f"| 0{day}/01/2026 | {means} | a | {n} |" for day, n in enumerate(numbers, start=1)]
    return "\n".join(["| Ngày | Hình thức | Nội dung | Số cuộc |", *rows])


def register_of(number: int, *numbers: object) -> Grid:
    return sub_sheet(f"A.{number}", meetings(*numbers), f"Tuyên truyền {number}")


def of_commune(*numbers: object) -> Grid:
    return grid(meetings(*numbers), "Tuyên truyền")


def rolled_up(*grids: Grid, source: str = SOURCE, plan: str = "30") -> Consolidation:
    return consolidated(own(source, plan), units("Thôn 1", "Thôn 2"), *grids)


def test_a_thon_may_take_its_figure_from_its_register_by_a_source_of_its_own() -> None:
    by_itself = f"| A | Hội nghị | cuộc | {SOURCE} | 10 | | |"
    result = rolled_up(
        of_thon(1, by_itself),
        register_of(1, 4, 5),
        of_thon(2, by_itself),
        register_of(2, 6),
        source="",
    )

    line = result.lines["a"]
    assert (line.actual, line.is_typed, line.reported) == (15, False, 2)
    assert [(term.sheet, term.cells, term.value) for term in line.terms] == [
        ("Tuyên truyền 1", "A4:D5", 9),
        ("Tuyên truyền 2", "A4:D4", 6),
    ]


def test_a_thon_with_another_source_is_taken_at_its_word() -> None:
    other = "| A | Hội nghị | cuộc | đếm Tuyên truyền | 10 | | |"

    result = rolled_up(of_thon(1, other), register_of(1, 40, 50))

    assert result.units[0].figures["a"].actual == 2


def test_a_thon_that_left_its_source_blank_uses_that_of_the_commune() -> None:
    result = rolled_up(of_thon(1), register_of(1, 4, 5), of_thon(2), register_of(2, 6))

    assert result.lines["a"].actual == 15


def test_what_a_thon_typed_counts_before_the_source_of_the_commune() -> None:
    result = rolled_up(of_thon(1, "| A | Hội nghị | cuộc | | 10 | 3 | 4 |"), register_of(1, 40))

    assert result.units[0].figures["a"].actual == 7


def test_a_thon_without_the_row_gives_what_its_register_has() -> None:
    other = "| B | Khác | cuộc | | 1 | 1 | |"
    result = rolled_up(of_thon(1, other), register_of(1, 4, 5), of_thon(2), register_of(2, 6))

    assert result.lines["a"].actual == 15
    assert result.units[0].figures["a"].actual == 9


def test_a_thon_with_nothing_but_a_register_gives_what_it_has() -> None:
    result = rolled_up(register_of(1, 4, 5), of_thon(2), register_of(2, 6))

    assert result.lines["a"].actual == 15
    assert [unit.status.value for unit in result.units] == ["Đã nộp", "Đã nộp"]


def test_registers_of_both_levels_are_added_up() -> None:
    result = rolled_up(
        of_commune(7, "trên 8"), of_thon(1), register_of(1, 4, 5), of_thon(2), register_of(2, 6)
    )

    line = result.lines["a"]
    assert (line.actual, line.bound, line.is_typed, line.units_total) == (30, "≥", False, 15)
    assert [term.value for term in line.terms] == [15, 9, 6]
    assert line.rating is Rating.REACHED
    assert not found(result.issues, Code.OWN_DIFFERS)


@pytest.mark.parametrize(("numbers", "differs"), [((7, 8), []), ((7, 9), ["Chỉ tiêu"])])
def test_the_commune_s_register_stands_where_thon_typed(
    numbers: tuple[int, ...], differs: list[str]
) -> None:
    typed = "| A | Hội nghị | cuộc | | 10 | {} | |"
    result = rolled_up(
        of_commune(*numbers), of_thon(1, typed.format(9)), of_thon(2, typed.format(6))
    )

    line = result.lines["a"]
    assert (line.actual, line.is_typed, line.units_total) == (sum(numbers), True, 15)
    sums = [item for item in result.issues if item.code is Code.OWN_DIFFERS]
    assert [item.place.sheet for item in sums] == differs
    for item in sums:
        assert (
            "Chỉ tiêu A: số của chính đơn vị là 16, các đơn vị cộng lại 15 (2/2 đơn vị)"
            in item.message
        )


def test_an_estimate_of_the_commune_is_held_against_its_thon_as_an_estimate() -> None:
    typed = "| A | Hội nghị | cuộc | | 10 | {} | |"
    result = rolled_up(
        of_commune("trên 14"), of_thon(1, typed.format(9)), of_thon(2, typed.format(6))
    )

    assert not found(result.issues, Code.OWN_DIFFERS)


def test_thon_that_filled_in_nothing_are_missing_from_the_count() -> None:
    result = rolled_up(of_thon(1), register_of(1, 4, 5), of_thon(2), plan="19")

    line = result.lines["a"]
    assert (line.actual, line.reported, line.expected) == (9, 1, 2)
    assert [unit.name for unit in line.missing] == ["Thôn 2"]
    assert line.rating is Rating.INCOMPLETE


def test_a_register_of_other_things_is_a_report_of_none() -> None:
    other = sub_sheet("A.1", meetings(3, means="Khác"), "Tuyên truyền 1")
    result = rolled_up(of_thon(1), other, of_thon(2), register_of(2, 6))

    line = result.lines["a"]
    assert (line.actual, line.reported) == (6, 2)
    assert result.units[0].figures["a"].actual == 0


def test_what_a_thon_typed_beside_its_register_is_told_at_its_own_sheet() -> None:
    by_itself = f"| A | Hội nghị | cuộc | {SOURCE} | 10 | 3 | |"
    result = rolled_up(of_thon(1, by_itself), register_of(1, 4, 5))

    (issue,) = (item for item in result.issues if item.code is Code.SOURCE_DIFFERS)
    assert (issue.unit_name, issue.place.sheet, issue.place.cell) == ("Thôn 1", "Thôn 1", "F4")
    assert result.units[0].figures["a"].actual == 9


def test_a_source_of_a_thon_that_means_nothing_is_told_too() -> None:
    wrong = "| A | Hội nghị | cuộc | đếm Tuyên truyen | 10 | | |"
    result = rolled_up(of_thon(1, wrong), register_of(1, 4, 5))

    (issue,) = (item for item in result.issues if item.code is Code.SOURCE_UNREADABLE)
    assert (issue.unit_name, issue.place.sheet, issue.place.cell) == ("Thôn 1", "Thôn 1", "D4")


LAND = "tổng Huy động.Kết quả [Loại = Hiến đất]"


@pytest.mark.parametrize(
    "row",
    [
        f"| A | Hiến đất | m² | {LAND} | | | |",
        "| A | Hiến đất | m² | | | | |",  # by the source of the commune
        "| B | Khác | | | | 1 | |",
    ],
)
def test_rows_of_a_thon_left_out_because_of_their_measure_are_told(row: str) -> None:
    table = """
        | Ngày       | Nội dung | Loại     | ĐVT | Kết quả |
        | 05/01/2026 | a        | Hiến đất | m²  | 100     |
        | 06/01/2026 | b        | Hiến đất | ha  | 2       |
    """
    targets = f"""
        | Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Nguồn  | Kế hoạch | T1 |
        | A  | Kinh tế  | Hiến đất | m²  | {LAND} | 100      |    |
        | B  | Kinh tế  | Khác     |     |        | 1        | 1  |
    """
    register = sub_sheet("A.1", table, "Huy động 1")

    result = consolidated(grid(targets), units("Thôn 1"), of_thon(1, row), register)

    assert result.lines["a"].actual == 100
    (issue,) = (item for item in result.issues if item.code is Code.SOURCE_MEASURE_DIFFERS)
    place = issue.place
    assert (issue.unit_name, place.sheet, place.cell) == ("Thôn 1", "Huy động 1", "D5")
