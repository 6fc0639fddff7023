"""A real mail server on this machine alone, which keeps what it is sent."""

import email
import smtplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller


class _Keeping:
    """Keeps the bytes of every mail."""

    def __init__(self) -> None:
        self.received: list[bytes] = []

    async def handle_DATA(self, _server: object, _session: object, envelope) -> str:  # noqa: N802
        self.received.append(envelope.original_content)
        return "250 OK"


@contextmanager
def mail_server() -> Iterator["Mailbox"]:
    """Yield the mailbox of a server that stops with the block."""
    keeping = _Keeping()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(keeping, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield Mailbox(keeping, port)
    finally:
        controller.stop()


class Mailbox:
    """What a server was sent, and a way to send to it as a mail program does."""

    def __init__(self, keeping: _Keeping, port: int) -> None:
        self._keeping, self._port = keeping, port

    def send_draft(self, path: Path) -> bytes:
        """Send a draft as an officer would, with a sender; return the bytes that arrived."""
        message = parsed(path.read_bytes())
        del message["X-Unsent"]
        message["From"] = "van-phong@example.vn"
        if message["To"] is None:
            message["To"] = "nguoi-nhan@example.vn"
        with smtplib.SMTP("127.0.0.1", self._port) as server:
            server.send_message(message)
        return self._keeping.received[-1]


def parsed(data: bytes) -> EmailMessage:
    """Return a mail as Python's own package reads it."""
    return email.message_from_bytes(data, policy=default)
