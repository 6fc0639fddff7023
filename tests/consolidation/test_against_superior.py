"""`kiem-tra --so` and `tong-hop` tell one story of a file."""

from pathlib import Path

import pytest

from danvan_xl.consolidation.one_workbook import check_paths
from danvan_xl.jobs.consolidate import consolidate_files
from danvan_xl.schema.issues import Issue
from tests.on_disk import HEADER, save, thon_file, xa_file
from tests.sheets import grid, info, sub_sheet

OWN = "| K | Kinh tế | Chỉ tiêu K | hộ | 20 | | | |"
GOOD = "| K | Kinh tế | Chỉ tiêu K | hộ | 10 | 2 | 3 | 4 |"
BAD = GOOD.replace("| 3 |", "| nhiều |")
ABOUT = {"Kỳ_báo_cáo": "Quý I"}


@pytest.fixture
def xa(tmp_path):
    return xa_file(tmp_path, OWN, **ABOUT)


def told(issues: tuple[Issue, ...], file: Path) -> list[tuple[str, str, str]]:
    return [
        (item.code.label, item.place.cell, item.message)
        for item in issues
        if item.place.file == file.name
    ]


@pytest.mark.parametrize(
    ("row", "about", "codes"),
    [
        (GOOD, {}, []),
        (BAD, {}, ["SO01"]),
        (GOOD, {"Năm": 2025}, ["DV08"]),
        (BAD, {"Năm": 2025}, ["DV08"]),
        (BAD, {"Mã_đơn_vị": "B.7", "Tên_đơn_vị": "Thôn Khác"}, ["DV02"]),
        (BAD, {"Mã_đơn_vị": "", "Tên_đơn_vị": ""}, ["DV01"]),
        (GOOD, {"Kỳ_báo_cáo": "Tháng 2"}, ["DV12"]),
        (GOOD.replace("hộ", "%"), {}, ["CT05"]),
        (BAD.replace("hộ", "%"), {}, ["CT05"]),
        (GOOD.replace("| K |", "| ZZ |"), {}, ["CT03"]),
    ],
)
def test_a_file_is_told_what_consolidating_above_says_of_it(xa, tmp_path, row, about, codes):
    path = thon_file(tmp_path / "Nhan", 1, row, **ABOUT | about)

    above = consolidate_files(xa, tmp_path / "Nhan").result
    (checked,) = check_paths([path], above=xa).files

    assert [code for code, _, _ in told(checked.issues, path)] == codes
    assert told(checked.issues, path) == told(above.issues, path)


def test_a_plan_is_held_against_the_one_given(tmp_path):
    given = grid("| Mã | Chỉ tiêu | Kế hoạch | A.1 | A.2 | Cộng |\n| K | K | 20 | 15 | 5 | 20 |")
    own = grid(f"| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Kế hoạch | T1 | T2 | T3 |\n{OWN}")
    about = grid("| Mã đơn vị | A |\n| Tên đơn vị | Xã A |\n| Năm | 2026 |", "Thông tin")
    names = grid("| Mã | Tên đơn vị |\n| A.1 | Thôn 1 |\n| A.2 | Thôn 2 |", "Đơn vị")
    given = given._replace(title="Giao chỉ tiêu")
    xa = save(tmp_path / "so.xlsx", about, names, own, given)
    path = thon_file(tmp_path / "Nhan", 1, GOOD, **ABOUT)

    (checked,) = check_paths([path], above=xa).files

    assert "KH28" in [item.code.label for item in checked.issues]


def test_each_of_several_versions_is_told_by_itself_and_the_superiors_own_is_no_sending(
    xa, tmp_path
):
    first = thon_file(tmp_path / "Nhan", 1, BAD, **ABOUT)
    second = first.rename(first.with_name("thon-1-sua.xlsx"))
    thon_file(tmp_path / "Nhan", 1, GOOD, **ABOUT)

    checked = check_paths([tmp_path / "Nhan", xa], above=xa)

    assert {file.file: [item.code.label for item in file.issues] for file in checked.files} == {
        "thon-1.xlsx": [],
        second.name: ["SO01"],
        "so.xlsx": [],
    }


def test_its_registers_and_formulas_are_checked_as_well(xa, tmp_path):
    table = grid(f"| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Kế hoạch | T1 | T2 | T3 |\n{GOOD}")
    about = grid("| Mã đơn vị | A.1 |\n| Tên đơn vị | Thôn 1 |\n| Năm | 2026 |", "Thông tin")
    rows = "| Ngày | Hình thức | Nội dung | Số cuộc |\n| 05/02/2024 | Hội nghị | Họp | 1 |"
    path = save(tmp_path / "thon.xlsx", about, table, grid(rows, "Tuyên truyền"))

    alone = check_paths([path]).files[0].issues
    (above,) = check_paths([path], above=xa).files

    def of_registers(issues: tuple[Issue, ...]) -> list[str]:
        return [item.code.label for item in issues if item.code.label.startswith("TD")]

    assert of_registers(above.issues) == of_registers(alone) == ["TD09"]


def test_of_a_file_without_a_table_all_say_why_and_nothing_of_its_year(xa, tmp_path):
    (tmp_path / "Nhan").mkdir()
    about = info(Mã_đơn_vị="A.1", Tên_đơn_vị="Thôn 1", Cấp="Thôn")
    table = sub_sheet("X.9", f"{HEADER}\n{GOOD}", "Chỉ tiêu")
    path = save(tmp_path / "Nhan" / "thon.xlsx", about, table)

    above = consolidate_files(xa, tmp_path / "Nhan").result
    alone = check_paths([path]).files[0].issues
    (checked,) = check_paths([path], above=xa).files

    codes = {item.code.label for item in alone}
    assert {"TEP05", "DV02"} <= codes
    assert "DV09" not in codes
    assert sorted(told(alone, path)) == sorted(told(checked.issues, path))
    assert sorted(told(alone, path)) == sorted(told(above.issues, path))
