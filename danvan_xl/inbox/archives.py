"""The files in a .zip archive, each read into memory under limits; nothing is unpacked to disk."""

import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath, PureWindowsPath
from typing import BinaryIO

from danvan_xl.files.zips import BROKEN_ZIP, MOST_DIRECTORY, CrowdedZipError, open_zip
from danvan_xl.inbox.budgets import Budget
from danvan_xl.inbox.left_aside import is_of_system
from danvan_xl.inbox.parcel_limits import (
    LARGEST_FILE,
    LARGEST_TOTAL,
    MOST_MEMBERS,
    RefusedError,
    too_large,
)
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Ours, Typed

_IS_ENCRYPTED, _IS_UTF8 = 0x1, 0x800
_BROKEN = (*BROKEN_ZIP, OSError)
_LIST = "danh sách tệp bên trong"


def archive_members(stream: BinaryIO, budget: Budget) -> Iterator[tuple[str, bytes] | RefusedError]:
    """The name and bytes of each file of an archive, or why it is not opened.

    The sizes an archive states are the most that is ever read of it, and nothing is once its
    budget is spent. Raises RefusedError when the
    archive cannot be opened or is refused as a whole.
    """
    try:
        with open_zip(stream) as archive:
            infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
            _check_whole(infos)
            of_system = 0
            for info in infos:
                if budget.leaves(_name(info)):
                    continue
                found = _member(archive, info)
                if _is_of_system(info, found):
                    of_system += 1
                else:
                    yield found
            if of_system:
                yield RefusedError(Code.FILES_OF_SYSTEM, count=of_system)
    except CrowdedZipError as error:
        raise too_large(_LIST, MOST_DIRECTORY) from error
    except _BROKEN as error:
        raise RefusedError(Code.PARCEL_UNREADABLE, reason=Ours("tệp nén hỏng")) from error


def check_workbook(data: bytes, name: str) -> None:
    """Refuse a workbook that would come to too much when its parts are unpacked."""
    try:
        with open_zip(data) as parts:
            total = sum(info.file_size for info in parts.infolist())
    except CrowdedZipError as error:
        raise too_large(f"{_LIST} '{name}'", MOST_DIRECTORY) from error
    except _BROKEN:
        return  # no .xlsx, or a broken one: who reads it says so
    if total > LARGEST_TOTAL:
        raise too_large(name, LARGEST_TOTAL)


def _check_whole(infos: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive of too many files, or of too much when unpacked."""
    if len(infos) > MOST_MEMBERS:
        raise RefusedError(Code.PARCEL_TOO_MANY, count=len(infos), most=MOST_MEMBERS)
    total = sum(info.file_size for info in infos)
    if total > LARGEST_TOTAL:
        raise too_large("nội dung", LARGEST_TOTAL)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[str, bytes] | RefusedError:
    name = _name(info)
    if _leads_out(name):
        return RefusedError(Code.PARCEL_LEADS_OUT, name=Typed(name))
    if info.flag_bits & _IS_ENCRYPTED:
        return RefusedError(Code.PARCEL_ENCRYPTED, name=Typed(name))
    if info.file_size > LARGEST_FILE:
        return too_large(name, LARGEST_FILE)
    try:
        with archive.open(info) as member:
            return name, member.read(LARGEST_FILE)
    except _BROKEN:
        return RefusedError(Code.PARCEL_UNREADABLE, reason=Typed(f"'{name}' hỏng"))


def _is_of_system(info: zipfile.ZipInfo, found: tuple[str, bytes] | RefusedError) -> bool:
    """Whether the program that packed the archive put a file there by itself."""
    return is_of_system(_name(info), found[1] if isinstance(found, tuple) else b"")


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a file; programs that do not say so may have written it in UTF-8 too."""
    if info.flag_bits & _IS_UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def _leads_out(name: str) -> bool:
    """Whether a name would lead out of the folder the archive is unpacked to."""
    windows = PureWindowsPath(name)
    is_absolute = bool(windows.drive or windows.root) or PurePosixPath(name).is_absolute()
    return is_absolute or ".." in windows.parts
