"""Column Nguồn: where an indicator's figure comes from when it is not typed by hand."""

import re
from functools import lru_cache
from typing import NamedTuple

from danvan_xl.text import match_key, tidy

_RATIO = re.compile(r"(?P<word>\S+\s+\S+)\s+(?P<parts>.+)")
_RATIO_KEY = match_key("tỷ số")
_RATIO_ALSO = match_key("tỉ số")


class Ratio(NamedTuple):
    """`tỷ số <mã>/<mã>`: the figure is numerator over denominator, both indicator codes."""

    numerator: str
    denominator: str


class SourceError(NamedTuple):
    """Why a source cannot be understood, in Vietnamese, naming the part that is wrong."""

    reason: str


@lru_cache(maxsize=1024)
def parse_source(text: str) -> Ratio | SourceError | None:
    """Return what a cell of column Nguồn means; None for an empty one (typed by hand)."""
    plain = tidy(text)
    if not plain:
        return None
    match = _RATIO.fullmatch(plain)
    if match is None or match_key(match["word"]) not in (_RATIO_KEY, _RATIO_ALSO):
        return SourceError(f"phần '{plain.split()[0]}' không thuộc các cách lấy số đã có")
    parts = [part.strip() for part in match["parts"].split("/")]
    if len(parts) != 2 or not all(parts):
        return SourceError(f"phần '{match['parts']}' phải có dạng <mã>/<mã>")
    return Ratio(*parts)
