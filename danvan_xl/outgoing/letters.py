"""What every letter to a unit has in common: whom it greets, how it names a period, how it ends."""

import datetime as dt
from collections.abc import Iterable

from danvan_xl.outgoing.drafts import Addresses, parse_addresses
from danvan_xl.reading.records import Info, Unit
from danvan_xl.vietnamese.periods import PERIODS

_WHOLE_YEAR = PERIODS[-1].label


def period_words(label: str, year: int | None) -> str:
    """The text "tháng 6 năm 2026", "quý II năm 2026", "năm 2026"; "" when neither is known."""
    words = "" if label == _WHOLE_YEAR else f"{label[:1].lower()}{label[1:]}"
    parts = (words, f"năm {year}" if year else "")
    return " ".join(part for part in parts if part) or label.lower()


def period_phrase(label: str, year: int | None) -> str:
    """The same as it goes on in a sentence: "kỳ tháng 6 năm 2026", "cả năm 2026"."""
    words = period_words(label, year)
    if not label:
        return words
    return f"cả {words}" if label == _WHOLE_YEAR else f"kỳ {words}"


def letter(to: str, paragraphs: Iterable[str], sender: Info) -> str:
    """A letter to a unit, signed by the office whose workbook says `sender`."""
    signature = "\n".join(words for words in (sender.preparer_title, sender.unit_name) if words)
    parts = (f"Kính gửi: {to}", *paragraphs, "Trân trọng./.", signature)
    return "\n\n".join(part for part in parts if part) + "\n"


def office_of(sender: Info) -> str:
    """How a letter calls the office that writes it."""
    return sender.unit_name or "chúng tôi"


def sentence(text: str) -> str:
    """Words as the beginning of a sentence."""
    return f"{text[:1].upper()}{text[1:]}"


def day_words(day: dt.date) -> str:
    """The text "ngày 05/07/2026"."""
    return f"ngày {day:%d/%m/%Y}"


def addresses_of(unit: Unit | None) -> Addresses:
    """The addresses in column Email of a unit, and the words there that are none."""
    return parse_addresses(unit.email if unit else "")
