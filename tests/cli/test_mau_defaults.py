"""`mau --chi-tieu`: every column and blank cell that was taken for something is named."""

import json

import openpyxl
import pytest

import danvan_xl
from danvan_xl.schema.indicators import CHOICE_NAMES

OWN = """Mã,Lĩnh vực,Chỉ tiêu,ĐVT,Kế hoạch
A1,Văn hóa - xã hội,Tỷ lệ gia đình văn hóa,%,95
A2,Kinh tế,Năng suất lúa,tạ/ha,60
A3,Văn hóa - xã hội,Số hộ nghèo,hộ,24
A4,Kinh tế,Thu nhập bình quân đầu người,triệu đồng,60
A5,Kinh tế,Thu ngân sách,triệu đồng,900
A6,Văn hóa - xã hội,Quỹ Vì người nghèo vận động được,triệu đồng,50
"""


@pytest.fixture
def mau(run, tmp_path):
    """Return a function that makes a workbook of a list, and gives its path and what was said."""

    def make(text: str):
        path, listed = tmp_path / "m.xlsx", tmp_path / "c.csv"
        listed.write_text(text, "utf-8")
        code, out, _ = run("mau", "-o", path, "--nam", 2026, "--chi-tieu", listed)
        assert code == 0
        return path, out

    return make


def test_a_list_without_choices_says_what_each_row_was_taken_for(mau) -> None:
    _, out = mau(OWN)

    assert (
        "Cảnh báo: Cột Chiều để trống, hiểu theo tên chỉ tiêu. Chiều là Giảm: A3 (dòng 4); " in out
    )
    assert "Chiều là Tăng: A6 (dòng 7)." in out
    unadded = "A1 (dòng 2), A2 (dòng 3), A4 (dòng 5)"
    assert f"Cộng kỳ là Cuối kỳ: {unadded}; Tổng hợp là Không: {unadded}." in out
    assert "Cộng kỳ là Cộng: A3 (dòng 4), A5 (dòng 6), A6 (dòng 7); " in out
    assert "Chiều là Tăng: A1 (dòng 2), A2 (dòng 3), A4 (dòng 5), A5 (dòng 6); " in out
    assert "Không có cột Nguồn" in out


def test_the_template_holds_what_was_taken_so_that_its_formulas_follow_it(mau) -> None:
    path, _ = mau(OWN)

    targets = danvan_xl.consolidate(path).consolidation.book.own.targets
    found = {target.indicator.code: target for target in targets}
    assert {target.left_blank for target in targets} == {frozenset()}
    assert choices_of(found["A1"]) == ("Tăng", "Cuối kỳ", "Không")
    assert choices_of(found["A3"]) == ("Giảm", "Cộng", "Cộng")
    assert choices_of(found["A5"]) == ("Tăng", "Cộng", "Cộng")


def choices_of(target) -> tuple[str, ...]:
    return tuple(str(target.indicator.said(name)) for name in CHOICE_NAMES)


def test_a_workbook_without_the_columns_is_told_in_the_same_words(mau, run, tmp_path) -> None:
    _, out = mau(OWN)
    path = tmp_path / "tay.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Chỉ tiêu"
    for line in OWN.splitlines():
        head = line.startswith("Mã")
        book.active.append([*line.split(","), "T1" if head else None])
    book.save(path)

    for verb in (("kiem-tra", path), ("tong-hop", path, "-o", tmp_path / "th.xlsx")):
        _, said, _ = run(*verb, "--json")
        found = [
            f"{item['severity']}: {item['message']}"
            for item in issues_in(json.loads(said))
            if item["code"] in ("CT30", "CT31")
        ]
        assert len(found) == 2
        assert all(message in out for message in found)


def issues_in(said: dict) -> list[dict]:
    return said.get("issues") or [item for file in said["files"] for item in file["issues"]]


def test_a_ratio_and_a_weighted_mean_say_how_units_combine(mau) -> None:
    rows = ("A;Việc;cái;", "B;Cả;cái;", "C;Tỷ lệ;%;tỷ số A/B", "D;Mức;đ;bình quân theo B")
    _, out = mau("\n".join(("Mã;Chỉ tiêu;ĐVT;Nguồn", *rows)))

    assert "Tổng hợp là Tỷ số: C (dòng 4); Tổng hợp là Bình quân: D (dòng 5)" in out
    assert "Không có cột Nguồn" not in out


def test_a_list_that_adds_what_does_not_add_is_told_so(mau) -> None:
    rows = ("A;Tỷ lệ;%;Cộng;Cộng", "B;Năng suất;tạ/ha;Cuối kỳ;Cộng", "C;Việc;cái;Cộng;Cộng")
    _, out = mau("\n".join(("Mã;Chỉ tiêu;ĐVT;Cộng kỳ;Tổng hợp", *rows)))

    assert "sẽ không có số chung. Cộng kỳ là Cộng: A; Tổng hợp là Cộng: A, B." in out


def test_columns_are_matched_as_the_reader_does_and_those_not_used_are_named(mau) -> None:
    path, out = mau(
        "STT;Chỉ tiêu;ĐVT;Thực hiện năm 2025;Kế hoạch năm 2026;Kế hoạch năm 2027;TH/KH\n"
        "1;Thu ngân sách;triệu đồng;1.000;1.200;9.999;51,67\n"
    )

    assert "Cột 'Thực hiện năm 2025' hiểu là cột Năm trước." in out
    assert "Cột 'Kế hoạch năm 2026' hiểu là cột Kế hoạch." in out
    assert "Các cột không dùng đến: Kế hoạch năm 2027; TH/KH." in out
    [target] = danvan_xl.consolidate(path).consolidation.book.own.targets
    assert (target.indicator.last_year, target.indicator.plan) == (1000, 1200)


def test_two_columns_that_mean_the_plan_are_both_named_and_not_used(mau) -> None:
    _, out = mau("Chỉ tiêu;KH 2026;Kế hoạch năm 2026\nThu;1;2\n")

    assert "Các cột không dùng đến: KH 2026; Kế hoạch năm 2026." in out


def test_the_shipped_list_says_nothing(run, tmp_path) -> None:
    _, out, _ = run("mau", "-o", tmp_path / "m.xlsx", "--json")

    assert json.loads(out)["remarks"] == []
