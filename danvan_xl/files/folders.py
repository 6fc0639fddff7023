"""Everything under a folder, named one by one: links are not followed, nothing odd is opened."""

import os
import stat
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from danvan_xl.files.addresses import RemoteFile
from danvan_xl.vietnamese.shown_names import shown_name
from danvan_xl.vietnamese.word_lists import word_lists

_LONGEST_PATH = 240  # letters: from 248 on Windows opens a folder only under its extended path
_EXTENDED = "\\\\?\\"


class EntryKind(Enum):
    """What lies there; a FILE can be opened, the others are only named."""

    FILE = "file"
    LINK_NOWHERE = "link that leads to nothing"
    LINK_TO_FOLDER = "link to a folder"
    SPECIAL = "device, pipe or socket"
    CLOSED = "folder that cannot be listed"
    OF_SYSTEM = "folder the system keeps for itself"
    FOLDER = "folder"


class FolderEntry(NamedTuple):
    """What lies under a folder, by the name that can be shown, relative to it, in posix form.

    `error` tells why a folder is CLOSED.
    """

    name: str
    path: Path | RemoteFile
    kind: EntryKind = EntryKind.FILE
    error: OSError | None = None

    @property
    def own_name(self) -> str:
        """Its name without the folders it lies in."""
        return self.name.rpartition("/")[2]


def list_folder(folder: Path) -> list[FolderEntry]:
    """What lies under a folder at any depth, in the order of names.

    Two different things never bear one name. Raises OSError when the folder itself cannot be
    listed.
    """
    found = sorted(_entries(folder), key=lambda entry: entry.name.split("/"))
    raw = {entry.name for entry in found}
    named: list[FolderEntry] = []
    for entry in found:
        shown = shown_name(entry.name)
        if shown != entry.name:
            shown = _free(shown, raw)
            raw.add(shown)
            entry = entry._replace(name=shown)  # noqa: PLW2901  # hardly any
        named.append(entry)
    return named


def kind_at(path: Path) -> EntryKind:
    """What stands at a path that a person has named, links followed. Raises OSError."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        return EntryKind.FOLDER
    return EntryKind.FILE if stat.S_ISREG(mode) else EntryKind.SPECIAL


def head_of(path: Path | RemoteFile, size: int) -> bytes:
    """The first bytes of a file. Raises OSError."""
    if isinstance(path, RemoteFile):
        return path.read_bytes()[:size]
    with path.open("rb") as stream:
        return stream.read(size)


def _entries(folder: Path) -> Iterator[FolderEntry]:
    """What lies under a folder, by its real name; folders are looked into one after another."""
    ahead = [("", os.fspath(folder))]
    while ahead:
        name, path = ahead.pop()
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    inner = f"{name}{entry.name}"
                    way = within_reach(entry.path, is_windows=os.name == "nt")
                    kind = _kind(entry)
                    if kind is EntryKind.FOLDER:
                        ahead.append((f"{inner}/", way))
                    else:
                        yield FolderEntry(inner, Path(way), kind)
        except OSError as error:
            if not name:
                raise
            yield FolderEntry(name.rstrip("/"), Path(path), EntryKind.CLOSED, error)


def _kind(entry: os.DirEntry[str]) -> EntryKind:
    try:
        if _is_link(entry):
            kind = kind_at(Path(entry))
            return EntryKind.LINK_TO_FOLDER if kind is EntryKind.FOLDER else kind
        if entry.is_dir(follow_symlinks=False):
            is_systems = entry.name.casefold() in _folders_of_system()
            return EntryKind.OF_SYSTEM if is_systems else EntryKind.FOLDER
        is_file = entry.is_file(follow_symlinks=False)
    except OSError:
        return EntryKind.LINK_NOWHERE
    return EntryKind.FILE if is_file else EntryKind.SPECIAL


def _is_link(entry: os.DirEntry[str]) -> bool:
    """Whether it is a link, or a junction, which is what Windows calls a link to a folder."""
    if entry.is_symlink():
        return True
    if os.name != "nt":
        return False
    tag = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)
    return tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)


def within_reach(path: str, *, is_windows: bool) -> str:
    """The path in a form that can be opened however long it is, which only Windows needs."""
    if not is_windows or len(path) <= _LONGEST_PATH or path.startswith(_EXTENDED):
        return path
    whole = os.path.abspath(path) if os.name == "nt" else path  # noqa: PTH100  # no links followed
    is_on_network = whole.startswith("\\\\")
    return f"{_EXTENDED}UNC{whole[1:]}" if is_on_network else f"{_EXTENDED}{whole}"


def _free(name: str, taken: set[str]) -> str:
    """The name, numbered where something else bears it."""
    path, number, free = PurePosixPath(name), 1, name
    while free in taken:
        number += 1
        free = str(path.with_stem(f"{path.stem} ({number})"))
    return free


@lru_cache(maxsize=1)
def _folders_of_system() -> frozenset[str]:
    return frozenset(map(str.casefold, word_lists("tep-la.toml")["folders"]))
