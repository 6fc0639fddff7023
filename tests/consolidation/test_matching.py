"""Whose each submission is, which of several counts, and what is said of the others."""

import datetime as dt
from decimal import Decimal

import pytest

from danvan_xl.consolidation.matching import Matched, match_submissions
from danvan_xl.consolidation.packed_submissions import pack_submission
from danvan_xl.consolidation.submissions import Submission
from danvan_xl.files.grid import Cell
from danvan_xl.reading.manifests import Manifest, Sealed, SourceFile, manifest_text
from danvan_xl.reading.records import Book, Info, Unit
from danvan_xl.rollup.packed_figures import PackedFigures
from danvan_xl.rollup.tally import Scope, UnitFigure
from danvan_xl.rollup.terms import Term
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code, Severity
from danvan_xl.vietnamese.periods import parse_period
from tests.sheets import assert_sayable, grid

D = Decimal
JUNE = Scope({}, 6, 2026, "Tháng 6", dt.date(2026, 6, 30))
UNITS = (
    Unit("A.1", "Thôn 1", 2),
    Unit("A.2", "Thôn 2", 3),
    Unit("A.3", "Thôn cũ", 4, until=dt.date(2026, 5, 31)),
    Unit("A.4", "Thôn xưa", 5, until=dt.date(2025, 12, 31)),
    Unit("A.5", "Thôn mới", 6, since=dt.date(2026, 7, 1)),
)
FIGURES = {"k": UnitFigure("k", actual=D(1))}


def submissions(markdown: str) -> list[Submission]:
    """Return what was handed in: Tệp, Trang, Mã, Tên, Năm, Kỳ, Ngày lập, Gửi, Số, Không đọc được.

    Gửi is the time of packing of a sending, Số how manieth of the year it is; an x under Không đọc
    được: nothing could be read; under Trống: it has no figure.
    """
    head, *rows = grid(markdown).rows
    return [_submission(dict(zip(map(str, head), row, strict=True))) for row in rows]


def _submission(row: dict[str, Cell]) -> Submission:
    def text(title: str) -> str:
        return str(row.get(title, ""))

    file = text("Tệp")
    if text("Không đọc được"):
        return Submission(file, issues=(issue(Code.FILE_UNREADABLE, Place(file), reason="hỏng"),))
    made = text("Ngày lập")
    has_figures = not text("Trống")
    return Submission(
        file=file,
        sheet=text("Trang"),
        sha256=f"sha of {file}",
        unit_code=text("Mã"),
        unit_name=text("Tên"),
        year=int(row["Năm"]) if row.get("Năm") else None,
        period=parse_period(text("Kỳ")) if text("Kỳ") else None,
        prepared_on=_day(made) if made else None,
        figures=FIGURES if has_figures else {},
        sending=_sending(text("Gửi"), int(row.get("Số") or 1)) if text("Gửi") else None,
        has_figures=has_figures,
    )


def _day(text: str) -> dt.date:
    day, month, year = map(int, text.split("/"))
    return dt.date(year, month, day)


def _sending(sent_at: str, sequence: int) -> Sealed:
    manifest = Manifest(
        unit_code="A.1",
        unit_name="Thôn 1",
        year=2026,
        period="Tháng 6",
        month=6,
        template_version="1.1",
        program_version="0.1.0",
        sent_at=sent_at,
        sequence=sequence,
        content="",
    )
    return Sealed(manifest, manifest_text(manifest))


def matched(sheet: str | list[Submission], units=UNITS, scope: Scope = JUNE, **how) -> Matched:
    """Return what there is for the units of the xã A."""
    handed_in = submissions(sheet) if isinstance(sheet, str) else sheet
    own = Book("xa.xlsx", "", Info(unit_code="A"), units)
    return match_submissions(own, scope, handed_in, **how)


def counting(found: Matched) -> dict[str, str]:
    """Return the file (or sheet) that counts for each unit, "" where there is none."""
    return {
        offer.unit.name: (offer.submission.sheet or offer.submission.file)
        if offer.submission
        else ""
        for offer in found.offers
    }


def said(found: Matched) -> list[tuple[Code, str]]:
    """Return what is said, and of which file or sheet."""
    assert_sayable(found.issues)
    return [(item.code, item.place.sheet or item.place.file) for item in found.issues]


def message(found: Matched, code: Code) -> Issue:
    (one,) = [item for item in found.issues if item.code is code]
    return one


def test_every_unit_that_exists_has_its_line_whether_it_handed_in_or_not():
    found = matched("| Tệp | Mã |\n| b.xlsx | a.2 |")

    assert counting(found) == {"Thôn 1": "", "Thôn 2": "b.xlsx"}
    assert said(found) == []


@pytest.mark.parametrize(
    ("code", "name", "unit", "told"),
    [
        ("A.1", "", "Thôn 1", None),
        ("A-9", "THÔN  1", "Thôn 1", Code.UNIT_BY_NAME),
        ("", "Thôn 1", "Thôn 1", Code.UNIT_WITHOUT_CODE),
        ("A.9", "Thôn Lạ", None, Code.UNIT_UNKNOWN),
        ("", "Thôn Lạ", None, Code.UNIT_UNKNOWN),
        ("", "", None, Code.UNIT_MISSING),
        ("A", "", None, Code.FILE_IS_OWN),
    ],
)
def test_a_submission_is_of_the_unit_its_code_names_else_its_name(code, name, unit, told):
    found = matched(f"| Tệp | Mã | Tên |\n| b.xlsx | {code} | {name} |")

    assert [name for name, file in counting(found).items() if file] == ([unit] if unit else [])
    assert said(found) == ([(told, "b.xlsx")] if told else [])


def test_what_is_said_of_an_unknown_unit_names_it_as_it_calls_itself():
    asked = message(matched("| Tệp | Mã | Tên |\n| b.xlsx | A.9 | Thôn 22 |"), Code.UNIT_UNKNOWN)
    by_name = message(matched("| Tệp | Mã | Tên |\n| b.xlsx | A-9 | Thôn 1 |"), Code.UNIT_BY_NAME)

    assert "'A.9'" in asked.message
    assert asked.unit_name == "Thôn 22"
    assert dict(by_name.values) == {"value": "A-9", "name": "Thôn 1", "code": "A.1"}


def test_of_two_units_of_one_code_the_first_in_the_list_is_meant():
    twins = (Unit("A.1", "Thôn 1", 2), Unit("a.1", "Thôn 1 bis", 3))

    found = matched("| Tệp | Mã |\n| b.xlsx | A.1 |", twins)

    assert counting(found) == {"Thôn 1": "b.xlsx", "Thôn 1 bis": ""}


@pytest.mark.parametrize(
    ("year", "scope_year", "counts"),
    [(2026, 2026, True), (2025, 2026, False), ("", 2026, True), (2025, None, True)],
)
def test_a_submission_of_another_year_does_not_count(year, scope_year, counts):
    sheet = f"| Tệp | Mã | Năm |\n| b.xlsx | A.1 | {year} |"

    found = matched(sheet, scope=JUNE._replace(year=scope_year))

    assert bool(counting(found)["Thôn 1"]) is counts
    assert said(found) == ([] if counts else [(Code.YEAR_WRONG, "b.xlsx")])
    if not counts:
        told = message(found, Code.YEAR_WRONG)
        assert dict(told.values) == {"value": "2025", "expected": "2026"}
        assert told.unit_name == "Thôn 1"


def test_what_was_turned_down_is_kept_beside_what_counts_the_last_of_several():
    found = matched("""
        | Tệp    | Mã  | Năm  |
        | a.xlsx | A.1 | 2025 |
        | b.xlsx | A.1 | 2026 |
        | c.xlsx | A.1 | 2024 |
        | d.xlsx | A.2 | 2026 |
    """)

    first, second = found.offers
    assert (first.submission.file, first.turned_down.file) == ("b.xlsx", "c.xlsx")
    assert (second.submission.file, second.turned_down) == ("d.xlsx", None)
    assert Code.UNIT_CHOSEN not in dict(said(found))  # only one of them counted at all


def test_what_could_not_be_read_is_nobodys_and_is_told_as_it_was():
    found = matched("""
        | Tệp      | Mã  | Không đọc được |
        | hong.xls |     | x              |
    """)

    assert counting(found) == {"Thôn 1": "", "Thôn 2": ""}
    assert said(found) == [(Code.FILE_UNREADABLE, "hong.xls")]


def test_a_refusal_made_while_reading_comes_before_every_other():
    refusal = issue(Code.SENDING_ALTERED, Place("b.xlsx"))
    (one,) = submissions("| Tệp | Mã | Năm |\n| b.xlsx | A.1 | 2025 |")

    found = matched([one._replace(refused=refusal)])

    assert said(found) == [(Code.SENDING_ALTERED, "b.xlsx")]
    assert found.offers[0].turned_down is not None


@pytest.mark.parametrize(
    ("code", "counts", "told"),
    [
        ("A.3", True, Code.UNIT_ENDED),  # it existed for a part of this year
        ("A.4", False, Code.UNIT_NOT_EXPECTED),
        ("A.5", False, Code.UNIT_NOT_EXPECTED),
    ],
)
def test_a_unit_that_does_not_exist_on_the_last_day_counts_if_it_ended_this_year(
    code, counts, told
):
    found = matched(f"| Tệp | Mã | Kỳ |\n| b.xlsx | {code} | Tháng 5 |")

    offers = {offer.unit.code: offer for offer in found.offers}
    assert (code in offers) is counts
    assert said(found) == [(told, "b.xlsx")]
    if counts:
        assert not offers[code].is_expected
        assert dict(message(found, told).values) == {"name": "Thôn cũ"}


@pytest.mark.parametrize(
    ("until", "counts"),
    [
        (dt.date(2026, 6, 30), True),
        (dt.date(2026, 6, 29), True),
        (dt.date(2026, 1, 1), True),
        (dt.date(2025, 12, 31), False),
    ],
)
def test_the_borders_of_the_year_in_which_a_unit_ended(until, counts):
    unit = Unit("A.1", "Thôn 1", 2, until=until)

    found = matched("| Tệp | Mã |\n| b.xlsx | A.1 |", (unit,))

    assert bool(found.offers) is counts
    assert all(offer.is_expected == (until == dt.date(2026, 6, 30)) for offer in found.offers)


def test_without_a_last_day_every_unit_is_expected():
    found = matched("| Tệp | Mã |\n| b.xlsx | A.4 |", scope=JUNE._replace(last_day=None))

    assert len(found.offers) == len(UNITS)
    assert said(found) == []


@pytest.mark.parametrize(
    ("file", "sheet", "period", "told"),
    [
        ("b.xlsx", "", "Tháng 6", None),
        ("b.xlsx", "", "6 tháng", None),
        ("b.xlsx", "", "", None),
        ("b.xlsx", "", "Tháng 5", Code.PERIOD_DIFFERS),
        ("xa.xlsx", "Thôn 1", "Tháng 5", None),  # a sheet has the period of its workbook
    ],
)
def test_a_file_of_another_period_counts_but_is_named(file, sheet, period, told):
    sheet = f"| Tệp | Trang | Mã | Kỳ |\n| {file} | {sheet} | A.1 | {period} |"

    found = matched(sheet)

    assert counting(found)["Thôn 1"]
    assert [code for code, _ in said(found)] == ([told] if told else [])
    if told:
        values = dict(message(found, told).values)
        assert values == {"value": "Tháng 5", "expected": "Tháng 6"}
        assert said(found) == [(told, file)]


def test_a_missing_signature_turns_a_file_down_but_not_a_sheet_of_the_office_itself():
    signing = (Unit("A.1", "Thôn 1", 2, public_key="a2V5"),)

    file = matched("| Tệp | Mã |\n| b.xlsx | A.1 |", signing)
    sheet = matched("| Tệp | Trang | Mã |\n| xa.xlsx | Thôn 1 | A.1 |", signing)

    assert said(file) == [(Code.SIGNATURE_MISSING, "b.xlsx")]
    assert (counting(file), counting(sheet)) == ({"Thôn 1": ""}, {"Thôn 1": "Thôn 1"})
    assert said(sheet) == []


def test_a_signature_that_cannot_be_checked_is_a_warning_beside_a_file_that_counts(monkeypatch):
    monkeypatch.setattr("danvan_xl.reading.signing.is_installed", lambda: False)
    signing = (Unit("A.1", "Thôn 1", 2, public_key="a2V5"),)
    (one,) = submissions("| Tệp | Mã | Gửi |\n| b.xlsx | A.1 | 2026-07-05T08:00:00 |")
    signed = one._replace(sending=one.sending._replace(signature="c2ln"))

    found = matched([signed], signing)

    assert counting(found) == {"Thôn 1": "b.xlsx"}
    assert said(found) == [(Code.SIGNATURE_UNCHECKED, "b.xlsx")]


@pytest.mark.parametrize(
    ("sheet", "newest"),
    [
        # By day; a file without one is the oldest.
        (
            """
            | Tệp    | Mã  | Ngày lập   |
            | c.xlsx | A.1 |            |
            | a.xlsx | A.1 | 05/07/2026 |
            | b.xlsx | A.1 | 04/07/2026 |
            """,
            "a.xlsx",
        ),
        # Of one day a file goes before a sheet in the office's own workbook.
        (
            """
            | Tệp     | Trang  | Mã  | Ngày lập   |
            | a.xlsx  |        | A.1 | 05/07/2026 |
            | xa.xlsx | Thôn 1 | A.1 | 05/07/2026 |
            """,
            "a.xlsx",
        ),
        (
            """
            | Tệp     | Trang  | Mã  | Ngày lập |
            | a.xlsx  |        | A.1 |          |
            | xa.xlsx | Thôn 1 | A.1 |          |
            """,
            "a.xlsx",
        ),
        # Of one day and kind "…-2" comes after "…", "…10" after "…9", then folder by folder.
        (
            """
            | Tệp           | Mã  | Ngày lập   |
            | thon-1-10.xls | A.1 | 05/07/2026 |
            | thon-1-9.xlsx | A.1 | 05/07/2026 |
            | thon-1.xlsx   | A.1 | 05/07/2026 |
            """,
            "thon-1-10.xls",
        ),
        (
            """
            | Tệp         | Mã  | Ngày lập   |
            | 1/thon.xlsx | A.1 | 05/07/2026 |
            | 2/thon.xlsx | A.1 | 05/07/2026 |
            """,
            "2/thon.xlsx",
        ),
        # A sending is of its Ngày lập, else of the day of its packing.
        (
            """
            | Tệp    | Mã  | Ngày lập   | Gửi                 |
            | b.xlsx | A.1 | 01/07/2026 | 2026-07-05T08:00:00 |
            | a.xlsx | A.1 | 04/07/2026 |                     |
            """,
            "a.xlsx",
        ),
        (
            """
            | Tệp    | Mã  | Ngày lập   | Gửi                 |
            | b.xlsx | A.1 | 04/07/2026 |                     |
            | a.xlsx | A.1 |            | 2026-07-05T08:00:00 |
            """,
            "a.xlsx",
        ),
        (
            """
            | Tệp    | Mã  | Gửi                       | Số |
            | c.xlsx | A.1 | 2026-07-05T08:00:00       | 1  |
            | a.xlsx | A.1 | 2026-07-05T08:00:00+07:00 | 2  |
            | b.xlsx | A.1 | 2026-07-05T08:00:00       | 1  |
            """,
            "a.xlsx",
        ),
    ],
)
def test_of_several_the_newest_counts(sheet, newest):
    for handed_in in (submissions(sheet), submissions(sheet)[::-1]):
        assert counting(matched(handed_in))["Thôn 1"] == newest


def test_of_several_it_is_told_which_one_is_used_and_which_are_not():
    found = matched("""
        | Tệp     | Trang  | Mã  | Tên           | Ngày lập   |
        | a.xlsx  |        | A.1 | TDP số 1 | 04/07/2026 |
        | b.xlsx  |        | A.1 | TDP số 1 | 05/07/2026 |
        | xa.xlsx | Thôn 1 | A.1 | Thôn 1        |            |
        | d.xlsx  |        | A.2 | Thôn 2        |            |
    """)

    chosen = message(found, Code.UNIT_CHOSEN)
    assert said(found) == [
        (Code.UNIT_CHOSEN, "b.xlsx"),
        (Code.UNIT_SUPERSEDED, "a.xlsx"),
        (Code.UNIT_SUPERSEDED, "Thôn 1"),
    ]
    assert dict(chosen.values) == {"name": "Thôn 1", "count": "3", "date": "05/07/2026"}
    assert {item.unit_name for item in found.issues} == {"Thôn 1"}
    superseded = found.issues[1]
    assert dict(superseded.values) == {
        "name": "Thôn 1",
        "used": "b.xlsx",
        "why": "bản này cũ hơn (ngày 04/07/2026, bản kia 05/07/2026)",
    }


def test_a_sheet_that_is_used_is_named_with_its_workbook_and_no_day_as_not_written():
    found = matched("""
        | Tệp     | Trang    | Mã  |
        | xa.xlsx | Thôn 1   | A.1 |
        | xa.xlsx | Thôn 1 b | A.1 |
    """)

    assert said(found) == [(Code.UNIT_CHOSEN, "Thôn 1"), (Code.VERSIONS_UNSURE, "Thôn 1 b")]
    assert dict(message(found, Code.UNIT_CHOSEN).values)["date"] == "không ghi"
    assert dict(message(found, Code.VERSIONS_UNSURE).values) == {
        "name": "Thôn 1",
        "used": "xa.xlsx (Thôn 1)",
        "other": "xa.xlsx (Thôn 1 b)",
        "why": "không bản nào ghi Ngày lập",
    }


@pytest.mark.parametrize(
    ("sheet", "counts", "others"),
    [
        # A correction of another period is no newer version of this one.
        (
            """
            | Tệp    | Mã  | Kỳ      | Ngày lập   |
            | a.xlsx | A.1 | Tháng 5 | 08/07/2026 |
            | b.xlsx | A.1 | 6 tháng | 05/07/2026 |
            """,
            "b.xlsx",
            {"a.xlsx": "bản này là sổ của kỳ Tháng 5"},
        ),
        # Without one of the period the last before it counts, else the first after it.
        (
            """
            | Tệp    | Mã  | Kỳ      | Ngày lập   |
            | a.xlsx | A.1 | Tháng 4 | 08/07/2026 |
            | b.xlsx | A.1 | Tháng 5 | 05/07/2026 |
            | c.xlsx | A.1 | Tháng 7 | 09/07/2026 |
            """,
            "b.xlsx",
            {
                "a.xlsx": "bản này là sổ của kỳ Tháng 4",
                "c.xlsx": "bản này là sổ của kỳ Tháng 7",
            },
        ),
        (
            """
            | Tệp    | Mã  | Kỳ      | Ngày lập   |
            | a.xlsx | A.1 | Tháng 9 | 08/07/2026 |
            | b.xlsx | A.1 | Tháng 7 | 05/07/2026 |
            """,
            "b.xlsx",
            {"a.xlsx": "bản này là sổ của kỳ Tháng 9"},
        ),
        # What does not say its period may be of this one; a sheet is of whatever is asked for.
        (
            """
            | Tệp     | Trang  | Mã  | Kỳ      | Ngày lập   |
            | a.xlsx  |        | A.1 | Tháng 6 | 05/07/2026 |
            | b.xlsx  |        | A.1 |         | 08/07/2026 |
            | xa.xlsx | Thôn 1 | A.1 | Tháng 5 |            |
            """,
            "b.xlsx",
            {
                "a.xlsx": "bản này cũ hơn (ngày 05/07/2026, bản kia 08/07/2026)",
                "xa.xlsx": "trang trong sổ không có Ngày lập nên coi là cũ nhất",
            },
        ),
    ],
)
def test_versions_are_of_one_period(sheet, counts, others):
    found = matched(sheet)

    assert counting(found)["Thôn 1"] == counts
    told = [item for item in found.issues if item.code is Code.UNIT_SUPERSEDED]
    assert {item.place.file: dict(item.values)["why"] for item in told} == others


def test_what_only_the_name_could_settle_names_both_files_and_calls_neither_older():
    found = matched("""
        | Tệp    | Mã  | Ngày lập   |
        | a.xlsx | A.1 | 05/07/2026 |
        | b.xlsx | A.1 | 05/07/2026 |
    """)

    told = message(found, Code.VERSIONS_UNSURE)
    assert said(found) == [(Code.UNIT_CHOSEN, "b.xlsx"), (Code.VERSIONS_UNSURE, "a.xlsx")]
    assert told.severity is Severity.WARNING
    assert told.message == (
        "Không rõ a.xlsx hay b.xlsx là bản mới hơn của 'Thôn 1': hai bản cùng ngày 05/07/2026; "
        "đang dùng b.xlsx."
    )


@pytest.mark.parametrize(
    ("cell", "place"), [("B9", ("a.xlsx", "Thông tin", "B9")), ("", ("a.xlsx", "", ""))]
)
def test_a_day_long_after_today_is_told_at_its_cell_and_the_only_one_counts(cell, place):
    (one,) = submissions("| Tệp | Mã | Ngày lập |\n| a.xlsx | A.1 | 05/07/2026 |")
    at = Place("a.xlsx", "Thông tin", cell, "Thôn Một") if cell else Place()

    for today, told in ((dt.date(2026, 7, 3), True), (dt.date(2026, 7, 4), False)):
        found = matched([one._replace(prepared_place=at)], today=today)

        assert counting(found)["Thôn 1"] == "a.xlsx"
        assert bool(found.issues) is told
        for item in found.issues:
            assert (item.code, item.place) == (Code.DAY_IN_FUTURE, Place(*place, "Thôn 1"))
            assert item.message.startswith("Ngày lập ghi 05/07/2026, sau hôm nay (03/07/2026)")


def following(sent: Submission, **named: object) -> Submission:
    """Return a sending whose manifest names others."""
    manifest = sent.sending.manifest._replace(**named)
    return sent._replace(sending=Sealed(manifest, manifest_text(manifest)))


def test_a_sending_that_follows_another_counts_and_its_clock_is_told():
    first, second = submissions("""
        | Tệp    | Mã  | Gửi                 | Số |
        | b.xlsx | A.1 | 2026-07-05T08:00:00 | 2  |
        | a.xlsx | A.1 | 2026-07-04T08:00:00 | 1  |
    """)

    found = matched([first, following(second, previous=first.sending.seal)])

    assert counting(found)["Thôn 1"] == "a.xlsx"
    assert said(found) == [
        (Code.UNIT_CHOSEN, "a.xlsx"),
        (Code.UNIT_SUPERSEDED, "b.xlsx"),
        (Code.SENDING_DATED_BACK, "a.xlsx"),
    ]
    told = message(found, Code.SENDING_DATED_BACK).message
    assert "08:00 04/07/2026" in told
    assert "b.xlsx" in told
    chosen = dict(message(found, Code.UNIT_CHOSEN).values)
    assert chosen["date"] == "không ghi, đóng gói 04/07/2026"


def test_a_sending_follows_through_one_of_another_period_and_the_workbook_it_was_made_of():
    first, between, last, made_of = submissions("""
        | Tệp    | Mã  | Kỳ      | Ngày lập   | Gửi                 |
        | a.xlsx | A.1 | Tháng 6 |            | 2026-07-08T08:00:00 |
        | b.xlsx | A.1 | Tháng 5 |            | 2026-07-08T09:00:00 |
        | c.xlsx | A.1 | Tháng 6 |            | 2026-07-04T08:00:00 |
        | d.xlsx | A.1 | Tháng 6 | 05/07/2026 |                     |
    """)
    between = following(between, previous=first.sending.seal)
    through = following(last, previous=between.sending.seal)
    made = following(last, sources=(SourceFile("so.xlsx", made_of.sha256),))

    assert counting(matched([first, between, through]))["Thôn 1"] == "c.xlsx"
    assert counting(matched([made_of, made]))["Thôn 1"] == "c.xlsx"


@pytest.mark.parametrize(
    ("sheet", "day"),
    [
        # To correct is not to be late: the first report with figures counts.
        (
            """
            | Tệp    | Mã  | Ngày lập   |
            | a.xlsx | A.1 | 04/07/2026 |
            | b.xlsx | A.1 | 09/07/2026 |
            """,
            dt.date(2026, 7, 4),
        ),
        (
            """
            | Tệp    | Mã  | Ngày lập   | Trống |
            | a.xlsx | A.1 | 04/07/2026 | x     |
            | b.xlsx | A.1 | 09/07/2026 |       |
            """,
            dt.date(2026, 7, 9),
        ),
        (
            """
            | Tệp    | Mã  | Ngày lập   |
            | a.xlsx | A.1 |            |
            | b.xlsx | A.1 | 09/07/2026 |
            """,
            None,
        ),
        ("| Tệp | Mã | Ngày lập | Trống |\n| a.xlsx | A.1 | 04/07/2026 | x |", None),
        ("| Tệp | Mã | Ngày lập | Năm |\n| a.xlsx | A.1 | 04/07/2026 | 2025 |", None),
    ],
)
def test_the_day_of_handing_in_is_that_of_the_first_good_report_with_figures(sheet, day):
    assert matched(sheet).offers[0].handed_in_on == day


def named(name: str, *terms: str) -> Submission:
    """Return a submission that calls itself so, with terms of these units."""
    figure = UnitFigure(
        "k", actual=D(1), terms=tuple(Term(t, "T1", D(1), "s", "K1") for t in terms)
    )
    own = issue(Code.NUMBER_UNREADABLE, Place("b.xlsx"), value="nhiều")
    found = (own.of_unit(name), own.of_unit("Tổ 9"), own)
    return Submission(
        "b.xlsx", unit_code="A.1", unit_name=name, figures={"k": figure}, issues=found
    )


@pytest.mark.parametrize("packed", [False, True])
def test_findings_and_sources_bear_the_name_the_office_knows(packed):
    sent = named("Thôn I", "Thôn I", "", "Tổ 9")
    if packed:
        sent = pack_submission(sent)

    found = matched([sent])

    assert [item.unit_name for item in found.issues] == ["Thôn 1", "Tổ 9", "Thôn 1"]
    figures = found.offers[0].submission.figures
    assert isinstance(figures, PackedFigures) is packed
    assert [term.unit_name for term in figures["k"].terms] == ["Thôn 1", "Thôn 1", "Tổ 9"]


def test_a_name_that_is_the_offices_own_is_left_as_it_is():
    sent = named("Thôn 1", "Thôn 1", "")

    found = matched([sent])

    assert found.offers[0].submission.figures is sent.figures
    assert [item.unit_name for item in found.issues] == ["Thôn 1", "Tổ 9", "Thôn 1"]
