"""`nhan`: what comes by mail, archive or stick is filed by what it says, nothing else happens."""

import json
import mailbox
import zipfile
from pathlib import Path

import openpyxl
import pytest

from danvan_xl.files.mark_of_the_web import FROM_MAIL, Streams
from danvan_xl.inbox import archives, parcel_limits
from danvan_xl.inbox.collecting import CollectingOrder, collect
from danvan_xl.inbox.journal import JOURNAL_NAME
from danvan_xl.inbox.mails import read_mail
from danvan_xl.inbox.parcel_limits import RefusedError
from danvan_xl.inbox.received import list_inbox
from danvan_xl.schema.messages import Code
from tests.on_disk import save, thon_file, xa_file
from tests.parcels import archive, mail, many_files
from tests.program import running
from tests.sheets import grid

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")
GOOD = "| K | Kinh tế | Chỉ tiêu | cái | 10 | 9 | 1 | 2 |"
OTHER = "| K | Kinh tế | Chỉ tiêu | cái | 10 | 8 | 1 | 2 |"
EMPTY = "| K | Kinh tế | Chỉ tiêu | cái | 10 | | | |"
NAMES = ("thư.eml", "b.zip")


@pytest.fixture
def nhan(monkeypatch, capsys, tmp_path):
    """Receive sources; returns (exit code, output as JSON, error output)."""

    run = running(monkeypatch, capsys)

    def call(*sources: object, verb: str = "nhan") -> tuple[int, dict, str]:
        into = ("--vao", tmp_path / "Nhan") if verb == "nhan" else ()
        return run(verb, *sources, *into)

    return call


@pytest.fixture
def come(tmp_path):
    """The folder things come in."""
    folder = tmp_path / "den"
    folder.mkdir()
    return folder


def thon(folder: Path, number: int, row: str = GOOD, **fields: object) -> Path:
    """Return the workbook of a thôn for Quý I."""
    return thon_file(folder, number, row, **{"Kỳ_báo_cáo": "Quý I", **fields})


def codes(out: dict) -> list[str]:
    return sorted(item["code"] for item in out["issues"])


def tree(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_a_folder_is_filed_by_year_period_and_unit_and_stays_as_it_was(nhan, come, tmp_path):
    first = thon(come, 1)
    second = thon(come / "sub", 2, Kỳ_báo_cáo="Tháng 2")
    second.rename(come / "ten-sai-hoan-toan.xlsx")
    before = {path: path.read_bytes() for path in come.rglob("*.xlsx")}

    code, out, _ = nhan(come)

    assert code == 0
    assert tree(tmp_path / "Nhan") == [
        "2026/Q1/A.1/01_thon-1.xlsx",
        "2026/T02/A.2/01_ten-sai-hoan-toan.xlsx",
        JOURNAL_NAME,
    ]
    assert [entry["counts"] for entry in out["filed"]] == [True, True]
    assert {path: path.read_bytes() for path in come.rglob("*.xlsx")} == before
    filed = tmp_path / "Nhan/2026/Q1/A.1/01_thon-1.xlsx"
    assert filed.read_bytes() == first.read_bytes()


@pytest.mark.parametrize("packing", ["eml", "zip", "mbox", "eml-zip", "zip-eml", "forwarded"])
def test_workbooks_are_found_in_whatever_they_are_packed_in(nhan, come, tmp_path, packing):
    book = thon(tmp_path / "x", 1)
    date = "Fri, 03 Apr 2026 08:00:00 +0700"
    letter = mail(book, date=date)
    if packing == "eml":
        (come / "a.eml").write_bytes(letter.as_bytes())
    elif packing == "zip":
        (come / "a.zip").write_bytes(archive([("Báo cáo/thôn 1.xlsx", book)]))
    elif packing == "mbox":
        box = mailbox.mbox(come / "hop-thu.mbox")
        box.add(mail(date=date))
        box.add(letter)
        box.close()
    elif packing == "eml-zip":
        packed = archive([("a.xlsx", book)])
        (come / "a.eml").write_bytes(mail(("a.zip", packed), date=date).as_bytes())
    elif packing == "zip-eml":
        (come / "a.zip").write_bytes(archive([("thu.eml", letter.as_bytes())]))
    else:
        outer = mail(date=date)
        outer.add_attachment(letter)
        (come / "a.eml").write_bytes(outer.as_bytes())

    _, out, _ = nhan(come)

    (entry,) = out["filed"]
    assert (entry["unit_code"], entry["period"]) == ("A.1", "Quý I")
    journal = json.loads((tmp_path / "Nhan" / JOURNAL_NAME).read_text(encoding="utf-8"))
    arrived = journal["files"][0].get("arrived_on")
    assert arrived == (None if packing == "zip" else "2026-04-03")


def test_running_again_files_nothing_twice(nhan, come, tmp_path):
    thon(come, 1)
    nhan(come)
    before = tree(tmp_path / "Nhan")

    code, out, _ = nhan(come)

    assert (code, len(out["filed"]), len(out["known"])) == (0, 0, 1)
    assert tree(tmp_path / "Nhan") == before


def test_a_run_that_was_stopped_before_the_journal_is_taken_up_again(nhan, come, tmp_path):
    thon(come, 1)
    nhan(come)
    (tmp_path / "Nhan" / JOURNAL_NAME).unlink()

    _, out, _ = nhan(come)

    assert [entry["path"] for entry in out["filed"]] == ["2026/Q1/A.1/01_thon-1.xlsx"]
    assert tree(tmp_path / "Nhan") == ["2026/Q1/A.1/01_thon-1.xlsx", JOURNAL_NAME]


def test_a_journal_that_is_none_is_named_and_left_when_it_is_only_read(tmp_path):
    (tmp_path / JOURNAL_NAME).write_text("{", encoding="utf-8")

    assert [item.code.label for item in list_inbox(tmp_path).issues] == ["GN15"]
    assert (tmp_path / JOURNAL_NAME).read_text(encoding="utf-8") == "{"


def test_a_journal_that_is_none_is_kept_and_begun_anew(nhan, come, tmp_path):
    thon(come, 1)
    nhan(come)
    (tmp_path / "Nhan" / JOURNAL_NAME).write_text("{", encoding="utf-8")

    code, out, _ = nhan(come)

    assert (code, codes(out)) == (0, ["GN14"])
    assert (tmp_path / "Nhan/nhat-ky-nhan-hong.json").read_text(encoding="utf-8") == "{"
    assert len(out["filed"]) == 1


def test_every_version_is_kept_and_the_newest_counts(nhan, come, tmp_path):
    thon(come / "1", 1, Ngày_lập="05/04/2026")
    nhan(come / "1")
    thon(come / "2", 1, OTHER, Ngày_lập="06/04/2026")

    _, newer, _ = nhan(come / "2")

    assert [entry["counts"] for entry in newer["filed"]] == [True]
    assert len(list((tmp_path / "Nhan/2026/Q1/A.1").iterdir())) == 2
    thon(come / "3", 1, EMPTY, Ngày_lập="01/04/2026")
    code, older, _ = nhan(come / "3")
    assert (code, codes(older)) == (0, ["GN06"])
    assert [entry["counts"] for entry in older["filed"]] == [False]


def test_a_journal_of_an_earlier_program_still_counts_what_its_files_say(nhan, come, tmp_path):
    thon(come, 1)
    nhan(come)
    path = tmp_path / "Nhan" / JOURNAL_NAME
    journal = json.loads(path.read_text(encoding="utf-8"))
    assert journal["files"][0].pop("received_at").startswith("20")
    path.write_text(json.dumps(journal), encoding="utf-8")
    thon(come, 1, OTHER)

    code, out, _ = nhan(come)

    assert (code, codes(out)) == (0, ["DV30"])  # nobody wrote when the first one came
    assert [entry["counts"] for entry in out["filed"]] == [True]


def test_what_nobody_can_place_goes_to_a_folder_of_its_own_with_the_reason(nhan, come, tmp_path):
    thon(come, 1, Năm="")
    thon(come, 9)
    save(come / "linh-tinh.xlsx", grid("| a | b |\n| 1 | 2 |", "Trang 1"))
    (come / "hong.xlsx").write_bytes(b"PK\x03\x04 hong")
    xa = xa_file(tmp_path, GOOD)

    code, out, _ = nhan(come, "--so", xa)

    assert code == 1
    assert out["filed"] == []
    assert sorted(item["code"] for item in out["unplaced"]) == ["DV02", "GN10", "TEP01", "TEP05"]
    told = (tmp_path / "Nhan/chưa rõ/ly-do.txt").read_text(encoding="utf-8-sig")
    assert "thon-9.xlsx: Mã đơn vị 'A.9' không có trong trang Đơn vị" in told
    assert len(told.splitlines()) == 4


def test_a_foreign_workbook_comes_with_an_account_of_its_sheets(nhan, come, tmp_path):
    save(come / "bieu.xlsx", grid("| STT | Chỉ tiêu | ĐVT | Thực hiện 6 tháng |", "Biểu 01"))

    _, out, _ = nhan(come)

    assert codes(out) == ["TEP05", "TR09"]
    change = "đổi đầu cột 'Thực hiện 6 tháng' thành 'T6'"
    assert change in out["issues"][-1]["remedy"]
    (told,) = (tmp_path / "Nhan/chưa rõ/ly-do.txt").read_text("utf-8-sig").splitlines()
    assert "Trang 'Biểu 01': Hàng 1 giống tiêu đề nhất" in told
    assert change in told


def test_what_can_be_placed_later_leaves_the_folder_of_the_unplaced(nhan, come, tmp_path):
    thon(come, 3)
    xa = xa_file(tmp_path, GOOD)
    nhan(come, "--so", xa)
    xa = xa_file(tmp_path, GOOD, thon=("Thôn 1", "Thôn 2", "Thôn 3"))

    code, out, _ = nhan(tmp_path / "Nhan/chưa rõ", "--so", xa)

    assert (code, len(out["filed"])) == (0, 1)
    assert not list((tmp_path / "Nhan/chưa rõ").glob("*.xlsx"))
    assert (tmp_path / "Nhan/chưa rõ/ly-do.txt").read_text(encoding="utf-8-sig").strip() == ""


def test_a_period_that_is_not_written_is_that_of_the_last_figure(nhan, come, tmp_path):
    thon(come, 1, Kỳ_báo_cáo="")
    thon(come, 2, EMPTY, Kỳ_báo_cáo="")

    _, out, _ = nhan(come)

    assert codes(out) == ["GN11", "GN12"]
    assert [entry["period"] for entry in out["filed"]] == ["Tháng 3"]


def test_a_unit_is_known_by_its_name_too(nhan, come, tmp_path):
    thon(come, 1, Mã_đơn_vị="thon1")

    _, out, _ = nhan(come, "--so", xa_file(tmp_path, GOOD))

    assert [entry["unit_code"] for entry in out["filed"]] == ["A.1"]
    assert codes(out) == ["DV03"]


def test_a_workbook_of_another_year_is_told_filed_by_its_year_and_not_reminded(
    nhan, come, tmp_path
):
    xa = xa_file(tmp_path, GOOD, Kỳ_báo_cáo="Quý I")
    thon(come, 1, Năm=2025, Ngày_lập="01/04/2026")
    thon(come, 2, Năm=2025, Ngày_lập="01/04/2025")

    _, out, _ = nhan(come, "--so", xa)
    inbox, reminders = tmp_path / "Nhan", tmp_path / "nhac"
    output = tmp_path / "t.xlsx"
    _, summed, _ = nhan(xa, inbox, "-o", output, "--nhac", reminders, verb="tong-hop")

    assert codes(out) == ["DV08", "DV25"]
    assert [(entry["year"], entry["counts"]) for entry in out["filed"]] == [(2025, False)] * 2
    assert [item["code"] for item in summed["issues"] if item["code"] in ("DV08", "DV25")] == [
        "DV25",
        "DV08",
    ]
    assert [unit["status"] for unit in summed["units"]] == ["Có lỗi"] * 2
    assert not [*reminders.glob("*")]


def test_a_workbook_of_another_year_replaces_none_of_that_year(nhan, come, tmp_path):
    last = thon(come, 1, OTHER, Năm=2025, Ngày_lập="01/04/2025").rename(come / "2025.xlsx")
    nhan(last, "--so", xa_file(tmp_path, GOOD, Năm=2025, Kỳ_báo_cáo="Quý I"))
    now = thon(come, 1, Năm=2025, Ngày_lập="01/04/2026")
    nhan(now, "--so", xa_file(tmp_path, GOOD, Kỳ_báo_cáo="Quý I"))

    _, out, _ = nhan(last, "--so", xa_file(tmp_path, GOOD, Năm=2025, Kỳ_báo_cáo="Quý I"))
    year, output = xa_file(tmp_path, EMPTY, Năm=2025, Kỳ_báo_cáo="Quý I"), tmp_path / "t.xlsx"
    _, summed, _ = nhan(year, tmp_path / "Nhan", "-o", output, verb="tong-hop")

    assert [entry["counts"] for entry in out["known"]] == [True]
    assert summed["indicators"][0]["actual"] == 11  # 8 + 1 + 2


def test_what_came_for_the_wrong_year_counts_once_it_is_taken_in_for_its_own(nhan, come, tmp_path):
    book = thon(come, 1, Năm=2025, Ngày_lập="01/04/2025")
    this, last = (
        xa_file(folder, EMPTY, Năm=year, Kỳ_báo_cáo="Quý I")
        for year in (2026, 2025)
        if (folder := tmp_path / str(year)).mkdir() is None
    )

    told = [nhan(book, *office)[1] for office in (("--so", this), (), ("--so", last), ())]

    counts = [[entry["counts"] for entry in (*out["filed"], *out["known"])] for out in told]
    assert counts == [[False], [False], [True], [True]]
    assert len(list((tmp_path / "Nhan" / "2025").rglob("*.xlsx"))) == 1


HOSTILE = {
    "ra-ngoai.zip": ("GN24", lambda book: archive([("../../ngoai.xlsx", book)])),
    "tuyet-doi.zip": ("GN24", lambda book: archive([("C:\\Windows\\a.xlsx", book)])),
    "long.zip": ("GN23", lambda book: archive([("b.zip", archive([("a.xlsx", book)]))])),
    "nhieu.zip": ("GN21", lambda book: archive((f"{i}.xlsx", b"") for i in range(10_000))),
    "cut.zip": ("GN20", lambda book: archive([("a.xlsx", book)])[:-40]),
    "khong-phai.zip": ("GN20", lambda book: b"khong phai tep nen"),
    "nen.rar": ("GN26", lambda book: b"Rar!\x1a\x07\x01\x00" + b"\x00" * 50),
    "nen.7z": ("GN26", lambda book: b"7z\xbc\xaf\x27\x1c" + b"\x00" * 50),
    "winmail.dat": ("GN26", lambda book: b"\x78\x9f\x3e\x22" + b"\x00" * 50),
    "nhieu.eml": ("GN21", lambda book: many_files(100_000)),
    "khong-tep.eml": ("GN28", lambda book: mail().as_bytes()),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_packings_are_refused_with_a_message(nhan, come, tmp_path, name):
    code_of, made = HOSTILE[name]
    (come / name).write_bytes(made(thon(tmp_path / "x", 1)))
    thon(come, 2)

    _, out, err = nhan(come)

    assert codes(out) == [code_of]
    assert err == ""
    assert [entry["unit_code"] for entry in out["filed"]] == ["A.2"]
    assert tree(tmp_path / "Nhan") == ["2026/Q1/A.2/01_thon-2.xlsx", JOURNAL_NAME]


def test_an_archive_with_a_password_is_named(nhan, come, tmp_path):
    data = bytearray(archive([("a.xlsx", thon(tmp_path / "x", 1))]))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag in both headers
        data[data.index(mark) + offset] |= 1
    (come / "khoa.zip").write_bytes(data)

    _, out, _ = nhan(come)

    assert codes(out) == ["GN25"]


def test_a_bomb_is_refused_before_it_is_unpacked(nhan, come, tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "LARGEST_FILE", 10_000)
    monkeypatch.setattr(archives, "LARGEST_TOTAL", 50_000)
    book = thon(tmp_path / "x", 1)
    (come / "mot.zip").write_bytes(archive([("a.xlsx", b"0" * 20_000), ("b.xlsx", book)]))
    (come / "ca.zip").write_bytes(archive((f"{i}.xlsx", b"0" * 9_000) for i in range(9)))
    (come / "so.xlsx").write_bytes(archive([("xl/workbook.xml", b"0" * 60_000)]))

    _, out, _ = nhan(come)

    assert codes(out) == ["GN22", "GN22", "GN22"]
    assert [entry["unit_code"] for entry in out["filed"]] == ["A.1"]


def test_a_mail_with_as_many_files_as_are_allowed_is_read():
    assert len(read_mail(many_files(parcel_limits.MOST_MEMBERS)).attachments) == 1_000
    with pytest.raises(RefusedError) as refused:
        read_mail(many_files(parcel_limits.MOST_MEMBERS + 1))
    assert refused.value.code is Code.PARCEL_TOO_MANY


def test_the_limits_let_pass_what_officers_send():
    assert parcel_limits.LARGEST_FILE >= 50 * 2**20
    assert parcel_limits.MOST_MEMBERS >= 200


def test_mails_nested_without_end_are_refused(nhan, come):
    nested = b"Content-Type: message/rfc822\n\n" * 5_000
    (come / "sau.eml").write_bytes(b"Subject: a\n" + nested)

    _, out, err = nhan(come)

    assert err == ""
    assert set(codes(out)) <= {"GN20", "GN28"}


def test_mail_of_outlook_is_read_with_its_library(nhan, come, tmp_path, monkeypatch):
    class Attachment:
        file_name = "thon-1.xlsx"
        file_bytes = thon(tmp_path / "x", 1).read_bytes()

    class Message:
        attachments = (Attachment,)
        sent_date = None

    oxmsg = pytest.importorskip("oxmsg")
    (come / "thu.msg").write_bytes(b"\xd0\xcf\x11\xe0 khong phai")
    _, broken, _ = nhan(come)
    monkeypatch.setattr(oxmsg.Message, "load", lambda data: Message)

    _, out, _ = nhan(come)

    assert codes(broken) == ["GN20"]
    assert [entry["unit_code"] for entry in out["filed"]] == ["A.1"]


def test_mail_of_outlook_without_the_library_says_what_to_install(nhan, come, monkeypatch):
    monkeypatch.setattr("danvan_xl.inbox.mails.find_spec", lambda name: None)
    (come / "thu.msg").write_bytes(b"\xd0\xcf\x11\xe0")

    _, out, _ = nhan(come)

    assert codes(out) == ["GN27"]
    assert "danvan_xl[msg]" in out["issues"][0]["remedy"]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda t: [t / "khong-co"], "Không thấy"),
        (lambda t: [t], "nằm trong"),
        (lambda t: [t / "den", "--so", t / "den"], "là thư mục"),
        (lambda t: [t / "den", "--ban-gui", t / "khong-co"], "bản gửi"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(nhan, come, tmp_path, make, words):
    code, out, err = nhan(*make(tmp_path))

    assert code == 2
    assert words in out["error"]
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "Nhan").exists()


def test_a_workbook_without_units_cannot_tell_who_may_send(nhan, come, tmp_path):
    code, out, _ = nhan(come, "--so", thon(tmp_path, 1))

    assert (code, "trang Đơn vị chưa có đơn vị" in out["error"]) == (2, True)


def test_only_the_files_of_the_period_are_added_up(nhan, come, tmp_path):
    thon(come, 1)
    thon(come / "2", 2, Kỳ_báo_cáo="Tháng 2")
    thon(come / "3", 8)
    xa = xa_file(tmp_path, GOOD, Kỳ_báo_cáo="Quý I", Hạn_nộp="05/04/2026")
    nhan(come, "--so", xa)

    _, march, _ = nhan(xa, tmp_path / "Nhan", "-o", tmp_path / "3.xlsx", verb="tong-hop")
    _, february, _ = nhan(
        xa, tmp_path / "Nhan", "-o", tmp_path / "2.xlsx", "--ky", "T2", verb="tong-hop"
    )

    assert [unit["status"] for unit in march["units"]] == ["Đã nộp", "Chưa nộp"]
    assert [unit["status"] for unit in february["units"]] == ["Chưa nộp", "Đã nộp"]
    assert "GN13" in codes(march)  # thôn 8 is nobody's


def test_the_year_tells_how_often_each_unit_reported_and_on_time(nhan, come, tmp_path):
    late = mail(thon(tmp_path / "a", 1), date="Wed, 08 Apr 2026 08:00:00 +0700")
    early = mail(
        thon(tmp_path / "b", 1, Kỳ_báo_cáo="Tháng 2"), date="Wed, 04 Mar 2026 08:00:00 +0700"
    )
    (come / "1.eml").write_bytes(late.as_bytes())
    (come / "2.eml").write_bytes(early.as_bytes())
    thon(come, 2, EMPTY)
    xa = xa_file(tmp_path, GOOD, Kỳ_báo_cáo="Quý I", Hạn_nộp="05/04/2026")
    nhan(come, "--so", xa)

    _, out, _ = nhan(xa, tmp_path / "Nhan", "-o", tmp_path / "k.xlsx", verb="tong-hop")

    first, second = out["units"]
    assert first["status"] == "Nộp chậm"
    assert (first["submitted"], first["expected"], first["on_time"]) == (2, 2, 1)
    assert second["status"] == "Nộp trống"
    assert (second["submitted"], second["expected"], second["on_time"]) == (0, 2, 0)
    sheet = openpyxl.load_workbook(tmp_path / "k.xlsx")["Tình hình nộp"]
    rows = [[cell for cell in row if cell is not None] for row in sheet.values]
    ends = [row[7:] for row in rows if row and row[0] in (1, 2)]
    assert ends == [["2/2", "1/2"], ["0/2"]]
    told = "Trong năm đã nộp 2/4 (50,00%) lượt báo cáo; nộp đúng hạn 1/2 (50,00%) lượt đã nộp."
    assert [told] in rows


def test_a_correction_after_the_deadline_does_not_make_a_report_late(nhan, come, tmp_path):
    thon(come, 1, Ngày_lập="04/04/2026")
    thon(come / "2", 1, OTHER, Ngày_lập="09/04/2026")
    xa = xa_file(tmp_path, GOOD, Kỳ_báo_cáo="Quý I", Hạn_nộp="05/04/2026")

    _, out, _ = nhan(xa, come, "-o", tmp_path / "k.xlsx", verb="tong-hop")

    assert [unit["status"] for unit in out["units"]] == ["Đã nộp", "Chưa nộp"]


def test_names_in_an_archive_keep_their_letters(nhan, come, tmp_path):
    info = zipfile.ZipInfo("Thôn Một.xlsx")
    with zipfile.ZipFile(come / "a.zip", "w") as packed:
        packed.writestr(info, thon(tmp_path / "x", 1).read_bytes())

    _, out, _ = nhan(come)

    assert out["filed"][0]["path"] == "2026/Q1/A.1/01_Thôn Một.xlsx"


def test_what_came_from_outside_keeps_the_mark_of_it(come, tmp_path):
    """From a mail, from a packing or a file that had one; not from a stick of the office itself."""
    downloaded = b"[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://example.vn\r\n"
    for number in range(1, 6):
        thon(tmp_path / "so", number, Ngày_lập=f"0{number}/04/2026")
    paths = {number: tmp_path / "so" / f"thon-{number}.xlsx" for number in range(1, 6)}
    (come / "thư.eml").write_bytes(bytes(mail(paths[1], ("khac.xlsx", b"PK\3\4 none"))))
    (come / "trong-thư.eml").write_bytes(bytes(mail(("so.zip", archive([("b.xlsx", paths[2])])))))
    (come / "tải.zip").write_bytes(archive([("c.xlsx", paths[3])]))
    (come / "tải.xlsx").write_bytes(paths[4].read_bytes())
    (come / "usb.xlsx").write_bytes(paths[5].read_bytes())
    marks = {
        f"{come / name}:Zone.Identifier": downloaded for name in ("tải.zip", "tải.xlsx", "thư.eml")
    }

    def read(path: str) -> bytes:
        if path not in marks:
            raise FileNotFoundError(path)
        return marks[path]

    written: dict[str, bytes] = {}
    streams = Streams(read, written.__setitem__)
    done = collect(CollectingOrder((come,), tmp_path / "Nhan", streams=streams))

    found = {Path(path).relative_to(done.inbox).as_posix(): mark for path, mark in written.items()}
    assert found == {
        "2026/Q1/A.1/01_thon-1.xlsx:Zone.Identifier": FROM_MAIL,
        "2026/Q1/A.2/01_b.xlsx:Zone.Identifier": FROM_MAIL,
        "2026/Q1/A.3/01_c.xlsx:Zone.Identifier": downloaded,
        "2026/Q1/A.4/01_tải.xlsx:Zone.Identifier": downloaded,
        "chưa rõ/khac.xlsx:Zone.Identifier": FROM_MAIL,
    }
    assert not [path for path in tree(tmp_path / "Nhan") if "Zone" in path]
