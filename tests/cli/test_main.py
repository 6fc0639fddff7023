"""The command line: verbs, exit codes, Vietnamese sentences, JSON, whole files or none."""

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from python_calamine import load_workbook

from danvan_xl.cli.main import commands
from tests.on_disk import thon_file, xa_file

ROW = "| K | Kinh tế | Chỉ tiêu | cái | 10 | {} | | |"
OWN = "| K | Kinh tế | Chỉ tiêu | cái | 20 | | | |"


@pytest.fixture
def xa(tmp_path):
    """A xã's workbook with one of two thôn in its inbox."""
    workbook = xa_file(tmp_path, OWN)
    thon_file(tmp_path / "Nhan", 1, ROW.format(9))
    return workbook


def test_a_summary_is_written_and_told(run, xa, tmp_path):
    output = tmp_path / "th.xlsx"

    code, out, err = run("tong-hop", xa, tmp_path / "Nhan", "-o", output)

    assert (code, err) == (0, "")
    assert "45,00% (9/20)" in out
    assert "Đã tổng hợp 1/2 đơn vị" in out
    assert load_workbook(str(output)).sheet_names == [
        "Tổng hợp",
        "Chưa đạt",
        "Theo đơn vị",
        "Tình hình nộp",
        "Lỗi số liệu",
        "Nguồn số liệu",
        "Biểu đồ",
    ]


def test_errors_in_the_data_give_exit_code_1_and_the_summary_all_the_same(run, xa, tmp_path):
    thon_file(tmp_path / "Nhan", 2, ROW.format("nhiều"))
    output = tmp_path / "th.xlsx"

    code, out, _ = run("tong-hop", xa, tmp_path / "Nhan", "-o", output)

    assert code == 1
    assert output.exists()
    where = "Ở tệp thon-2.xlsx, trang 'Chỉ tiêu', ô F2. →"
    assert f"Lỗi SO01: 'nhiều' không phải là số; coi như chưa có số. {where}" in out

    _, out, _ = run("tong-hop", xa, tmp_path / "Nhan", "-o", output, "--chi-tiet")
    assert "Lỗi SO01: tệp thon-2.xlsx, trang 'Chỉ tiêu', ô F2: 'nhiều' không phải là số" in out


def test_json_is_one_object(run, xa, tmp_path):
    _, out, _ = run("tong-hop", xa, tmp_path / "Nhan", "-o", tmp_path / "th.xlsx", "--json")
    data = json.loads(out)

    assert (data["reported"], data["expected"], data["period"]) == (1, 2, "Năm")
    assert data["indicators"][0]["actual"] == 9
    assert data["indicators"][0]["rating"] == "Chưa đủ báo cáo"


def test_the_period_may_be_given(run, xa, tmp_path):
    arguments = ("tong-hop", xa, tmp_path / "Nhan", "-o", tmp_path / "th.xlsx", "--json")
    _, out, _ = run(*arguments, "--ky", "quý 1")

    assert json.loads(out)["month"] == 3


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("tong-hop", "{xa}"), "Thiếu tệp kết quả"),
        (("tong-hop", "khong-co.xlsx", "-o", "{tmp}/a.xlsx"), "Không thấy"),
        (("tong-hop", "{xa}", "{tmp}/khong", "-o", "{tmp}/a.xlsx"), "Không thấy thư mục nhận"),
        (("tong-hop", "{xa}", "-o", "{tmp}/a.pdf"), "phải có đuôi .xlsx"),
        (("tong-hop", "{xa}", "-o", "{xa}"), "trùng với sổ"),
        (("tong-hop", "{xa}", "-o", "{tmp}/khong/a.xlsx"), "Không có thư mục"),
        (("tong-hop", "{xa}", "-o", "{tmp}/a.xlsx", "--ky", "tuần 3"), "không hiểu kỳ"),
        (("tong-hop",), "Thiếu tham số SỔ"),
        (("tong-hop", "{xa}", "--la"), "Không có tùy chọn --la"),
        (("tong-hop", "{xa}", "a", "b", "-o", "{tmp}/a.xlsx"), "tham số thừa"),
        (("tong-hop", "{xa}", "-o"), "cần một giá trị"),
        (("la",), "Không có lệnh 'la'"),
        (("kiem-tra", "{tmp}/khong"), "Không thấy"),
        (("mau", "-o", "{tmp}/a.xlsx", "--cap", "Ấp"), "Không có cấp 'Ấp'"),
        (("mau", "-o", "{tmp}/a.xlsx", "--chi-tieu", "{tmp}/khong.csv"), "Không thấy"),
        (("mau", "-o", "{tmp}/a.xlsx", "--nam", "x"), "--nam phải là số từ 1990 đến 2099"),
        (("mau", "-o", "{tmp}/a.xlsx", "--nam", "12"), "--nam phải là số từ 1990 đến 2099"),
        (("mau", "-o", "{tmp}/a.xlsx", "--chi-tieu", "{tmp}"), "là thư mục"),
        (("tong-hop", "{tmp}", "-o", "{tmp}/a.xlsx"), "đây là thư mục"),
        (("tong-hop", "{xa}", "-o", "{tmp}/Nhan/thon-1.xlsx"), "không ghi đè"),
        (("mau", "-o", "{xa}"), "đã có số liệu, không ghi đè"),
        (("kiem-tra",), "Thiếu tham số ĐƯỜNG_DẪN."),
        (("kiem-tra", "{xa}", "--so", "{tmp}/khong.xlsx"), "Không thấy"),
        (("kiem-tra", "{xa}", "--so", "{tmp}/Nhan/thon-1.xlsx"), "chưa có đơn vị nào"),
    ],
)
def test_what_cannot_be_done_is_one_vietnamese_sentence(run, xa, tmp_path, arguments, sentence):
    filled = [argument.format(xa=xa, tmp=tmp_path) for argument in arguments]

    code, out, err = run(*filled)

    assert (code, out) == (2, "")
    assert sentence in err
    assert "Traceback" not in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Nhan", "so.xlsx"]


def test_an_output_that_cannot_be_written_leaves_the_old_one(run, xa, tmp_path, monkeypatch):
    output = tmp_path / "th.xlsx"
    run("tong-hop", xa, "-o", output)
    old = output.read_bytes()

    def refuse(*_):
        raise PermissionError(13, "denied", str(output))

    monkeypatch.setattr(Path, "replace", refuse)
    code, _, err = run("tong-hop", xa, tmp_path / "Nhan", "-o", output)

    assert code == 2
    assert "đang mở trong Excel" in err
    assert output.read_bytes() == old
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Nhan", "so.xlsx", "th.xlsx"]


def test_a_summary_with_a_sheet_of_the_officers_is_not_written_over(run, xa, tmp_path):
    output = tmp_path / "th.xlsx"
    run("tong-hop", xa, tmp_path / "Nhan", "-o", output)
    workbook = openpyxl.load_workbook(output)
    workbook.create_sheet("Của tôi")
    workbook.save(output)

    code, _, err = run("tong-hop", xa, tmp_path / "Nhan", "-o", output)

    assert code == 2
    assert "có trang riêng của người dùng (Của tôi)" in err


def test_a_doubtful_plan_in_a_catalogue_is_told(run, tmp_path):
    catalogue = tmp_path / "c.csv"
    catalogue.write_text("Chỉ tiêu,Kế hoạch\nThu,12.5\nChi,trên 30\nVay,40\n", "utf-8")

    _, out, _ = run("mau", "-o", tmp_path / "m.xlsx", "--chi-tieu", catalogue)

    assert "dòng 2, cột Kế hoạch: '12.5' đọc là 12,5" in out
    assert "'trên 30'" not in out  # a plan is no estimate: it is to be passed
    assert "dòng 4, cột" not in out


def test_a_blank_template_may_be_made_again(run, tmp_path):
    assert run("mau", "-o", tmp_path / "m.xlsx")[0] == 0
    assert run("mau", "-o", tmp_path / "m.xlsx")[0] == 0


def test_a_failure_is_json_too_when_json_was_asked_for(run, xa):
    code, out, err = run("tong-hop", xa, "--json")

    assert (code, json.loads(out)["error"]) == (2, err.strip())


def test_without_a_verb_the_help_is_shown(run):
    code, out, err = run()

    assert (code, err) == (2, "")
    assert "Các lệnh:" in out


def test_our_own_mistake_is_a_sentence_and_a_log(run, xa, tmp_path, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("mistake")

    monkeypatch.setattr("danvan_xl.jobs.consolidate.consolidate_read", fail)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    code, _, err = run("tong-hop", xa, "-o", tmp_path / "th.xlsx")

    assert code == 2
    assert "Traceback" not in err
    assert "RuntimeError: mistake" in (tmp_path / "danvan-xl-loi.log").read_text("utf-8")


def test_a_workbook_is_checked_without_being_written(run, xa, tmp_path):
    thon_file(tmp_path / "Nhan", 2, ROW.format("nhiều"))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.xlsx")}

    code, out, _ = run("kiem-tra", tmp_path / "Nhan", xa)

    assert code == 1
    assert "thon-2.xlsx (Thôn 2): 1 lỗi" in out
    assert "Nhập số theo dạng 1.234,5" in out
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.xlsx")} == before


def test_checking_a_summary_says_what_it_is(run, xa, tmp_path):
    output = tmp_path / "th.xlsx"
    run("tong-hop", xa, tmp_path / "Nhan", "-o", output)

    checked = run("kiem-tra", output, "--json")
    consolidated = run("tong-hop", output, "-o", tmp_path / "th2.xlsx")

    assert json.loads(checked[1])["files"][0]["issues"][0]["code"] == "TEP06"
    assert consolidated[0] == 2
    assert "tệp kết quả tổng hợp" in consolidated[2]


def test_notes_are_shown_and_each_place_when_asked_for(run, tmp_path):
    folder = tmp_path / "Nhan"
    for number in (1, 2):
        thon_file(folder, number, ROW.format('"trên 30"'))

    _, folded, _ = run("kiem-tra", folder)
    _, in_full, _ = run("kiem-tra", folder, "--chi-tiet")

    assert folded.count("Ghi nhận SO04") == 1
    assert "Ghi nhận SO04 (2 chỗ): " in folded
    assert in_full.count("Ghi nhận SO04") == 2
    lines = in_full.splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith("thon-2.xlsx"))
    assert any("tệp thon-2.xlsx" in line for line in lines[at + 1 :])


def test_checking_gives_json_too(run, xa):
    code, out, _ = run("kiem-tra", xa, "--json")

    assert code == 0
    assert json.loads(out)["files"][0]["unit_name"] == "Xã A"


def test_a_template_filled_by_hand_goes_through(run, tmp_path):
    catalogue = tmp_path / "c.csv"
    catalogue.write_text('Mã,Chỉ tiêu,ĐVT,Kế hoạch\nKT01,Thu ngân sách,tỷ đồng,"12,5"\n', "utf-8")
    workbook = tmp_path / "s.xlsx"

    made = run("mau", "-o", workbook, "--ma", "A", "--ten", "Xã A", "--chi-tieu", catalogue)
    done = run("tong-hop", workbook, "-o", tmp_path / "th.xlsx", "--ky", "Năm", "--json")

    assert made[0] == 0
    assert "1 chỉ tiêu" in made[1]
    assert json.loads(done[1])["indicators"][0]["plan"] == 12.5


@pytest.mark.parametrize("verb", ["", *sorted(commands.commands)])
def test_every_help_page_is_vietnamese(run, verb):
    code, out, _ = run(*filter(None, [verb, "--help"]))

    assert code == 0
    assert "Cách dùng:" in out
    assert not any(word in out for word in ("Usage", "Options", "Commands", "Show this message"))


def test_the_program_speaks_utf_8_whatever_the_locale(xa, tmp_path):
    environment = {**os.environ, "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "danvan_xl", "tong-hop", xa, "-o", tmp_path / "th.xlsx"],
        env=environment,
        capture_output=True,
        check=False,
    )

    assert "Đã tổng hợp 0/2 đơn vị" in done.stdout.decode("utf-8")


def test_the_installed_command_says_everything_before_it_leaves(xa, tmp_path):
    code = (
        "import sys; sys.argv[0] = 'danvan-xl'; from danvan_xl.cli.main import console; console()"
    )
    arguments = ["tong-hop", xa, tmp_path / "Nhan", "-o", tmp_path / "th.xlsx", "--json"]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, check=False
    )
    failed = subprocess.run([sys.executable, "-c", code, "la"], capture_output=True, check=False)

    assert (done.returncode, json.loads(done.stdout)["reported"]) == (0, 1)
    assert (failed.returncode, failed.stderr.decode()[:14]) == (2, "Không có lệnh ")


def test_help_does_not_load_what_it_does_not_need():
    code = "import sys, danvan_xl.cli.main; print([m for m in sys.modules if m in sys.argv[1:]])"
    heavy = ("pandas", "xlsxwriter", "openpyxl", "python_calamine", "xlwings")
    done = subprocess.run(
        [sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


def test_consolidating_does_not_load_pandas(xa, tmp_path):
    code = (
        "import sys; sys.argv[0] = 'danvan-xl'\n"
        "from danvan_xl.cli.main import main\n"
        "try: main()\n"
        "finally: print([m for m in ('pandas', 'numpy', 'openpyxl') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "tong-hop", xa, "-o", tmp_path / "th.xlsx"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("verb", ["tong-hop", "gui", "giao", "kiem-tra"])
def test_a_workbook_that_is_not_there_is_told_as_that(run, tmp_path, verb):
    into = () if verb == "kiem-tra" else ("-o", tmp_path / "ra.xlsx")

    code, out, said = run(verb, tmp_path / "khong.xlsx", *into)

    assert code == 2
    assert "khong.xlsx'. Kiểm tra lại đường dẫn." in said + str(out)
    assert "lưu lại dạng .xlsx" not in said + str(out)
