"""What a person may have meant by a code or a name that is not known."""

from collections.abc import Iterable

from danvan_xl.text import match_key

_CLOSE = 0.6


def did_you_mean(written: str, known: Iterable[str], cutoff: float = _CLOSE) -> str:
    """Return " Có phải 'KT01'?" for the closest known spelling, "" when none is close."""
    meant = closest(written, known, cutoff)
    return "" if meant is None else f" Có phải '{meant}'?"


def closest(written: str, known: Iterable[str], cutoff: float = _CLOSE) -> str | None:
    """Return the known spelling closest to what is written, None when none is close."""
    from difflib import get_close_matches  # costs 1 ms to import, and most names are known

    by_key = {match_key(name): name for name in known}
    close = get_close_matches(match_key(written), list(by_key), n=1, cutoff=cutoff)
    return by_key[close[0]] if close else None
