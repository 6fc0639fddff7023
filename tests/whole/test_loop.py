"""The loop of the guide on two levels, its seven commands as they are printed there."""

import re
import shlex
from pathlib import Path

import openpyxl
import pytest

from danvan_xl.writing.template.workbook import write_workbook
from tests.mail_server import mail_server
from tests.offices import OFFICE, PROVINCE, fill, say_about
from tests.program import running

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")
GUIDE = Path(__file__).parents[2] / "docs" / "huong-dan.md"


def commands() -> list[list[str]]:
    """Return the commands of the guide's section on the loop, without the program's name."""
    section = GUIDE.read_text(encoding="utf-8").partition("## Trọn vòng bằng bảy lệnh")[2]
    (block,) = re.findall(r"```\n(.*?)```", section.partition("\n## ")[0], re.DOTALL)
    return [shlex.split(line)[1:] for line in block.splitlines()]


@pytest.fixture
def run(monkeypatch, capsys):
    return running(monkeypatch, capsys)


def deliver(drafts: Path, folder: Path) -> None:
    """Send drafts through a real server and keep what arrives, as the receiver saves it."""
    folder.mkdir(exist_ok=True)
    with mail_server() as server:
        for path in sorted(drafts.glob("*.eml")):
            (folder / path.name).write_bytes(server.send_draft(path))


def test_the_loop_of_the_guide_runs_on_two_levels(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_workbook(tmp_path / "so-xa.xlsx", OFFICE)
    write_workbook(tmp_path / "so-tinh.xlsx", PROVINCE)
    assign, send, receive, consolidate, send_up, receive_up, consolidate_up = commands()

    assert run(*assign)[0] == 0
    fill(Path("Giao/DV_21433.1_2026.xlsx"), K=33, H=8, H_T6=7, K_T6="trên 20")
    fill(Path("Giao/DV_21433.2_2026.xlsx"), K="KPS", H=15, K_T6=30, H_T6=14)
    for number in (1, 2):
        book = f"Giao/DV_21433.{number}_2026.xlsx"
        say_about(Path(book), Kỳ_báo_cáo="6 tháng", Độ_mật="Thường")
        code, sent, _ = run(*(book if ".1_" in word else word for word in send))
        assert (code, sent["error_count"], sent["to"]) == (0, 0, ["xa@example.vn"])
    deliver(Path("Gui"), Path("Den"))
    code, received, _ = run(*receive)
    assert (code, len(received["filed"]), received["unplaced"]) == (0, 2, [])
    code, total, _ = run(*consolidate)
    assert (code, total["reported"], total["expected"]) == (0, 2, 2)
    assert {item["code"]: item["actual"] for item in total["indicators"]} == {"K": 83, "H": 21}
    assert run(*send_up)[0] == 0
    deliver(Path("GuiTinh"), Path("DenTinh"))
    assert run(*receive_up)[0] == 0
    code, top, _ = run(*consolidate_up)

    assert code == 0
    assert {item["code"]: item["actual"] for item in top["indicators"]} == {"K": 83, "H": 21}
    assert [unit["status"] for unit in top["units"]] == ["Đã nộp", "Chưa nộp"]
    sheet = openpyxl.load_workbook("tong-hop-tinh.xlsx")["Tổng hợp"]
    (line,) = [row for row in sheet.values if row[1] == "K"]
    assert "Thôn 2/2" in str(line[15])
    assert "≥" in str(line[15]) or "ước" in str(line[15])
