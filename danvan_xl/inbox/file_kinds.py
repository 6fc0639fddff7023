"""What a received file is: its bytes tell, where they do not its name does."""

from enum import Enum
from typing import BinaryIO

from danvan_xl.files.names import LOCK_PREFIX, safe_suffix
from danvan_xl.files.opening import SUFFIXES
from danvan_xl.files.other_files import (
    CLOSED_PARCELS,
    HEAD_SIZE,
    MAIL_HEADER,
    MAILBOX_START,
    OLE,
    ZIP,
    is_compound_workbook,
    is_of_other_program,
)
from danvan_xl.files.zips import BROKEN_ZIP, open_zip
from danvan_xl.inbox.left_aside import is_of_system
from danvan_xl.inbox.parcel_limits import LARGEST_FILE


class FileKind(Enum):
    """What can be done with a file."""

    WORKBOOK = "sổ"
    ARCHIVE = "tệp nén"
    MAIL = "thư"
    MAILBOX = "hộp thư"
    OUTLOOK_MAIL = "thư Outlook"
    UNOPENED = "gói không mở được"
    OTHER = "tệp khác"


def kind_of(name: str, stream: BinaryIO) -> FileKind:
    """What a file is; the stream stands at its beginning again afterwards."""
    head = stream.read(HEAD_SIZE)
    stream.seek(0)
    if name.startswith(LOCK_PREFIX) or is_of_system(name, head) or is_of_other_program(name):
        return FileKind.OTHER
    suffix = safe_suffix(name)
    if head.startswith(ZIP):
        kind = _kind_of_zip(suffix, stream)
        stream.seek(0)
        return kind
    if head.startswith(CLOSED_PARCELS):
        return FileKind.UNOPENED
    if head.startswith(OLE):
        kind = _kind_of_compound(suffix, stream)
        stream.seek(0)
        return kind
    return _kind_of_rest(suffix, head)


def _kind_of_rest(suffix: str, head: bytes) -> FileKind:
    """What bytes without a mark of their own are: mail is text, the rest goes by name."""
    if suffix in SUFFIXES:
        return FileKind.WORKBOOK  # a broken one, which has to be named
    if suffix == ".zip":
        return FileKind.ARCHIVE
    if head.startswith(MAILBOX_START) and suffix in ("", ".mbox", ".mbx"):
        return FileKind.MAILBOX
    is_mail = suffix == ".eml" or MAIL_HEADER.match(head)
    return FileKind.MAIL if is_mail else FileKind.OTHER


def _kind_of_zip(suffix: str, stream: BinaryIO) -> FileKind:
    """What a file made as .zip is: a workbook, another document, or an archive."""
    try:
        with open_zip(stream) as archive:
            names = archive.namelist()
    except (*BROKEN_ZIP, OSError):
        return FileKind.WORKBOOK if suffix in SUFFIXES else FileKind.ARCHIVE
    if any(name.startswith("xl/") for name in names) or suffix in SUFFIXES:
        return FileKind.WORKBOOK
    is_document = "[Content_Types].xml" in names or "mimetype" in names
    return FileKind.OTHER if is_document else FileKind.ARCHIVE


def _kind_of_compound(suffix: str, stream: BinaryIO) -> FileKind:
    """What an old Office file is: .xls, a workbook with a password, .msg, or .doc."""
    if suffix == ".msg":
        return FileKind.OUTLOOK_MAIL
    if suffix in SUFFIXES:
        return FileKind.WORKBOOK
    data = stream.read(LARGEST_FILE)
    return FileKind.WORKBOOK if is_compound_workbook(data, suffix) else FileKind.OTHER
