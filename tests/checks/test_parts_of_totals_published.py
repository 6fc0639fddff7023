"""On figures that localities published every contradiction is told, and nothing that is right."""

import csv
from pathlib import Path

import pytest

from danvan_xl.files.grid import Grid
from danvan_xl.schema.messages import Code, Severity
from tests.sheets import consolidated

FACTS = Path(__file__).parents[3] / "shared" / "facts" / "figures.csv"
HEADER = ["Mã", "Lĩnh vực", "Chỉ tiêu", "ĐVT", "Cộng kỳ", "Kế hoạch", "T1", "T12"]
ABOUT_FIGURES = (
    Code.PARTS_DIFFER,
    Code.PLAN_PARTS_DIFFER,
    Code.PART_ABOVE_TOTAL,
    Code.PARTS_ABOVE_TOTAL,
    Code.NEGATIVE,
    Code.NOT_WHOLE,
    Code.SHARE_OVER_100,
    Code.SHARE_TOO_SMALL,
    Code.FIGURE_FAR_OFF,
    Code.FIGURE_FAR_BELOW,
    Code.FIGURE_OFF_SCALE,
)
# Published counts, as they stand in the reports: code, name, ĐVT, plan, actual.
RIGHT = """
    A     | Tổng giá trị sản xuất                   | tỷ đồng   | 1507  | 1507
    A.1   | Trong đó: nông - lâm nghiệp             | tỷ đồng   | 56,6  | 56,6
    A.2   | Công nghiệp - xây dựng                  | tỷ đồng   | 650   | 650
    B     | Thu ngân sách xã                        | đồng      |       | 7.897.797.496
    C     | Tuyển quân nghĩa vụ quân sự             | thanh niên | 24   | 25
    D     | Phát triển đảng viên                    | đảng viên | 6     | 7
    E     | Hội nghị tuyên truyền vận động          | cuộc      |       | trên 30
    F     | Tỷ lệ hộ nghèo                          | %         |       | 9,78
    G     | Tỷ lệ gia đình văn hóa                  | %         |       | trên 80%
    H     | Nhân dân đóng góp                       | tỷ đồng   |       | hơn 2,5 tỷ đồng
    K     | Số khẩu                                 | khẩu      |       | hơn 6640
    L     | Mô hình có hiệu quả                     | mô hình   | 9     | 7
    M     | Đất đào cấp phối                        | m³        |       | 653,5
"""
WRONG = """
    A     | Mô hình cấp cơ sở                       | mô hình   |       | 101
    A.1   | Trong đó: lĩnh vực kinh tế              | mô hình   |       | 26
    A.2   | Văn hóa - xã hội                        | mô hình   |       | 36
    A.3   | Quốc phòng - an ninh                    | mô hình   |       | 04
    A.4   | Xây dựng Đảng và hệ thống chính trị     | mô hình   |       | 32
    B     | Tổ chức cơ sở đảng                      | tổ chức   |       | 74
    B.1   | Trong đó: đảng bộ cơ sở                 | tổ chức   |       | 44
    B.2   | Chi bộ cơ sở                            | tổ chức   |       | 28
"""


def told(rows: list[list[object]]) -> dict[str, str]:
    """Return what is said of which cell, of figures that are unlikely or contradict each other."""
    lines = [[row[0], "Kinh tế", row[1], row[2], "Cuối kỳ", row[3], None, row[4]] for row in rows]
    result = consolidated(Grid("Chỉ tiêu", [HEADER, *lines]))  # type: ignore[list-item]
    return {
        item.place.cell: item.code.label for item in result.issues if item.code in ABOUT_FIGURES
    }


def table(text: str) -> list[list[object]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def test_figures_that_are_right_are_left_alone():
    assert told(table(RIGHT)) == {}


def test_every_contradiction_is_told():
    found = told(table(WRONG))

    assert sorted(found.values()) == ["TH02", "TH02"]


@pytest.mark.skipif(not FACTS.exists(), reason="the published figures lie beside the repository")
def test_of_all_that_was_published_only_the_one_contradiction_is_told():
    found: list[str] = []
    for rows in by_locality().values():
        found += told(rows).values()

    assert found == ["TH02"]
    assert Code.PARTS_DIFFER.severity is Severity.WARNING


def by_locality() -> dict[str, list[list[object]]]:
    """Return the published figures of each locality and year; one name thrice has parts."""
    localities: dict[str, list[list[object]]] = {}
    with FACTS.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            rows = localities.setdefault(f"{row['locality']} {row['year']}", [])
            same = [item for item in rows if str(item[1]).startswith(row["item"])]
            code = f"{same[0][0]}.{len(same)}" if same else f"C{len(rows)}"
            actual = row["actual"].replace(".", ",")
            name = f"{row['item']} {row['work_field']}" if same else row["item"]
            rows.append([code, name, row["measure"], row["plan"].replace(".", ","), actual])
    return localities
