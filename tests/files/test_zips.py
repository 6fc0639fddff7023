"""Zip files whose list of parts is longer than any honest one's are opened by nobody."""

import ast
import io
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

import danvan_xl
from danvan_xl.files.cells_ods import has_password, look_at_ods
from danvan_xl.files.cells_xml import embedded_things, look_at, sheet_titles
from danvan_xl.files.opening import open_bytes_unguarded
from danvan_xl.files.zips import BROKEN_ZIP, MOST_DIRECTORY, CrowdedZipError, is_crowded, open_zip
from danvan_xl.inbox.archives import archive_members, check_workbook
from danvan_xl.inbox.budgets import PARCEL, Budget
from danvan_xl.inbox.file_kinds import FileKind, kind_of
from danvan_xl.inbox.parcel_limits import RefusedError
from danvan_xl.jobs.recode import CannotRecodeError, recode
from danvan_xl.schema.issues import Issue
from danvan_xl.writing.summary.corrections import Corrections
from danvan_xl.writing.summary.marked_copy import marked_copy
from tests.cases.packing import crowded
from tests.parcels import archive

PACKAGE = Path(danvan_xl.__file__).parent
TOO_MANY = MOST_DIRECTORY // 47 + 1  # parts, each with a name of one letter
CROWDED = crowded(TOO_MANY)
_END_64, _LOCATOR = struct.Struct("<4sQ2H2I4Q"), struct.Struct("<4sIQI")


def in_zip64() -> bytes:
    """The same with its directory described as large archives have it."""
    directory, at = CROWDED[4:-22], len(CROWDED) - 22
    end = _END_64.pack(b"PK\6\6", 44, 45, 45, 0, 0, TOO_MANY, TOO_MANY, len(directory), 4)
    locator = _LOCATOR.pack(b"PK\6\7", 0, at, 1)
    rest = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return CROWDED[:-22] + end + locator + rest


@pytest.mark.parametrize(
    "data",
    [CROWDED, CROWDED[:-2] + b"\x05\0chuyen", in_zip64()],
    ids=["plain", "with a comment", "zip64"],
)
def test_a_list_too_long_is_not_read(data):
    assert is_crowded(data)
    tracemalloc.start()
    try:
        with pytest.raises(CrowdedZipError):
            open_zip(io.BytesIO(data))
        assert tracemalloc.get_traced_memory()[1] < MOST_DIRECTORY
    finally:
        tracemalloc.stop()


def test_a_list_as_long_as_is_allowed_is_read_and_large_parts_are():
    with open_zip(crowded(TOO_MANY - 1)) as archive_:
        assert len(archive_.infolist()) == TOO_MANY - 1
    large = b"0" * (MOST_DIRECTORY + 1)
    with open_zip(archive([("a", large)])) as packed:
        assert packed.read("a") == large


def test_a_part_packed_by_lzma_that_is_damaged_is_a_broken_zip():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as packed:
        packed.writestr("a.xlsx", bytes(range(256)) * 40)
    data = bytearray(stream.getvalue())
    data[60:90] = b"\xff" * 30

    with open_zip(bytes(data)) as damaged, pytest.raises(BROKEN_ZIP):
        damaged.read("a.xlsx")


def unpacked(path: Path) -> str:
    with path.open("rb") as stream, pytest.raises(RefusedError) as refused:
        list(archive_members(stream, Budget(PARCEL)))
    return refused.value.code.label


def weighed(path: Path) -> str:
    with pytest.raises(RefusedError) as refused:
        check_workbook(path.read_bytes(), path.name)
    return refused.value.code.label


def kind(path: Path) -> object:
    with path.open("rb") as stream:
        return kind_of(path.name, stream)


def recoded(path: Path) -> str:
    with pytest.raises(CannotRecodeError) as refused:
        recode(path, path.with_name("moi.xlsx"))
    return str(refused.value)


def opened(path: Path) -> str:
    found = open_bytes_unguarded(path.read_bytes(), path.name)
    assert isinstance(found, Issue)
    return found.code.label


DOORS = {
    "workbook": (opened, "TEP10"),
    "kind": (kind, FileKind.WORKBOOK),
    "archive": (unpacked, "GN22"),
    "parts": (weighed, "GN22"),
    "titles": (sheet_titles, ()),
    "things": (embedded_things, {}),
    "looks": (lambda path: look_at(path.read_bytes(), "x").merged, ()),
    "looks of .ods": (lambda path: look_at_ods(path.read_bytes(), "x").merged, ()),
    "password": (lambda path: has_password(path.read_bytes()), False),
    "recode": (lambda path: "quá lớn" in recoded(path), True),
    "marked copy": (
        lambda path: marked_copy(path, Corrections(path.name, "", ())).why_not_marked,
        "tệp quá lớn để đánh dấu",
    ),
}


@pytest.mark.parametrize("door", list(DOORS))
def test_every_door_names_it_or_leaves_it(door, tmp_path):
    ask, answer = DOORS[door]
    path = tmp_path / "a.xlsx"
    path.write_bytes(CROWDED)

    assert ask(path) == answer


def test_nobody_else_opens_a_zip_file_of_others():
    openers = {
        f"{path.relative_to(PACKAGE).as_posix()}:{ast.unparse(node)}"
        for path in PACKAGE.rglob("*.py")
        if path.name != "zips.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("ZipFile")
    }

    assert openers == {"jobs/recode.py:zipfile.ZipFile(target, 'w', zipfile.ZIP_DEFLATED)"}
