"""What does not add, two levels up: of what two communes send no sum is made either."""

from pathlib import Path

import pytest

import danvan_xl
from danvan_xl.schema.messages import Code
from tests.on_disk import save
from tests.program import running
from tests.sheets import found, grid, info, units

HEAD = "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Chiều | Cộng kỳ | Tổng hợp | Kế hoạch | T1 | T2 |"
ROW = "| A | Kinh tế | Lúa xuân | tạ/ha | Tăng | {} | {} | 60 | {} | {} |"


@pytest.fixture
def run(monkeypatch, capsys):
    return running(monkeypatch, capsys)


def office(path: Path, code: str, name: str, table: str, *names: str) -> Path:
    about = {"Mã_đơn_vị": code, "Tên_đơn_vị": name, "Năm": 2026, "Kỳ_báo_cáo": "Tháng 2"}
    return save(path, info(**about, Độ_mật="Thường"), units(*names), grid(f"{HEAD}\n{table}"))


@pytest.mark.parametrize(
    ("rules", "actual", "code"),
    [
        (("Cuối kỳ", "Cộng"), None, Code.DOES_NOT_ADD),
        (("Cuối kỳ", "Bình quân"), 56, None),
        (("", ""), None, Code.ADDED_BY_NAME),
    ],
)
def test_what_two_communes_send_is_not_added(run, tmp_path, rules, actual, code) -> None:
    for number, last in ((1, 54), (2, 58)):
        row = ROW.format("Cuối kỳ", "Không", 50, last)
        path = office(tmp_path / f"{number}.xlsx", f"A.{number}", f"Xã {number}", row)
        exit_code, _, _ = run("gui", path, "-o", tmp_path / "Nhan")
        assert exit_code == 0
    names = ("Xã 1", "Xã 2")
    above = office(tmp_path / "tinh.xlsx", "A", "Tỉnh A", ROW.format(*rules, "", ""), *names)

    result = danvan_xl.consolidate(above, tmp_path / "Nhan").consolidation

    assert result.lines["a"].actual == actual
    assert [unit.figures["a"].actual for unit in result.units] == [54, 58]
    told = {item for item in (Code.DOES_NOT_ADD, Code.ADDED_BY_NAME) if found(result.issues, item)}
    assert told == ({code} if code else set())
