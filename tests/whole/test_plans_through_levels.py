"""Plans in words through the chain: giao, filled in, gui, tong-hop one level up."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from danvan_xl.jobs.consolidate import consolidate_files
from danvan_xl.outgoing.contents import Contents, TargetRow, UnitRow
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import Direction, MonthRule, PlanKind, UnitRule
from danvan_xl.vietnamese.periods import parse_period
from danvan_xl.writing.template.workbook import write_workbook
from tests.offices import ABOUT, fill, say_about
from tests.program import running

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")
D = Decimal


def indicator(code: str, direction: Direction = Direction.MORE, **plan: object) -> Indicator:
    return Indicator(
        code,
        "Kinh tế",
        f"Tỷ lệ {code}",
        "%",
        direction,
        MonthRule.LAST,
        UnitRule.NONE,
        **plan,  # type: ignore[arg-type]
    )


STRICT = indicator("S", plan=D(95), plan_kind=PlanKind.ABOVE)
LESS = indicator("L", Direction.LESS, plan=D(5), plan_kind=PlanKind.BELOW)
UNKNOWN = indicator("U", plan_kind=PlanKind.UNKNOWN, plan_text="giữ vững")
RANGE = indicator("R", plan=D(85))
FLOW = Indicator("F", "Kinh tế", "Thu quỹ", "cái", plan=D(100))
INDICATORS = (STRICT, LESS, UNKNOWN, RANGE, FLOW)
OFFICE = Contents(
    {"unit_code": "21433", "unit_name": "Xã Lân Phong", "level": "Xã", **ABOUT},
    tuple(map(TargetRow, INDICATORS)),
    (
        UnitRow("21433.1", "Thôn 1", "Thôn"),
        UnitRow("21433.2", "Thôn 2", "Thôn", since=dt.date(2026, 3, 1)),
    ),
    assignment={
        "S": {"21433.1": "trên 95%", "21433.2": D(90)},
        "L": {"21433.1": "< 5", "21433.2": "không quá 5"},
        "U": {"21433.1": "giữ vững", "21433.2": "-"},
        "R": {"21433.1": "85-90%", "21433.2": "≥ 85%"},
        "F": {"21433.1": D(60), "21433.2": D(40)},
    },
)
PROVINCE = Contents(
    {"unit_code": "51", "unit_name": "Tỉnh Quảng Ngãi", "level": "Tỉnh", **ABOUT},
    tuple(TargetRow(item._replace(plan=None, plan_kind=PlanKind.PLAIN)) for item in INDICATORS),
    (UnitRow("21433", "Xã Lân Phong", "Xã"),),
)


@pytest.fixture
def run(monkeypatch, capsys):
    return running(monkeypatch, capsys)


def plans_in(path: Path) -> dict[str, object]:
    """Return what stands in column Kế hoạch of a workbook, by code."""
    rows = list(openpyxl.load_workbook(path)["Chỉ tiêu"].iter_rows(values_only=True))
    (header,) = [row for row in rows if row[0] == "Mã"]
    at = header.index("Kế hoạch")
    return {str(row[0]): row[at] for row in rows if row[0] in {"S", "L", "U", "R", "F"}}


def phased_in(path: Path, code: str) -> list[object]:
    rows = list(openpyxl.load_workbook(path)["Chỉ tiêu"].iter_rows(values_only=True))
    (header,) = [row for row in rows if row[0] == "Mã"]
    (row,) = [row for row in rows if row[0] == code]
    return [row[header.index(name)] for name in ("KH quý I", "KH 6 tháng", "KH 9 tháng")]


def ratings_of_units(workbook: Path, folder: Path) -> dict[str, dict[str, str]]:
    result = consolidate_files(workbook, folder, parse_period("6 tháng")).result
    return {
        unit.unit.code: {figure.code.upper(): figure.rating.value for figure in figures.values()}
        for unit in result.units
        for figures in (unit.figures,)
    }


def rated(out: dict) -> dict[str, str]:
    return {item["code"]: item["rating"] for item in out["indicators"]}


def test_plans_in_words_keep_their_meaning_down_and_up(run, tmp_path):
    write_workbook(tmp_path / "xa.xlsx", OFFICE)
    assert plans_in(tmp_path / "xa.xlsx")["S"] == "> 95"
    code, _, said = run("giao", tmp_path / "xa.xlsx", "-o", tmp_path / "Giao")
    assert code == 0, said
    first, second = (tmp_path / f"Giao/DV_21433.{number}_2026.xlsx" for number in (1, 2))

    assert plans_in(first) == {"S": "> 95", "L": "< 5", "U": "giữ vững", "R": 85, "F": 60}
    assert plans_in(second) == {"S": 90, "L": 5, "U": "-", "R": 85, "F": 40}
    assert phased_in(first, "F") == [None] * 3
    assert phased_in(second, "F") == [4, 16, 28]

    fill(first, S=95, L=5, U=19, R=85, F=30)
    fill(second, S_T3=90, L_T3=5, U_T3=19, R_T3=86, F_T3=16)
    for path in (first, second):
        say_about(path, Kỳ_báo_cáo="6 tháng", Độ_mật="Thường")
    ratings = ratings_of_units(tmp_path / "xa.xlsx", tmp_path / "Giao")
    assert ratings == {
        # The number itself does not reach "> 95" nor keep "< 5"; one plan is not known, one not
        # given; 16 of 40 by June is what a unit owes that exists from March.
        "21433.1": {
            "S": "Đang thực hiện",
            "L": "Đang thực hiện",
            "U": "Không rõ kế hoạch",
            "R": "Đạt",
            "F": "Đúng tiến độ",
        },
        "21433.2": {
            "S": "Đạt",
            "L": "Đạt",
            "U": "Không giao",
            "R": "Vượt",
            "F": "Đúng tiến độ",
        },
    }

    options = "-o", tmp_path / "tong-hop.xlsx", "--ky", "6 tháng"
    fill(tmp_path / "xa.xlsx", S=95, L=5, U=19, R=85)
    _, out, _ = run("tong-hop", tmp_path / "xa.xlsx", tmp_path / "Giao", *options)
    assert not [item for item in out["issues"] if item["code"] in {"KH03", "KH28", "CF02"}]
    assert rated(out) == {
        "S": "Đang thực hiện",
        "L": "Đang thực hiện",
        "U": "Không rõ kế hoạch",
        "R": "Đạt",
        "F": "Chậm tiến độ",
    }

    code, out, said = run("gui", tmp_path / "xa.xlsx", tmp_path / "Giao", "-o", tmp_path / "Gui")
    assert code == 0, said
    sending = Path(out["output"])
    assert plans_in(sending) == {"S": "> 95", "L": "< 5", "U": "giữ vững", "R": 85, "F": 100}

    write_workbook(tmp_path / "tinh.xlsx", PROVINCE)
    options = "-o", tmp_path / "len-tinh.xlsx", "--ky", "6 tháng"
    _, out, _ = run("tong-hop", tmp_path / "tinh.xlsx", tmp_path / "Gui", *options)
    asked = [item for item in out["issues"] if item["code"] == "KH20"]
    assert [item["unit_name"] for item in asked] == ["Xã Lân Phong"]
    ratings = ratings_of_units(tmp_path / "tinh.xlsx", tmp_path / "Gui")
    assert ratings["21433"] == {
        "S": "Đang thực hiện",
        "L": "Đang thực hiện",
        "U": "Không rõ kế hoạch",
        "R": "Đạt",
        "F": "Chậm tiến độ",
    }
