"""What a unit's rows are: by code and name, under the names they were given, or its own."""

import pytest

from danvan_xl.files.grid import Cell, Grid
from danvan_xl.jobs.consolidate import consolidate_files
from danvan_xl.report.remarks import remarks_on
from danvan_xl.schema.messages import Code, Severity
from danvan_xl.schema.sheets import ISSUED_HEADINGS, MARKER_SHEET
from tests.on_disk import save, xa_file
from tests.sheets import consolidated, found, grid, info, sub_sheet, units

OWN = """
| Mã | Chỉ tiêu | ĐVT | Kế hoạch | T1 |
| KT01 | Thu ngân sách trên địa bàn | triệu đồng | 100 | |
| VH01 | Hộ nghèo | hộ | 20 | |
| VH02 | Hộ cận nghèo | hộ | 30 | |
| VH03 | | hộ | 30 | |
| NN01 | Đàn trâu | con | 30 | |
| NN02 | Đàn trầu | con | 30 | |
"""
SUB = "| Mã | Chỉ tiêu | ĐVT | Kế hoạch | T1 |"
ABOUT = (
    Code.NAME_OF_ANOTHER,
    Code.NAME_DIFFERS,
    Code.CODE_UNKNOWN,
    Code.OWN_INDICATORS,
    Code.NOT_GIVEN_REPORTED,
)


def of_units(*sent: str, more: tuple[Grid, ...] = ()):
    """Return the consolidation of thôn that sent these rows, one text each."""
    sheets = [
        sub_sheet(f"A.{number}", f"{SUB}\n{rows}", f"Thôn {number}")
        for number, rows in enumerate(sent, start=1)
    ]
    names = [f"Thôn {number}" for number in range(1, len(sent) + 1)]
    return consolidated(grid(OWN), units(*names), *more, *sheets, period="Tháng 1")


def told(result) -> list[tuple[str, str]]:
    return [(item.code.label, item.place.cell) for item in result.issues if item.code in ABOUT]


@pytest.mark.parametrize(
    ("code", "name", "actual", "expected"),
    [
        ("VH01", "Hộ nghèo", 5, []),
        ("VH01", "Tổng số hộ ngèo (cuối năm)", 5, []),
        ("VH01", "", 5, []),
        ("VH03", "Gì cũng được", 5, []),  # the office itself gives no name
        ("KT01", "Thu ngân sách", 5, []),
        ("NN01", "Đàn trâu (cuối kỳ)", 5, []),
        ("NN01", "Đàn trầu", None, [("CT50", "B4")]),  # a slip of one, and the name of another
        ("VH01", "Hộ cận nghèo", None, [("CT50", "B4")]),
        ("VH01", "Số hộ cận ngheo", None, [("CT50", "B4")]),
        ("VH01", "Hộ khá", 5, [("CT51", "B4")]),
        ("VH09", "Số hộ nghèo", None, [("CT03", "A4")]),
        ("VHO1", "", None, [("CT03", "A4")]),
        ("VHO1", "Hộ khá", None, [("CT53", "A4")]),
        ("XX99", "", None, [("CT53", "A4")]),
    ],
)
def test_a_row_is_what_its_code_and_its_name_say(code, name, actual, expected):
    result = of_units(f"| {code} | {name} | hộ | 9 | 5 |")

    known = code.lower() if code in ("VH01", "VH03", "KT01", "NN01") else "vh01"
    assert result.lines[known].actual == actual
    assert told(result) == expected


def test_a_row_without_any_figure_contradicts_nothing():
    assert told(of_units("| VH01 | Hộ cận nghèo | hộ | | |\n| Z | Gì đó | hộ | | |")) == []


def test_a_blank_name_is_asked_about_only_for_a_code_that_is_lacking():
    result = of_units("| VH01 | Hộ nghèo | hộ | 9 | 5 |\n| VHO1 | | hộ | 9 | 6 |")

    assert told(result) == [("CT53", "A5")]


@pytest.mark.parametrize(
    ("first", "second", "actual", "cell"),
    [
        ("Hộ nghèo", "Hộ cận nghèo", 6, "A4"),  # the second is the one of the code
        ("Hộ khá", "Số hộ cận nghèo", 6, "A4"),
        ("Hộ cận nghèo", "Hộ nghèo", 5, "A5"),
        ("", "Hộ cận nghèo", 5, "A5"),
        ("Hộ khá", "", 5, "A5"),
    ],
)
def test_of_two_rows_with_one_code_that_of_its_name_counts(first, second, actual, cell):
    result = of_units(f"| VH02 | {first} | hộ | 9 | 5 |\n| VH02 | {second} | hộ | 9 | 6 |")

    assert result.lines["vh02"].actual == actual
    assert found(result.issues, Code.CODE_REPEATED) == [cell]


def test_another_name_is_one_line_an_indicator_and_stands_beside_the_total():
    other = "| VH01 | Hộ khá | hộ | 9 | 5 |"
    result = of_units(other, "| VH01 | Hộ nghèo | hộ | 9 | 6 |", other.replace("khá", "giàu"))

    (finding,) = [item for item in result.issues if item.code is Code.NAME_DIFFERS]
    units_said = "Thôn 1 ghi 'Hộ khá', Thôn 3 ghi 'Hộ giàu'"
    assert dict(finding.values)["units"] == units_said
    line = result.lines["vh01"]
    assert line.actual == 16
    assert f"Tên khác: {units_said}" in remarks_on(line, result)
    assert [len(unit.submission.issues) > 0 for unit in result.units] == [True, False, True]


def test_a_unit_s_own_indicators_are_one_note_with_their_figures():
    result = of_units(
        "| VH01 | Hộ nghèo | hộ | 9 | 5 |\n| R1 | Trồng sen | ha | 9 | 5,5 |\n"
        "| R2 | Nuôi ong | đàn | | 6 |"
    )

    (note,) = [item for item in result.issues if item.code is Code.OWN_INDICATORS]
    assert note.severity is Severity.NOTE
    assert dict(note.values)["rows"] == "R1 'Trồng sen': 5,5 ha, R2 'Nuôi ong': 6 đàn"
    assert result.units[0].status == "Đã nộp"


def test_a_figure_for_a_target_not_given_is_added_and_noted():
    given = grid(
        """
        | Mã | Chỉ tiêu | ĐVT | Kế hoạch | A.1 | A.2 | Cộng | Chênh lệch |
        | VH01 | Hộ nghèo | hộ | 20 | 20 | | 20 | 0 |
        | VH02 | Hộ cận nghèo | hộ | 30 | 10 | 20 | 30 | 0 |
        """,
        "Giao chỉ tiêu",
    )
    sent = "| VH01 | Hộ nghèo | hộ | 20 | 5 |\n| VH02 | Hộ cận nghèo | hộ | 10 | 1 |"
    other = "| VH01 | Hộ nghèo | hộ | | 6 |\n| VH02 | Hộ cận nghèo | hộ | 20 | 2 |"

    result = of_units(sent, other, more=(given,))

    line = result.lines["vh01"]
    assert (line.actual, line.reported, line.expected) == (11, 1, 1)
    (note,) = [item for item in result.issues if item.code is Code.NOT_GIVEN_REPORTED]
    assert (note.severity, note.unit_name) == (Severity.NOTE, "Thôn 2")
    assert dict(note.values)["rows"] == "VH01: 6 hộ"


def issued(*pairs: tuple[str, str]) -> Grid:
    """Return the hidden sheet of a workbook that was issued with these codes and names."""
    rows: list[list[Cell]] = [["Mẫu", *ISSUED_HEADINGS], *([None, *pair] for pair in pairs)]
    return Grid(MARKER_SHEET, rows)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Hộ túng thiếu", []),
        ("Số hộ túng thiêu", []),
        ("Hộ khá", [("CT51", "B2")]),
        ("Hộ cận nghèo", [("CT50", "B2")]),
    ],
)
def test_the_name_under_which_a_row_was_issued_is_no_other(name, expected, tmp_path):
    own = ("| VH01 | | Hộ nghèo | hộ | 20 | | | |", "| VH02 | | Hộ cận nghèo | hộ | 20 | | | |")
    workbook = xa_file(tmp_path, *own, Kỳ_báo_cáo="Tháng 1")
    (tmp_path / "n").mkdir()
    about = info(Mã_đơn_vị="A.1", Tên_đơn_vị="Thôn 1", Năm=2026)
    marker = issued(("VH01", "Hộ túng thiếu"))
    save(tmp_path / "n" / "a.xlsx", about, grid(f"{SUB}\n| VH01 | {name} | hộ | 9 | 5 |"), marker)

    result = consolidate_files(workbook, tmp_path / "n").result

    assert told(result) == expected
    assert result.lines["vh01"].actual == (None if name == "Hộ cận nghèo" else 5)


def test_an_issued_workbook_by_itself_is_told_what_its_superior_will_say():
    marker = issued(("KT01", "Thu ngân sách"), ("VH01", "Hộ nghèo"), ("VH02", "Hộ cận nghèo"))
    table = """
        | Mã | Chỉ tiêu | ĐVT | Kế hoạch | T1 |
        | KT01 | Chi ngân sách | triệu đồng | 100 | 5 |
        | VH01 | Hộ cận nghèo | hộ | 20 | 5 |
        | VH09 | Số hộ cận nghèo | hộ | 20 | 5 |
        | R1 | Trồng sen | ha | 20 | 5 |
    """

    result = consolidated(grid(table), marker, period="Tháng 1")

    assert told(result) == [("CT50", "B3"), ("CT03", "A4"), ("CT51", "B2")]


def test_an_issued_workbook_without_its_codes_is_read_by_the_names_it_was_given():
    marker = issued(("KT01", "Thu ngân sách"), ("VH01", "Hộ nghèo"))
    table = "| Chỉ tiêu | ĐVT | Kế hoạch | T1 |\n| Hộ nghèo | hộ | 20 | 5 |"

    result = consolidated(grid(table), marker, period="Tháng 1")

    assert result.lines["vh01"].actual == 5
    assert found(result.issues, Code.CODES_BY_NAME) == ["A2"]
