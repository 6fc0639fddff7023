"""The mark of what came from outside, where there are streams and where there are none."""

import sys
from pathlib import Path

import pytest

from danvan_xl.files.mark_of_the_web import FROM_MAIL, STREAMS_HERE, Streams, mark_on, put_mark


def _refuse(*_asked: object) -> bytes:
    raise OSError(22, "no streams")


def test_a_mark_is_written_beside_the_file(tmp_path):
    written: dict[str, bytes] = {}
    path = tmp_path / "01_so.xlsx"
    path.write_bytes(b"so")

    put_mark(path, FROM_MAIL, Streams(_refuse, written.__setitem__))

    assert written == {f"{path}:Zone.Identifier": b"[ZoneTransfer]\r\nZoneId=3\r\n"}


@pytest.mark.parametrize(
    "streams",
    [
        None,
        Streams(_refuse, _refuse),
        # A share that takes the name of a stream for that of a file.
        Streams(_refuse, lambda path, mark: Path(path).write_bytes(mark)),
    ],
)
def test_where_there_are_no_streams_nothing_is_left_and_nothing_fails(streams, tmp_path):
    path = tmp_path / "01_so.xlsx"
    path.write_bytes(b"so")

    put_mark(path, FROM_MAIL, streams)

    assert mark_on(path, streams) == b""
    assert {item.name: item.read_bytes() for item in tmp_path.iterdir()} == {"01_so.xlsx": b"so"}


def test_a_mark_as_long_as_a_book_is_cut():
    marks = Streams(lambda _path: b"x" * 10_000, lambda *_asked: None)

    assert len(mark_on(Path("so.xlsx"), marks)) == 4096


def test_only_windows_has_streams():
    assert (STREAMS_HERE is not None) == (sys.platform == "win32")
