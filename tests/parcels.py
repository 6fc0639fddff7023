"""Mails, archives and sendings for tests of receiving."""

import io
import zipfile
from collections.abc import Iterable
from email.message import EmailMessage
from pathlib import Path

XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def mail(*attachments: Path | tuple[str, bytes], date: str = "") -> EmailMessage:
    """Return a mail with files attached."""
    message = EmailMessage()
    message["From"], message["To"] = "thon@xa.vn", "xa@xa.vn"
    message["Subject"] = "Báo cáo tháng 6"
    if date:
        message["Date"] = date
    message.set_content("Kính gửi báo cáo.")
    for item in attachments:
        name, data = (item.name, item.read_bytes()) if isinstance(item, Path) else item
        message.add_attachment(data, maintype="application", subtype=XLSX, filename=name)
    return message


def many_files(count: int) -> bytes:
    """Return a mail with so many empty files attached; the library takes long to write one."""
    start = b"Subject: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    disposition = b"Content-Disposition: attachment; filename=a.xlsx"
    part = b"--b\nContent-Type: application/octet-stream\n" + disposition + b"\n\n\n"
    return start + part * count + b"--b--\n"


def archive(files: Iterable[tuple[str, bytes | Path]]) -> bytes:
    """Return a .zip with files in (name, bytes or path) pairs."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files:
            packed.writestr(name, data.read_bytes() if isinstance(data, Path) else data)
    return stream.getvalue()
