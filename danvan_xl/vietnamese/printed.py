"""How figures are printed for people: Vietnamese marks, exact, the same everywhere."""

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

_PLACES = Decimal("0.0001")
_PERCENT_PLACES = Decimal("0.01")
_WIDE = Context(prec=400)  # a figure of absurd size must still be printable
_LONGEST = 300
_SWAP = str.maketrans(",.", ".,")


def vietnamese_number(value: Decimal | int) -> str:
    """A figure as Vietnamese print it: 1.234,5; at most 4 decimals, none that are 0."""
    if isinstance(value, int):
        return f"{value:,}".translate(_SWAP)
    if not _is_printable(value):
        return str(value)
    rounded = _unsigned_zero(value.quantize(_PLACES, ROUND_HALF_UP, _WIDE))
    return f"{rounded:,f}".rstrip("0").rstrip(".").translate(_SWAP)


def plain_figure(value: Decimal) -> str:
    """A figure for other programs that read Vietnamese: no points between its digits."""
    text = str(value)  # a quarter of the time
    return (f"{value:f}" if "E" in text else text).replace(".", ",")


def show_share(share: Decimal) -> str:
    """A share as a percent with two decimals, rounded half-up: 1.0417 is 104,17%."""
    if not _is_printable(share):
        return str(share)
    percent = share.scaleb(2, _WIDE).quantize(_PERCENT_PLACES, ROUND_HALF_UP, _WIDE)
    return f"{_unsigned_zero(percent):,f}%".translate(_SWAP)


def show_date(day: dt.date) -> str:
    """A day as Vietnamese write it: 05/07/2026."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def _is_printable(value: Decimal) -> bool:
    """Whether a figure can be written out in digits."""
    return value.is_finite() and value.adjusted() < _LONGEST


def _unsigned_zero(value: Decimal) -> Decimal:
    """A figure that rounding left as -0 without its sign."""
    return value if value else abs(value)


def listed(texts: Sequence[str], most: int, more: str) -> str:
    """Texts in a row; of more than `most` the rest is counted: "A1, B2 và 3 ô nữa"."""
    shown, rest = ", ".join(texts[:most]), len(texts) - most
    return f"{shown} và {rest} {more} nữa" if rest > 0 else shown
