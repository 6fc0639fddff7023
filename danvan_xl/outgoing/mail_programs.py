"""Showing a draft to the officer in the mail program of the machine; nothing is ever sent."""

import email
import os
import tempfile
from email.policy import default
from pathlib import Path
from typing import Any


def open_draft(path: Path) -> str:
    """Open a draft (.eml); return a Vietnamese sentence for the officer where that cannot be done.

    On Windows with Outlook the draft is made there, since newer Outlooks show an .eml as received;
    without it, whatever program opens .eml files does.
    """
    start = getattr(os, "startfile", None)  # Windows alone has it
    if start is None:
        return f"Máy này không mở được thư nháp từ đây; mở tệp {path} bằng chương trình thư."
    outlook = _outlook()
    if outlook is not None:
        show_in_outlook(outlook, path)
        return ""
    start(path)
    return ""


def _outlook() -> Any:
    """Outlook as COM offers it (pywin32 comes with xlwings); None without it."""
    try:
        from win32com.client import Dispatch  # type: ignore[import-untyped]  # Windows only
    except ImportError:
        return None
    from pywintypes import com_error  # type: ignore[import-untyped]  # Windows only

    try:
        return Dispatch("Outlook.Application")
    except com_error:
        return None


def show_in_outlook(outlook: Any, path: Path) -> None:
    """Make the mail of a draft in Outlook, with what is attached, and show it."""
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    item = outlook.CreateItem(0)
    item.To = (message["To"] or "").replace(",", ";")
    item.Subject = message["Subject"] or ""
    body = message.get_body(("plain",))
    item.Body = body.get_content() if body is not None else ""
    with tempfile.TemporaryDirectory(prefix="danvan-") as folder:
        for attached in message.iter_attachments():
            file = Path(folder) / Path(attached.get_filename() or "tep-dinh-kem").name
            file.write_bytes(attached.get_content())
            item.Attachments.Add(str(file))  # Outlook takes a copy
        item.Display()
