"""Whatever stands in the journal of an inbox: it is read, or named and put aside."""

import datetime as dt
import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan_xl.inbox.counted import groups_in
from danvan_xl.inbox.journal import (
    JOURNAL_NAME,
    JournalEntry,
    JournalError,
    journal_text,
    read_journal,
)
from danvan_xl.inbox.received import list_inbox
from danvan_xl.inbox.store import InboxStore
from danvan_xl.inbox.superseded import about_arrivals, stale_sendings
from tests.broken_workbooks import MORE, bytes_changed
from tests.odd_values import ODD_NUMBERS, ODD_SHAPES, ODD_TEXTS, VALUES, changed

ENTRIES = tuple(
    JournalEntry(
        path=f"2026/T06/A.1/{number:02d}_thon.xlsx",
        way="thu.eml › thon.xlsx",
        sha256=f"{number}" * 64,
        unit_code="A.1",
        unit_name="Thôn 1",
        year=2026,
        period="T06",
        sequence=1,
        sent_at=dt.datetime(2026, 7, 5, 8),
        prepared_on=dt.date(2026, 7, 5),
        arrived_on=dt.date(2026, 7, number),
        sources=("ab" * 32,),
        received_at=dt.datetime(2026, 7, number, 9),
        seal=f"{number}f" * 32,
        follows=("cd" * 32,),
    )
    for number in (1, 2, 3)
)
JOURNAL = json.loads(journal_text(ENTRIES))


@pytest.fixture(scope="module")
def inbox(tmp_path_factory) -> Path:
    """An inbox with the files the journal names."""
    folder = tmp_path_factory.mktemp("Nhan")
    for entry in ENTRIES:
        (folder / entry.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / entry.path).write_bytes(b"")
    return folder


def endured(text: bytes, inbox: Path) -> None:
    """Read a journal in every way there is; it may only be named."""
    (inbox / JOURNAL_NAME).write_bytes(text)
    found = list_inbox(inbox)
    assert len(found.files) == len(ENTRIES)
    assert all(item.message and item.remedy for item in found.issues)
    groups = groups_in(found.journal, dt.date(2026, 7, 9))
    list(stale_sendings(found.journal, groups))
    list(about_arrivals(found.journal, found.journal, groups))
    try:
        read_journal(inbox)
    except JournalError:
        assert found.issues
    store = InboxStore(inbox)
    with store.kept():
        kept = store.entries
    assert read_journal(inbox).entries == kept
    for path in inbox.glob("*.json"):
        path.unlink()


@settings(max_examples=100 * MORE, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(changed(JOURNAL), VALUES))
def test_any_values_in_a_journal_are_read_or_named(inbox, journal):
    endured(json.dumps(journal).encode(), inbox)


@pytest.mark.parametrize("field", JournalEntry._fields)
def test_an_odd_value_in_a_field_of_a_journal_is_read_or_named(inbox, field):
    for odd in (*ODD_TEXTS, *ODD_NUMBERS, *ODD_SHAPES):
        endured(with_first(field, odd).encode(), inbox)


def with_first(field: str, value: object) -> str:
    """Return the journal with another value in its first entry."""
    first, *rest = JOURNAL["files"]
    return json.dumps(JOURNAL | {"files": [first | {field: value}, *rest]})


def test_any_bytes_in_a_journal_are_read_or_named(inbox):
    chance, whole = random.Random(1), journal_text(ENTRIES).encode()
    for _ in range(60 * MORE):
        endured(bytes_changed(whole, chance), inbox)


@pytest.mark.parametrize("text", ["[" * 200_000, '{"format":1,"files":' + "[" * 200_000])
def test_values_in_one_another_without_end_are_named(inbox, text):
    endured(text.encode(), inbox)
