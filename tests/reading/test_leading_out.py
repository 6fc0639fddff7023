"""What is said of a workbook that leads out of its file, by every verb that reads it."""

import pytest

from danvan_xl.files.outside import Outside, Reach, Reached
from danvan_xl.inbox.layout import UNPLACED
from danvan_xl.reading.leading_out import file_leads_out
from danvan_xl.schema.issues import Place
from danvan_xl.schema.messages import Code
from tests.cases.packing import parts_of, workbook_with
from tests.leading_out import calling, with_book, with_macros
from tests.on_disk import HEADER, save, xa_file
from tests.program import running
from tests.sheets import grid, info

ROW = "| K | Kinh tế | Chỉ tiêu K | cái | 10 | 5 | 3 | 4 |"
ABOUT = info(Mã_đơn_vị="A.1", Tên_đơn_vị="Thôn 1", Năm=2026, Kỳ_báo_cáo="Quý I")
TABLE = grid(f"{HEADER}\n{ROW}")
REGISTER = grid(
    "| Ngày | Hình thức | Nội dung | Số cuộc | Lượt người | Đơn vị chủ trì | Ghi chú |\n"
    "| 05/01/2026 | Hội nghị | Họp | 5 | 40 | | |",
    "Tuyên truyền",
)


@pytest.fixture
def run(monkeypatch, capsys):
    return running(monkeypatch, capsys)


def findings(out: dict) -> list[dict]:
    """Return the findings a verb prints, those of kiem-tra file by file."""
    return [item for part in out.get("files", [out]) for item in part["issues"]]


@pytest.mark.parametrize("verb", ["tong-hop", "kiem-tra", "nhan"])
def test_every_verb_names_what_leads_out(verb, run, tmp_path):
    den = tmp_path / "den"
    den.mkdir()
    path = den / "so.xlsx"
    honest = parts_of(save(path, ABOUT, TABLE))
    both = with_book(honest)
    both |= with_macros({**honest, **both})
    workbook_with(path, both, ABOUT, TABLE)
    asked = {
        "tong-hop": (xa_file(tmp_path, ROW), den, "-o", tmp_path / "ra.xlsx"),
        "kiem-tra": (path,),
        "nhan": (den, "--vao", tmp_path / "Nhan"),
    }

    _, out, _ = run(verb, *asked[verb])

    told = {item["code"]: item["cell"] for item in findings(out) if item["code"][:4] == "TEP5"}
    assert told == {"TEP50": "", "TEP52": "F2", "TEP53": "F2"}


@pytest.mark.parametrize("verb", ["tong-hop", "nhan"])
def test_a_file_that_does_not_count_is_named_for_it_all_the_same(verb, run, tmp_path):
    den = tmp_path / "den"
    den.mkdir()
    path, other = den / "la.xlsx", grid("| Họ tên | Tuổi |\n| A | 5 |", "Danh sách")
    workbook_with(path, with_macros(parts_of(save(path, other))), other)
    asked = {
        "tong-hop": (xa_file(tmp_path, ROW), den, "-o", tmp_path / "ra.xlsx"),
        "nhan": (den, "--vao", tmp_path / "Nhan"),
    }

    _, out, _ = run(verb, *asked[verb])

    assert {"TEP05", "TEP50"} <= {item["code"] for item in findings(out)}
    if verb == "nhan":
        reasons = (tmp_path / "Nhan" / UNPLACED / "ly-do.txt").read_text("utf-8-sig")
        assert "Tệp có macro" in reasons
        assert "Trang ''" not in reasons


@pytest.mark.parametrize("verb", ["kiem-tra", "nhan"])
def test_registers_too_are_looked_through_where_time_does_not_matter(verb, run, tmp_path):
    path = tmp_path / "so.xlsx"
    honest = parts_of(save(path, ABOUT, TABLE, REGISTER))
    part = "xl/worksheets/sheet3.xml"
    called = calling("WEBSERVICE(A1)", {"xl/worksheets/sheet2.xml": honest[part]}, "D2")
    changes = {part: called["xl/worksheets/sheet2.xml"]}
    workbook_with(path, changes, ABOUT, TABLE, REGISTER)

    _, out, _ = run(verb, path, *(("--vao", tmp_path / "Nhan") if verb == "nhan" else ()))

    told = [(item["code"], item["sheet"], item["cell"]) for item in findings(out)]
    assert ("TEP55", "Tuyên truyền", "D2") in told
    assert ("TEP53", "Tuyên truyền", "D2") in told


def test_a_figure_worked_out_from_a_link_in_a_row_with_a_nguon_is_not_named(run, tmp_path):
    path = tmp_path / "so.xlsx"
    table = grid(f"{HEADER} Nguồn |\n{ROW} tổng Tuyên truyền.Số cuộc |")
    honest = parts_of(save(path, ABOUT, table, REGISTER))
    workbook_with(path, with_book(honest), ABOUT, table, REGISTER)

    _, out, _ = run("kiem-tra", path)

    assert [i["code"] for i in findings(out) if i["code"] in ("TEP52", "TEP53")] == ["TEP52"]


def test_one_line_a_way_with_the_first_cell_and_the_others_in_it():
    cells = {f"A{row}": Reached(Reach.LINKS, f"{row}.xlsx") for row in range(1, 9)}
    outside = Outside({Reach.OLD_MACROS: (), Reach.LINKS: ("1.xlsx", "2.xlsx")}, {"Nháp": cells})

    old, links = file_leads_out(outside, Place("so.xlsx"))

    assert (old.code, old.place) == (Code.FILE_HAS_OLD_MACROS, Place("so.xlsx"))
    assert links.place == Place("so.xlsx", "Nháp", "A1")
    assert links.message == (
        "Tệp nối với tệp khác: 1.xlsx, 2.xlsx (ô Nháp!A1, Nháp!A2, Nháp!A3, Nháp!A4, Nháp!A5 và "
        "3 ô nữa); chương trình không mở theo."
    )
