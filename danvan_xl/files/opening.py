"""Opening a workbook file: bytes in, neutral grids out. Nothing in the file is ever run."""

import hashlib
import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, overload

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from danvan_xl.files.addresses import RemoteFile
from danvan_xl.files.cells_xml import (
    NO_FORMULAS,
    PLAIN_LOOKS,
    UNKNOWN_LOOKS,
    SheetFormulas,
    SheetLooks,
    look_at,
    look_at_formulas,
)
from danvan_xl.files.faults import reason_of
from danvan_xl.files.folders import EntryKind, kind_at
from danvan_xl.files.grid import ALL_COMPUTED, HEAD_ROWS, Cell, Grid, Uncomputed
from danvan_xl.files.names import safe_suffix
from danvan_xl.files.other_files import ENCRYPTED, OLE, ZIP, why_no_workbook
from danvan_xl.files.outside import NOTHING_OUTSIDE, Outside
from danvan_xl.files.outside_xlsx import outside_of_xlsx
from danvan_xl.files.zips import is_crowded
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.printed import vietnamese_number
from danvan_xl.vietnamese.privacy import Ours
from danvan_xl.vietnamese.shown_names import shown_name

# With those of templates, and of WPS, which are made as .xlsx or .xls is.
SUFFIXES = frozenset(
    (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".xltx", ".xltm", ".xlt", ".ots", ".et", ".ett")
)
_MOST_SHEETS = 500
_SOON_READ = 200  # rows: to make lists of so few twice takes longer than to make too many once
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_BINARY = b"xl/workbook.bin"
_CROWDED = "danh sách các phần bên trong tệp dài bất thường"


def is_named_as_workbook(name: str) -> bool:
    """Whether a file has the name of a workbook; others may still be one."""
    return safe_suffix(name) in SUFFIXES


def plain_looks(_title: str) -> SheetLooks:
    """How a sheet looks that is not looked at."""
    return PLAIN_LOOKS


def _unknown_looks(_title: str) -> SheetLooks:
    """How a sheet looks whose formats we cannot read (.xls, .xlsb)."""
    return UNKNOWN_LOOKS


def nothing_outside(_titles: Collection[str]) -> Outside:
    """What leads out of a workbook that is not looked at."""
    return NOTHING_OUTSIDE


class OpenedBook(NamedTuple):
    """An open workbook, closed file or live: its grids, and a second look at its formulas.

    `is_unseen` tells an .xls whose formulas could not be looked at, where those that nobody worked
    out may say 0; `looks_of` tells what a sheet hides, shows as percentages, and has merged.
    `is_misnamed` tells a file whose name is not that of a workbook. `outside_of` tells what leads
    out of the file: of sheets that give no reason for it themselves, those of the titles it is
    asked about are looked through.
    """

    file: str
    sha256: str
    grids: tuple[Grid, ...]
    formulas_of: Callable[[str], SheetFormulas]
    is_unseen: bool = False
    looks_of: Callable[[str], SheetLooks] = plain_looks
    is_misnamed: bool = False
    outside_of: Callable[[Collection[str]], Outside] = nothing_outside

    def looked_through(self) -> "OpenedBook":
        """The same, with all its sheets looked through for what leads out."""
        found = self.outside_of([grid.title for grid in self.grids])
        return self._replace(outside_of=_KnownOutside(found))


class SheetRows(Sequence[Sequence[Cell]]):
    """The rows of a parsed sheet, made into Python lists only as far as somebody asks.

    Most sheets of a workbook are looked at for their header and no further.
    """

    def __init__(self, sheet: CalamineSheet, blanks: Collection[tuple[int, int]] = ()) -> None:
        """Take a sheet that calamine has parsed; `blanks` are cells that say nothing, from 0."""
        self._sheet, self._blanks = sheet, blanks

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        return iter(self._all)

    @overload
    def __getitem__(self, index: int) -> Sequence[Cell]: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Sequence[Cell]]: ...

    def __getitem__(self, index: int | slice) -> Sequence[Cell] | Sequence[Sequence[Cell]]:
        is_head = isinstance(index, slice) and index.stop is not None and index.stop <= HEAD_ROWS
        is_head = is_head and not self._blanks and self._sheet.total_height > _SOON_READ
        return (self._head if is_head else self._all)[index]

    @cached_property
    def _head(self) -> Sequence[Sequence[Cell]]:
        return self._sheet.to_python(skip_empty_area=False, nrows=HEAD_ROWS)

    @cached_property
    def _all(self) -> Sequence[Sequence[Cell]]:
        rows = self._sheet.to_python(skip_empty_area=False)
        for row, column in self._blanks:
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = ""
        return rows


class PackedFile(NamedTuple):
    """The bytes of a workbook that came packed, read as a file of that name is."""

    data: bytes
    name: str

    def read_bytes(self) -> bytes:
        """The bytes, as a path gives them."""
        return self.data


def open_unguarded(path: Path | RemoteFile | PackedFile, name: str = "") -> OpenedBook | Issue:
    """The grids of a workbook file, or the issue that tells why it cannot be read.

    `name` is how the file is called in messages; its own name by default.
    """
    name = name or shown_name(path.name)
    place = Place(file=name)
    try:
        if isinstance(path, Path) and kind_at(path) is EntryKind.SPECIAL:
            return issue(Code.FILE_SPECIAL, place)
        data = path.read_bytes()
    except OSError as error:
        if isinstance(error, PermissionError):
            return issue(Code.FILE_NOT_ALLOWED, place)
        return issue(Code.FILE_UNREADABLE, place, reason=Ours(reason_of(error)))
    return open_bytes_unguarded(data, name)


def open_bytes_unguarded(data: bytes, name: str) -> OpenedBook | Issue:
    """The grids of a workbook in memory, or the issue that tells why it cannot be read."""
    place = Place(file=name)
    if data.startswith(OLE) and ENCRYPTED in data:
        return issue(Code.FILE_ENCRYPTED, place)
    if data.startswith(ZIP) and is_crowded(data):
        return issue(Code.FILE_TOO_MUCH, place, reason=Ours(_CROWDED))
    try:
        uncomputed = _uncomputed(data)
        grids = _grids(data, uncomputed or {})
    except PasswordError:
        return issue(Code.FILE_ENCRYPTED, place)
    except (CalamineError, ValueError, OSError):
        return why_no_workbook(data, place, is_misnamed=not is_named_as_workbook(name))
    if len(grids) > _MOST_SHEETS:
        reason = Ours(
            f"có {vietnamese_number(len(grids))} trang, nhiều hơn mức cho phép ({_MOST_SHEETS})"
        )
        return issue(Code.FILE_TOO_MUCH, place, reason=reason)
    formulas = _FormulaReader(data) if data.startswith(ZIP) else _no_formulas
    return OpenedBook(
        file=name,
        sha256=hashlib.sha256(data).hexdigest(),
        grids=grids,
        formulas_of=formulas,
        is_unseen=uncomputed is None,
        looks_of=_looks_reader(data),
        is_misnamed=not is_named_as_workbook(name),
        outside_of=_OutsideReader(data),
    )


def _uncomputed(data: bytes) -> Mapping[int, Uncomputed] | None:
    """The formula cells of an .xls that hold no value; None where that cannot be told."""
    if not data.startswith(OLE):
        return {}
    from danvan_xl.files.cells_xls import uncomputed_in  # most files are none

    return uncomputed_in(data)


def _grids(data: bytes, uncomputed: Mapping[int, Uncomputed]) -> tuple[Grid, ...]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return tuple(
            Grid(
                meta.name,
                SheetRows(book.get_sheet_by_index(index), lost.blanks),
                hidden=meta.visible is not SheetVisibleEnum.Visible,
                uncomputed=lost.zeros,
            )
            for index, meta in enumerate(book.sheets_metadata)
            for lost in (uncomputed.get(index, ALL_COMPUTED),)
            if meta.typ is SheetTypeEnum.WorkSheet
        )


@dataclass(frozen=True, slots=True)
class _FormulaReader:
    """Looks at the formulas of a sheet; a class, so that it can come from another process."""

    data: bytes

    def __call__(self, title: str) -> SheetFormulas:
        return look_at_formulas(self.data, title)


@dataclass(frozen=True, slots=True)
class _LooksReader:
    """Looks at a sheet; a class, so that it can come from another process."""

    data: bytes

    def __call__(self, title: str) -> SheetLooks:
        return look_at(self.data, title)


@dataclass(frozen=True, slots=True)
class _OdsLooksReader:
    """Looks at a sheet of an .ods; a class, so that it can come from another process."""

    data: bytes

    def __call__(self, title: str) -> SheetLooks:
        from danvan_xl.files.cells_ods import look_at_ods  # most files are none

        return look_at_ods(self.data, title)


@dataclass(frozen=True, slots=True)
class _OutsideReader:
    """Looks for what leads out of a file; a class, so that it can come from another process."""

    data: bytes

    def __call__(self, titles: Collection[str]) -> Outside:
        if not self.data.startswith(ZIP):
            from danvan_xl.files.outside_xls import outside_of_xls  # most files are none

            return outside_of_xls(self.data)
        if _ODS in self.data:
            from danvan_xl.files.outside_ods import outside_of_ods  # likewise

            return outside_of_ods(self.data)
        return outside_of_xlsx(self.data, titles)


@dataclass(frozen=True, slots=True)
class _KnownOutside:
    """What leads out of a file that was looked through."""

    outside: Outside

    def __call__(self, _titles: Collection[str]) -> Outside:
        return self.outside


def _looks_reader(data: bytes) -> Callable[[str], SheetLooks]:
    if not data.startswith(ZIP) or _BINARY in data:
        return _unknown_looks
    return _OdsLooksReader(data) if _ODS in data else _LooksReader(data)


def _no_formulas(_title: str) -> SheetFormulas:
    """Old and open formats are not looked at twice."""
    return NO_FORMULAS
