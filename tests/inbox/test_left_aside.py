"""What lies in a folder and is no workbook is named, and neither stops nor hangs any command."""

import os

import pytest

from danvan_xl.inbox.journal import JOURNAL_NAME
from danvan_xl.inbox.received import list_inbox
from danvan_xl.writing.template.workbook import write_workbook
from tests.cases.names import APPLE_DOUBLE
from tests.offices import OFFICE
from tests.on_disk import thon_file, xa_file
from tests.parcels import archive
from tests.program import running

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")
ROW = "| K | Kinh tế | Chỉ tiêu | cái | 10 | {} | 1 | 2 |"


@pytest.fixture
def run(monkeypatch, capsys):
    return running(monkeypatch, capsys)


def issues_in(out: dict) -> list[dict]:
    """Return the findings of any verb."""
    if "issues" in out:
        return out["issues"]
    return [item for file in out["files"] for item in file["issues"]] + out["others"]


@pytest.fixture
def inbox(tmp_path):
    """A folder with a good workbook, and beside it whatever may lie there."""
    folder = tmp_path / "Nhan"
    thon_file(folder, 1, ROW.format(4), Kỳ_báo_cáo="Quý I")
    other = thon_file(tmp_path / "x", 2, ROW.format(5), Kỳ_báo_cáo="Quý I").read_bytes()
    (folder / os.fsdecode(b"th\xf4n-2.xlsx")).write_bytes(other)
    (folder / os.fsdecode(b"th\xf5n-2.xlsx")).write_bytes(other)
    (folder / "vòng.xlsx").symlink_to("vòng.xlsx")
    (folder / "lạc").symlink_to("khong-co")
    (folder / "lên").symlink_to(".")
    os.mkfifo(folder / "ống.xlsx")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "._thon-1.xlsx").write_bytes(APPLE_DOUBLE)
    (folder / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (folder / ".~lock.thon-1.xlsx#").write_bytes(b",lan,")
    return folder


@pytest.mark.parametrize("verb", ["tong-hop", "kiem-tra", "nhan"])
@pytest.mark.timeout(60)
def test_everything_in_a_folder_is_named_and_nothing_stops_it(run, inbox, tmp_path, verb):
    office = xa_file(tmp_path, ROW.format(""), Kỳ_báo_cáo="Quý I")
    asked = {
        "tong-hop": (office, inbox, "-o", tmp_path / "ra.xlsx"),
        "kiem-tra": (inbox,),
        "nhan": (inbox, "--vao", tmp_path / "Vao"),
    }

    code, out, err = run(verb, *asked[verb])

    told = {item["file"]: item["code"] for item in issues_in(out) if item["code"].startswith("TEP")}
    copy = {"tong-hop": "th�n-2.xlsx", "nhan": "th�n-2 (2).xlsx"}
    copies = {copy[verb]: "TEP39"} if verb in copy else {}
    assert (code, err) == (0, "")
    assert (
        told
        == {
            "vòng.xlsx": "TEP30",
            "lên": "TEP30",
            "lạc": "TEP30",
            "ống.xlsx": "TEP31",
            ".DS_Store": "TEP33",
            ".~lock.thon-1.xlsx#": "TEP03",
        }
        | copies
    )


def test_what_the_system_put_is_told_once_but_a_workbook_of_such_a_name_is_read(tmp_path):
    thon_file(tmp_path, 1, ROW.format(4)).rename(tmp_path / "._that.xlsx")
    for name in ("._a.xlsx", "Thumbs.db", "desktop.ini"):
        (tmp_path / name).write_bytes(APPLE_DOUBLE)

    found = list_inbox(tmp_path)

    assert [item.name for item in found.files] == ["._that.xlsx"]
    (told,) = found.issues
    assert told.code.label == "TEP33"
    assert told.message.startswith("Có 3 tệp")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("nen.zip", archive([("a.xlsx", b"PK")]), "TEP34"),
        ("thu.eml", b"Subject: a\n\nb", "TEP34"),
        ("thu.msg", b"\xd0\xcf\x11\xe0", "TEP34"),
        ("nen.rar", b"Rar!\x1a\x07", "TEP35"),
        ("so.numbers", b"PK\x03\x04", "TEP37"),
        (
            "so.xml",
            b"<?xml?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
            "TEP37",
        ),
        ("so.xlsx.lnk", b"L\0\0\0", "TEP30"),
        ("danvan.xlam", b"PK\x03\x04", "TEP04"),
        ("khóa.docx", b"\xd0\xcf\x11\xe0", "TEP04"),
        ("doc", b"", "TEP04"),
    ],
)
def test_a_file_of_another_kind_is_named_for_what_it_is(tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)

    found = list_inbox(tmp_path)

    assert ([item.code.label for item in found.issues], found.files) == ([code], ())


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("bieu.pdf", b"%PDF-1.7", "TEP38", "không phải sổ Excel mà là tệp PDF"),
        ("ghi-chep", b"a", "TEP38", "không phải sổ Excel."),
        ("nen.xlsx", archive([("a.xlsx", b"PK")]), "TEP01", "tệp nén đổi đuôi"),
    ],
)
def test_a_file_somebody_named_has_to_be_a_workbook(run, tmp_path, name, content, code, words):
    (tmp_path / name).write_bytes(content)

    _, out, _ = run("kiem-tra", tmp_path / name)
    exit_code, refused, _ = run("tong-hop", tmp_path / name, "-o", tmp_path / "ra.xlsx")

    (told,) = issues_in(out)
    assert (told["code"], words in told["message"]) == (code, True)
    assert (exit_code, words in refused["error"]) == (2, True)


def test_an_archive_is_looked_into_by_kiem_tra_and_refused_as_a_workbook(run, tmp_path):
    (tmp_path / "nen.zip").write_bytes(archive([("a.xlsx", b"PK")]))

    _, out, _ = run("kiem-tra", tmp_path / "nen.zip")
    code, refused, _ = run("tong-hop", tmp_path / "nen.zip", "-o", tmp_path / "ra.xlsx")

    (told,) = issues_in(out)
    assert (told["code"], told["file"]) == ("TEP01", "nen.zip › a.xlsx")
    assert (code, "tệp nén" in refused["error"]) == (2, True)


@pytest.mark.parametrize("verb", ["tong-hop", "kiem-tra", "nhan", "gui", "giao"])
@pytest.mark.timeout(60)
def test_a_pipe_that_somebody_named_is_not_waited_for(run, tmp_path, verb):
    pipe = tmp_path / "so.xlsx"
    os.mkfifo(pipe)
    into = {"nhan": "--vao", "kiem-tra": "--phan-hoi"}.get(verb, "-o")
    target = tmp_path / ("ra.xlsx" if verb == "tong-hop" else "ra")

    code, out, _ = run(verb, pipe, into, target)

    assert "Không phải tệp thường" in (out.get("error") or issues_in(out)[0]["message"])
    assert code in (0, 2)


@pytest.mark.parametrize("suffix", [".xltx", ".et", ""])
@pytest.mark.parametrize("verb", ["tong-hop", "kiem-tra", "nhan", "gui", "giao"])
def test_a_workbook_is_read_whatever_its_ending(run, tmp_path, verb, suffix):
    made = tmp_path / "so.xlsx"
    write_workbook(made, OFFICE)
    book = made.rename(tmp_path / f"so{suffix}")
    into = {"nhan": ("--vao", tmp_path / "ra"), "kiem-tra": ()}
    target = tmp_path / ("ra.xlsx" if verb == "tong-hop" else "ra")

    code, _, err = run(verb, book, *into.get(verb, ("-o", target)))

    assert (code, err) == (0, "")


@pytest.mark.timeout(60)
def test_an_inbox_whose_own_files_are_pipes_and_folders_is_filed_into_all_the_same(run, tmp_path):
    book = thon_file(tmp_path / "den", 1, ROW.format(4), Kỳ_báo_cáo="Quý I")
    (tmp_path / "den" / "hong.xlsx").write_bytes(b"hong")
    unplaced = tmp_path / "Vao" / "chưa rõ"
    (unplaced / "cũ").mkdir(parents=True)
    for pipe in (unplaced / "ống.xlsx", unplaced / "ly-do.txt", tmp_path / "Vao" / JOURNAL_NAME):
        os.mkfifo(pipe)

    _, told, _ = run("tong-hop", book, tmp_path / "Vao", "-o", tmp_path / "ra.xlsx")
    code, out, err = run("nhan", tmp_path / "den", "--vao", tmp_path / "Vao")

    assert {"GN15", "TEP31"} <= {item["code"] for item in told["issues"]}
    assert (code, err, len(out["filed"])) == (1, "", 1)
    assert [item["code"] for item in out["issues"]] == ["GN14", "TEP01"]
    assert "hong.xlsx" in (unplaced / "ly-do.txt").read_text("utf-8-sig")
