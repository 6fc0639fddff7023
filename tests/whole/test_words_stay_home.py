"""Marks in every column of words of every sheet, and everything that leaves searched for them."""

import datetime as dt
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from danvan_xl.outgoing.contents import Contents, TargetRow, UnitRow
from danvan_xl.schema.columns import Column, Kind
from danvan_xl.schema.registers import Register
from danvan_xl.schema.sheets import REGISTERS, TARGETS, UNITS
from danvan_xl.vietnamese.text import bare_key
from danvan_xl.writing.template.workbook import write_workbook
from tests.mail_server import parsed
from tests.offices import INDICATORS, OFFICE, edited, fill
from tests.program import running

DAY = dt.date(2026, 1, 5)
ROOT = Path(__file__).parents[2]
WORDS = (Kind.TEXT, Kind.CODE, Kind.CHOICE)
# What the forms declare public; the guide says the same.
PUBLIC = {
    ("targets", "code"),
    ("targets", "indicator"),
    ("targets", "measure"),
    ("targets", "cause"),
    ("targets", "solution"),
    ("units", "code"),
    ("units", "unit_name"),
    ("movement_models", "code"),
    ("movement_models", "name"),
    ("projects", "project"),
}
FIRST, SECOND, ABOVE = "Lạ", "Hiếm", "Riêng"  # whose words: of two thôn, of the xã

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")


@pytest.fixture
def run(monkeypatch, capsys):
    return running(monkeypatch, capsys)


def mark(whose: str, sheet: str, column: str) -> str:
    """A text that is found again whatever becomes of its case and marks; no word of any list."""
    return f"{whose}zq {sheet.replace('_', '')}zq {column.replace('_', '')}zq"


def marks_in(text: str, whose: str = "") -> set[str]:
    """The marks of somebody, or of all, that a text holds, by sheet and column."""
    plain = bare_key(text, " ")
    names = "|".join(bare_key(name) for name in ((whose,) if whose else (FIRST, SECOND, ABOVE)))
    return set(re.findall(rf"(?:{names})zq \w+zq \w+zq", plain))


def public_marks() -> set[str]:
    return {
        bare_key(mark(whose, sheet, column), " ")
        for whose in (FIRST, SECOND, ABOVE)
        for sheet, column in PUBLIC
    }


def row_of(register: Register, whose: str, **fixed: object) -> Mapping[str, object]:
    """A row with a mark in every column of words, a figure or a day in every other."""

    def entry(column: Column) -> object:
        if column.kind in WORDS:
            return mark(whose, register.name, column.name)
        return DAY if column.kind is Kind.DATE else 1

    columns = register.sheet.columns
    return {c.name: entry(c) for c in columns if not c.computed} | fixed


def rows_of(register: Register, whose: str) -> tuple[Mapping[str, object], ...]:
    """Rows with marks: with every choice marked, and with the first of each, so that they count."""
    chosen = {
        column.name: column.choices[0]
        for column in register.sheet.columns
        if column.kind is Kind.CHOICE
    }
    late = {} if register.deadline is None else {register.deadline.done: None}
    return (row_of(register, whose), row_of(register, whose, **chosen, **late))


def targets_of(whose: str) -> tuple[TargetRow, ...]:
    words = {"cause", "solution"}
    further = {name: mark(whose, "targets", name) for name in words}
    note = mark(whose, "targets", "note")
    return tuple(TargetRow(item, note=note, further=further) for item in INDICATORS)


def contents_of(code: str, name: str, level: str, whose: str, **more: object) -> Contents:
    about = {"unit_code": code, "unit_name": name, "level": level, "year": 2026}
    about |= {"period": "Tháng 1", "secrecy": "Thường", "prepared_on": dt.date(2026, 2, 1)}
    registers = {item.name: rows_of(item, whose) for item in REGISTERS if level in item.levels}
    return Contents(about, targets_of(whose), registers=registers, **more)  # type: ignore[arg-type]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A xã's workbook and two thôn's in its inbox, with marks in every column of words."""
    units = tuple(
        UnitRow(row.code, row.unit_name, note=mark(ABOVE, "units", "note"), email="a@b.vn")
        for row in OFFICE.units
    )
    workbook = tmp_path / "so.xlsx"
    above = contents_of(
        "21433", "Xã Lân Phong", "Xã", ABOVE, units=units, assignment=OFFICE.assignment
    )
    write_workbook(workbook, above)
    inbox = tmp_path / "Nhan"
    inbox.mkdir()
    for unit, whose in zip(units, (FIRST, SECOND), strict=True):
        path = inbox / f"{unit.code}.xlsx"
        write_workbook(path, contents_of(unit.code, unit.unit_name, "Thôn", whose))
        fill(path, K=mark(whose, "targets", "t1"), H=3)
        beside_the_tables(path, whose)
    beside_the_tables(workbook, ABOVE)
    return workbook


def beside_the_tables(path: Path, whose: str) -> None:
    """Type words into a column of one's own, beside a table, and into a sheet of one's own."""
    with edited(path) as book:
        sheet = book["Chỉ tiêu"]
        sheet.cell(6, 40).value = mark(whose, "own", "header")
        sheet.cell(8, 40).value = mark(whose, "own", "cell")
        book.create_sheet("Ghi riêng")["B2"].value = mark(whose, "own", "sheet")


def texts_in(path: Path) -> Iterator[str]:
    """Every text of a workbook, a draft or any other file."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as parts:
            for name in parts.namelist():
                yield re.sub(r"<[^>]*>", " ", parts.read(name).decode("utf-8", "replace"))
    elif path.suffix == ".eml":
        letter = parsed(path.read_bytes())
        yield f"{letter['Subject']} {letter['To']} {letter.get_body().get_content()}"
    else:
        yield path.read_text(encoding="utf-8-sig", errors="replace")


def marks_of(folder: Path, whose: str = "") -> set[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return {
        found
        for path in files
        for text in (path.name, *texts_in(path))
        for found in marks_in(text, whose)
    }


def test_only_what_is_declared_public_leaves_in_a_sending(run, office, tmp_path):
    code, out, _ = run("gui", office, tmp_path / "Nhan", "-o", tmp_path / "Gui", "--van-gui")

    assert code == 1
    assert Path(out["draft"]).exists()
    found = marks_of(tmp_path / "Gui")
    assert found - public_marks() == set()
    # the test sees what may go: reasons, models, projects
    expected = {("targets", "cause"), ("movement_models", "name"), ("projects", "project")}
    assert {bare_key(mark(ABOVE, *pair), " ") for pair in expected} <= found


def test_only_what_is_declared_public_leaves_with_the_sending_of_a_thon(run, office, tmp_path):
    thon = tmp_path / "Nhan" / "21433.1.xlsx"

    code, _, _ = run("gui", thon, "-o", tmp_path / "Gui", "--van-gui")

    assert code in (0, 1)
    assert marks_of(tmp_path / "Gui") - public_marks() == set()


def test_what_is_given_down_has_no_words_of_the_office_above(run, office, tmp_path):
    code, _, _ = run("giao", office, "-o", tmp_path / "Giao")

    assert code == 0
    assert marks_of(tmp_path / "Giao") - public_marks() == set()


def test_no_unit_is_answered_with_the_words_of_another(run, office, tmp_path):
    code, out, _ = run(
        "kiem-tra", tmp_path / "Nhan", "--so", office, "--phan-hoi", tmp_path / "Tra"
    )

    assert code == 1
    assert json.dumps(out)
    answers = list((tmp_path / "Tra").rglob("*21433.1*"))
    assert {path.suffix for path in answers} == {".xlsx", ".eml"}
    for path in answers:
        assert not {found for text in texts_in(path) for found in marks_in(text, SECOND)}
        assert not {found for text in texts_in(path) for found in marks_in(text, ABOVE)}
    assert marks_of(tmp_path / "Tra", ABOVE) - public_marks() == set()


def test_reminders_have_no_words_but_titles(run, office, tmp_path):
    (tmp_path / "Nhan" / "21433.2.xlsx").unlink()

    code, _, _ = run(
        "tong-hop",
        office,
        tmp_path / "Nhan",
        "-o",
        tmp_path / "th.xlsx",
        "--nhac",
        tmp_path / "Nhac",
    )

    assert code in (0, 1)
    assert marks_of(tmp_path / "Nhac") == set()


def test_the_tables_of_the_sending_still_say_what_may_be_said(run, office, tmp_path):
    _, out, _ = run("gui", office, tmp_path / "Nhan", "-o", tmp_path / "Gui", "--van-gui")

    text = " ".join(texts_in(Path(out["output"])))
    assert "Hạng mục 1 (Xã Lân Phong)" in text
    assert "Nhiệm vụ quá hạn" in text


def test_every_column_of_words_is_asked_for_here():
    """A new column of words must be private, or be declared and listed above."""
    forms = (TARGETS, UNITS, *(register.sheet for register in REGISTERS))
    declared = {
        (form.name, column.name)
        for form in forms
        for column in form.columns
        if column.goes_up and column.kind in WORDS
    }
    assert declared == PUBLIC - {
        ("targets", "code"),
        ("targets", "indicator"),
        ("targets", "measure"),
        ("units", "code"),
        ("units", "unit_name"),
    }


def test_the_guide_names_every_column_that_goes_up():
    guide = (ROOT / "docs" / "huong-dan.md").read_text(encoding="utf-8")
    told = guide.split("**Chữ người gõ ở lại đơn vị**", 1)[1].split("Chữ khác danh sách", 1)[0]
    forms = {form.name: form for form in (TARGETS, UNITS, *(item.sheet for item in REGISTERS))}
    for sheet, column in PUBLIC:
        (row,) = [line for line in told.splitlines() if line.startswith(f"| {forms[sheet].title} ")]
        assert forms[sheet][column].header in row.split("|")[2]
