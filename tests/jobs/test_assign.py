"""`giao` on disk: one workbook per unit, kept up to date, nothing typed ever lost."""

import json
import sys
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from danvan_xl.cli.main import main
from danvan_xl.files.opening import open_unguarded
from danvan_xl.jobs.consolidate import consolidate_files
from danvan_xl.outgoing.contents import Contents, TargetRow, UnitRow
from danvan_xl.reading.workbook import read_book
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import TARGETS
from danvan_xl.writing.template.workbook import write_workbook
from tests.program import running

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")
D = Decimal
OFFICE = Contents(
    {"unit_code": "A", "unit_name": "Xã A", "level": "Xã", "year": 2026, "secrecy": "Thường"},
    (
        TargetRow(Indicator("K", "Kinh tế", "Thu quỹ", "cái", plan=D(100))),
        TargetRow(Indicator("V", "Kinh tế", "Vận động", "hộ", plan=D(30))),
        TargetRow(Indicator("N", "Kinh tế", "Không giao", "cái", plan=D(9))),
    ),
    (UnitRow("A.1", "Thôn 1", "Thôn"), UnitRow("A.2", "Thôn 2", "Thôn")),
    assignment={"K": {"A.1": D(60), "A.2": D(40)}, "V": {"A.1": D(10), "A.2": D(20)}},
)
CHANGED = replace(
    OFFICE,
    assignment={"K": {"A.1": D(55), "A.2": D(45)}, "V": {"A.1": D(10), "A.2": D(20)}},
)


@pytest.fixture
def run(monkeypatch, capsys):
    return running(monkeypatch, capsys)


@pytest.fixture
def giao(tmp_path, monkeypatch, capsys):
    """Assign what an office's workbook says; returns (exit code, output as JSON, error output)."""

    def call(contents: Contents, *options: str) -> tuple[int, dict, str]:
        write_workbook(tmp_path / "xa.xlsx", contents)
        arguments = ["giao", tmp_path / "xa.xlsx", "-o", tmp_path / "giao", "--json", *options]
        monkeypatch.setattr(sys, "argv", ["danvan-xl", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            main()
        captured = capsys.readouterr()
        return int(stop.value.code or 0), json.loads(captured.out), captured.err

    return call


def type_into(path, sheet, **cells):
    """Type into cells of a workbook, as its officer does."""
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book[sheet][cell] = value
    book.save(path)


def cell_of(path, code, column):
    """Return the name of a target's cell in a workbook."""
    own = read_book(open_unguarded(path)).own
    return own.cell(column, target(path, code))


def target(path, code):
    own = read_book(open_unguarded(path)).own
    return next(item for item in own.targets if item.indicator.code == code)


def states(out):
    return {item["code"]: item["state"] for item in out["units"]}


def test_every_unit_gets_a_workbook_whose_plan_is_locked(giao, tmp_path):
    code, out, err = giao(OFFICE)

    assert (code, err) == (0, "")
    assert states(out) == {"A.1": "mới", "A.2": "mới"}
    path = tmp_path / "giao" / "DV_A.1_2026.xlsx"
    book = read_book(open_unguarded(path))
    assert (book.info.unit_code, book.info.unit_name) == ("A.1", "Thôn 1")
    assert (book.info.parent_code, book.info.year) == ("A", 2026)
    assert [(t.indicator.code, t.plan.value) for t in book.own.targets] == [("K", 60), ("V", 10)]
    sheet = openpyxl.load_workbook(path)[TARGETS.title]
    assert sheet.protection.sheet
    assert sheet[cell_of(path, "K", "plan")].protection.locked
    assert not sheet[cell_of(path, "K", "t1")].protection.locked


def test_a_workbook_used_by_another_unit_than_it_was_given_to_is_told(giao, run, tmp_path):
    giao(OFFICE)
    path = tmp_path / "giao" / "DV_A.1_2026.xlsx"
    type_into(path, "Thông tin", B4="A.2", B5="Thôn 2")

    result = consolidate_files(tmp_path / "xa.xlsx", tmp_path / "giao").result
    code, checked, _ = run("kiem-tra", path)

    told = [item.message for item in result.issues if item.code is Code.ISSUED_TO_ANOTHER]
    assert told == ["Sổ này được giao cho 'Thôn 1' (A.1), nay ghi là của 'Thôn 2' (A.2)."]
    (file,) = checked["files"]
    assert [item["code"] for item in file["issues"]].count("DV24") == 1
    assert code == 0


def test_assigning_the_same_again_changes_no_byte(giao, tmp_path):
    giao(OFFICE)
    before = {path.name: path.read_bytes() for path in (tmp_path / "giao").iterdir()}

    code, out, _ = giao(OFFICE)

    assert (code, states(out)) == (0, {"A.1": "không đổi", "A.2": "không đổi"})
    assert {path.name: path.read_bytes() for path in (tmp_path / "giao").iterdir()} == before


def test_a_workbook_nobody_has_filled_is_replaced_and_what_changed_is_told(giao, tmp_path):
    giao(OFFICE)

    _, out, _ = giao(CHANGED)

    assert states(out) == {"A.1": "thay", "A.2": "thay"}
    (change,) = out["units"][0]["changes"]
    assert "60" in str(change)
    assert "55" in str(change)
    assert target(tmp_path / "giao" / "DV_A.1_2026.xlsx", "K").plan.value == 55


def test_what_was_typed_is_never_written_over_and_goes_into_the_update(giao, tmp_path):
    giao(OFFICE)
    path = tmp_path / "giao" / "DV_A.1_2026.xlsx"
    cells = {
        cell_of(path, "K", "t1"): 12,
        cell_of(path, "K", "t2"): "trên 30",
        cell_of(path, "V", "t1"): "KPS",
    }
    type_into(path, TARGETS.title, **cells)
    type_into(path, "Tuyên truyền", A7="05/03/2026", B7="Hội nghị", C7="Họp thôn", D7=1, E7=40)
    before = path.read_bytes()

    _, out, _ = giao(CHANGED)

    assert states(out) == {"A.1": "cập nhật", "A.2": "thay"}
    assert path.read_bytes() == before
    updated = tmp_path / "giao" / "DV_A.1_2026_cap-nhat.xlsx"
    book = read_book(open_unguarded(updated))
    kept = target(updated, "K")
    assert kept.plan.value == 55
    assert [(f.value, str(f.bound)) for f in kept.months[:2]] == [(12, ""), (30, "≥")]
    assert target(updated, "V").months[0].state == "none occurred"
    (register,) = book.registers
    assert register.columns["topic"][0] == "Họp thôn"
    assert states(giao(CHANGED)[1]) == {"A.1": "không đổi", "A.2": "không đổi"}


def test_a_file_of_somebody_else_is_left_alone_and_the_others_are_written(giao, tmp_path):
    (tmp_path / "giao").mkdir()
    foreign = tmp_path / "giao" / "DV_A.2_2026.xlsx"
    openpyxl.Workbook().save(foreign)
    before = foreign.read_bytes()

    code, out, _ = giao(OFFICE)

    assert (code, states(out)) == (1, {"A.1": "mới", "A.2": "không ghi"})
    assert foreign.read_bytes() == before


def test_shares_that_do_not_add_up_are_refused_unless_meant(giao, tmp_path):
    uneven = replace(OFFICE, assignment={"K": {"A.1": D(60), "A.2": D(45)}})

    code, out, err = giao(uneven)

    assert code == 2
    assert "KH08" in err or "105" in err
    assert out["error"].strip() == err.strip()
    assert not (tmp_path / "giao").exists()
    assert giao(uneven, "--cho-phep-lech")[0] == 0
    assert target(tmp_path / "giao" / "DV_A.2_2026.xlsx", "K").plan.value == 45


def test_filled_workbooks_add_up_to_the_offices_figure(giao, tmp_path):
    giao(OFFICE)
    for number, done in ((1, 61), (2, 39)):
        path = tmp_path / "giao" / f"DV_A.{number}_2026.xlsx"
        type_into(path, TARGETS.title, **{cell_of(path, "K", "t12"): done})

    result = consolidate_files(tmp_path / "xa.xlsx", tmp_path / "giao").result

    assert (result.lines["k"].actual, result.lines["k"].rating) == (100, "Đạt")
    assert result.lines["k"].units_plan == 100


def test_an_indicator_taken_away_keeps_what_was_typed_and_one_more_is_told(giao, tmp_path):
    giao(OFFICE)
    path = tmp_path / "giao" / "DV_A.1_2026.xlsx"
    type_into(path, TARGETS.title, **{cell_of(path, "V", "t1"): 4})
    renamed = Indicator("K", "Kinh tế", "Thu quỹ", "triệu đồng", plan=D(100))
    added = Indicator("M", "Kinh tế", "Chỉ tiêu mới", "cái", plan=D(9))
    later = replace(
        OFFICE,
        targets=(TargetRow(renamed), TargetRow(added), OFFICE.targets[1]),
        assignment={"K": OFFICE.assignment["K"], "M": {"A.1": D(4), "A.2": D(5)}},
    )

    _, out, _ = giao(later)

    told = [change.partition(": ")[2] for change in out["units"][0]["changes"]]
    assert told == [
        "ĐVT cái → triệu đồng",
        "thêm chỉ tiêu 'Chỉ tiêu mới', Kế hoạch 4",
        "không giao nữa 'Vận động'; giữ dòng và số đã ghi, bỏ kế hoạch",
    ]
    updated = tmp_path / "giao" / "DV_A.1_2026_cap-nhat.xlsx"
    kept = target(updated, "V")
    assert (kept.plan.value, kept.months[0].value) == (None, 4)
    assert target(updated, "M").plan.value == 4


def test_figures_typed_in_another_measure_are_pointed_out(giao, tmp_path):
    giao(OFFICE)
    path = tmp_path / "giao" / "DV_A.1_2026.xlsx"
    type_into(path, TARGETS.title, **{cell_of(path, "K", "t1"): 4})
    renamed = TargetRow(Indicator("K", "Kinh tế", "Thu quỹ", "triệu đồng", plan=D(100)))

    _, out, _ = giao(replace(OFFICE, targets=(renamed, *OFFICE.targets[1:])))

    (found,) = [item for item in out["issues"] if item["code"] == "GC09"]
    assert "từ 'cái' sang 'triệu đồng'" in found["message"]
    assert "T1" in found["message"]


def test_an_indicator_that_the_office_calls_otherwise_since_then_is_the_same(giao, tmp_path):
    giao(OFFICE)
    workbook, office = tmp_path / "giao" / "DV_A.1_2026.xlsx", tmp_path / "xa.xlsx"
    assert [row[:2] for row in read_book(open_unguarded(workbook)).given_names.rows] == [
        ("K", "Thu quỹ"),
        ("V", "Vận động"),
    ]
    type_into(workbook, TARGETS.title, **{cell_of(workbook, "V", "t1"): 5})
    type_into(office, TARGETS.title, **{cell_of(office, "V", "indicator"): "Gia đình hội viên"})

    kept = consolidate_files(office, tmp_path / "giao").result
    type_into(workbook, TARGETS.title, **{cell_of(workbook, "V", "indicator"): "Việc khác"})
    changed = consolidate_files(office, tmp_path / "giao").result

    assert kept.lines["v"].actual == changed.lines["v"].actual == 5
    assert "CT51" not in {item.code.label for item in kept.issues}
    assert "CT51" in {item.code.label for item in changed.issues}
