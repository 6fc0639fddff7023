"""Which of several versions of a unit's figures counts, and why another does not."""

import datetime as dt

import pytest

from danvan_xl.inbox.versions import Version, Why, choose, links_among
from tests.sheets import grid

TODAY = dt.date(2026, 7, 10)


def versions(markdown: str) -> list[Version]:
    """Return versions of July 2026: Tệp, Trang, Lập, Gói, Lần, Nhận, Theo.

    Lập is the day of Ngày lập ("5"), Gói and Nhận a day and an hour ("5 8"); Theo names the files
    that a sending follows, by the seal that each sending has.
    """
    head, *rows = grid(markdown).rows
    return [_version(dict(zip(map(str, head), map(_text, row), strict=True))) for row in rows]


def _text(cell) -> str:
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


def _version(row: dict[str, str]) -> Version:
    file, packed = row["Tệp"], row.get("Gói", "")
    return Version(
        file=file,
        sheet=row.get("Trang", ""),
        sha256="" if row.get("Trang") else row.get("Byte") or f"sha of {file}",
        prepared_on=dt.date(2026, 7, int(row["Lập"])) if row.get("Lập") else None,
        sent_at=_moment(packed),
        sequence=int(row.get("Lần") or bool(packed)),
        received_at=_moment(row.get("Nhận", "")),
        seal=f"seal of {file}" if packed else "",
        names=frozenset(f"seal of {name}" for name in row.get("Theo", "").split()),
    )


def _moment(text: str) -> dt.datetime | None:
    day, _, hour = text.partition(" ")
    return dt.datetime(2026, 7, int(day), int(hour or 0)) if day else None


# Each: what is tried, the versions, which counts, and why the first of the others does not.
CASES = [
    # Unlinked: by Ngày lập as a day.
    ("later day", "| Tệp | Lập |\n| b | 4 |\n| a | 5 |", "a", Why.OLDER),
    (
        "the day goes before lần, receipt and packing",
        "| Tệp | Lập | Gói | Lần | Nhận |\n| b | 4 | 9 | 9 | 9 |\n| a | 5 | 5 | 1 | 5 |",
        "a",
        Why.OLDER,
    ),
    (
        "Ngày lập goes before the day of packing",
        "| Tệp | Lập | Gói |\n| b | 4 | 8 |\n| a | 5 | 7 |",
        "a",
        Why.OLDER,
    ),
    ("else the day of packing", "| Tệp | Lập | Gói |\n| b | 4 | |\n| a | | 5 |", "a", Why.OLDER),
    # A blank day, or one long after receipt, is the oldest.
    ("blank", "| Tệp | Lập |\n| b | |\n| a | 4 |", "a", Why.UNDATED),
    ("after today", "| Tệp | Lập |\n| b | 12 |\n| a | 4 |", "a", Why.OF_THE_FUTURE),
    ("one day after today", "| Tệp | Lập |\n| b | 4 |\n| a | 11 |", "a", Why.OLDER),
    (
        "after receipt",
        "| Tệp | Lập | Nhận |\n| b | 8 | 6 9 |\n| a | 4 | 6 9 |",
        "a",
        Why.OF_THE_FUTURE,
    ),
    (
        "one day after receipt",
        "| Tệp | Lập | Nhận |\n| b | 4 | 6 9 |\n| a | 7 | 6 9 |",
        "a",
        Why.OLDER,
    ),
    (
        "packed after today",
        "| Tệp | Lập | Gói |\n| b | | 13 |\n| a | 4 | |",
        "a",
        Why.OF_THE_FUTURE,
    ),
    # A sheet in the superior's own workbook loses to a file of the same day, to a later one never.
    ("sheet", "| Tệp | Trang | Lập |\n| b | T | 5 |\n| a | | 5 |", "a", Why.SHEET),
    ("later sheet", "| Tệp | Trang | Lập |\n| b | | 4 |\n| a | T | 5 |", "a", Why.OLDER),
    ("sheet and file undated", "| Tệp | Trang |\n| b | T |\n| a | |", "a", Why.SHEET),
    # Then lần, then receipt, then packing.
    ("lần", "| Tệp | Gói | Lần |\n| b | 5 20 | 1 |\n| a | 5 8 | 2 |", "a", Why.SEQUENCE),
    ("sending", "| Tệp | Lập | Gói |\n| b | 5 | |\n| a | | 5 8 |", "a", Why.SEQUENCE),
    (
        "lần goes before receipt",
        "| Tệp | Gói | Lần | Nhận |\n| b | 5 | 1 | 6 |\n| a | 5 | 2 | 5 |",
        "a",
        Why.SEQUENCE,
    ),
    ("receipt", "| Tệp | Lập | Nhận |\n| b | 5 | 6 8 |\n| a | 5 | 6 9 |", "a", Why.RECEIVED),
    ("receipt of undated", "| Tệp | Nhận |\n| b | 5 |\n| a | 6 |", "a", Why.RECEIVED),
    (
        "receipt goes before packing",
        "| Tệp | Gói | Nhận |\n| b | 5 9 | 5 |\n| a | 5 8 | 6 |",
        "a",
        Why.RECEIVED,
    ),
    ("packing", "| Tệp | Gói |\n| b | 5 8 |\n| a | 5 20 |", "a", Why.PACKED),
    # What only the name could settle.
    ("name", "| Tệp | Lập |\n| t-9 | 5 |\n| t-10 | 5 |", "t-10", Why.UNSURE),
    ("folder", "| Tệp | Lập |\n| 1/t | 5 |\n| 2/t | 5 |", "2/t", Why.UNSURE),
    ("name of undated", "| Tệp | Lập |\n| a | |\n| b | |", "b", Why.UNSURE),
    ("name of future ones", "| Tệp | Lập |\n| a | 20 |\n| b | 19 |", "b", Why.UNSURE),
    ("blank and future", "| Tệp | Lập |\n| a | 20 |\n| b | |", "b", Why.UNSURE),
    ("receipt of one alone", "| Tệp | Lập | Nhận |\n| b | 5 | |\n| a | 5 | 6 |", "a", Why.UNSURE),
    ("the same bytes", "| Tệp | Byte |\n| a | x |\n| b | x |", "b", Why.SAME),
    # Linked: whatever the dates, lần and receipt.
    (
        "follows",
        """
        | Tệp | Lập | Gói | Lần | Nhận | Theo |
        | b   | 8   | 8   | 9   | 9    |      |
        | a   | 1   | 1   | 1   | 1    | b    |
        """,
        "a",
        Why.FOLLOWED,
    ),
    (
        "follows while undated or of the future",
        "| Tệp | Lập | Gói | Theo |\n| b | 8 | 8 | |\n| a | 25 | 1 | b |",
        "a",
        Why.FOLLOWED,
    ),
    (
        "what follows a later one is no earlier than it",
        "| Tệp | Gói | Theo |\n| c | 6 | |\n| b | 8 | |\n| a | 2 | b |",
        "a",
        Why.OLDER,
    ),
    (
        "a later one that is not linked passes the whole chain",
        "| Tệp | Gói | Theo |\n| c | 8 | d |\n| d | 6 | |\n| a | 9 | |",
        "a",
        Why.OLDER,
    ),
    (
        "of two that follow one the later",
        "| Tệp | Gói | Theo |\n| b | 7 | d |\n| d | 9 | |\n| a | 10 | d |",
        "a",
        Why.OLDER,
    ),
]


@pytest.mark.parametrize(("markdown", "newest", "why"), [case[1:] for case in CASES])
def test_of_several_one_counts_whatever_their_order(markdown, newest, why):
    for found in (versions(markdown), versions(markdown)[::-1]):
        choice = choose(found, TODAY)

        assert found[choice.newest].file == newest
    assert len(choice.others) == len(found) - 1
    assert choice.others[-1].why is why  # the first of the table, which was turned round


def test_through_others_that_are_not_there_a_sending_follows_too():
    first, between, last = versions("""
        | Tệp  | Gói | Theo |
        | dau  | 8   |      |
        | giua | 7   | dau  |
        | cuoi | 6   | giua |
    """)

    alone = choose([first, last], TODAY)
    linked = choose([first, last], TODAY, links_among([between]))

    assert (alone.newest, alone.others[0].why) == (0, Why.OLDER)
    assert (linked.newest, linked.others[0].why) == (1, Why.FOLLOWED)


def test_a_sending_follows_the_very_workbook_it_was_made_of():
    book, sent = versions("| Tệp | Lập | Gói |\n| so | 8 | |\n| gui | | 7 |")

    choice = choose([book, sent._replace(names=frozenset([book.sha256]))], TODAY)

    assert (choice.newest, choice.others[0].why) == (1, Why.FOLLOWED)


def test_the_only_one_counts_without_a_day_or_with_one_of_the_future():
    for only in versions("| Tệp | Lập |\n| a | |\n| b | 25 |"):
        assert choose([only], TODAY) == (0, (), ())


@pytest.mark.parametrize(
    ("markdown", "pairs"),
    [
        ("| Tệp | Gói | Theo |\n| a | 8 9 | |\n| b | 8 10 | a |", ()),
        ("| Tệp | Gói | Theo |\n| a | 8 9 | |\n| b | 8 8 | a |", ((1, 0),)),
        ("| Tệp | Gói | Theo |\n| a | 8 9 | |\n| b | 8 8 | |", ()),
        ("| Tệp | Lập | Gói | Theo |\n| a | 6 | 7 | |\n| b | 5 | 8 | a |", ((1, 0),)),
        # Of several before it the latest is named.
        (
            "| Tệp | Gói | Theo |\n| a | 6 | |\n| b | 8 | a |\n| c | 5 | a b |",
            ((2, 1),),
        ),
    ],
)
def test_a_sending_dated_before_the_one_it_follows_is_told(markdown, pairs):
    assert choose(versions(markdown), TODAY).dated_back == pairs


@pytest.mark.parametrize(
    ("markdown", "reason"),
    [
        ("| Tệp | Lập |\n| b | 4 |\n| a | 5 |", "cũ hơn (ngày 04/07/2026, bản kia 05/07/2026)"),
        ("| Tệp | Lập |\n| b | |\n| a | 5 |", "không ghi Ngày lập nên coi là cũ nhất"),
        ("| Tệp | Lập |\n| b | 25 |\n| a | 5 |", "ghi ngày 25/07/2026, sau ngày nhận"),
        ("| Tệp | Gói | Lần |\n| b | 5 | 1 |\n| a | 5 | 2 |", "gửi lần 1, bản kia lần 2"),
        ("| Tệp | Lập |\n| b | |\n| c | |", "không bản nào ghi Ngày lập"),
        ("| Tệp | Lập |\n| b | 25 |\n| c | |", "không bản nào có Ngày lập dùng được"),
        ("| Tệp | Lập |\n| b | 5 |\n| c | 5 |", "hai bản cùng ngày 05/07/2026"),
    ],
)
def test_older_is_said_only_where_a_day_is_older(markdown, reason):
    (other,) = choose(versions(markdown), TODAY).others

    assert reason in other.reason
    assert ("cũ hơn" in other.reason) is (other.why is Why.OLDER)
