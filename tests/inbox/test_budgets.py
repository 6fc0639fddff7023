"""What may be spent on a parcel and on a source: slow ones end, the good ones before them stay."""

import mailbox
import tracemalloc
from pathlib import Path

import pytest

from danvan_xl.inbox import budgets, collecting, parcels
from danvan_xl.inbox.budgets import PARCEL, SOURCE, Budget
from danvan_xl.inbox.collecting import Collected, CollectingOrder, collect
from danvan_xl.inbox.mails import read_mailbox
from danvan_xl.schema.messages import Code
from tests.on_disk import thon_file
from tests.parcels import archive, mail

GOOD = "| K | Kinh tế | Chỉ tiêu | cái | 10 | 9 | 1 | 2 |"
SLOW = 8.5  # seconds for every workbook


@pytest.fixture
def come(tmp_path):
    folder = tmp_path / "den"
    folder.mkdir()
    return folder


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on by so many seconds whenever a workbook is read."""
    now = [0.0]
    take = collecting._Run.take

    def slow(run, found):
        now[0] += SLOW
        take(run, found)

    monkeypatch.setattr(budgets, "monotonic", lambda: now[0])
    monkeypatch.setattr(collecting._Run, "take", slow)
    return now


def books(folder: Path, count: int) -> list[tuple[str, bytes]]:
    """Workbooks of as many thôn, each with its name."""
    return [
        (f"thon-{n:02}.xlsx", thon_file(folder, n, GOOD, Kỳ_báo_cáo="Quý I").read_bytes())
        for n in range(1, count + 1)
    ]


def received(come: Path) -> Collected:
    return collect(CollectingOrder((come,), come.with_name("Nhan")))


def given_up(done: Collected) -> list[tuple[str, ...]]:
    """What was left: code, place, how many, and from which on."""
    return [
        (item.code.label, item.place.file, dict(item.values)["count"], dict(item.values)["first"])
        for item in done.issues
        if item.code in (Code.PARCEL_GIVEN_UP, Code.SOURCE_GIVEN_UP)
    ]


@pytest.mark.parametrize("packing", ["zip", "eml", "zip in eml"])
@pytest.mark.usefixtures("clock")
def test_a_parcel_of_slow_workbooks_ends_and_the_next_one_is_read(come, tmp_path, packing):
    *many, last = books(tmp_path / "x", 21)
    if packing == "zip":
        (come / "a").write_bytes(archive(many))
    elif packing == "eml":
        (come / "a").write_bytes(mail(*many).as_bytes())
    else:
        packed = ("goi.zip", archive(many[:15]))
        (come / "a").write_bytes(mail(packed, *many[15:]).as_bytes())
    (come / last[0]).write_bytes(last[1])

    done = received(come)

    allowed = 8  # 8 · 8,5 > 60 + 9 · 0,2
    assert len(done.filed) == allowed + 1
    assert given_up(done) == [("GN50", "a", str(20 - allowed), "thon-09.xlsx")]


@pytest.mark.usefixtures("clock")
def test_a_source_of_slow_workbooks_ends_and_the_next_source_is_read(come, tmp_path, monkeypatch):
    monkeypatch.setattr(collecting, "SOURCE", SOURCE._replace(seconds=30))
    for name, data in books(tmp_path / "x", 8):
        (come / name).write_bytes(data)
    other = thon_file(tmp_path / "khac", 9, GOOD, Kỳ_báo_cáo="Quý I")
    order = CollectingOrder((come, other), tmp_path / "Nhan")

    done = collect(order)

    assert given_up(done) == [("GN51", "den", "4", "thon-05.xlsx")]
    assert done.filed[-1].unit_code == "A.9"


@pytest.mark.usefixtures("clock")
def test_a_mail_of_a_mailbox_is_a_parcel_and_the_mailbox_a_source(come, tmp_path, monkeypatch):
    monkeypatch.setattr(parcels, "PARCEL", PARCEL._replace(seconds=10))
    monkeypatch.setattr(collecting, "SOURCE", SOURCE._replace(seconds=50))
    given = books(tmp_path / "x", 12)
    box = mailbox.mbox(come / "thu.mbox")
    for at in range(0, 12, 3):
        box.add(mail(*given[at : at + 3]))
    box.close()

    done = received(come)

    assert given_up(done) == [
        ("GN50", "thu.mbox › thư 1", "1", "thon-03.xlsx"),
        ("GN50", "thu.mbox › thư 2", "1", "thon-06.xlsx"),
        ("GN51", "den", "3", "thu.mbox › thư 3 › thon-08.xlsx"),
    ]


LIMITS = {
    "files": ({"files": 3}, "có quá nhiều tệp (hơn 3)"),
    "bytes": ({"size": 2**20}, "mở ra quá lớn (hơn 1 MB)"),
}


@pytest.mark.parametrize("limit", list(LIMITS))
def test_files_and_bytes_are_counted_too(come, tmp_path, monkeypatch, limit):
    changed, reason = LIMITS[limit]
    monkeypatch.setattr(parcels, "PARCEL", PARCEL._replace(**changed))
    given = books(tmp_path / "x", 1)
    (come / "a.zip").write_bytes(
        archive([*given, ("b.txt", b"0" * 2**20), ("c.txt", b""), ("d.txt", b"")])
    )

    done = received(come)

    assert len(done.filed) == 1
    (said,) = (item for item in done.issues if item.code is Code.PARCEL_GIVEN_UP)
    assert f"vì {reason}: còn 2 tệp" in said.message
    assert "từ 'c.txt'" in said.message


def test_a_slow_file_that_comes_again_is_not_read_again(come, tmp_path, monkeypatch):
    (come / "a.zip").write_bytes(archive((f"{n}.xlsx", b"PK hong") for n in range(5)))
    asked = []
    ask = collecting.Team.do
    monkeypatch.setattr(
        collecting.Team, "do", lambda team, item: asked.append(1) or ask(team, item)
    )

    done = received(come)

    assert (len(asked), len(done.unplaced)) == (1, 1)


def test_good_workbooks_may_take_their_time():
    """A thousand at a fifth of a second each are no thousand slow ones."""
    budget = Budget(PARCEL._replace(seconds=0, seconds_each=1))
    budget.spend()

    assert not budget.leaves("a")


def test_a_mailbox_of_millions_of_mails_is_counted_without_a_list(tmp_path):
    path = tmp_path / "thu.mbox"
    path.write_bytes(b"From a\n" * 1_000_000)
    budget = Budget(SOURCE._replace(files=2))
    tracemalloc.start()
    try:
        for _ in read_mailbox(path, budget):
            budget.spend()
        assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
    finally:
        tracemalloc.stop()

    (said,) = budget.given_up()
    assert "còn 999.998 tệp" in said.message


@pytest.mark.parametrize("line", [b"\n", b"\r\n"])
@pytest.mark.parametrize("size", [7, 40, 2**20])
def test_mails_are_told_apart_as_the_library_does(tmp_path, monkeypatch, line, size):
    monkeypatch.setattr("danvan_xl.inbox.mails._BLOCK", size)
    path = tmp_path / "thu.mbox"
    mails = [b"Subject: %d" % n + line * 2 + b"x" * n + line + b">From a" + line for n in range(9)]
    path.write_bytes(line.join(b"From a@b" + line + text for text in mails))

    found = [data.rstrip() for _, data in read_mailbox(path, Budget(SOURCE))]

    box = mailbox.mbox(path, create=False)
    wanted = []
    for key in box.iterkeys():
        with box.get_file(key) as stream:
            wanted.append(stream.read().rstrip())
    box.close()
    assert found == wanted
