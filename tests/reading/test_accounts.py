"""What a foreign workbook's sheets were taken for, and the smallest change that would do."""

import pytest

from danvan_xl.files.grid import Grid
from danvan_xl.reading.accounts import account
from danvan_xl.reading.workbook import read_book
from danvan_xl.schema.issues import Issue
from tests.sheets import book, grid, info

ROW = "| 1 | Thu ngân sách | tỷ đồng | 20 | 9 |"
DONE = "| STT | Chỉ tiêu | ĐVT | Kế hoạch | {} |"
ADD = "thêm cột T1 … T12 vào hàng 1 và ghi số vào đó"


def told(*grids: Grid) -> list[Issue]:
    opened = book(*grids)
    return list(account(opened.grids, read_book(opened)))


@pytest.mark.parametrize(
    ("header", "month"),
    [
        ("Thực hiện 6 tháng đầu năm 2026", "'T6'"),
        ("Kết quả 9 tháng", "'T9'"),
        ("KẾT QUẢ QUÝ II", "'T6'"),
        ("Thực hiện năm 2026", "thành tháng của số đó, ví dụ 'T6'"),
        ("Thực hiện", "thành tháng của số đó, ví dụ 'T6'"),
    ],
)
def test_the_column_of_what_was_done_is_to_be_headed_by_its_month(header, month):
    (found,) = told(grid(f"{DONE.format(header)}\n{ROW}", "Biểu 01"))

    to = month if month.startswith("thành") else f"thành {month}"
    assert found.remedy == f"Cách sửa nhỏ nhất: đổi đầu cột '{header}' {to}, hoặc {ADD}."
    assert "nhận ra cột 'Chỉ tiêu', 'ĐVT', 'Kế hoạch'" in found.message
    assert "còn thiếu 'Mã', 'T1'" in found.message


@pytest.mark.parametrize(
    "header", ["Ước thực hiện", "So với thực hiện năm trước", "Tỷ lệ thực hiện"]
)
def test_what_was_not_done_this_year_is_not_made_a_month(header):
    (found,) = told(grid(f"{DONE.format(header)}\n{ROW}", "Biểu 01"))

    assert found.remedy == f"Cách sửa nhỏ nhất: {ADD}."


def test_of_two_years_the_later_one_is_meant():
    header = "| STT | Chỉ tiêu | ĐVT | Thực hiện năm 2025 | Thực hiện năm 2026 |"

    (found,) = told(grid(f"{header}\n{ROW}", "Biểu 01"))

    assert "đổi đầu cột 'Thực hiện năm 2026'" in found.remedy


def test_the_workbooks_own_period_tells_the_month():
    about = info(Mã_đơn_vị="A", Năm=2026.0, Kỳ_báo_cáo="9 tháng")

    found, _ = told(about, grid(f"{DONE.format('Thực hiện')}\n{ROW}", "Biểu 01"))

    assert found.place.sheet == "Biểu 01"  # before what needs no change
    assert "đổi đầu cột 'Thực hiện' thành 'T9'" in found.remedy


def test_a_sheet_that_is_known_is_left_alone():
    about = info(Mã_đơn_vị="A", Tên_đơn_vị="Xã A", Năm=2026.0)

    _, of_info = told(about, grid(f"{DONE.format('Thực hiện')}\n{ROW}", "Biểu 01"))

    assert (of_info.place.sheet, of_info.message) == ("Thông tin", "Là trang Thông tin.")
    assert of_info.remedy == "Cách sửa nhỏ nhất: để nguyên trang này."


def test_a_table_without_codes_lacks_that_column():
    header = "| STT | Chỉ tiêu | ĐVT | Kế hoạch | T6 |"

    (found,) = told(grid(f"{header}\n{ROW}", "Biểu 01"))

    assert found.message == "Là trang Chỉ tiêu, tiêu đề ở hàng 1, 1 dòng, không có cột 'Mã'."
    assert found.remedy == (
        "Cách sửa nhỏ nhất: thêm cột 'Mã' vào hàng 1 và ghi mã chỉ tiêu ở từng dòng."
    )


def test_where_no_row_is_like_a_header_the_figures_are_to_be_copied():
    (found,) = told(grid("| Báo cáo |\n| Kết quả khá |", "Trang 1"))

    assert found.message == "Không thấy hàng nào giống tiêu đề bảng."
    assert found.remedy == "Cách sửa nhỏ nhất: chép số liệu vào trang Chỉ tiêu của mẫu."


@pytest.mark.parametrize(
    ("header", "changed"),
    [
        (DONE.format("Thực hiện 6 tháng"), DONE.format("T6")),
        (
            "| Mã | Việc phải làm | ĐVT | Kế hoạch | T6 |",
            "| Mã | Chỉ tiêu | ĐVT | Kế hoạch | T6 |",
        ),
    ],
)
def test_the_change_does_what_it_says(header, changed):
    before, after = (book(grid(f"{text}\n{ROW}", "Biểu 01")) for text in (header, changed))

    assert read_book(before).own is None
    (found,) = account(before.grids, read_book(before))
    assert "'T6'" in found.remedy or "'Chỉ tiêu'" in found.remedy
    assert read_book(after).own is not None
