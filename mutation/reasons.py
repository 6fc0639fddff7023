"""Why some changes of the code may go unnoticed: kept in a file, so that a rerun knows them."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from mutation.mutants import REPOSITORY, Change

REASONS = Path(__file__).with_name("reasons.csv")
# Sequences that go together are of one length; `strict` would tell of a mistake of ours.
_STRICT = re.compile(r",?\s*strict=(?:True|False|None)|,\s*(?=\))")
_OF_ONE_LENGTH = "hai dãy luôn dài bằng nhau; strict chỉ báo lỗi của chính mã này"
_COLUMNS = ("Tệp", "Hàm", "Trước", "Sau", "Lý do")


class Key(NamedTuple):
    """What a change is known by: not by its line, which moves."""

    file: str
    function: str
    before: str
    after: str


def key_of(change: Change) -> Key:
    """What the reason of a change is found by."""
    return Key(change.file, change.function, change.before, change.after)


def reason_of(change: Change, reasons: Mapping[Key, str]) -> str | None:
    """Why a change may go unnoticed; None where nobody has said so."""
    if known := reasons.get(key_of(change)):
        return known
    before, after = (_STRICT.sub("", text).strip(" ,") for text in (change.before, change.after))
    return _OF_ONE_LENGTH if before == after else None


def read_reasons(path: Path = REASONS) -> dict[Key, str]:
    """The reasons by change. Raises ValueError for a row that is not whole, or there twice."""
    with path.open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream, delimiter=";")
    if tuple(head) != _COLUMNS:
        raise ValueError(f"{path.name}: cột phải là {'; '.join(_COLUMNS)}")
    reasons: dict[Key, str] = {}
    for number, row in enumerate(rows, start=2):
        if len(row) != len(_COLUMNS) or not all(row):
            raise ValueError(f"{path.name}, dòng {number}: thiếu ô")
        key = Key(*row[:-1])
        if key in reasons:
            raise ValueError(f"{path.name}, dòng {number}: trùng dòng trước")
        reasons[key] = row[-1]
    return reasons


def outdated(reasons: Mapping[Key, str], repository: Path = REPOSITORY) -> list[Key]:
    """The reasons for lines that are no longer there."""
    return [key for key in reasons if not _stands(key, repository / key.file)]


def _stands(key: Key, path: Path) -> bool:
    if not path.exists():
        return False
    code = " ".join(line.strip() for line in path.read_text("utf-8").splitlines())
    return key.before in code
