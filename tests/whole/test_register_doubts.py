"""What officers do to registers that no form foresees: told, and never counted wrong in silence."""

import pytest
import xlsxwriter

from danvan_xl.consolidation.submissions import SubmissionReader
from danvan_xl.files.grid import Grid
from danvan_xl.inbox.received import Received
from danvan_xl.jobs.overwriting import why_not_a_template
from danvan_xl.outgoing.contents import blank_contents
from danvan_xl.rollup.rating import Rating
from danvan_xl.rollup.tally import Scope
from danvan_xl.schema.messages import Code
from danvan_xl.writing.template.workbook import write_workbook
from tests.on_disk import save
from tests.register_sheets import TARGETS, everything_said, kept, tables, turned
from tests.rollup.test_from_registers_units import (
    meetings,
    of_commune,
    of_thon,
    register_of,
    rolled_up,
)
from tests.sheets import consolidated, found, grid, info, sub_sheet, units

TYPED = "| A | Hội nghị | cuộc | | 10 | 33 | |"


def test_what_one_thon_types_is_added_where_another_keeps_the_register() -> None:
    result = rolled_up(of_commune(50), of_thon(1), register_of(1, 20), of_thon(2, TYPED))

    line = result.lines["a"]
    assert (line.actual, line.is_typed) == (103, False)
    assert [term.value for term in line.terms] == [50, 20, 33]


def test_a_figure_of_the_commune_s_register_alone_is_rated_as_if_it_were_typed() -> None:
    line = rolled_up(of_commune(2), of_thon(1), of_thon(2)).lines["a"]

    assert (line.actual, line.reported, line.expected) == (2, 0, 2)
    assert line.rating is Rating.MISSED


@pytest.mark.parametrize("column", [0, 1, 2, 3])
def test_a_register_that_lacks_a_column_is_read_and_says_which(column: int) -> None:
    table = grid(meetings(4), "Tuyên truyền")
    rows = [[cell for place, cell in enumerate(row) if place != column] for row in table.rows]
    result = consolidated(TARGETS, Grid("Tuyên truyền", rows))

    assert result.tracking.figures["outreach"]
    named = [item for item in result.issues if item.code is Code.COLUMN_MISSING]
    headers = ("Ngày", "Hình thức", "Nội dung", "Số cuộc")
    assert any(headers[column] in item.message for item in named if "Tuyên" in item.place.sheet)


def test_a_code_may_stand_in_the_cell_of_its_label() -> None:
    table = grid(meetings(4)).rows
    sheet = Grid("TT thôn 1", [["Mã đơn vị: A.1"], [], *table])
    result = rolled_up(of_commune(5), of_thon(1), sheet)

    assert result.lines["a"].actual == 9


def test_a_label_without_a_code_leaves_open_whose_register_it_is() -> None:
    sheet = Grid("TT", [["Mã đơn vị:", ""], [], *grid(meetings(1000)).rows])
    result = rolled_up(of_commune(5), sheet)

    assert result.lines["a"].actual == 5
    assert [item.place.sheet for item in result.issues if item.code is Code.UNIT_MISSING] == ["TT"]


def test_a_telephone_where_a_figure_belongs_is_no_figure() -> None:
    result = kept("Tuyên truyền", meetings('"0912345663"', 4))

    assert found(result.issues, Code.PERSONAL_NUMBER) == ["D2"]
    said = everything_said(result)
    assert "912345663" not in said
    assert "912.345.663" not in said
    (table,) = tables(result).values()
    assert "| Số cuộc | 4 |" in turned(table)


def test_what_cannot_be_read_is_not_said_to_be_blank() -> None:
    result = kept("Tuyên truyền", meetings("hai mươi", 4, ""))

    assert found(result.issues, Code.NUMBER_UNREADABLE) == ["D2"]
    assert found(result.issues, Code.REGISTER_FIGURES_BLANK) == ["D4"]


def test_a_dialogue_without_any_day_is_told_and_not_counted() -> None:
    result = kept(
        "Đối thoại",
        """
        | Loại     | Ngày dự kiến | Ngày tổ chức | Số ý kiến |
        | Đối thoại | 15/03/2026  | 15/03/2026   | 2         |
        | Đối thoại |             |              | 6         |
        """,
    )

    assert found(result.issues, Code.REGISTER_UNDATED) == ["B3"]
    (table,) = tables(result).values()
    assert "| Số ý kiến | 2 |" in turned(table)


def test_rows_of_totals_are_not_added() -> None:
    rows = """
        | Ngày       | Nội dung               | Loại | ĐVT        | Kết quả |
        | 05/03/2026 | Đường thôn             | Tiền | triệu đồng | 7       |
        | 06/03/2026 | Tổng vệ sinh đường làng | Tiền | triệu đồng | 2       |
        | 28/03/2026 | Tổng tháng 3           | Tiền | triệu đồng | 9       |
        | Cộng: 2 khoản |                     |      |            | 9       |
    """
    result = kept("Huy động", rows)

    assert found(result.issues, Code.REGISTER_TOTAL_ROW) == ["A4", "A5"]
    assert "| Kết quả | 9 |" in turned(tables(result)["Kết quả huy động theo loại và ĐVT"])


def test_a_ratio_of_itself_or_of_another_ratio_is_told() -> None:
    rows = """
        | Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Tổng hợp | Nguồn      | Kế hoạch | T1 |
        | A  | Kinh tế  | Một      | hộ  |          |            | 1        | 1  |
        | B  | Kinh tế  | Hai      | %   | Tỷ số    | tỷ số B/A  | 1        |    |
        | C  | Kinh tế  | Ba       | %   | Tỷ số    | tỷ số B/A  | 1        |    |
    """
    result = consolidated(grid(rows))

    assert found(result.issues, Code.SOURCE_UNREADABLE) == ["F3", "F4"]
    messages = [item.message for item in result.issues if item.code is Code.SOURCE_UNREADABLE]
    assert "chia chính nó" in messages[0]
    assert "cũng là một tỷ số" in messages[1]


def received(path, *sheets: Grid, on_14th: bool = False, **about: object):
    about = {"Mã_đơn_vị": "A.1", "Tên_đơn_vị": "Thôn 1", "Năm": 2026} | about
    file = save(path, info(**about), TARGETS, *sheets)
    return SubmissionReader(Scope({}, 12, 2026, on_14th=on_14th))(Received(file, file.name))


def test_an_error_where_a_day_is_missing_is_told(tmp_path) -> None:
    path = received_with_an_error(tmp_path / "a.xlsx")
    submission = SubmissionReader(Scope({}, 12, 2026))(Received(path, path.name))

    assert Code.REGISTER_UNDATED in {item.code for item in submission.issues}
    errors = [item for item in submission.issues if item.code is Code.NUMBER_IS_ERROR]
    assert [item.place.cell for item in errors] == ["A2"]


def received_with_an_error(path):
    with xlsxwriter.Workbook(str(path)) as workbook:
        for sheet in (info(Mã_đơn_vị="A.1", Tên_đơn_vị="Thôn 1", Năm=2026), TARGETS):
            worksheet = workbook.add_worksheet(sheet.title)
            for row, cells in enumerate(sheet.rows):
                worksheet.write_row(row, 0, cells)
        worksheet = workbook.add_worksheet("Tuyên truyền")
        worksheet.write_row(0, 0, ["Ngày", "Hình thức", "Nội dung", "Số cuộc"])
        worksheet.write_row(1, 1, ["Hội nghị", "a", 3])
        worksheet.write_formula(1, 0, "=NA()", None, "#N/A")
    return path


@pytest.mark.parametrize(("on_14th", "count"), [(True, 1), (False, 0)])
def test_another_rule_for_closing_months_is_told(tmp_path, on_14th: bool, count: int) -> None:
    register = grid(meetings(3), "Tuyên truyền")
    submission = received(tmp_path / "a.xlsx", register, on_14th=on_14th, Chốt_số_liệu="Cuối tháng")

    assert sum(item.code is Code.CUTOFF_DIFFERS for item in submission.issues) == count


def test_a_unit_that_filled_in_but_a_register_has_not_sent_an_empty_report(tmp_path) -> None:
    assert not received(tmp_path / "a.xlsx", grid(meetings(3), "Tuyên truyền")).is_empty


def test_a_template_whose_registers_are_filled_in_is_not_written_over(tmp_path) -> None:
    blank = blank_contents("Xã", "A", "Xã A", 2026, [])
    write_workbook(tmp_path / "blank.xlsx", blank)
    document = {"number": "02-CV/ĐU"}
    filled = blank.__class__(blank.info, blank.targets, registers={"documents": (document,)})
    write_workbook(tmp_path / "filled.xlsx", filled)
    save(tmp_path / "sub.xlsx", TARGETS_BLANK, sub_sheet("A.9", meetings(3), "TT thôn"))
    save(tmp_path / "units.xlsx", TARGETS_BLANK, units("Thôn 1"))

    assert why_not_a_template(tmp_path / "blank.xlsx") in (
        "",
        "không phải sổ mẫu do chương trình ghi",
    )
    assert why_not_a_template(tmp_path / "filled.xlsx") != ""
    assert why_not_a_template(tmp_path / "sub.xlsx") == "đã có số liệu"
    assert why_not_a_template(tmp_path / "units.xlsx") == "đã có số liệu"


TARGETS_BLANK = grid("| Mã | Chỉ tiêu | Kế hoạch | T1 |\n| K | Chỉ tiêu | | |")
