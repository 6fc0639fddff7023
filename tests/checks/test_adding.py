"""What does not add: no total over months or units, and who says so."""

from decimal import Decimal

import pytest

import danvan_xl
from danvan_xl.consolidation import many
from danvan_xl.consolidation.one_workbook import check_paths
from danvan_xl.report.remarks import remarks_on
from danvan_xl.schema.messages import Code
from tests.on_disk import save
from tests.sheets import consolidated, found, grid, info, sub_sheet, units

HEAD = "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Chiều | Cộng kỳ | Tổng hợp | Kế hoạch | T1 | T2 |"
ROW = "| A | Kinh tế | {name} | {measure} | Tăng | {months} | {units} | 90 | {t1} | {t2} |"
REFUSED, ONE, BY_NAME, DIRECTION = (
    *(Code.DOES_NOT_ADD, Code.ONE_FIGURE_TAKEN),
    *(Code.ADDED_BY_NAME, Code.DIRECTION_BY_NAME),
)


def row(t1="", t2="", *, months="Cộng", units="Cộng", measure="%", name="Gia đình văn hóa"):
    values = {"months": months, "units": units, "measure": measure, "name": name}
    return f"{HEAD}\n{ROW.format(t1=t1, t2=t2, **values)}"


def with_thon(own: str, *thon: str, **fields: object):
    """The consolidation of a workbook that keeps the sheets of its thôn."""
    names = [f"Thôn {number}" for number in range(1, len(thon) + 1)]
    sheets = [
        sub_sheet(f"A.{number}", table, f"Thôn {number}") for number, table in enumerate(thon, 1)
    ]
    return consolidated(grid(own), units(*names), *sheets, **fields)


@pytest.mark.parametrize(
    ("t1", "t2", "actual", "code"),
    [
        (90, 95, None, REFUSED),
        (90, 0, None, REFUSED),
        (90, "KPS", None, REFUSED),
        (90, "", 90, ONE),
        ("", "", None, None),
    ],
)
def test_months_of_a_share_are_not_added_where_cong_is_written(t1, t2, actual, code) -> None:
    result = consolidated(grid(row(t1, t2)))

    assert result.lines["a"].actual == actual
    for known, cell in ((REFUSED, "F2"), (ONE, "F2")):
        assert found(result.issues, known) == ([cell] if known is code else [])
    assert found(result.issues, BY_NAME) == []


@pytest.mark.parametrize(
    ("measure", "name"),
    [
        ("%", "Gia đình văn hóa"),
        ("‰", "Tỷ suất sinh"),
        ("tạ/ha", "Lúa xuân"),
        ("triệu đồng/người/năm", "Thu nhập"),
        ("triệu đồng", "Thu nhập bình quân đầu người"),
        ("bác sĩ/vạn dân", "Bác sĩ"),
        ("", "Tỷ lệ hộ nghèo"),
    ],
)
def test_figures_of_units_are_not_added_whatever_does_not_add(measure, name) -> None:
    tables = [row(value, "", measure=measure, name=name) for value in (95, 90)]
    result = with_thon(row(measure=measure, name=name), *tables)

    line = result.lines["a"]
    assert (line.actual, line.units_total, line.completion, line.terms) == (None, None, None, ())
    assert (line.reported, line.expected) == (2, 2)
    assert found(result.issues, REFUSED) == ["G2"]
    assert remarks_on(line, result) == "Số không cộng được nên không có số chung"
    assert [unit.figures["a"].actual for unit in result.units] == [95, 90]


def test_a_number_of_things_adds_whatever_its_name_says() -> None:
    name = "Số thôn có tỷ lệ hộ nghèo dưới 5 %"
    tables = [row(3, 4, measure="thôn", name=name) for _ in range(2)]

    result = with_thon(row(measure="thôn", name=name), *tables)

    assert result.lines["a"].actual == 14
    assert found(result.issues, REFUSED) == found(result.issues, ONE) == []


def test_the_only_figure_of_all_units_is_the_figure_and_it_is_noted() -> None:
    result = with_thon(row(), row(95), row())

    assert result.lines["a"].actual == 95
    assert found(result.issues, ONE) == ["F2"]
    assert found(result.issues, REFUSED) == []


def test_a_unit_whose_months_do_not_add_leaves_no_figure_of_another_to_stand_for_both() -> None:
    result = with_thon(row(), row(95, 90), row(80))

    assert result.lines["a"].actual is None
    [told] = [item for item in result.issues if item.code is REFUSED]
    assert "các tháng của 1 đơn vị; số của 2 đơn vị" in told.message
    assert (result.lines["a"].reported, result.lines["a"].missing) == (2, ())


def test_a_unit_whose_months_do_not_add_is_missing_in_a_total_of_the_others() -> None:
    result = with_thon(row(units="Nhỏ nhất"), row(95, 70), row(91))

    line = result.lines["a"]
    assert (line.actual, line.reported, line.expected) == (91, 1, 2)


def test_months_of_many_units_are_told_once_though_nothing_is_rolled_up() -> None:
    result = with_thon(row(units="Không"), *[row(90, 95)] * 3)

    assert [unit.figures["a"].actual for unit in result.units] == [None] * 3
    assert found(result.issues, REFUSED) == ["F2"]


def test_the_row_of_the_consolidating_unit_decides_for_its_units() -> None:
    tables = [row(90, 95), row(90, 97)]

    last = with_thon(row(months="Cuối kỳ", units="Bình quân"), *tables)

    assert last.lines["a"].actual == 96
    assert found(last.issues, REFUSED) == []
    assert len(found(last.issues, Code.DEFINITION_DIFFERS)) == 2


def test_a_blank_choice_of_what_does_not_add_is_cuoi_ky_and_khong_and_noted_once() -> None:
    table = f"""
        {HEAD}
        | A | Kinh tế | Gia đình văn hóa | %     | Tăng | | | 90 | 80 | 85 |
        | B | Kinh tế | Lúa xuân         | tạ/ha | Tăng | | | 60 | 50 | 55 |
        | C | Kinh tế | Mô hình          | cái   | Tăng | | | 9  | 4  | 5  |
    """
    result = with_thon(table, row(70), row(60))

    actual = {key: line.actual for key, line in result.lines.items()}
    assert actual == {"a": 85, "b": 55, "c": 9}
    [told] = [item for item in result.issues if item.code is BY_NAME]
    assert told.place.cell == "F2"
    assert "Cộng kỳ là Cuối kỳ: A (dòng 2), B (dòng 3); " in told.message
    assert "Tổng hợp là Không: A (dòng 2), B (dòng 3)" in told.message
    assert "C (dòng 4)" not in told.message
    assert found(result.issues, REFUSED) == []


def test_blank_choices_of_units_are_nobodys_business() -> None:
    blank = f"{HEAD}\n| A | Kinh tế | Hộ nghèo | % | | | | 90 | 80 | 85 |"

    result = with_thon(row(months="Cuối kỳ", units="Không"), blank)

    assert found(result.issues, BY_NAME) == found(result.issues, DIRECTION) == []
    assert result.units[0].figures["a"].actual == 85


def test_without_columns_of_choices_the_words_decide_and_the_names_are_told() -> None:
    result = consolidated(
        grid("""
        | Mã | Chỉ tiêu                       | ĐVT | Kế hoạch | T1 | T2 |
        | A  | Số hộ nghèo                    | hộ  | 24       | 20 |    |
        | B  | Quỹ Vì người nghèo vận động    | cái | 24       | 20 |    |
        | C  | Thu ngân sách                  | tấn | 24       | 20 |    |
        | D  | Số vụ tai nạn giao thông       | vụ  | 4        | 5  | 1  |
        """)
    )

    directions = [str(line.definition.direction) for line in result.lines.values()]
    assert directions == ["Giảm", "Tăng", "Tăng", "Giảm"]
    [told] = [item for item in result.issues if item.code is DIRECTION]
    assert told.place.cell == "B2"
    assert "Chiều là Giảm: A (dòng 2), D (dòng 5); Chiều là Tăng: B (dòng 3)." in told.message
    assert "C (dòng" not in told.message


def test_a_written_choice_is_never_doubted_by_the_name() -> None:
    result = consolidated(grid(row(5, name="Số hộ nghèo", measure="hộ")))

    assert result.lines["a"].definition.direction == "Tăng"
    assert found(result.issues, DIRECTION) == []


def test_a_choice_nobody_knows_is_taken_for_what_the_words_say() -> None:
    result = consolidated(grid(row(80, 85, months="gộp lại")))

    assert result.lines["a"].actual == 85
    [told] = [item for item in result.issues if item.code is Code.CHOICE_UNKNOWN]
    assert "hiểu là 'Cuối kỳ'" in told.message


def test_a_figure_the_unit_states_itself_stands_beside_units_that_do_not_add() -> None:
    result = with_thon(row(88, months="Cuối kỳ"), row(95), row(90))

    line = result.lines["a"]
    assert (line.actual, line.units_total) == (88, None)
    assert found(result.issues, REFUSED) == ["G2"]
    assert found(result.issues, Code.OWN_DIFFERS) == []


def test_months_that_the_unit_itself_states_are_not_replaced_by_a_unit_below() -> None:
    result = with_thon(row(88, 89), row(95))

    assert result.lines["a"].actual is None
    assert found(result.issues, REFUSED) == ["F2"]


def test_last_years_figures_and_plans_of_what_does_not_add_are_not_added() -> None:
    head = HEAD.replace("| Kế hoạch", "| Năm trước | Kế hoạch")
    line = "| A | Kinh tế | Nhà | {} | Tăng | Cuối kỳ | Cộng | {} | {} | {} | |"

    for measure, last_year, issues in (("%", None, []), ("cái", 170, ["I2"])):
        own = f"{head}\n{line.format(measure, '', 90, '')}"
        thon = [f"{head}\n{line.format(measure, 85, 80, 1)}"] * 2
        result = with_thon(own, *thon)

        assert result.lines["a"].last_year == last_year
        assert found(result.issues, Code.PLANS_DO_NOT_ADD) == issues


def test_what_giao_gives_is_not_added_where_it_does_not_add() -> None:
    assigned = grid(
        "| Mã | Chỉ tiêu | ĐVT | Kế hoạch | A.1 | A.2 | Cộng |\n| A | X | | 90 | 80 | 90 | 90 |",
        "Giao chỉ tiêu",
    )
    codes = (Code.ASSIGNMENT_DOES_NOT_ADD, Code.ASSIGNMENT_NOT_THE_PLAN)

    for measure, count in (("%", 0), ("cái", 1)):
        own = grid(row(measure=measure, months="Cuối kỳ"))
        result = consolidated(own, units("Thôn 1", "Thôn 2"), assigned)
        assert [len(found(result.issues, code)) for code in codes] == [count, count]


def test_a_ratio_worked_out_from_its_parts_is_not_what_cong_refuses() -> None:
    result = consolidated(
        grid("""
        | Mã | Chỉ tiêu | ĐVT | Cộng kỳ | Tổng hợp | Nguồn       | Kế hoạch | T1 | T2 |
        | B  | Việc     | cái | Cộng    | Cộng     |             | 9        | 4  | 4  |
        | C  | Cả       | cái | Cộng    | Cộng     |             | 9        | 5  | 5  |
        | A  | Tỷ lệ    | %   | Cộng    | Cộng     | tỷ số B/C   | 90       | 80 | 80 |
        """)
    )

    assert result.lines["a"].actual == 80
    assert found(result.issues, REFUSED) == []


@pytest.fixture
def on_disk(tmp_path):
    """Return a function that writes a xã and what its thôn sent, and gives both paths."""

    def write(own: str, *thon: str, year: int = 2026):
        names = [f"Thôn {number}" for number in range(1, len(thon) + 1)]
        about = {"Mã_đơn_vị": "A", "Tên_đơn_vị": "Xã A", "Năm": 2026, "Kỳ_báo_cáo": "Năm"}
        office = save(tmp_path / "so.xlsx", info(**about), units(*names), grid(own))
        inbox = tmp_path / "Nhan"
        inbox.mkdir(exist_ok=True)
        for number, table in enumerate(thon, 1):
            fields = {"Mã_đơn_vị": f"A.{number}", "Tên_đơn_vị": f"Thôn {number}", "Năm": year}
            save(inbox / f"{year}-{number}.xlsx", info(**fields), grid(table))
        return office, inbox

    return write


@pytest.mark.parametrize("packed", [False, True])
def test_thousands_of_units_are_refused_as_two_are(packed, on_disk, monkeypatch) -> None:
    monkeypatch.setattr(many, "MANY", 1 if packed else 150)
    office, inbox = on_disk(row(), *[row(80 + number) for number in range(40)])

    result = danvan_xl.consolidate(office, inbox).consolidation

    assert result.is_many is packed
    line = result.lines["a"]
    assert (line.actual, line.units_total, line.reported) == (None, None, 40)
    [told] = [item for item in result.issues if item.code is REFUSED]
    assert "số của 40 đơn vị" in told.message


def test_over_years_the_last_counts_of_what_does_not_add(on_disk) -> None:
    own = row(months="Cộng")
    on_disk(own, row(70), year=2025)
    office, inbox = on_disk(own, row(60))

    result = danvan_xl.consolidate(office, inbox, years=range(2025, 2027)).consolidation

    assert result.lines["a"].actual == 60
    assert [unit.figures["a"].actual for unit in result.units] == [60]


def test_over_years_units_are_not_added_either(on_disk) -> None:
    on_disk(row(), row(70), row(71), year=2025)
    office, inbox = on_disk(row(), row(60), row(61))

    result = danvan_xl.consolidate(office, inbox, years=range(2025, 2027)).consolidation

    line = result.lines["a"]
    assert (line.actual, line.units_total, line.plan) == (None, None, Decimal(90))
    assert found(result.issues, REFUSED) == ["G2"]


def test_last_year_from_a_folder_is_no_sum_of_what_does_not_add(on_disk) -> None:
    own = row()
    _, before = on_disk(own, row(70), row(71), year=2025)
    office, _ = on_disk(own)

    result = danvan_xl.consolidate(office, last_year=before).consolidation

    assert result.lines["a"].last_year is None


def test_a_workbook_checked_by_itself_says_the_same(on_disk) -> None:
    _, inbox = on_disk(row(), row(90, 95))

    [checked] = check_paths([inbox / "2026-1.xlsx"]).files

    assert found(checked.issues, REFUSED) == ["F2"]


def test_what_does_not_add_is_no_flow_that_ends_early() -> None:
    result = with_thon(row(), row(90), row(80), period="Quý I")

    assert found(result.issues, Code.UNIT_SHORT) == []
    assert result.lines["a"].timing.short == 0
