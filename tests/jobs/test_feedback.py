"""`kiem-tra --phan-hoi` and `tong-hop --nhac`: marked copies and letters, originals untouched."""

import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from danvan_xl.files.grid import Grid
from danvan_xl.outgoing.contents import Contents, TargetRow
from danvan_xl.schema.indicators import Indicator
from danvan_xl.writing.template.workbook import write_workbook
from tests.mail_server import mail_server, parsed
from tests.on_disk import save, thon_file
from tests.program import running
from tests.sheets import grid, info
from tests.spreadsheet import convert

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")
OWN = "| K | Kinh tế | Chỉ tiêu | cái | 20 | | | |"
GOOD = "| K | Kinh tế | Chỉ tiêu | cái | 10 | 9 | KPS | KPS |"
BAD = "| K | Kinh tế | Chỉ tiêu | cái | 10 | nhiều lắm | 1 | 1 |"
ADDRESSES = """
    | Mã  | Tên đơn vị | Email         |
    | A.1 | Thôn 1     | thon1@xa.vn   |
    | A.2 | Thôn 2     |               |
    | A.3 | Thôn 3     | khong-phai    |
"""


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the program; returns (exit code, output as JSON, error output)."""
    return running(monkeypatch, capsys)


@pytest.fixture
def office(tmp_path):
    """A xã's workbook that knows the addresses of its thôn, and its inbox."""
    (tmp_path / "Nhan").mkdir()
    about = info(
        Mã_đơn_vị="A",
        Tên_đơn_vị="Xã A",
        Năm=2026,
        Kỳ_báo_cáo="Quý I",
        Hạn_nộp="05/04/2026",
        Chức_vụ_người_lập="Trưởng khối",
    )
    header = "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Kế hoạch | T1 | T2 | T3 |"
    return save(tmp_path / "so.xlsx", about, grid(ADDRESSES, "Đơn vị"), grid(f"{header}\n{OWN}"))


def test_a_faulty_file_gets_a_marked_copy_and_a_letter_and_stays_as_it_was(run, office, tmp_path):
    faulty = thon_file(tmp_path / "Nhan", 1, BAD, Kỳ_báo_cáo="Quý I")
    thon_file(tmp_path / "Nhan", 2, GOOD, Kỳ_báo_cáo="Quý I", Ngày_lập="01/04/2026")
    before = faulty.read_bytes()

    code, out, _ = run("kiem-tra", faulty, "--phan-hoi", tmp_path / "PhanHoi", "--so", office)

    assert code == 1
    assert faulty.read_bytes() == before
    (answer,) = out["feedback"]["files"]
    assert (answer["marked"], answer["to"]) == (True, ["thon1@xa.vn"])
    copy = openpyxl.load_workbook(answer["copy"])
    assert copy.sheetnames[0] == "Lỗi cần sửa"
    assert copy.worksheets[0]["A1"].value == "BẢN ĐÁNH DẤU LỖI — KHÔNG NỘP BẢN NÀY"
    marked = copy["Chỉ tiêu"]["F2"]
    assert marked.value == "nhiều lắm"
    assert marked.fill.fgColor.rgb.endswith("FF8080")
    assert "không phải là số" in marked.comment.text
    assert "Cách sửa:" in marked.comment.text
    assert copy["Chỉ tiêu"]["G2"].comment is None
    listed = [[cell.value for cell in row] for row in copy.worksheets[0].iter_rows()]
    assert ["Lỗi", "Chỉ tiêu", "F2"] in [row[:3] for row in listed]


def test_the_letter_arrives_through_a_mail_server_as_it_was_drafted(run, office, tmp_path):
    faulty = thon_file(tmp_path / "Nhan", 1, BAD, Kỳ_báo_cáo="Quý I")
    _, out, _ = run("kiem-tra", faulty, "--phan-hoi", tmp_path / "PhanHoi", "--so", office)
    (answer,) = out["feedback"]["files"]
    draft = tmp_path / "PhanHoi" / answer["draft"].rpartition("/")[2]

    with mail_server() as mailbox:
        message = parsed(mailbox.send_draft(draft))

    assert message["To"] == "thon1@xa.vn"
    assert message["Subject"] == "Đề nghị sửa số liệu: Thôn 1, kỳ quý I năm 2026"
    body = message.get_body(("plain",)).get_content()
    assert body.startswith("Kính gửi: Thôn 1")
    assert "trang 'Chỉ tiêu', ô F2: 'nhiều lắm' không phải là số" in body
    assert "Trưởng khối" in body
    (attached,) = message.iter_attachments()
    assert attached.get_content() == (tmp_path / "PhanHoi" / attached.get_filename()).read_bytes()


def test_a_file_without_faults_gets_nothing_and_that_is_said(run, tmp_path):
    good = thon_file(tmp_path / "Nhan", 2, GOOD, Kỳ_báo_cáo="Quý I")

    code, out, _ = run("kiem-tra", good, "--phan-hoi", tmp_path / "PhanHoi")

    (answer,) = out["feedback"]["files"]
    assert {item["severity"] for item in out["files"][0]["issues"]} <= {"Ghi nhận"}
    assert (code, answer["copy"], answer["draft"]) == (0, "", "")
    assert answer["remarks"] == ["không có lỗi, cảnh báo nên không phải sửa"]
    assert not (tmp_path / "PhanHoi").exists()


def test_a_marked_copy_that_comes_back_is_not_counted(run, office, tmp_path):
    faulty = thon_file(tmp_path / "Nhan", 1, BAD, Kỳ_báo_cáo="Quý I")
    _, out, _ = run("kiem-tra", faulty, "--phan-hoi", tmp_path / "PhanHoi")
    faulty.unlink()
    copy = tmp_path / "PhanHoi" / out["feedback"]["files"][0]["copy"].rpartition("/")[2]
    copy.rename(tmp_path / "Nhan" / "thon-1.xlsx")

    code, out, _ = run("tong-hop", office, tmp_path / "Nhan", "-o", tmp_path / "th.xlsx")

    assert code == 1
    assert "TEP09" in {item["code"] for item in out["issues"]}
    assert out["reported"] == 0


def test_text_that_looks_like_a_formula_stays_text_and_an_officers_note_is_kept(run, tmp_path):
    faulty = thon_file(tmp_path / "Nhan", 1, BAD, Kỳ_báo_cáo="Quý I")
    book = openpyxl.load_workbook(faulty)
    sheet = book["Chỉ tiêu"]
    sheet["F2"].value = '=HYPERLINK("http://x.vn")x'
    sheet["F2"].data_type = "s"
    sheet["F2"].comment = openpyxl.comments.Comment("hỏi lại trưởng thôn", "thôn")
    book.save(faulty)

    _, out, _ = run("kiem-tra", faulty, "--phan-hoi", tmp_path / "PhanHoi")

    copy = openpyxl.load_workbook(out["feedback"]["files"][0]["copy"])
    kinds = {cell.data_type for row in copy.worksheets[0].iter_rows() for cell in row}
    assert "f" not in kinds
    note = copy["Chỉ tiêu"]["F2"].comment.text
    assert "hỏi lại trưởng thôn" in note
    assert "không phải là số" in note


def test_a_filled_template_is_marked_and_opens_in_a_spreadsheet_program(run, tmp_path):
    contents = Contents(
        {"unit_code": "A.1", "unit_name": "Thôn 1", "level": "Thôn", "year": 2026},
        (TargetRow(Indicator("K", "Kinh tế", "Chỉ tiêu", "cái"), ("nhiều", *[None] * 11)),),
    )
    path = tmp_path / "thon.xlsx"
    write_workbook(path, contents)

    _, out, _ = run("kiem-tra", path, "--phan-hoi", tmp_path / "PhanHoi")

    (answer,) = out["feedback"]["files"]
    assert answer["marked"]
    (printed,) = convert([Path(answer["copy"])], tmp_path, "pdf")
    assert printed.stat().st_size > 10_000


def test_an_unreadable_file_gets_a_letter_alone(run, tmp_path):
    (tmp_path / "Nhan").mkdir()
    (tmp_path / "Nhan" / "hong.xlsx").write_bytes(b"PK\x03\x04 khong tron")

    code, out, _ = run("kiem-tra", tmp_path / "Nhan", "--phan-hoi", tmp_path / "PhanHoi")

    (answer,) = out["feedback"]["files"]
    assert (code, answer["copy"]) == (1, "")
    body = parsed((tmp_path / "PhanHoi" / "hong_phan-hoi.eml").read_bytes()).get_body(("plain",))
    assert "tải về chưa trọn" in body.get_content()


def test_an_old_workbook_gets_a_list_of_its_faults(run, tmp_path):
    faulty = thon_file(tmp_path / "Nhan", 1, BAD, Kỳ_báo_cáo="Quý I")
    (old,) = convert([faulty], tmp_path, "ods")

    _, out, _ = run("kiem-tra", old, "--phan-hoi", tmp_path / "PhanHoi")

    (answer,) = out["feedback"]["files"]
    assert not answer["marked"]
    assert any(".ods" in remark for remark in answer["remarks"])
    assert openpyxl.load_workbook(answer["copy"]).sheetnames == ["Lỗi cần sửa"]


def test_answers_are_not_put_where_they_would_be_read_again(run, tmp_path):
    thon_file(tmp_path / "Nhan", 1, BAD)

    code, _, err = run("kiem-tra", tmp_path / "Nhan", "--phan-hoi", tmp_path / "Nhan" / "PhanHoi")

    assert code == 2
    assert "đang đọc; chọn thư mục khác" in err
    assert not (tmp_path / "Nhan" / "PhanHoi").exists()


def test_answering_again_replaces_our_own_files_and_no_others(run, tmp_path):
    faulty = thon_file(tmp_path / "Nhan", 1, BAD)
    folder = tmp_path / "PhanHoi"
    folder.mkdir()
    theirs = save(folder / "thon-1_danh-dau.xlsx", Grid("Của tôi", [["giữ"]]))
    before = theirs.read_bytes()

    for _ in range(2):
        run("kiem-tra", faulty, "--phan-hoi", folder)

    assert theirs.read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == [
        "thon-1 (2)_danh-dau.xlsx",
        "thon-1 (2)_phan-hoi.eml",
        "thon-1_danh-dau.xlsx",
    ]


def test_without_openpyxl_it_is_said_what_to_install(tmp_path):
    faulty = thon_file(tmp_path / "Nhan", 1, BAD)
    code = (
        "import sys; sys.modules['openpyxl'] = None\n"
        f"sys.argv = ['danvan-xl', 'kiem-tra', {str(faulty)!r}, '--phan-hoi', {str(tmp_path)!r}]\n"
        "from danvan_xl.cli.main import main; main()"
    )

    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)

    assert done.returncode == 2
    assert 'pip install "danvan_xl[edit]"' in done.stderr.decode()


def test_units_that_have_not_reported_get_a_reminder(run, office, tmp_path):
    thon_file(tmp_path / "Nhan", 2, GOOD, Kỳ_báo_cáo="Quý I")
    thon_file(
        tmp_path / "Nhan", 3, "| K | Kinh tế | Chỉ tiêu | cái | 10 | | | |", Kỳ_báo_cáo="Quý I"
    )

    _, out, _ = run(
        "tong-hop", office, tmp_path / "Nhan", "-o", tmp_path / "th.xlsx", "--nhac", tmp_path / "N"
    )

    letters = {item["unit_code"]: item for item in out["reminders"]["letters"]}
    assert {code: item["status"] for code, item in letters.items()} == {
        "A.1": "Chưa nộp",
        "A.3": "Nộp trống",
    }
    message = parsed((tmp_path / "N" / "nhac_A.1.eml").read_bytes())
    assert (message["To"], message["X-Unsent"]) == ("thon1@xa.vn", "1")
    assert message["Subject"] == "Nhắc nộp báo cáo quý I năm 2026: Thôn 1"
    body = message.get_body(("plain",)).get_content()
    assert "Hạn nộp là ngày 05/04/2026, đã quá hạn" in body
    empty = parsed((tmp_path / "N" / "nhac_A.3.eml").read_bytes())
    assert empty["To"] is None
    assert "chưa có số liệu nào" in empty.get_body(("plain",)).get_content()
    with mail_server() as mailbox:
        arrived = parsed(mailbox.send_draft(tmp_path / "N" / "nhac_A.1.eml"))
    assert arrived.get_body(("plain",)).get_content() == body
