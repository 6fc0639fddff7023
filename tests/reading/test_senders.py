"""Whose a workbook is: code × name × issued × year × level, and the same at every door."""

import datetime as dt
import itertools

import pytest

from danvan_xl.consolidation.matching import match_submissions
from danvan_xl.consolidation.submissions import submission_in
from danvan_xl.files.grid import Grid
from danvan_xl.inbox.recognition import Recognised, recognise
from danvan_xl.reading.issued import Issued
from danvan_xl.reading.records import Book, Info, Unit
from danvan_xl.reading.senders import Claim, Senders, Superior
from danvan_xl.rollup.tally import Scope
from danvan_xl.schema.issues import Place
from tests.chain import HEADER, info_grid, opened
from tests.sheets import assert_sayable

UNITS = tuple(
    Unit(code, name, row)
    for row, (code, name) in enumerate(
        (
            ("21433.1", "Thôn 1"),
            ("21433.10", "Thôn 10"),
            ("21433.2", "Thôn An Lâm"),
            ("21433.3", "Thôn Mới"),
            ("21433.4", "Thôn Mới"),
        ),
        start=2,
    )
)
XA = Superior(Info("21433", "Xã An Lâm", "Xã", year=2026), UNITS)

# What stands where code and name meet: the unit's code, and what is said.
MEETING = """
    Mã \\ Tên   | Thôn 1   | TDP số 10 | An Lâm   | Thôn Mới | Xã An Lâm | Khu phố Lạ |
    21433.1    | .1       | DV21      | DV21     | .1 DV23  | .1 DV23   | .1 DV23    | .1
    số 21433.1 | .1       | .10 DV20  | DV21     | .1 DV23  | .1 DV23   | .1 DV23    | .1
    21433.3    | DV21     | DV21      | DV21     | .3       | .3 DV23   | .3 DV23    | .3
    21433      | .1 DV22  | .10 DV22  | TEP07    | DV27     | TEP07     | DV27       | TEP07
    99         | .1 DV03  | .10 DV03  | .2 DV03  | DV02     | DV02      | DV02       | DV02
    Thôn 1     | .1 DV03  | DV21      | DV21     | .1 DV03  | .1 DV03   | .1 DV03    | .1 DV03
               | .1 DV26  | .10 DV26  | .2 DV26  | DV02     | TEP07     | DV02       | DV01
"""
ROWS = MEETING.strip().splitlines()
HEAD, *LINES = ([cell.strip() for cell in row.split("|")] for row in ROWS)
CASES = [
    (code, name, answer)
    for code, *answers in LINES
    for name, answer in zip(HEAD[1:], answers, strict=True)
]


def answer_of(code: str, name: str, level: str = "", issued: Issued | None = None) -> str:
    """Whose it is and what is said, as the table says it."""
    is_number = code.startswith("số ")
    claim = Claim(code.removeprefix("số "), name, level, is_number, issued)
    found = Senders(XA).sender(claim, Place("b.xlsx"))
    assert_sayable(found.issues)
    unit = found.unit and found.unit.code.removeprefix("21433")
    return " ".join([*([unit] if unit else []), *(item.code.label for item in found.issues)])


@pytest.mark.parametrize(("code", "name", "answer"), CASES)
def test_code_and_name_tell_the_unit_together(code, name, answer):
    assert answer_of(code, name) == answer


@pytest.mark.parametrize(
    ("name", "level", "answer"),
    [
        ("Thôn 1", "Xã", ".1 DV22"),  # a unit's name is stronger than the level
        ("", "Xã", "TEP07"),
        ("", "Thôn", "DV27"),
        ("Khu phố Lạ", "Xã", "TEP07"),
        ("Khu phố Lạ", "Thôn", "DV27"),
        ("Xã An Lâm", "Thôn", "TEP07"),
        ("Thôn An Lâm", "Thôn", ".2 DV22"),  # and the commune is called the same
        ("Thôn An Lâm", "Xã", "TEP07"),
        ("UBND xã An Lâm", "", "TEP07"),
    ],
)
def test_with_the_office_s_own_code_name_and_level_tell_its_own(name, level, answer):
    assert answer_of("21433", name, level) == answer


@pytest.mark.parametrize(("code", "name", "answer"), CASES)
@pytest.mark.parametrize("level", ["", "Thôn", "Xã"])
def test_beside_the_office_s_code_the_level_says_nothing(code, name, answer, level):
    if code != "21433":
        assert answer_of(code, name, level) == answer


@pytest.mark.parametrize(
    ("issued", "code", "name", "answer"),
    [
        (Issued("21433.1", "Thôn 1"), "21433.1", "Thôn 1", ".1"),
        (Issued("21433.1", "Thôn Nhất"), "21433.1", "Thôn Nhất", ".1"),  # the name it was given
        (Issued("21433.1", "Thôn Nhất"), "21433.1", "Thôn Nhì", ".1 DV23"),
        (Issued("21433.1", "Thôn 1"), "21433.10", "Thôn 10", ".10 DV24"),
        (Issued("21433.1", "Thôn 1"), "", "Thôn 10", ".10 DV26 DV24"),
        (Issued("21433.1", "Thôn 1"), "21433.10", "Thôn 1", "DV21"),
        (Issued("99.1", "Thôn Xa"), "21433.1", "Thôn 1", ".1"),
        (Issued("21433.1", "Thôn 1"), "99", "Khu phố Lạ", "DV02"),
    ],
)
def test_a_workbook_knows_to_whom_it_was_given_out(issued, code, name, answer):
    assert answer_of(code, name, issued=issued) == answer


def test_who_is_not_known_is_told_to_whom_the_workbook_was_given_out():
    claim = Claim("99", "Khu phố Lạ", issued=Issued("21433.1", "Thôn 1"))
    (why,) = Senders(XA).sender(claim, Place("b.xlsx")).issues

    assert "Sổ này được giao cho 'Thôn 1' (21433.1)." in why.message


def test_a_contradiction_names_both_units_and_is_told_to_both():
    found = Senders(XA).sender(Claim("21433.1", "Thôn 10"), Place("b.xlsx"))

    assert [unit.name for unit in found.mixed_up] == ["Thôn 1", "Thôn 10"]
    assert all(part in found.issues[0].message for part in ("'Thôn 1'", "Thôn 10", "21433.10"))


@pytest.mark.parametrize("name", ["Thôn 1, xã An Lâm", "Thôn 1 - xã An Lâm", "thôn 01 xã An Lâm"])
def test_the_office_s_name_may_stand_behind_the_unit_s(name):
    assert answer_of("21433.1", name) == ".1"


DAYS = (dt.date(2025, 7, 1), dt.date(2026, 7, 1), None)


def workbook(code, name, year=2026, day=None, issued=None):
    """Return an opened workbook of a unit with one figure."""
    cell = float(code[3:]) if code.startswith("số ") else code
    info = info_grid(cell, name, "", Ngày_lập=day or "")
    info = Grid(info.title, [[a, float(year) if a == "Năm" else b] for a, b in info.rows])
    row = ["K", "Kinh tế", "Thu quỹ", "triệu", "Tăng", "Cộng", "Cộng", "", 10.0, 1.0]
    marker = Grid("_danvan", [[], [], [], [], ["Giao cho", *issued]] if issued else [[]])
    return opened("b.xlsx", info, Grid("Chỉ tiêu", [HEADER, row]), marker)


def both_doors(book):
    """What `nhan --so` and `tong-hop` say of a workbook: whose it is, and the codes."""
    about = {"DV", "TEP"}
    filed = recognise(book, Senders(XA))
    is_filed = isinstance(filed, Recognised)
    filed_as = filed.unit_code if is_filed else None
    at_nhan = [item.code.label for item in (filed.remarks if is_filed else [filed])]
    scope = Scope({}, 6, 2026, "6 tháng", dt.date(2026, 6, 30))
    matched = match_submissions(Book("xa.xlsx", "", *XA), scope, [submission_in(book, scope)])
    taken = [offer.unit.code for offer in matched.offers if offer.submission or offer.turned_down]
    at_tong_hop = [item.code.label for item in matched.issues]
    return (filed_as, taken), *(
        sorted(code for code in codes if code.rstrip("0123456789") in about and code != "DV09")
        for codes in (at_nhan, at_tong_hop)
    )


@pytest.mark.parametrize(("code", "name", "answer"), CASES)
def test_nhan_and_tong_hop_tell_one_story(code, name, answer):
    (filed_as, taken), at_nhan, at_tong_hop = both_doors(workbook(code, name))

    assert at_nhan == at_tong_hop
    assert ([filed_as] if filed_as else []) == (taken if "DV21" not in at_nhan else [])


@pytest.mark.parametrize(("year", "day"), [*itertools.product((2025, 2026), DAYS)])
@pytest.mark.parametrize("given_for", [None, 2025, 2026])
def test_a_workbook_of_another_year_is_told_by_both(year, day, given_for):
    issued = given_for and ("21433.1", "Thôn 1", float(given_for))
    _, at_nhan, at_tong_hop = both_doors(workbook("21433.1", "Thôn 1", year, day, issued))

    dates = {when for when in (day and day.year, given_for) if when}
    wrong = ["DV25"] if dates == {2026} else ["DV08"]
    assert at_nhan == at_tong_hop == ([] if year == 2026 else wrong)
