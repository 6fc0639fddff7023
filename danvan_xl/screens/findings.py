"""The findings on a screen: folded by kind, or one a line in full."""

from collections.abc import Iterable, Iterator, Sequence

from danvan_xl.report.as_json import plain_text
from danvan_xl.schema.issues import Issue, Place
from danvan_xl.schema.messages import Code, Severity

_PLACES = 5  # of one kind
_IN_FULL = "Xem từng chỗ: ghi thêm --chi-tiet."
_SEVERITIES = tuple(Severity)


def findings_shown(issues: Iterable[Issue], *, in_full: bool) -> list[str]:
    """The findings as the command line shows them: folded by kind, or `in_full` one a line."""
    if in_full:
        return findings_listed(issues)
    kinds = _kinds(issues)
    return [*_folded(kinds), *([_IN_FULL] if any(map(_is_cut, kinds)) else [])]


def findings_listed(issues: Iterable[Issue]) -> list[str]:
    """Every finding in a line of its own, with its place and remedy."""
    return [_in_full(item) for item in _ranked(issues)]


def findings_folded(issues: Iterable[Issue]) -> list[str]:
    """One line a kind, worst first: its words once, a handful of its places, the remedy once.

    Where the words hold what stands in a cell, those of the first place are an example. Of what the
    sheets of foreign workbooks were taken for, only what has one remedy is of one kind.
    """
    return list(_folded(_kinds(issues)))


def _kinds(issues: Iterable[Issue]) -> list[list[Issue]]:
    """The findings of each kind, worst first."""
    of_kind: dict[object, list[Issue]] = {}
    for item in _ranked(issues):
        is_account = item.code is Code.SHEET_ACCOUNT
        of_kind.setdefault((item.code, item.remedy) if is_account else item.code, []).append(item)
    return list(of_kind.values())


def _ranked(issues: Iterable[Issue]) -> list[Issue]:
    return sorted(issues, key=lambda item: _SEVERITIES.index(item.severity))


def _folded(kinds: Sequence[Sequence[Issue]]) -> Iterator[str]:
    for items in kinds:
        count = f" ({len(items)} chỗ)" if len(items) > 1 else ""
        differ = len({(item.message, item.remedy) for item in items}) > 1
        yield _line(items, f"{count}, ví dụ" if differ else count)


def _is_cut(items: Sequence[Issue]) -> bool:
    """Whether folding leaves out a place, or words that no place stands for."""
    places = {str(item.place) for item in items}
    return len(places) > _PLACES or len({item.message for item in items}) > len(places)


def _in_full(item: Issue) -> str:
    place = f"{item.place}: " if str(item.place) else ""
    return plain_text(f"{item.severity} {item.code.label}: {place}{item.message} → {item.remedy}")


def _line(items: Sequence[Issue], about: str) -> str:
    """One kind of finding: what is wrong, where, what can be done."""
    first, places = items[0], _places([item.place for item in items])
    where = f" Ở {places}." if places else ""
    words = f"{first.severity} {first.code.label}{about}: {first.message}{where} → {first.remedy}"
    return plain_text(words)


def _places(places: Sequence[Place]) -> str:
    """A handful of places; of each only what differs from the one before it."""
    known = [place for place in dict.fromkeys(places) if str(place)]
    shown, before = "", Place()
    for place in known[:_PLACES]:
        same_sheet = place[:2] == before[:2] and place.cell
        part = place.cell if same_sheet else _words(place, before)
        shown += f"{', ' if same_sheet else '; '}{part}" if shown else part
        before = place
    rest = len(known) - _PLACES
    return f"{shown} và {rest} chỗ nữa" if rest > 0 else shown


def _words(place: Place, before: Place) -> str:
    """A place without the file of the one before it, where a sheet tells the two apart."""
    is_known = place.file == before.file and place.sheet
    return str(place._replace(file="") if is_known else place)
