"""Headers that are not written as the form has them, but leave no doubt."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from danvan_xl.schema.columns import Column, Sheet
from danvan_xl.vietnamese.text import bare_key, match_key, tidy

_YEAR = re.compile(r"[\s(/,-]*(?:năm\s*)?(?P<year>(?:19|20)\d\d)\s*\)?$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\((?P<words>[^()]*)\)$")
_BETWEEN_WORDS = re.compile(r"(?<!\d) | (?!\d)")
# In brackets, these make another column of it: "T6 (lũy kế)", "Kế hoạch (6 tháng)".
_ANOTHER = re.compile(r"\b(luy ke|cong don|tu dau nam|den|thang|quy|cung ky)\b")


@lru_cache(maxsize=8192)
def loose_name(sheet: Sheet, header: str) -> str | None:
    """The column a header means without its year, its measure in brackets or its marks.

    None where it means none, where two columns differ by their marks alone, or where the words in
    brackets tell of another column.
    """
    if _ANOTHER.search(bare_key(words_in_brackets(header), " ")):
        return None
    plain = _YEAR.sub("", _IN_BRACKETS.sub("", tidy(header)))
    exact, bare = _labels(sheet)
    return exact.get(match_key(plain)) or bare.get(_bare(plain))


def words_in_brackets(header: str) -> str:
    """What stands in brackets at the end of a header, "" for nothing."""
    match = _IN_BRACKETS.search(tidy(header))
    return match["words"] if match else ""


def year_in(header: str) -> int | None:
    """The year at the end of a header, None without one."""
    match = _YEAR.search(tidy(header))
    return int(match["year"]) if match else None


@lru_cache(maxsize=64)
def _labels(sheet: Sheet) -> tuple[dict[str, str], dict[str, str]]:
    """The column names by match key, and by bare key where only one has it."""
    pairs = [(_bare(label), name) for label, name in labels_of(sheet.columns)]
    names = Counter(key for key, _ in set(pairs))
    bare = {key: name for key, name in pairs if names[key] == 1}
    return {match_key(label): name for label, name in labels_of(sheet.columns)}, bare


def _bare(text: str) -> str:
    """A header without marks and spaces; numbers stay apart: "Tháng 1, 2" is not month 12."""
    return _BETWEEN_WORDS.sub("", bare_key(text, " "))


def labels_of(columns: Sequence[Column]) -> Iterator[tuple[str, str]]:
    """Every header a column goes by, with the column's name."""
    for column in columns:
        for label in (column.header, *column.also_called):
            yield label, column.name
