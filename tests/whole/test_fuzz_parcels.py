"""Parcels broken at random: what is in them is filed, or they are named; nothing else happens."""

import random
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from danvan_xl.files.endings import Loss
from danvan_xl.inbox import parcels
from tests.broken_workbooks import MORE, bytes_changed
from tests.cases.packing import part, write_zip
from tests.on_disk import thon_file
from tests.parcels import archive, mail
from tests.program import running
from tests.whole.test_fuzz import SEED

GOOD = "| K | Kinh tế | Chỉ tiêu | cái | 10 | 9 | 1 | 2 |"
DATE = "Fri, 03 Apr 2026 08:00:00 +0700"
# Places in a mail where something may stand, and what no honest program writes there.
_PLACE = re.compile(rb"(?<=[:;=] )[^\r\n;]{1,60}|(?<=\")[^\"\r\n]{1,60}(?=\")|(?<==)[\w.-]{1,40}")
_ODD = (
    *(b"", b"\0", b"\xff\xfe", b"=?utf-8?b?/////w==?=", b"=?x?q?a?=", b"=?utf-8?q?=ED=A0=80?="),
    *(b"Fri, 31 Dec 9999 23:59:59 -2359", b"Mon, 01 Jan 0001 00:00:00 +2359", b"99 Foo 2026"),
    *(
        b"multipart/mixed",
        b"message/rfc822",
        b"base64",
        b"uuencode",
        b"utf-7",
        b"idna",
        b"x" * 9000,
    ),
    *(b"../../x.xlsx", b"C:\\x.xlsx", b"CON", b".xlsx", b"a\nb", b"message/partial"),
    *(b"application/octet-stream; name*0*=utf-16''%00; name*1=x", b"text/plain; charset=hex"),
    *(b"8bit", b"x" * 9000),
)
_NUMBERS = (
    b"\0\0\0\0",
    b"\xff\xff\xff\xff",
    b"\1\0\0\0",
    b"\0\0",
    b"\xff\xff",
    b"\x0c\0",
    b"\x0e\0",
)
_SPREAD = 48  # bytes behind the mark of a part of an archive


def _mail_changed(data: bytes, chance: random.Random) -> bytes:
    places = list(_PLACE.finditer(data[:3_000])) or [re.match(b"", data)]
    place = chance.choice(places)
    return data[: place.start()] + chance.choice(_ODD) + data[place.end() :]


def _archive_changed(data: bytes, chance: random.Random) -> bytes:
    """Return an archive with other numbers in what it says of its parts."""
    marks = [match.start() for match in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", data)]
    at = chance.choice(marks or [0]) + chance.randrange(4, _SPREAD)
    new = chance.choice(_NUMBERS)
    return data[:at] + new + data[at + len(new) :]


def _with_odd_names(book: bytes, chance: random.Random) -> bytes:
    names = ("a\nb.xlsx", "con.xlsx", "x" * 300 + ".xlsx", ".xlsx", "a/", " ", "é\u0301.xlsx")
    return archive([(name, book) for name in chance.sample(names, 3)])


def mutants(book: Path, count: int) -> Iterator[tuple[str, bytes]]:
    """Yield broken parcels around a workbook, each with a name."""
    chance = random.Random(SEED)
    data = book.read_bytes()
    packed = archive([("Báo cáo/thôn 1.xlsx", data), ("doc.txt", b"x")])
    letter = mail(book, ("a.zip", packed), date=DATE).as_bytes()
    whole: dict[str, bytes] = {
        "a.zip": packed,
        "a.eml": letter,
        "b.zip": archive([("thu.eml", letter), ("so.xlsx", data)]),
        "a.mbox": b"From a@xa.vn Fri Apr  3 08:00:00 2026\n" + letter + b"\n",
        "a.msg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + data,
    }
    changes: list[Callable[[bytes, random.Random], bytes]]
    changes = [bytes_changed, _mail_changed, _archive_changed]
    for number in range(count):
        name = chance.choice(list(whole))
        changed = whole[name]
        for _ in range(chance.randint(1, 3)):
            changed = chance.choice(changes)(changed, chance)
        yield f"{number:03}-{name}", changed
    yield "ten-la.zip", _with_odd_names(data, chance)


@pytest.fixture
def faults(monkeypatch) -> list[Loss]:
    """The mails over which our own code stumbled in its process."""
    found: list[Loss] = []
    lost = parcels._lost_letter

    def noting(asked, loss):
        found.extend([loss] if loss is Loss.FAULT else [])
        return lost(asked, loss)

    monkeypatch.setattr(parcels, "_lost_letter", noting)
    return found


def test_parcels_broken_at_random_are_filed_or_named(tmp_path, monkeypatch, capsys, faults):
    come, inbox = tmp_path / "den", tmp_path / "Nhan"
    come.mkdir()
    book = thon_file(tmp_path / "x", 1, GOOD, Kỳ_báo_cáo="Quý I")
    given = dict(mutants(book, 40 * MORE))
    for name, data in given.items():
        (come / name).write_bytes(data)

    code, out, err = running(monkeypatch, capsys)("nhan", come, "--vao", inbox)

    assert (code, err) in ((0, ""), (1, "")), f"seed {SEED}: {out}"
    assert faults == []
    assert "TEP11" not in {item["code"] for item in (*out["issues"], *out["unplaced"])}
    assert {path.name: path.read_bytes() for path in come.iterdir()} == given
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Nhan", "den", "x"]


def test_an_archive_whose_parts_state_anything_is_filed_or_named(tmp_path, monkeypatch, capsys):
    """Ways of packing that few programs know, stated of what is packed otherwise."""
    come = tmp_path / "den"
    come.mkdir()
    book = thon_file(tmp_path / "x", 1, GOOD, Kỳ_báo_cáo="Quý I").read_bytes()
    data = archive([("thon-1.xlsx", book)])
    at = data.rindex(b"PK\1\2")
    for way in (1, 6, 9, 12, 14, 93, 95, 98, 99, 0xFFFF):
        stated = way.to_bytes(2, "little")
        changed = data[:8] + stated + data[10 : at + 10] + stated + data[at + 12 :]
        (come / f"{way}.zip").write_bytes(changed)
    for kind in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with zipfile.ZipFile(come / f"hop-{kind}.zip", "w", kind) as packed:
            packed.writestr("thon-1.xlsx", book)

    code, out, err = running(monkeypatch, capsys)("nhan", come, "--vao", tmp_path / "Nhan")

    assert (code, err) == (1, "")
    assert [entry["unit_code"] for entry in (*out["filed"], *out["known"])] == ["A.1", "A.1"]
    assert {item["code"] for item in out["issues"]} == {"GN20", "TEP39"}


ODD_DAYS = (
    "Fri, 31 Dec 9999 23:59:59 -2359",
    "Mon, 01 Jan 0001 00:00:00 +2359",
    "Mon, 01 Jan 0001 00:00:00 +0000",
    "Fri, 31 Dec 9999 23:59:59 +0000",
    "99 Foo 2026",
    "Fri, 03 Apr 2026 08:00:00 +9999",
)


def test_what_comes_by_mails_of_odd_days_or_without_a_name_is_filed(tmp_path, monkeypatch, capsys):
    come = tmp_path / "den"
    come.mkdir()
    for number, day in enumerate(ODD_DAYS, start=1):
        book = thon_file(tmp_path / "x", number, GOOD, Kỳ_báo_cáo="Quý I")
        letter = mail(book, date=DATE).as_bytes().replace(DATE.encode(), day.encode())
        (come / f"{number}.eml").write_bytes(letter)
    book = thon_file(tmp_path / "x", 9, GOOD, Kỳ_báo_cáo="Quý I")
    write_zip(come / "khong-ten.zip", [("", part(book.read_bytes()))])

    run = running(monkeypatch, capsys)
    code, out, err = run("nhan", come, "--vao", tmp_path / "Nhan")
    again, known, _ = run("nhan", come, "--vao", tmp_path / "Nhan")

    assert (code, err, again) == (0, "", 0), out["issues"]
    assert sorted(entry["unit_code"] for entry in out["filed"]) == [
        *(f"A.{number}" for number in range(1, len(ODD_DAYS) + 1)),
        "A.9",
    ]
    assert len(known["known"]) == len(out["filed"])
