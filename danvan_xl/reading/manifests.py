"""The manifest inside a sending: who sends what, made of which files, and proof nothing changed.

It stands on the hidden marker sheet, below what the template keeps there, one label a row. The
hashes are taken of what the cells say, not of the file's bytes: a sending that somebody opened and
saved is still the same, one with another figure is not.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from danvan_xl.files.grid import Cell, Grid, is_blank
from danvan_xl.schema.sheets import MARKER_SHEET
from danvan_xl.vietnamese.periods import parse_period
from danvan_xl.vietnamese.text import tidy

FORMAT = "1"
_LONGEST_TEXT = 4_000  # letters of one value
_YEARS, _SEQUENCES = range(1900, 10_000), range(1_000_000)
_LONGEST_CELL = 30_000  # a cell of Excel holds 32,767 characters
_VERSION, _MANIFEST, _PARTS, _SEAL, _KEY, _SIGNATURE = (
    "Bản gửi",
    "Kê khai",
    "Phần gộp",
    "Mã kiểm",
    "Khóa công khai",
    "Chữ ký",
)


class SourceFile(NamedTuple):
    """A file the figures were made of; `seal` is that of its manifest where it is a sending."""

    file: str
    sha256: str
    unit_code: str = ""
    unit_name: str = ""
    seal: str = ""


class Manifest(NamedTuple):
    """What a sending says of itself.

    `period` is the words of Kỳ báo cáo, `month` the last month that counts; `sent_at` is the
    officer's clock in ISO form. `sequence` counts the sendings of the unit in the year from 1;
    `previous` is the seal of the one before, `earlier` are those of all before of this period, the
    first one first. `content` is the hash of everything the cells say.
    """

    unit_code: str
    unit_name: str
    year: int
    period: str
    month: int
    template_version: str
    program_version: str
    sent_at: str
    sequence: int
    content: str
    previous: str = ""
    sources: tuple[SourceFile, ...] = ()
    earlier: tuple[str, ...] = ()

    @property
    def sent_on(self) -> dt.datetime:
        """The time of packing."""
        return dt.datetime.fromisoformat(self.sent_at)

    @property
    def packed_at(self) -> dt.datetime:
        """The time of packing as the officer's clock showed it."""
        return self.sent_on.replace(tzinfo=None)

    @property
    def follows(self) -> tuple[str, ...]:
        """The seals of the sendings that it comes after, or was made of."""
        seals = (self.previous, *self.earlier, *(source.seal for source in self.sources))
        return tuple(dict.fromkeys(filter(None, seals)))


class Sealed(NamedTuple):
    """A manifest as it stands in a workbook.

    `text` is the manifest word for word, which the seal and the signature are made of; `parts` is
    what the level above needs to add up, word for word.
    """

    manifest: Manifest
    text: str
    parts: str = ""
    stated_seal: str = ""
    public_key: str = ""
    signature: str = ""

    @property
    def seal(self) -> str:
        """The hash of the manifest, by which a sending is known."""
        return hash_of_text(self.text)


class UnreadableManifest(NamedTuple):
    """A workbook that says it is a sending, but whose manifest cannot be read."""

    reason: str


def manifest_text(manifest: Manifest) -> str:
    """The manifest as one line of JSON, the same for the same manifest."""
    fields = manifest._asdict()
    fields["sources"] = [source._asdict() for source in manifest.sources]
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of_text(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def content_hash(grids: Iterable[Grid], parts: str) -> str:
    """The SHA-256 of what every cell says, but for the marker sheet, and of `parts`."""
    digest = hashlib.sha256(parts.encode())
    for grid in sorted(grids, key=lambda grid: grid.title):
        if grid.title == MARKER_SHEET:
            continue
        digest.update(f"\n[{tidy(grid.title)}]".encode())
        for number, row in enumerate(grid.rows):
            cells = [
                f"{index}:{_plain(cell)}" for index, cell in enumerate(row) if not is_blank(cell)
            ]
            if cells:
                digest.update("\t".join((f"\n{number}", *cells)).encode())
    return digest.hexdigest()


def _plain(cell: Cell) -> str:
    """What a cell says, whichever program saved it last."""
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int | float):
        return f"{cell:.12g}"
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(cell)


def manifest_rows(sealed: Sealed) -> Iterator[tuple[str, ...]]:
    """The rows that hold a manifest on the marker sheet: a label, then its text in cells."""
    yield _VERSION, FORMAT
    yield _MANIFEST, *_in_cells(sealed.text)
    yield _PARTS, *_in_cells(sealed.parts)
    yield _SEAL, sealed.seal
    if sealed.signature:
        yield _KEY, sealed.public_key
        yield _SIGNATURE, sealed.signature


def _in_cells(text: str) -> list[str]:
    return [text[start : start + _LONGEST_CELL] for start in range(0, len(text), _LONGEST_CELL)]


def is_sending(grids: Sequence[Grid]) -> bool:
    """Whether a workbook says it is a sending, readable or not."""
    return read_manifest(grids) is not None


def read_manifest(grids: Sequence[Grid]) -> Sealed | UnreadableManifest | None:
    """The manifest of a workbook; None when it is no sending."""
    marker = next((grid for grid in grids if grid.title == MARKER_SHEET), None)
    if marker is None:
        return None
    labels = (_VERSION, _MANIFEST, _PARTS, _SEAL, _KEY, _SIGNATURE)
    texts = {str(row[0]): _joined(row[1:]) for row in marker.rows if row and row[0] in labels}
    if _VERSION not in texts:
        return None
    if texts[_VERSION].partition(".")[0] != FORMAT:
        return UnreadableManifest(f"kiểu bản gửi {texts[_VERSION]} chưa biết")
    text = texts.get(_MANIFEST, "")
    try:
        manifest = _manifest(json.loads(text))
    except (ValueError, TypeError, KeyError, RecursionError):
        return UnreadableManifest("phần kê khai hỏng")
    period = parse_period(manifest.period)
    if period is None or period.month != manifest.month:
        return UnreadableManifest("phần kê khai ghi kỳ không rõ")
    rest = (texts.get(label, "") for label in (_PARTS, _SEAL, _KEY, _SIGNATURE))
    return Sealed(manifest, text, *rest)


def _joined(cells: Sequence[Cell]) -> str:
    return "".join(cell if isinstance(cell, str) else _plain(cell) for cell in cells if cell != "")


def _manifest(fields: Mapping[str, Any]) -> Manifest:
    """The manifest a JSON object holds.

    Raises ValueError, TypeError or KeyError for anything else.
    """
    values = {name: _of_kind(fields[name], kind) for name, kind in _KINDS.items()}
    sources = tuple(
        SourceFile(**{name: _of_kind(source[name], str) for name in SourceFile._fields})
        for source in _of_kind(fields["sources"], list)
    )
    earlier = (_of_kind(seal, str) for seal in _of_kind(fields.get("earlier", []), list))
    manifest = Manifest(**values, sources=sources, earlier=tuple(earlier))
    dt.datetime.fromisoformat(manifest.sent_at)
    if manifest.year not in _YEARS or manifest.sequence not in _SEQUENCES:
        raise ValueError(manifest)
    manifest_text(manifest).encode()  # letters that are none cannot be written anywhere
    return manifest


_KINDS: Mapping[str, type] = {
    name: int if name in ("year", "month", "sequence") else str
    for name in Manifest._fields
    if name not in ("sources", "earlier")
}


def _of_kind(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise TypeError(value)
    if isinstance(value, str):
        if "\0" in value or len(value) > _LONGEST_TEXT:
            raise ValueError(value)
        value.encode()  # what is no Unicode cannot be written anywhere
    return value


def is_unchanged(grids: Iterable[Grid], sealed: Sealed) -> bool:
    """Whether a sending still says what it said when it was packed."""
    return (
        sealed.stated_seal == sealed.seal
        and content_hash(grids, sealed.parts) == sealed.manifest.content
    )
