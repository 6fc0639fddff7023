"""What a file is that cannot be read as a workbook: told by bytes and name."""

import re
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from danvan_xl.files.names import safe_suffix
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Ours
from danvan_xl.vietnamese.word_lists import word_lists

OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # stands in an .xlsx with a password
HEAD_SIZE = 4096  # bytes that tell what a file is
CLOSED_PARCELS = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x78\x9f\x3e\x22")  # the last is winmail.dat
MAIL_HEADER = re.compile(
    rb"(?:received|return-path|delivered-to|from|to|date|subject|mime-version|message-id"
    rb"|x-[\w-]+):[ \t]",
    re.IGNORECASE,
)
MAILBOX_START = b"From "
_MAILS = {".eml": "thư", ".msg": "thư", ".mbox": "hộp thư", ".mbx": "hộp thư"}
_ARCHIVE = "tệp nén"
_MACRO_SHEETS = b"xl/macrosheets/"
# What the first part of a document is called, where it is packed as a workbook is.
_FIRST_PARTS = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"customXml/", b"xl/", b"mimetype")
_PARTS_OF_WORKBOOKS = (b"xl/", "Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_LISTED = b"PK\x05\x06"  # where the list of the parts of a .zip ends
_AT_NAME = 30  # bytes before the name of the first part
_WEB_PAGE = "trang web"
# What a file that is no workbook begins with, in small letters; and how one is told that is
# named as if it were.
_STARTS = {
    b"%pdf": "tệp PDF",
    b"<html": _WEB_PAGE,
    b"<!doctype": _WEB_PAGE,
    b"<?xml": "tệp XML hoặc trang web",
    b"\x89png": "ảnh",
    b"\xff\xd8\xff": "ảnh",
    b"rar!": _ARCHIVE,
    b"7z\xbc\xaf": _ARCHIVE,
}
_RENAMED = {
    _WEB_PAGE: "lưu với đuôi Excel",
    "tệp XML hoặc trang web": "lưu với đuôi Excel",
    _ARCHIVE: "đổi đuôi; giải nén rồi gửi sổ bên trong",
}
# What stands in documents that are packed as workbooks are.
_DOCUMENTS = {
    b"word/document.xml": "tệp Word",
    "WordDocument".encode("utf-16-le"): "tệp Word",
    b"ppt/presentation.xml": "tệp PowerPoint",
    "PowerPoint Document".encode("utf-16-le"): "tệp PowerPoint",
    b"application/vnd.oasis.opendocument.text": "tệp văn bản",
}
# Spreadsheets that are text, told by what stands near their beginning.
_TEXT_SPREADSHEETS = {
    b"urn:schemas-microsoft-com:office:spreadsheet": "kiểu XML của Excel 2003",
    b"application/vnd.oasis.opendocument.spreadsheet": "OpenDocument một tệp (.fods)",
}


def told_by_head(place: Place, name: str, head: bytes) -> Issue | None:
    """What a file is that is not named as a workbook, None where it may be one all the same.

    `head` are its first bytes.
    """
    suffix = safe_suffix(name)
    found = _told_by_suffix(place, suffix) or _told_as_parcel(place, suffix, head)
    is_locked_document = head.startswith(OLE) and suffix in _lists()["documents"]
    if found is None and head.startswith((ZIP, OLE)) and not is_locked_document:
        return None
    return found or _told_by_text(place, head)


def _told_by_text(place: Place, head: bytes) -> Issue:
    text = next((kind for mark, kind in _TEXT_SPREADSHEETS.items() if mark in head), "")
    if text:
        return issue(Code.FILE_OF_OTHER_PROGRAM, place, kind=Ours(text))
    return issue(Code.FILE_SKIPPED, place)


def _told_by_suffix(place: Place, suffix: str) -> Issue | None:
    lists = _lists()
    if kind := lists["spreadsheets"].get(suffix):
        return issue(Code.FILE_OF_OTHER_PROGRAM, place, kind=Ours(kind))
    if suffix in lists["shortcuts"]:
        reason = Ours("chỉ ghi đường dẫn tới tệp khác")
        return issue(Code.FILE_IS_LINK, place, reason=reason)
    return issue(Code.FILE_SKIPPED, place) if suffix in lists["programs"] else None


def _told_as_parcel(place: Place, suffix: str, head: bytes) -> Issue | None:
    if kind := _parcel(suffix, head):
        return issue(Code.FILE_IS_PARCEL, place, kind=Ours(kind))
    is_closed = head.startswith(CLOSED_PARCELS)
    return issue(Code.FILE_IS_CLOSED_PARCEL, place) if is_closed else None


def _parcel(suffix: str, head: bytes) -> str:
    """What a packing is called in which there may be workbooks, "" for anything else."""
    if head.startswith(ZIP):
        is_document = suffix in _lists()["documents"]
        return "" if is_document or head[_AT_NAME:].startswith(_FIRST_PARTS) else _ARCHIVE
    if suffix in _MAILS:
        return _MAILS[suffix]
    if head.startswith(MAILBOX_START) and not suffix:
        return _MAILS[".mbox"]
    if suffix == ".zip":
        return _ARCHIVE
    return _MAILS[".eml"] if MAIL_HEADER.match(head) else ""


def is_compound_workbook(data: bytes, suffix: str) -> bool:
    """Whether an old Office file, named as something else, is a workbook."""
    if ENCRYPTED in data:
        return suffix not in _lists()["documents"]
    return not _what(data) and any(mark in data for mark in _PARTS_OF_WORKBOOKS[1:])


def is_of_other_program(name: str) -> bool:
    """Whether a name is that of a spreadsheet we do not read, whatever it is packed as."""
    return safe_suffix(name) in _lists()["spreadsheets"]


def why_no_workbook(data: bytes, place: Place, *, is_misnamed: bool) -> Issue:
    """What the bytes look like instead of a workbook that can be read."""
    if data.startswith(ZIP) and _MACRO_SHEETS in data:
        return issue(Code.FILE_HAS_MACRO_SHEETS, place)
    if data.startswith(ZIP) and _is_encrypted(data):
        return issue(Code.FILE_ENCRYPTED, place)
    if is_misnamed and (found := _misnamed(data, place)):
        return found
    return issue(Code.FILE_UNREADABLE, place, reason=Ours(_what_is_wrong(data)))


def _misnamed(data: bytes, place: Place) -> Issue | None:
    """What a file is that nobody called a workbook, None where it is a broken one."""
    name = PurePosixPath(place.file).name
    found = told_by_head(place, name, data[:HEAD_SIZE])
    if found is not None and found.code is not Code.FILE_SKIPPED:
        return found
    what = _what(data)
    if found is None and not what and any(mark in data for mark in _PARTS_OF_WORKBOOKS):
        return None
    return issue(Code.FILE_IS_NO_WORKBOOK, place, what=Ours(f" mà là {what}" if what else ""))


def _what(data: bytes) -> str:
    """What bytes are that are no workbook, "" where nothing tells."""
    if data.startswith((ZIP, OLE)):
        return next((words for mark, words in _DOCUMENTS.items() if mark in data), "")
    head = data[:512].lstrip().lower()
    return next((words for start, words in _STARTS.items() if head.startswith(start)), "")


def _what_is_wrong(data: bytes) -> str:
    """What is wrong with bytes that are named as a workbook and are none, in plain words."""
    if not data:
        return "tệp rỗng (0 byte)"
    what = _what(data)
    if data.startswith(ZIP) and not what and _is_whole_archive(data):
        what = _ARCHIVE
    if what:
        return f"đây là {what} {_RENAMED.get(what, 'đổi đuôi')}"
    is_packed = data.startswith((ZIP, OLE))
    return "tệp hỏng hoặc tải về chưa trọn" if is_packed else "nội dung không phải sổ Excel"


def _is_whole_archive(data: bytes) -> bool:
    """Whether a .zip that holds no document is all there."""
    return _LISTED in data and not any(part in data for part in _FIRST_PARTS)


def _is_encrypted(data: bytes) -> bool:
    """Whether an open document asks for a password."""
    from danvan_xl.files.cells_ods import has_password  # most files are read

    return has_password(data)


@lru_cache(maxsize=1)
def _lists() -> dict[str, Any]:
    return word_lists("tep-la.toml")
