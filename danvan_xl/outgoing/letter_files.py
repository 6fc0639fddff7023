"""Letters and what goes with them in a folder: our own files are replaced, nothing else is."""

from collections.abc import Callable, Container, Iterable, Sequence
from itertools import count
from pathlib import Path

from danvan_xl.files.apart import open_book
from danvan_xl.files.atomic import replacing
from danvan_xl.outgoing.drafts import Draft, draft_as_eml
from danvan_xl.reading.workbook import read_book
from danvan_xl.schema.issues import Issue

DRAFT_SUFFIX = ".eml"
_UNSENT = b"X-Unsent: 1"


def why_not_into(folder: Path, read_from: Iterable[Path]) -> str:
    """Why letters must not be written into a folder, "" when they may.

    `read_from` are the folders whose files are read: what stands there is read again next time.
    """
    if folder.exists() and not folder.is_dir():
        return f"'{folder}' là tệp; ghi tên một thư mục."
    if not folder.is_dir() and not folder.parent.is_dir():
        return f"Không có thư mục '{folder.parent}'. Tạo thư mục trước hoặc sửa đường dẫn."
    place = folder.resolve()
    for source in read_from:
        if source.is_dir() and place.is_relative_to(source.resolve()):
            return f"'{folder}' nằm trong thư mục '{source}' đang đọc; chọn thư mục khác."
    return ""


def free_stem(folder: Path, wanted: str, suffixes: Sequence[str], taken: Container[str]) -> str:
    """The name, numbered where need be, under which files may be written into a folder.

    A name is free when nothing stands there under any of the suffixes but files of our own making,
    and when it is not among those `taken`, which are casefolded as Windows compares them.
    """
    for number in count(1):
        stem = wanted if number == 1 else f"{wanted} ({number})"
        if stem.casefold() in taken:
            continue
        if all(_may_be_written(folder / f"{stem}{suffix}") for suffix in suffixes):
            return stem
    raise AssertionError("there is always another number")


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file whole or not at all, with its folder where there is none yet."""
    path.parent.mkdir(exist_ok=True)
    with replacing(path) as temporary:
        temporary.write_bytes(content)
    return path


def write_drafts(folder: Path, drafts: Iterable[tuple[str, Draft]]) -> list[Path]:
    """Write drafts under the names wanted, without suffix, and return where each stands."""
    written: list[Path] = []
    taken: set[str] = set()
    for wanted, draft in drafts:
        stem = free_stem(folder, wanted, (DRAFT_SUFFIX,), taken)
        taken.add(stem.casefold())
        written.append(write_whole(folder / f"{stem}{DRAFT_SUFFIX}", draft_as_eml(draft)))
    return written


def _may_be_written(path: Path) -> bool:
    """Whether nothing stands at a path, or a file of our own making."""
    return not path.exists() or (path.is_file() and _MADE_BY_US[path.suffix](path))


def _is_our_draft(path: Path) -> bool:
    """Whether a file begins as our drafts do; a mail that was sent or received does not."""
    with path.open("rb") as stream:
        return stream.read(len(_UNSENT)) == _UNSENT


def _is_our_copy(path: Path) -> bool:
    opened = open_book(path)
    return not isinstance(opened, Issue) and read_book(opened).is_marked_copy


_MADE_BY_US: dict[str, Callable[[Path], bool]] = {
    DRAFT_SUFFIX: _is_our_draft,
    ".xlsx": _is_our_copy,
}
