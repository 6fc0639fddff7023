"""What a received file is: its bytes tell, where they do not its name does."""

import re
from enum import Enum
from pathlib import PurePosixPath
from typing import BinaryIO

from danvan_xl.files.names import LOCK_PREFIX
from danvan_xl.files.opening import SUFFIXES
from danvan_xl.files.zips import BROKEN_ZIP, open_zip

_HEAD = 4096
_ZIP, _OLE, _RAR, _SEVEN_ZIP = b"PK", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf\x27\x1c"
_MAIL_HEADER = re.compile(
    rb"(?:received|return-path|delivered-to|from|to|date|subject|mime-version|message-id"
    rb"|x-[\w-]+):[ \t]",
    re.IGNORECASE,
)
_OF_THE_SYSTEM = (LOCK_PREFIX, "._")
_WINMAIL = b"\x78\x9f\x3e\x22"  # what Outlook wraps attachments in for others of its kind


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
    if name.startswith(_OF_THE_SYSTEM):
        return FileKind.OTHER
    head = stream.read(_HEAD)
    stream.seek(0)
    suffix = PurePosixPath(name).suffix.lower()
    if head.startswith(_ZIP):
        kind = _kind_of_zip(suffix, stream)
        stream.seek(0)
        return kind
    if head.startswith((_RAR, _SEVEN_ZIP, _WINMAIL)):
        return FileKind.UNOPENED
    return _kind_of_compound(suffix) if head.startswith(_OLE) else _kind_of_rest(suffix, head)


def _kind_of_rest(suffix: str, head: bytes) -> FileKind:
    """What bytes without a mark of their own are: mail is text, the rest goes by name."""
    if suffix in SUFFIXES:
        return FileKind.WORKBOOK  # a broken one, which has to be named
    if suffix == ".zip":
        return FileKind.ARCHIVE
    if head.startswith(b"From ") and suffix in ("", ".mbox", ".mbx"):
        return FileKind.MAILBOX
    is_mail = suffix == ".eml" or _MAIL_HEADER.match(head)
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


def _kind_of_compound(suffix: str) -> FileKind:
    """What an old Office file is: .xls, a workbook with a password, .msg, or .doc."""
    if suffix == ".msg":
        return FileKind.OUTLOOK_MAIL
    return FileKind.WORKBOOK if suffix in SUFFIXES else FileKind.OTHER
