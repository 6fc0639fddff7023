"""What people typed is told at home, and goes upward only where it cannot be somebody's name."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain
from pathlib import Path

import openpyxl
import pytest

from danvan_xl.files.grid import Grid
from danvan_xl.files.old_fonts import Decoded, decoded
from danvan_xl.jobs.consolidate import consolidate_files
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.issues import NOWHERE, Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.output_sheets import OUTPUT_SHEETS
from danvan_xl.schema.sheets import INPUT_SHEETS, UNITS
from danvan_xl.vietnamese.measures import is_measure
from danvan_xl.vietnamese.privacy import HIDDEN, Ours, Typed
from danvan_xl.vietnamese.text import bare_key, match_key
from tests.cases import doubts, live_text, odd_layouts, typed_numbers, typed_words
from tests.mail_server import parsed
from tests.on_disk import save
from tests.program import running
from tests.sheets import grid, info

NAME = "Nguyễn Văn Mật"
PLACEHOLDERS = [
    (code, name) for code in Code for name in sorted(set(re.findall(r"{(\w+)}", code.text)))
]
# Where somebody's name was typed into the workbooks below, and what was said of it.
SAID_OF_IT = (
    *("CF02", "CT01", "CT03", "CT06", "CT07", "CT10", "CT20", "CT51", "CT53"),
    *("DV02", "DV04", "DV11", "DV13", "DV14", "DV15", "DV17", "DV23", "KH06", "KH07"),
    *("SO01", "SO02", "SO12", "SO40", "TD03", "TD15", "TD30", "TEP03", "TR01", "TR20", "TR22"),
)

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")


@pytest.fixture
def run(monkeypatch, capsys):
    return running(monkeypatch, capsys)


def said(item: Issue) -> str:
    return f"{item.message} {item.remedy} {item.place} {item.unit_name}"


def names_somebody(text: str) -> bool:
    """Whether a text holds the name, or two words of it, in whatever spelling."""
    plain = bare_key(text, " ")
    return "nguyen van" in plain or "van mat" in plain


def an_issue(code: Code, name: str, text: str) -> Issue:
    others = dict.fromkeys(re.findall(r"{(\w+)}", code.text + code.remedy), Ours("…"))
    return issue(code, Place("so.xlsx"), **{**others, name: text})


@pytest.mark.parametrize(
    ("code", "name"), PLACEHOLDERS, ids=[f"{code.label}-{name}" for code, name in PLACEHOLDERS]
)
@pytest.mark.parametrize("mark", [Typed, str], ids=["typed", "not marked"])
def test_whatever_is_not_marked_as_ours_is_hidden_in_every_message(code, name, mark):
    found = an_issue(code, name, mark(NAME))

    assert NAME in found.message
    told = found.anonymous()
    assert HIDDEN in told.message
    assert not names_somebody(said(told))
    assert told.place == found.place


def test_a_new_placeholder_is_hidden_until_somebody_says_whose_words_it_holds():
    found = issue(
        Code.MONTH_BLANK, NOWHERE, months=Ours("T1 (2)"), spoken_by=NAME, plan=Decimal(5), year=2026
    )

    told = dict(found.anonymous().values)

    assert told == {"months": "T1 (2)", "spoken_by": HIDDEN, "plan": "5", "year": "2026"}


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn-Văn-Mật",
        "nguyen_van_mat",
        "(Mật),Nguyễn",
        "ông.Mật",
        "NGUYỄN VĂN MẬT",
        "5 hộ Văn Mật",
    ],
)
def test_a_name_is_one_whatever_stands_between_its_words(text):
    found = an_issue(Code.NUMBER_UNREADABLE, "value", Typed(text)).anonymous()

    assert dict(found.values)["value"] == HIDDEN


def test_what_goes_up_in_any_case_is_not_hidden():
    found = an_issue(Code.MODEL_REPORTED_TWICE, "units", Typed("Thôn Một, THÔN HAI"))

    assert dict(found.anonymous().values)["units"] == HIDDEN
    known = frozenset(map(match_key, ("Thôn Một", "Thôn Hai")))
    assert dict(found.anonymous(known).values)["units"] == "Thôn Một, THÔN HAI"
    assert dict(found.anonymous(known - {match_key("Thôn Hai")}).values)["units"] == HIDDEN


HEAD = "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Chiều | Nguồn | Kế hoạch | T1 | T2 | Lũy kế |"
THON_HEAD = f"| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Kế hoạch | T1 | Lũy kế {NAME} | T2 (ông {NAME}) |"
MODELS = (
    "| Mã mô hình | Tên mô hình | Lĩnh vực | Loại | Đơn vị chủ trì | Năm đăng ký | Trạng thái |"
)
PETITIONS = "| Ngày tiếp nhận | Lĩnh vực | Nội dung | Nguồn tiếp nhận |"


def office(folder: Path) -> Path:
    """Write a xã's workbook and its inbox, with the name wherever a person may type it."""
    targets = f"""
        {HEAD}
        | K | Kinh tế | Thu quỹ | cái | Tăng | | 30 | 5 {NAME} | 4 | {NAME} |
        | L | {NAME} | Hộ nghèo | hộ | Tăng | | 30 | 4 | 4 | |
        | M | Kinh tế | Hội viên | người | {NAME} | đếm {NAME} | 30 | 4 | 4 | |
        | | Kinh tế | {NAME} | hộ | Tăng | | 30 | 4 | 4 | |
        | | | Tổng cộng {NAME} | | | | 30 | 4 | 4 | |
    """
    units = f"""
        | Mã | Tên đơn vị | Từ ngày |
        | A.1 | Thôn 1 | {NAME} |
        | A.2 | Thôn 2 | |
        | A.3 | Thôn 3 | |
        | | {NAME} | |
    """
    given = f"""
        | Mã | Chỉ tiêu | ĐVT | Kế hoạch | A.1 | A.2 | {NAME} | Cộng |
        | K | Thu quỹ | cái | 30 | 10 | 10 | 10 | 30 |
        | {NAME} | Khác | cái | 30 | 10 | 10 | 10 | 30 |
    """
    below = grid("| Mã | Chỉ tiêu | ĐVT | Kế hoạch | T1 |\n| K | Thu quỹ | cái | 5 | 1 |", NAME)
    about = {"Mã_đơn_vị": "A", "Tên_đơn_vị": "Xã A", "Năm": 2026, "Kỳ_báo_cáo": "Tháng 2"}
    workbook = save(
        folder / "so.xlsx",
        info(**about, Độ_mật="Thường", Chốt_số_liệu="Cuối tháng"),
        grid(targets),
        grid(units, "Đơn vị"),
        grid(given, "Giao chỉ tiêu"),
        below._replace(rows=[["Mã đơn vị:", NAME], [], *below.rows]),
    )
    inbox(folder / "Nhan")
    return workbook


def inbox(folder: Path) -> None:
    folder.mkdir()
    row = "Kinh tế | Thu quỹ | {} | 10 | {} | | |"
    thon = f"""
        {THON_HEAD}
        | K | Kinh tế | Thu quỹ của {NAME} | cái | 10 | nhờ {NAME} | | |
        | L | Kinh tế | Hộ nghèo | hộ {NAME} | 10 | 4 % | | |
        | M | Kinh tế | Hội viên của {NAME} | % | 10 | {NAME} 5/6 | | |
        | {NAME} | {row.format("cái", "4")}
        | X1 | Kinh tế | Việc của {NAME} | cái | 10 | 4 | | |
        | 01/01/2026 | Kinh tế | {NAME} | cái | 10 | 4 | | |
        | | {row.format("cái", "4")}
        | | Kinh tế | {NAME} và vợ | cái | 10 | 4 | | |
    """
    models = f"""
        {MODELS}
        | {{code}} | {{name}} | Kinh tế | Điển hình cá nhân | | 2026 | Hiệu quả |
    """
    asked = f"{PETITIONS}\n| {NAME} | {NAME} | {NAME} | {NAME} |"
    about = {"Năm": 2026, "Kỳ_báo_cáo": NAME, "Ngày_lập": NAME, "Chốt_số_liệu": NAME}
    save(
        folder / f"{NAME}.xlsx",
        info(Mã_đơn_vị="A.1", Tên_đơn_vị=NAME, **about),
        grid(thon, NAME),
        grid(thon, f"{NAME} 2"),
        grid(models.format(code="M1", name=NAME), "Dân vận khéo"),
        grid(asked, "Kiến nghị"),
    )
    for number, day in ((1, "01/03/2026"), (2, "02/03/2026")):
        save(
            folder / f"{NAME} lần {number}.xlsx",
            info(Mã_đơn_vị="A.2", Tên_đơn_vị="Thôn 2", Năm=2026, Ngày_lập=day),
            grid(f"{THON_HEAD}\n| K | {row.format('cái', '5%')}\n| L | {row.format('hộ', '5 tỷ')}"),
            grid(models.format(code="M1", name="Trần Văn Mật và vợ"), "Dân vận khéo"),
        )
    save(
        folder / f"của {NAME}.xlsx",
        info(Mã_đơn_vị=NAME, Tên_đơn_vị=NAME, Năm=2026),
        grid(f"{THON_HEAD}\n| K | {row.format('cái', '4')}"),
    )
    for name in (f"hỏng {NAME}.xlsx", f"~${NAME}.xlsx", f"{NAME}.docx"):
        (folder / name).write_bytes(b"x")


def parts_of(sending: Path, draft: Path) -> Iterable[tuple[str, str]]:
    """Every text that leaves: the parts of the workbook, the draft, their names."""
    with zipfile.ZipFile(sending) as parts:
        for name in parts.namelist():
            yield name, re.sub(r"<[^>]*>", " ", parts.read(name).decode("utf-8", "replace"))
    letter = parsed(draft.read_bytes())
    yield "thư", f"{letter['Subject']} {letter.get_body().get_content()}"
    yield "tên tệp", f"{sending.name} {draft.name}"


def test_no_part_of_a_sending_says_a_name_that_was_typed_anywhere(run, tmp_path):
    workbook = office(tmp_path)
    at_home = consolidate_files(workbook, tmp_path / "Nhan").result.issues
    told = {item.code.label for item in at_home if names_somebody(item.message + item.remedy)}
    assert sorted(told) == sorted(SAID_OF_IT)

    code, out, _ = run("gui", workbook, tmp_path / "Nhan", "-o", tmp_path / "Gui", "--van-gui")

    assert code == 1
    sending, draft = Path(out["output"]), Path(out["draft"])
    assert [name for name, text in parts_of(sending, draft) if names_somebody(text)] == []


def test_every_finding_goes_up_with_its_code_its_unit_and_its_cell(run, tmp_path):
    workbook = office(tmp_path)
    at_home = consolidate_files(workbook, tmp_path / "Nhan").result.issues

    _, out, _ = run("gui", workbook, tmp_path / "Nhan", "-o", tmp_path / "Gui", "--van-gui")

    rows = list(openpyxl.load_workbook(out["output"])["Lỗi số liệu"].values)
    (head,) = [row for row in rows if "Mã lỗi" in row]
    codes = [row[head.index("Mã lỗi")] for row in rows[rows.index(head) + 1 :]]
    cells = [row[head.index("Ô")] or "" for row in rows[rows.index(head) + 1 :]]
    sent = Counter((code, cell) for code, cell in zip(codes, cells, strict=True) if code)
    assert sent == Counter((item.code.label, item.place.cell) for item in at_home)


@pytest.fixture
def made(monkeypatch) -> tuple[list[Issue], list[Grid]]:
    """Every finding that is made from now on, and every sheet that is read."""
    issues: list[Issue] = []
    grids: list[Grid] = []

    def make(*parts: object) -> Issue:
        issues.append(Issue(*parts))
        return issues[-1]

    def read(sheets: Sequence[Grid], *rows: int) -> list[Decoded]:
        done = decoded(sheets, *rows)
        grids.extend(item.grid for item in done)
        return done

    monkeypatch.setattr("danvan_xl.schema.issues.Issue", make)
    monkeypatch.setattr("danvan_xl.reading.workbook.decoded", read)
    return issues, grids


IN_THIS_PROCESS = (typed_numbers, typed_words, odd_layouts, doubts, live_text)
SITUATIONS = [case for module in IN_THIS_PROCESS for case in module.SECTION.cases]


@pytest.mark.parametrize("case", SITUATIONS, ids=[case.what for case in SITUATIONS])
def test_no_situation_takes_what_was_typed_for_our_words(case, made, tmp_path):
    issues, grids = made

    case.answer(tmp_path)

    typed = {text for item in grids for text in words_in(item)}
    ours = [bare_key(text, " ") for item in issues for _, text in item.said]
    assert [(one, text) for one in ours for text in typed if text in one] == []


def words_in(sheet: Grid) -> Iterable[str]:
    """What somebody typed into a sheet in several words; titles of units are known to all."""
    if sheet.title == UNITS.title:
        return
    for cell in chain.from_iterable(sheet.rows):
        words = bare_key(cell, " ") if isinstance(cell, str) and not is_ours(cell) else ""
        if len(re.findall("[a-z]+", words)) > 1 and not any(words in text for text in DECLARED):
            yield words


def is_ours(cell: str) -> bool:
    """Whether a cell holds a measure everybody knows, or an error Excel shows."""
    return is_measure(cell) or cell.startswith("#")


def declared() -> Iterable[str]:
    for sheet in (*INPUT_SHEETS, *OUTPUT_SHEETS):
        yield sheet.title
        for column in sheet.columns:
            yield from (column.header, *column.also_called, *column.choices)
    for field in INFO.fields:
        yield from (field.header, *field.choices)


DECLARED = {bare_key(text, " ") for text in declared()}
