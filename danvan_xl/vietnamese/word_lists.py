"""The words of people that rules go by, kept as data so that they can be mended without code."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parents[1] / "data"


@lru_cache(maxsize=16)
def word_lists(file: str) -> dict[str, Any]:
    """The lists of one data file, by the name each has there."""
    return tomllib.loads((_DATA / file).read_text(encoding="utf-8"))
