"""What is said about the rows of a register, and where. Personal numbers: test_privacy.py."""

import pytest

from danvan_xl.schema.messages import Code, Severity
from tests.register_sheets import kept, printed, tables, turned
from tests.sheets import found

MODELS = "| Mã mô hình | Tên mô hình | Lĩnh vực | Loại | Trạng thái |"
OUTREACH = "| Ngày | Hình thức | Nội dung | Số cuộc | Lượt người |"
PETITIONS = "| Ngày tiếp nhận | Nội dung | Cơ quan giải quyết | Hạn giải quyết | Ngày giải quyết |"
CRITERIA = "| Bộ tiêu chí | Số | Tên tiêu chí | Kết quả |"
DIALOGUES = "| Loại | Ngày dự kiến | Ngày tổ chức | Số ý kiến | Số ý kiến đã giải quyết |"


def said(title, header, rows, code, **scope):
    """Return the cells at which a finding of this code stands in a register."""
    return found(kept(title, f"{header}\n{rows}", **scope).issues, code)


def test_required_cells_that_are_blank_are_told_once_for_a_column():
    result = kept(
        "Dân vận khéo",
        f"""
        {MODELS}
        | M1 | Camera an ninh | Kinh tế |         | Hiệu quả |
        | M2 | Đường hoa      | Kinh tế | Mô hình | Hiệu quả |
        | M3 | Ánh sáng quê   |         |         | Hiệu quả |
        """,
    )

    assert found(result.issues, Code.REGISTER_CELLS_BLANK) == ["C4", "D2"]
    assert any("(D2, D4)" in item.message for item in result.issues)


def test_a_petition_without_a_deadline_is_told():
    row = "| 01/03/2026 | Xin sửa đường | UBND xã | | |"

    assert said("Kiến nghị", PETITIONS, row, Code.REGISTER_CELLS_BLANK) == ["D2"]


def test_a_row_without_its_day_is_told_and_not_counted():
    result = kept(
        "Tuyên truyền",
        f"""
        {OUTREACH}
        | 05/03/2026 | Hội nghị | a | 1 | |
        |            | Hội nghị | b | 2 | |
        """,
    )

    assert found(result.issues, Code.REGISTER_UNDATED) == ["A3"]
    (table,) = tables(result).values()
    assert printed(table).splitlines()[-1] == "| Hội nghị | 1 |  |"


def test_a_choice_the_form_does_not_offer_is_told():
    row = "| M1 | Camera an ninh | Kinh tế | Mô hình | Xong |"

    assert said("Dân vận khéo", MODELS, row, Code.REGISTER_CHOICE_UNKNOWN) == ["E2"]


def test_figures_in_a_row_that_names_nothing_are_told():
    rows = "| M1 | Camera an ninh | Kinh tế | Mô hình | Hiệu quả | 30 |\n| | | | | | 40 |"

    cells = said("Dân vận khéo", f"{MODELS} Số hộ |", rows, Code.REGISTER_ROW_IGNORED)
    assert cells == ["A3"]


def test_a_row_of_totals_is_told():
    rows = "| 05/03/2026 | Hội nghị | a | 3 | 9 |\n| Tổng cộng | | | 3 | 9 |"

    assert said("Tuyên truyền", OUTREACH, rows, Code.REGISTER_TOTAL_ROW) == ["A3"]


@pytest.mark.parametrize("again", ["M1", "m1", "m 1"])
def test_a_code_that_comes_twice_is_told_and_counted_once(again):
    result = kept(
        "Dân vận khéo",
        f"""
        {MODELS}
        | M1      | Camera an ninh   | Kinh tế | Mô hình | Hiệu quả |
        | M2      | Đường hoa        | Kinh tế | Mô hình | Hiệu quả |
        | {again} | Tiếng loa an dân | Kinh tế | Mô hình | Đăng ký  |
        """,
    )

    assert found(result.issues, Code.REGISTER_CODE_REPEATED) == ["A4"]
    table = tables(result)["Mô hình theo lĩnh vực và trạng thái"]
    assert "| Tổng số | 2 |" in turned(table)


def test_a_thing_done_before_it_began_is_an_error():
    rows = """
        | 10/03/2026 | a | UBND xã | 20/03/2026 | 09/03/2026 |
        | 10/03/2026 | b | UBND xã | 09/03/2026 |            |
        | 10/03/2026 | c | UBND xã | 10/03/2026 | 10/03/2026 |
    """

    assert said("Kiến nghị", PETITIONS, rows, Code.DAYS_OUT_OF_ORDER) == ["E2", "D3"]
    assert Code.DAYS_OUT_OF_ORDER.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("title", "header", "row", "cells"),
    [
        (
            "Nhiệm vụ",
            "| Nhiệm vụ | Đơn vị chủ trì | Bắt đầu | Hạn | Ngày hoàn thành |",
            "| Họp dân | MTTQ | 10/03/2026 | 09/03/2026 | 08/03/2026 |",
            ["D2", "E2"],
        ),
        (
            "Văn bản",
            "| Số, ký hiệu | Ngày ban hành | Cơ quan ban hành | Hạn | Ngày hoàn thành |",
            "| 02-CV/ĐU | 10/03/2026 | Đảng ủy | 09/03/2026 | 08/03/2026 |",
            ["D2", "E2"],
        ),
    ],
)
def test_tasks_and_documents_keep_the_order_of_days(title, header, row, cells):
    assert said(title, header, row, Code.DAYS_OUT_OF_ORDER) == cells


def test_days_of_another_year_are_told_and_not_counted():
    rows = """
        | 05/03/2026 | Hội nghị | a | 1 | |
        | 05/03/2025 | Hội nghị | b | 2 | |
        | 05/03/2027 | Hội nghị | c | 4 | |
    """
    result = kept("Tuyên truyền", f"{OUTREACH}\n{rows}")

    (issue,) = (item for item in result.issues if item.code is Code.ROWS_OUT_OF_YEAR)
    assert issue.place.cell == "A3"
    assert "(A3, A4)" in issue.message
    (table,) = tables(result).values()
    assert printed(table).splitlines()[-1] == "| Hội nghị | 1 |  |"


@pytest.mark.parametrize(("cutoff", "cells"), [("Cuối tháng", ["A4"]), ("Ngày 14", ["A3"])])
def test_days_after_the_period_are_noted_and_wait(cutoff, cells):
    rows = """
        | 14/06/2026 | Hội nghị | a | 1 | |
        | 15/06/2026 | Hội nghị | b | 2 | |
        | 01/07/2026 | Hội nghị | c | 4 | |
    """
    scope = {"period": "Tháng 6", "own": {"Chốt_số_liệu": cutoff}}

    assert said("Tuyên truyền", OUTREACH, rows, Code.ROWS_AFTER_PERIOD, **scope) == cells
    assert Code.ROWS_AFTER_PERIOD.severity is Severity.NOTE


def test_many_rows_are_told_in_one_finding_that_names_the_first_of_them():
    rows = "\n".join(["| | Hội nghị | a | 1 | |"] * 12)
    result = kept("Tuyên truyền", f"{OUTREACH}\n{rows}")

    (issue,) = (item for item in result.issues if item.code is Code.REGISTER_UNDATED)
    assert "12 dòng (A2, A3, A4, A5, A6, A7, A8, A9, …)" in issue.message


def test_a_part_larger_than_its_whole_is_an_error():
    projects = "| Dự án | ĐVT | Tổng số | Đã hoàn thành |"
    rows = "| Đường tránh | hộ | 40 | 41 |\n| Hồ chứa | hộ | 40 | 40 |\n| Kè | hộ | 40 | |"
    held = "| Đối thoại | 05/03/2026 | 05/03/2026 | 7 | 8 |"

    assert said("Dự án", projects, rows, Code.PART_OVER_WHOLE) == ["D2"]
    assert said("Đối thoại", DIALOGUES, held, Code.PART_OVER_WHOLE) == ["E2"]


def test_figures_that_cannot_be_are_errors():
    tasks = "| Nhiệm vụ | Đơn vị chủ trì | Hạn | Tiến độ (%) |"
    rows = """
        | a | MTTQ | 05/03/2026 | 101 |
        | b | MTTQ | 05/03/2026 | -1  |
        | c | MTTQ | 05/03/2026 | 100 |
        | d | MTTQ | 05/03/2026 | 0   |
    """

    assert said("Nhiệm vụ", tasks, rows, Code.FIGURE_OUT_OF_RANGE) == ["D2", "D3"]
    outreach = "| 05/03/2026 | Hội nghị | a | -2 | 5 |"
    assert said("Tuyên truyền", OUTREACH, outreach, Code.FIGURE_OUT_OF_RANGE) == ["D2"]


def test_a_criterion_its_set_does_not_have_is_told():
    rows = """
        | Nông thôn mới 2021-2025          | 19   | a | Đạt |
        | Nông thôn mới 2021-2025          | 20   | b | Đạt |
        | Nông thôn mới 2026-2030 (nhóm 1) | 11   | c | Đạt |
        | nông thôn mới 2026-2030 (Nhóm 1) | 07   | d | Đạt |
        | Nông thôn mới 2026-2030 (nhóm 1) | 11.2 | e | Đạt |
        | Đô thị văn minh                  | 10   | g | Đạt |
    """

    assert said("Tiêu chí", CRITERIA, rows, Code.CRITERION_UNKNOWN) == ["B3", "B4", "B7"]


def test_a_sheet_in_order_has_nothing_said_about_it():
    result = kept(
        "Kiến nghị",
        f"""
        {PETITIONS}
        | 01/03/2026 | Xin sửa đường | UBND xã | 20/03/2026 | 19/03/2026 |
        | 02/03/2026 | Xin lắp đèn   | UBND xã | 20/03/2026 |            |
        """,
    )

    assert [item for item in result.issues if item.place.sheet == "Kiến nghị"] == []


def values(title, header, rows, code, **scope):
    """Return what the only finding of this code says."""
    (one,) = [
        item for item in kept(title, f"{header}\n{rows}", **scope).issues if item.code is code
    ]
    return dict(one.values)


@pytest.mark.parametrize(
    ("day", "period", "code"),
    [
        ("30/06/2026", "6 tháng", None),
        ("01/07/2026", "6 tháng", Code.ROWS_AFTER_PERIOD),
        ("31/12/2026", "6 tháng", Code.ROWS_AFTER_PERIOD),
        ("01/01/2027", "6 tháng", Code.ROWS_OUT_OF_YEAR),
        ("01/01/2026", "6 tháng", None),
        ("31/12/2025", "6 tháng", Code.ROWS_OUT_OF_YEAR),
        ("31/12/2026", "Năm", None),
    ],
)
def test_the_first_and_the_last_day_of_the_year_and_of_the_period(day, period, code):
    row = f"| {day} | Hội nghị | a | 1 | |"

    for one in (Code.ROWS_AFTER_PERIOD, Code.ROWS_OUT_OF_YEAR):
        cells = said("Tuyên truyền", OUTREACH, row, one, period=period)
        assert cells == (["A2"] if one is code else [])


def test_days_that_do_not_count_are_said_with_the_border_they_passed():
    rows = "| 01/07/2026 | Hội nghị | a | 1 | |\n| 02/08/2026 | Hội nghị | b | 1 | |"
    after = values("Tuyên truyền", OUTREACH, rows, Code.ROWS_AFTER_PERIOD, period="6 tháng")
    other = values(
        "Tuyên truyền", OUTREACH, "| 01/07/2025 | Hội nghị | a | 1 | |", Code.ROWS_OUT_OF_YEAR
    )

    assert after == {"field": "Ngày", "count": "2", "cells": "A2, A3", "day": "30/06/2026"}
    assert other == {"field": "Ngày", "count": "1", "cells": "A2", "year": "2026"}


def test_where_one_of_two_days_will_do_one_of_them_is_there():
    rows = """
        | Định kỳ | 05/03/2026 |            | 4 | 4 |
        | Định kỳ |            |            | 4 | 4 |
        | Định kỳ |            | 05/03/2026 | 4 | 4 |
    """

    assert said("Đối thoại", DIALOGUES, rows, Code.REGISTER_UNDATED) == ["B3"]
    told = values("Đối thoại", DIALOGUES, rows, Code.REGISTER_UNDATED)
    assert told == {"field": "Ngày dự kiến", "count": "1", "cells": "B3"}


def test_what_a_figure_may_be_is_said():
    tasks = "| Nhiệm vụ | Đơn vị chủ trì | Hạn | Tiến độ (%) |"
    share = values("Nhiệm vụ", tasks, "| a | MTTQ | 05/03/2026 | 101 |", Code.FIGURE_OUT_OF_RANGE)
    count = values(
        "Tuyên truyền", OUTREACH, "| 05/03/2026 | Hội nghị | a | -2 | |", Code.FIGURE_OUT_OF_RANGE
    )

    assert share == {"field": "Tiến độ (%)", "value": "101", "range": "từ 0 đến 100"}
    assert count == {"field": "Số cuộc", "value": "-2", "range": "từ 0 trở lên"}


def test_a_part_and_its_whole_are_said():
    held = "| Định kỳ | | 05/03/2026 | 4 | 5 |"

    assert values("Đối thoại", DIALOGUES, held, Code.PART_OVER_WHOLE) == {
        "part": "Số ý kiến đã giải quyết",
        "value": "5",
        "whole": "Số ý kiến",
        "total": "4",
    }
    assert said("Đối thoại", DIALOGUES, held.replace("| 5 |", "| 4 |"), Code.PART_OVER_WHOLE) == []


def test_a_code_that_comes_again_names_the_row_that_counts():
    rows = """
        | M1 | Camera an ninh | Kinh tế | Mô hình | Hiệu quả |
        | M2 | Đường hoa      | Kinh tế | Mô hình | Hiệu quả |
        | m1 | Camera an ninh | Kinh tế | Mô hình | Hiệu quả |
    """

    told = values("Dân vận khéo", MODELS, rows, Code.REGISTER_CODE_REPEATED)
    assert told == {"value": "m1", "first": "2"}


def test_digits_of_a_person_are_told_at_their_cell_without_being_repeated():
    rows = """
        | 05/03/2026 | Hội nghị | ông 0912 345 678 | 1 | |
        | 05/03/2026 | Hội nghị | hội nghị 2026    | 1 | |
        | 05/03/2026 | Hội nghị | 79123456789      | 1 | |
    """

    result = kept("Tuyên truyền", f"{OUTREACH}\n{rows}")

    assert found(result.issues, Code.PERSONAL_NUMBER) == ["C2", "C4"]
    assert all("912" not in item.message for item in result.issues)


def test_a_criterion_nobody_knows_is_said_with_the_last_of_its_set():
    row = "| Nông thôn mới 2021-2025 | 20 | b | Đạt |"

    told = values("Tiêu chí", CRITERIA, row, Code.CRITERION_UNKNOWN)
    assert told == {"name": "Nông thôn mới 2021-2025", "value": "20", "last": "19"}


@pytest.mark.parametrize("numbers", [("1", "1"), ("01", "1")])
def test_a_criterion_counts_once_rows_without_a_number_each(numbers):
    rows = "\n".join(f"| Nông thôn mới 2021-2025 | {number} | a | Đạt |" for number in numbers)
    blank = "\n".join("| Nông thôn mới 2021-2025 | | a | Đạt |" for _ in numbers)

    assert said("Tiêu chí", CRITERIA, rows, Code.REGISTER_CODE_REPEATED) == ["B3"]
    assert said("Tiêu chí", CRITERIA, blank, Code.REGISTER_CODE_REPEATED) == []


@pytest.mark.parametrize(
    ("day", "cutoff", "code"),
    [
        ("14/12/2026", "Ngày 14", None),
        ("15/12/2026", "Ngày 14", Code.ROWS_OF_NEXT_JANUARY),
        ("31/12/2026", "Ngày 14", Code.ROWS_OF_NEXT_JANUARY),
        ("01/01/2027", "Ngày 14", Code.ROWS_OUT_OF_YEAR),
        ("15/12/2025", "Ngày 14", None),
        ("14/12/2025", "Ngày 14", Code.ROWS_OUT_OF_YEAR),
        ("15/12/2026", "Cuối tháng", None),
    ],
)
def test_the_end_of_december_belongs_to_january_where_months_close_on_the_14th(day, cutoff, code):
    row = f"| {day} | Hội nghị | a | 1 | |"
    own = {"Chốt_số_liệu": cutoff}

    for one in (Code.ROWS_OF_NEXT_JANUARY, Code.ROWS_OUT_OF_YEAR, Code.ROWS_AFTER_PERIOD):
        cells = said("Tuyên truyền", OUTREACH, row, one, own=own)
        assert cells == (["A2"] if one is code else [])


def test_the_days_of_next_january_need_no_remedy_in_this_year():
    told = values(
        "Tuyên truyền",
        OUTREACH,
        "| 20/12/2026 | Hội nghị | a | 1 | |",
        Code.ROWS_OF_NEXT_JANUARY,
        own={"Chốt_số_liệu": "Ngày 14"},
    )

    assert told == {"field": "Ngày", "count": "1", "cells": "A2", "year": "2026"}
    assert Code.ROWS_OF_NEXT_JANUARY.severity is Severity.NOTE


def test_a_row_whose_day_cannot_be_read_is_said_to_be_out():
    rows = "| 5/13/2026 | Hội nghị | a | 1 | |\n| 5/2/26 | Hội nghị | b | 2 | |"
    result = kept("Tuyên truyền", f"{OUTREACH}\n{rows}")

    (one,) = (item for item in result.issues if item.code is Code.REGISTER_DAY_UNREADABLE)
    assert one.place.cell == "A2"
    assert "dòng này không được tính theo Ngày" in one.message
    (table,) = tables(result).values()
    assert printed(table).splitlines()[-1] == "| Hội nghị | 2 |  |"


def test_a_day_by_which_nothing_is_counted_is_merely_taken_for_blank():
    row = "| 05/03/2026 | Xin sửa đường | UBND xã | cuối năm | |"

    assert said("Kiến nghị", PETITIONS, row, Code.DATE_UNREADABLE) == ["D2"]
    assert said("Kiến nghị", PETITIONS, row, Code.REGISTER_DAY_UNREADABLE) == []


def test_rows_without_their_figure_are_told_once_and_said_not_to_be_added():
    rows = "| 01/03/2026 | Hội nghị | a | | |\n| 02/03/2026 | Hội nghị | b | | |"

    told = values("Tuyên truyền", OUTREACH, rows, Code.REGISTER_FIGURES_BLANK)
    assert told == {"field": "Số cuộc", "count": "2", "cells": "D2, D3"}


def test_counts_of_a_register_are_whole():
    row = "| {} | Hội nghị | Dân số | {} |"
    rows = "\n".join((row.format("05/03/2026", "1.5 | 40"), row.format("06/03/2026", "2 | 40.5")))

    assert said("Tuyên truyền", OUTREACH, rows, Code.ROWS_NOT_WHOLE) == ["D2", "E3"]


@pytest.mark.parametrize(("measure", "cells"), [("cây", ["E2"]), ("m²", []), ("ngày công", [])])
def test_what_is_mobilised_is_whole_where_its_measure_is_counted(measure, cells):
    header = "| Ngày | Nội dung | Loại | ĐVT | Kết quả | Giá trị (triệu đồng) |"
    row = f"| 05/03/2026 | Trồng cây | Hiện vật | {measure} | 20.5 | 1.5 |"

    assert said("Huy động", header, row, Code.ROWS_NOT_WHOLE) == cells
