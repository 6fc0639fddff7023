"""What `nhan` says of versions: of what has just come, and not again of what it said before."""

import datetime as dt

from danvan_xl.inbox.counted import groups_in
from danvan_xl.inbox.journal import JournalEntry
from danvan_xl.inbox.superseded import about_arrivals
from tests.sheets import assert_sayable, grid


def entries(markdown: str) -> list[JournalEntry]:
    """Return sendings of thôn 1 for June: Tệp, Gói (day of July 2026), Theo, Làm từ."""
    head, *rows = grid(markdown).rows
    return [_entry(dict(zip(map(str, head), row, strict=True))) for row in rows]


def _entry(row: dict) -> JournalEntry:
    return JournalEntry(
        path=row["Tệp"],
        way=row["Tệp"],
        sha256=f"sha of {row['Tệp']}",
        unit_code="A.1",
        unit_name="Thôn 1",
        year=2026,
        period="T06",
        sent_at=dt.datetime(2026, 7, int(row["Gói"]), 8),
        seal=f"seal of {row['Tệp']}",
        follows=tuple(f"seal of {name}" for name in str(row["Theo"]).split()),
        sources=tuple(f"sha of {name}" for name in str(row["Làm từ"]).split()),
    )


def said(of: list[JournalEntry], *filed: int) -> list[tuple[str, str]]:
    """Return code and file of what is said when some of the entries have just been filed."""
    groups = groups_in(of, dt.date(2026, 7, 31))
    found = list(about_arrivals([of[at] for at in filed], of, groups))
    assert_sayable(found)
    return [(item.code.label, item.place.file) for item in found]


def test_a_clock_that_went_back_is_told_when_one_of_the_two_comes_and_never_again():
    of = entries("""
        | Tệp | Gói | Theo | Làm từ |
        | a   | 8   |      |        |
        | b   | 5   | a    |        |
        | c   | 9   | b    |        |
    """)

    assert said(of[:2], 1) == [("GN30", "b")]
    assert said(of[:2], 0) == [("GN06", "a"), ("GN30", "b")]
    assert said(of, 2) == []


def test_a_sending_made_of_a_file_comes_after_it():
    of = entries("""
        | Tệp | Gói | Theo | Làm từ |
        | a   | 8   |      |        |
        | b   | 5   |      | a      |
    """)

    assert [group.counted.path for group in groups_in(of).values()] == ["b"]


def test_the_day_of_a_mail_is_when_an_earlier_program_received_it():
    (entry,) = entries("| Tệp | Gói | Theo | Làm từ |\n| a | 8 | | |")
    old = entry._replace(arrived_on=dt.date(2026, 7, 9))

    assert old.version.received_at == dt.datetime(2026, 7, 9)
    assert entry.version.received_at is None
