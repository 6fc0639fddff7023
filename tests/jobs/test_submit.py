"""`gui`: what may go out, what it says, and that any change to it is seen where it arrives."""

import datetime as dt
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from danvan_xl.files.grid import Grid
from danvan_xl.files.opening import open_unguarded
from danvan_xl.jobs.submit import SendingOrder, submit
from danvan_xl.outgoing.mail_programs import open_draft, show_in_outlook
from danvan_xl.reading.manifests import Sealed, is_unchanged, manifest_rows, read_manifest
from danvan_xl.reading.signing import make_key
from danvan_xl.reading.workbook import read_book
from danvan_xl.schema.sheets import MARKER_SHEET
from danvan_xl.screens.submitted import render_submitted
from danvan_xl.vietnamese.periods import parse_period
from danvan_xl.writing.template.workbook import write_workbook
from tests.mail_server import parsed
from tests.offices import OFFICE, edited, fill, say_about
from tests.program import running
from tests.sendings import XA, resealed, sending
from tests.spreadsheet import convert

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")


@pytest.fixture
def run(monkeypatch, capsys):
    return running(monkeypatch, capsys)


@pytest.fixture
def thon(tmp_path, run):
    """The workbook of thôn 1 as it was assigned, filled in for half a year."""
    return _assigned(tmp_path, run, 1)


def _assigned(tmp_path: Path, run, number: int) -> Path:
    office = tmp_path / "so-xa.xlsx"
    if not office.exists():
        write_workbook(office, OFFICE)
        run("giao", office, "-o", tmp_path / "Giao")
    path = tmp_path / f"Giao/DV_21433.{number}_2026.xlsx"
    fill(path, K=33, K_T6=number, H=8, H_T6=7)
    say_about(path, Kỳ_báo_cáo="6 tháng", Độ_mật="Thường")
    return path


def tampered(path: Path, sheet: str, cell: str, value: object) -> Path:
    """Return a copy of a sending in which somebody typed something else."""
    book = openpyxl.load_workbook(path, data_only=True)
    book[sheet][cell] = value
    book.save(path.with_stem(f"{path.stem}-sua"))
    return path.with_stem(f"{path.stem}-sua")


def codes(out: dict) -> list[str]:
    return sorted(item["code"] for item in out["issues"])


def test_a_sending_has_values_native_formulas_and_one_hidden_sheet(run, thon, tmp_path):
    code, out, _ = run("gui", thon, "-o", tmp_path / "Gui")

    assert code == 0
    path = Path(out["output"])
    assert path.name == "BC_21433.1_2026_6T_lan1.xlsx"
    with zipfile.ZipFile(path) as parts:
        names = parts.namelist()
    assert not [name for name in names if "vba" in name.lower() or "externalLink" in name]
    book = openpyxl.load_workbook(path)
    hidden = [sheet.title for sheet in book if sheet.sheet_state != "visible"]
    assert hidden == [MARKER_SHEET]
    assert book.properties.creator == "Thôn 1"
    assert book.properties.lastModifiedBy in (None, "", "Thôn 1")
    links = [cell.hyperlink for sheet in book for row in sheet for cell in row if cell.hyperlink]
    assert not [link for link in links if link.target]


def test_a_manifest_tells_what_a_sending_is_made_of(run, thon, tmp_path):
    _, out, _ = run("gui", thon, "-o", tmp_path / "Gui")

    opened = open_unguarded(Path(out["output"]))
    sealed = read_manifest(opened.grids)
    assert isinstance(sealed, Sealed)
    manifest = sealed.manifest
    assert (manifest.unit_code, manifest.year, manifest.period) == ("21433.1", 2026, "6 tháng")
    assert (manifest.month, manifest.sequence, manifest.previous) == (6, 1, "")
    (source,) = manifest.sources
    assert source.sha256 == open_unguarded(thon).sha256
    assert is_unchanged(opened.grids, sealed)


def test_a_sending_tells_under_which_names_its_indicators_were_given(run, thon, tmp_path):
    _, out, _ = run("gui", thon, "-o", tmp_path / "Gui")

    given = read_book(open_unguarded(thon)).given_names
    assert given.rows
    assert read_book(open_unguarded(Path(out["output"]))).given_names == given


def test_the_next_sending_names_the_one_before_and_the_same_is_not_made_again(run, thon, tmp_path):
    _, first, _ = run("gui", thon, "-o", tmp_path / "Gui")
    _, same, _ = run("gui", thon, "-o", tmp_path / "Gui")
    fill(thon, K_T5=1)

    _, second, _ = run("gui", thon, "-o", tmp_path / "Gui")

    assert (same["is_new"], same["output"]) == (False, first["output"])
    assert (second["sequence"], second["previous"]) == (2, first["seal"])
    assert Path(second["output"]).name == "BC_21433.1_2026_6T_lan2.xlsx"


def test_errors_keep_a_workbook_at_home_unless_it_is_sent_all_the_same(run, thon, tmp_path):
    fill(thon, K_T2="nhiều lắm")

    code, refused, _ = run("gui", thon, "-o", tmp_path / "Gui")

    assert code == 2
    assert "SO01" in refused["error"]
    assert "--van-gui" in refused["error"]
    assert not list((tmp_path / "Gui").glob("*")) if (tmp_path / "Gui").exists() else True
    code, sent, _ = run("gui", thon, "-o", tmp_path / "Gui", "--van-gui")
    assert (code, sent["error_count"]) == (1, 1)
    assert "còn 1 lỗi chưa sửa" in _body(sent)


@pytest.mark.parametrize("secrecy", ["Mật", ""])
def test_what_is_secret_or_does_not_say_so_is_never_sent(run, thon, tmp_path, secrecy):
    say_about(thon, Độ_mật=secrecy)

    code, out, _ = run("gui", thon, "-o", tmp_path / "Gui", "--van-gui")

    assert code == 2
    assert "Độ mật" in out["error"]
    assert not (tmp_path / "Gui").exists()


def test_a_draft_names_what_is_behind_and_carries_the_file(run, thon, tmp_path):
    say_about(thon, Kỳ_báo_cáo="Năm", Tên_đơn_vị_cấp_trên="UBND xã Lân Phong")

    _, out, _ = run("gui", thon, "-o", tmp_path / "Gui", "--den", "xa@example.vn; b@example.vn")

    draft = parsed(Path(out["draft"]).read_bytes())
    assert draft["X-Unsent"] == "1"
    assert draft["To"] == "xa@example.vn, b@example.vn"
    assert draft["Subject"] == "Báo cáo công tác dân vận năm 2026 - Thôn 1"
    body = _body(out)
    assert body.startswith("Kính gửi: UBND xã Lân Phong\n")
    assert "Độ phủ: báo cáo của chính đơn vị" in body
    assert "K Thu quỹ (cái): 56,67% (34/60); chưa đạt." in body
    (attached,) = draft.iter_attachments()
    assert attached.get_content() == Path(out["output"]).read_bytes()


def _body(out: dict) -> str:
    draft = parsed(Path(out["draft"]).read_bytes())
    return draft.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_an_address_that_is_none_is_told(run, thon, tmp_path):
    code, out, _ = run("gui", thon, "-o", tmp_path / "Gui", "--den", "khong phai")

    assert (code, "không phải là địa chỉ thư" in out["error"]) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-o", "Gui"], "Thiếu sổ"),
        (["so-xa.xlsx"], "Thiếu thư mục"),
        (["so-xa.xlsx", "-o", "so-xa.xlsx"], "là tệp"),
        (["so-xa.xlsx", "-o", "a/b/c"], "Không có thư mục"),
        (["khong-co.xlsx", "-o", "Gui"], "Không thấy"),
    ],
)
def test_what_cannot_be_sent_is_one_sentence(run, thon, tmp_path, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)

    code, out, err = run("gui", *arguments)

    assert code == 2
    assert words in out["error"]
    assert "Traceback" not in err


def test_another_program_may_save_a_sending_without_changing_it(run, thon, tmp_path):
    _, out, _ = run("gui", thon, "-o", tmp_path / "Gui")

    (saved,) = convert([Path(out["output"])], tmp_path / "lo", "xlsx")

    opened = open_unguarded(saved)
    assert is_unchanged(opened.grids, read_manifest(opened.grids))


def test_a_sending_edited_after_packing_is_kept_named_and_not_counted(run, thon, tmp_path):
    _, out, _ = run("gui", thon, "-o", tmp_path / "Gui")
    edited = tampered(Path(out["output"]), "Chỉ tiêu", "K9", 99)

    code, got, _ = run("nhan", edited, "--vao", tmp_path / "Nhan")

    assert code == 1
    assert codes(got) == ["GN01"]
    assert [entry["counts"] for entry in got["filed"]] == [False]
    xa = tmp_path / "so-xa.xlsx"
    _, total, _ = run("tong-hop", xa, tmp_path / "Nhan", "-o", tmp_path / "k.xlsx")
    assert [unit["status"] for unit in total["units"]] == ["Có lỗi", "Chưa nộp"]
    assert {item["code"]: item["actual"] for item in total["indicators"]} == {"K": None, "H": None}


@pytest.mark.parametrize(
    "info",
    [
        {"Mã_đơn_vị": "21433.2"},
        {"Tên_đơn_vị": "Thôn 2"},
        {"Năm": 2025},
        {"Kỳ_báo_cáo": "Quý I"},
    ],
)
def test_a_sheet_that_says_another_thing_than_its_manifest_counts_for_nobody(run, tmp_path, info):
    changed = resealed(sending(tmp_path), info=info)

    code, got, _ = run("nhan", changed, "--vao", tmp_path / "Nhan", "--so", tmp_path / XA)
    _, total, _ = run("tong-hop", tmp_path / XA, tmp_path / "Gui", "-o", tmp_path / "k.xlsx")

    assert code == 1
    assert "GN60" in codes(got)
    assert "GN60" in codes(total)
    assert not [entry for entry in got["filed"] if entry["counts"]]
    counted = {unit["file"] for unit in total["units"] if unit["status"] == "Đã nộp"}
    assert changed.name not in counted


def test_what_kiem_tra_says_of_a_seal_is_in_json_too(run, tmp_path):
    make_key(tmp_path / "k.pem")
    good = sending(tmp_path, key=tmp_path / "k.pem")

    code, out, _ = run("kiem-tra", good, resealed(good, cells={"K9": 99}), tmp_path / XA)

    told = [(file["seal"], file["signature"]) for file in out["files"]]
    assert (code, told) == (1, [("đúng", "đúng"), ("đúng", "sai"), ("không có", "không có")])
    assert "GN62" in [item["code"] for item in out["files"][1]["issues"]]


def test_the_good_sending_counts_beside_the_edited_one(run, thon, tmp_path):
    _, out, _ = run("gui", thon, "-o", tmp_path / "Gui")
    edited = tampered(Path(out["output"]), "Chỉ tiêu", "K9", 99)
    run("nhan", edited, out["output"], "--vao", tmp_path / "Nhan")

    xa = tmp_path / "so-xa.xlsx"
    _, total, _ = run("tong-hop", xa, tmp_path / "Nhan", "-o", tmp_path / "k.xlsx")

    assert [unit["status"] for unit in total["units"]] == ["Đã nộp", "Chưa nộp"]
    assert {item["code"]: item["actual"] for item in total["indicators"]} == {"K": 34, "H": 7}


def test_an_older_sending_after_a_newer_one_is_named_and_kept(run, thon, tmp_path):
    _, first, _ = run("gui", thon, "-o", tmp_path / "Gui")
    fill(thon, K_T5=1)
    _, second, _ = run("gui", thon, "-o", tmp_path / "Gui")
    run("nhan", second["output"], "--vao", tmp_path / "Nhan")

    _, got, _ = run("nhan", first["output"], "--vao", tmp_path / "Nhan")

    assert codes(got) == ["GN06"]
    assert len(list((tmp_path / "Nhan/2026/6T/21433.1").iterdir())) == 2


@pytest.mark.parametrize(
    ("second_at", "days", "told"),
    [
        (dt.datetime(2026, 7, 6, 8), ("", ""), False),
        (dt.datetime(2026, 7, 5, 7), ("", ""), True),  # the clock went back
        (dt.datetime(2026, 7, 6, 8), ("04/07/2026", "03/07/2026"), True),  # Ngày lập did
        (dt.datetime(2026, 7, 6, 8), ("03/07/2026", "04/07/2026"), False),
    ],
)
def test_the_later_sending_counts_whatever_its_date_and_all_are_told(
    run, thon, tmp_path, second_at, days, told
):
    wanted = SendingOrder(thon, tmp_path / "Gui", tmp_path)
    say_about(thon, Ngày_lập=days[0])
    first = submit(wanted._replace(inbox=None), dt.datetime(2026, 7, 5, 8))
    fill(thon, K_T5=1)
    say_about(thon, Ngày_lập=days[1])
    second = submit(wanted._replace(inbox=None), second_at)
    again = submit(wanted._replace(inbox=None), second_at)

    assert not first.remarks
    for made in (second, again):
        assert [item.code.label for item in made.remarks] == (["GN31"] if told else [])
        assert (first.path.name in render_submitted(made)) is told
    _, got, _ = run("nhan", second.path, first.path, "--vao", tmp_path / "Nhan")
    _, total, _ = run(
        "tong-hop", tmp_path / "so-xa.xlsx", tmp_path / "Nhan", "-o", tmp_path / "k.xlsx"
    )
    counted = [entry["path"] for entry in got["filed"] if entry["counts"]]
    assert counted == [f"2026/6T/21433.1/01_{second.path.name}"]
    assert [unit["file"] for unit in total["units"] if unit["file"]] == counted
    assert codes(got) == (["GN06", "GN30"] if told else ["GN06"])
    assert ("GN30" in codes(total)) is told


def test_sendings_in_a_journal_without_their_seals_are_looked_at_again(run, thon, tmp_path):
    wanted = SendingOrder(thon, tmp_path / "Gui")
    first = submit(wanted, dt.datetime(2026, 7, 5, 8))
    fill(thon, K_T5=1)
    second = submit(wanted, dt.datetime(2026, 7, 4, 8))  # by a clock that went back
    run("nhan", second.path, "--vao", tmp_path / "Nhan")
    path = tmp_path / "Nhan/nhat-ky-nhan.json"
    journal = json.loads(path.read_text(encoding="utf-8"))
    for entry in journal["files"]:
        del entry["seal"], entry["follows"], entry["received_at"]
    path.write_text(json.dumps(journal), encoding="utf-8")

    _, got, _ = run("nhan", first.path, "--vao", tmp_path / "Nhan")

    assert codes(got) == ["GN06", "GN30"]
    assert [entry["counts"] for entry in got["filed"]] == [False]


def test_a_sending_names_all_before_it_of_its_period_and_old_ones_are_still_read(thon, tmp_path):
    wanted = SendingOrder(thon, tmp_path / "Gui", period=parse_period("6 tháng"))
    made = []
    for at, period in enumerate(("6 tháng", "Tháng 5", "6 tháng", "6 tháng")):
        fill(thon, K_T5=at + 1)
        order = wanted._replace(period=parse_period(period))
        made.append(submit(order, dt.datetime(2026, 7, 5 + at, 8)).sealed)

    seals = [sealed.seal for sealed in made]
    assert [list(sealed.manifest.earlier) for sealed in made] == [
        [],
        [],
        seals[:1],
        [seals[0], seals[2]],
    ]
    assert made[3].manifest.follows[:3] == (seals[2], seals[0])
    fields = json.loads(made[3].text)
    del fields["earlier"]
    old = Sealed(made[3].manifest, json.dumps(fields))
    rows = [list(row) for row in manifest_rows(old)]
    read = read_manifest([Grid(MARKER_SHEET, rows, hidden=True)])
    assert isinstance(read, Sealed)
    assert (read.manifest.earlier, read.manifest.previous) == ((), seals[2])


def test_two_sendings_of_one_number_are_named(run, thon, tmp_path):
    _, first, _ = run("gui", thon, "-o", tmp_path / "Gui")
    fill(thon, K_T5=1)
    _, other, _ = run("gui", thon, "-o", tmp_path / "Gui2")
    run("nhan", first["output"], "--vao", tmp_path / "Nhan")

    _, got, _ = run("nhan", other["output"], "--vao", tmp_path / "Nhan")

    assert "GN07" in codes(got)


def test_a_sending_made_of_files_since_replaced_is_named(run, thon, tmp_path):
    xa, inbox, sent = tmp_path / "so-xa.xlsx", tmp_path / "Nhan", tmp_path / "GuiTinh"
    _, lower, _ = run("gui", thon, "-o", tmp_path / "Gui")
    run("nhan", lower["output"], "--vao", inbox)
    _, upper, _ = run("gui", xa, inbox, "-o", sent)
    fill(thon, K_T5=1)
    _, newer, _ = run("gui", thon, "-o", tmp_path / "Gui")

    _, got, _ = run("nhan", newer["output"], "--vao", inbox, "--ban-gui", sent)

    assert codes(got) == ["GN08"]
    (found,) = got["issues"]
    assert found["file"] == Path(upper["output"]).name
    assert "Thôn 1" in found["message"]
    above = tmp_path / "NhanTinh"
    _, seen, _ = run("nhan", upper["output"], lower["output"], newer["output"], "--vao", above)
    assert "GN08" in codes(seen)
    _, remade, _ = run("gui", xa, inbox, "-o", sent)
    assert remade["sequence"] == 2
    _, fine, _ = run("nhan", newer["output"], "--vao", inbox, "--ban-gui", sent)
    assert codes(fine) == []


def test_a_signature_is_held_against_the_key_the_office_knows(run, thon, tmp_path, monkeypatch):
    _, key, _ = run("gui", "--tao-khoa", tmp_path / "khoa.pem")
    run("gui", "--tao-khoa", tmp_path / "khac.pem")
    unit = OFFICE.units[0]
    known = replace(OFFICE, units=(replace(unit, public_key=key["public_key"]), OFFICE.units[1]))
    xa = tmp_path / "so-xa.xlsx"
    write_workbook(xa, known)
    sent = {}
    for name, options in {
        "dung": ["--ky-so", tmp_path / "khoa.pem"],
        "khac": ["--ky-so", tmp_path / "khac.pem"],
        "khong": [],
    }.items():
        _, out, _ = run("gui", thon, "-o", tmp_path / name, *options)
        assert "output" in out, out
        sent[name] = Path(out["output"])

    found = {}
    for name, path in sent.items():
        _, got, _ = run("nhan", path, "--vao", tmp_path / f"Nhan-{name}", "--so", xa)
        found[name] = codes(got), [entry["counts"] for entry in got["filed"]]
        _, total, _ = run(
            "tong-hop", xa, tmp_path / f"Nhan-{name}", "-o", tmp_path / f"{name}.xlsx"
        )
        found[name] += (total["units"][0]["status"],)

    assert found == {
        "dung": ([], [True], "Đã nộp"),
        "khac": (["GN03"], [False], "Có lỗi"),
        "khong": (["GN04"], [False], "Có lỗi"),
    }
    monkeypatch.setattr("danvan_xl.reading.signing.is_installed", lambda: False)
    _, got, _ = run("nhan", sent["khac"], "--vao", tmp_path / "Nhan-thieu", "--so", xa)
    assert (codes(got), got["filed"][0]["counts"]) == (["GN05"], True)


def test_signing_without_the_library_says_what_to_install(run, thon, tmp_path, monkeypatch):
    monkeypatch.setattr("danvan_xl.reading.signing.is_installed", lambda: False)
    monkeypatch.setattr("danvan_xl.jobs.submit.is_installed", lambda: False)

    for arguments in (["--tao-khoa", tmp_path / "k.pem"], [thon, "-o", tmp_path, "--ky-so", "k"]):
        code, out, _ = run("gui", *arguments)
        assert (code, "danvan_xl[ky-so]" in out["error"]) == (2, True)


def test_free_text_stays_at_home_and_counts_go_up(run, thon, tmp_path):
    secret = "bà con đề nghị sửa cầu"
    type_rows = {"A": "01/02/2026", "B": "Kinh tế", "C": secret, "D": "Tiếp dân"}
    with edited(thon) as book:
        sheet = book["Kiến nghị"]
        (head,) = [row[0].row for row in sheet.iter_rows() if row[0].value == "Ngày tiếp nhận"]
        for column, value in type_rows.items():
            sheet[f"{column}{head + 1}"] = value

    _, out, _ = run("gui", thon, "-o", tmp_path / "Gui")

    said = _texts(Path(out["output"]))
    assert not [text for text in said if secret in text]
    assert any(text == "Kiến nghị" or "KIẾN NGHỊ" in text.upper() for text in said)
    run("nhan", out["output"], "--vao", tmp_path / "Nhan")
    run("tong-hop", tmp_path / "so-xa.xlsx", tmp_path / "Nhan", "-o", tmp_path / "k.xlsx")
    tracked = openpyxl.load_workbook(tmp_path / "k.xlsx")["Sổ theo dõi"]
    rows = [[cell for cell in row if cell is not None] for row in tracked.values]
    assert any(row[:2] == ["Kinh tế", 1] for row in rows)


def test_a_draft_is_shown_in_outlook_with_its_file(run, thon, tmp_path):
    _, out, _ = run("gui", thon, "-o", tmp_path / "Gui", "--den", "xa@example.vn")
    shown = []

    class Item:
        To = Subject = Body = ""

        class Attachments:
            @staticmethod
            def Add(path):  # noqa: N802 - Outlook's name
                shown.append(Path(path).read_bytes())

        def Display(self):  # noqa: N802 - Outlook's name
            shown.append((self.To, self.Subject))

    class Outlook:
        @staticmethod
        def CreateItem(kind):  # noqa: N802 - Outlook's name
            return Item()

    show_in_outlook(Outlook, Path(out["draft"]))

    subject = "Báo cáo công tác dân vận 6 tháng năm 2026 - Thôn 1"
    assert shown == [Path(out["output"]).read_bytes(), ("xa@example.vn", subject)]
    assert "mở tệp" in open_draft(Path(out["draft"]))


def test_a_sending_with_broken_parts_is_refused(run, thon, tmp_path):
    _, out, _ = run("gui", thon, "-o", tmp_path / "Gui")
    book = openpyxl.load_workbook(out["output"], data_only=True)
    marker = book[MARKER_SHEET]
    for row in marker.iter_rows():
        if row[0].value == "Kê khai":
            row[1].value = json.dumps({"unit_code": 1})
    book.save(tmp_path / "hong.xlsx")

    _, got, _ = run("nhan", tmp_path / "hong.xlsx", "--vao", tmp_path / "Nhan")

    assert codes(got) == ["GN02"]


def test_models_with_a_code_go_up_once_and_without_the_names_of_persons(run, thon, tmp_path):
    header_of = {"Mã mô hình": "A", "Tên mô hình": "B", "Lĩnh vực": "C", "Loại": "D"}
    models = [
        ("M1", "Tuyến đường hoa", "Kinh tế", "Mô hình", "Hiệu quả"),
        ("M2", "Nguyễn Văn A", "Kinh tế", "Điển hình cá nhân", "Hiệu quả"),
    ]
    with edited(thon) as book:
        rows = list(book["Dân vận khéo"].iter_rows())
        (head,) = [row for row in rows if row[0].value == "Mã mô hình"]
        columns = {cell.value: cell.column for cell in head}
        assert header_of.keys() <= columns.keys()
        for number, model in enumerate(models, start=head[0].row + 1):
            for header, value in zip((*header_of, "Trạng thái"), model, strict=True):
                book["Dân vận khéo"].cell(number, columns[header], value)

    _, out, _ = run("gui", thon, "-o", tmp_path / "Gui")

    said = _texts(Path(out["output"]))
    assert "Tuyến đường hoa" in said
    assert not [text for text in said if "Nguyễn Văn A" in text]
    assert "M2 (Thôn 1)" in said
    run("nhan", out["output"], "--vao", tmp_path / "Nhan")
    xa = tmp_path / "so-xa.xlsx"
    run("tong-hop", xa, tmp_path / "Nhan", "-o", tmp_path / "k.xlsx")
    tracked = openpyxl.load_workbook(tmp_path / "k.xlsx")["Sổ theo dõi"]
    assert "DÂN VẬN KHÉO" in " ".join(str(row[0]).upper() for row in tracked.values)


def _texts(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    cells = (cell for sheet in book for row in sheet.values for cell in row)
    return [str(cell) for cell in cells if cell is not None]
