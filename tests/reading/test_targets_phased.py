"""KH quý I, KH 6 tháng, KH 9 tháng, Nguyên nhân, Giải pháp: how they are headed, what is read."""

from decimal import Decimal

import pytest

from danvan_xl.reading.headers import find_header
from danvan_xl.reading.records import Book, Target
from danvan_xl.reading.target_header import for_year
from danvan_xl.reading.workbook import read_book
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import TARGETS
from danvan_xl.vietnamese.numbers import State
from tests.sheets import book, grid, info

D = Decimal
PLAN_3, PLAN_6, PLAN_9 = "plan_q1", "plan_6m", "plan_9m"
ROW = (
    "| Mã | Chỉ tiêu | ĐVT | Kế hoạch | {} | T1 | T2 |\n| K | Thu quỹ | triệu | 100 | {} | 1 | 2 |"
)


def read(header: str, cell: object = 45) -> tuple[Book, Target]:
    fields = {"Mã_đơn_vị": "A", "Tên_đơn_vị": "Xã A", "Năm": 2026.0}
    found = read_book(book(info(**fields), grid(ROW.format(header, cell))))
    assert found.own is not None
    (target,) = found.own.targets
    return found, target


@pytest.mark.parametrize(
    ("header", "name"),
    [
        *[(text, PLAN_3) for text in ("KH quý I", "KH quý 1", "Kế hoạch quý I", "KH Q1")],
        *[(text, PLAN_3) for text in ("KH 3 tháng", "Kế hoạch 3 tháng đầu năm", "ke hoach quy I")],
        *[(text, PLAN_6) for text in ("KH 6 tháng", "KH 6T", "Kế hoạch 6 tháng", "KH 06 tháng")],
        *[(text, PLAN_6) for text in ("KH 6 tháng đầu năm", "KH giao 6 tháng", "KH 6 THÁNG 2026")],
        *[(text, PLAN_6) for text in ("Kế hoạch đến hết tháng 6", "KH hết quý II")],
        *[(text, PLAN_9) for text in ("KH 9 tháng", "KH 9T", "Kế hoạch 9 tháng", "KH hết quý III")],
        *[(text, "cause") for text in ("Nguyên nhân", "Nguyên nhân chưa đạt", "Lý do chưa đạt")],
        *[(text, "solution") for text in ("Giải pháp", "Biện pháp khắc phục", "giai phap")],
    ],
)
def test_a_header_is_known_however_it_is_written(header, name):
    found = find_header(grid(ROW.format(header, "")), (TARGETS,))

    assert found is not None
    assert for_year(found, 2026).columns[name] == 4


@pytest.mark.parametrize(
    "header",
    [
        *("Thực hiện 6 tháng", "6 tháng", "TH 6 tháng", "KH 6 tháng cuối năm", "Ước 6 tháng"),
        *(
            "Quý I",
            "KH quý II",
            "KH quý III",
            "KH quý IV",
            "KH tháng 6",
            "KH T6",
        ),
        *("So KH 6 tháng", "Tỷ lệ so KH 6 tháng", "Kế hoạch (6 tháng)", "Người nhận"),
        *("Nguồn nhân lực", "Giải trình", "KH 12 tháng", "KH 4 tháng", "Cùng kỳ 6 tháng"),
    ],
)
def test_what_means_something_else_is_not_taken_for_a_phased_plan(header):
    found, target = read(header)

    assert target.phased == ((None, State.BLANK, ""),) * 3
    assert not target.further
    assert target.plan.value == 100
    assert not [item for item in found.issues if "KH 6 tháng'" in item.message]


def test_a_phased_plan_of_another_year_is_asked_about():
    found, target = read("KH 6 tháng 2025")

    assert target.phased == ((None, State.BLANK, ""),) * 3
    (asked,) = [item for item in found.issues if item.code is Code.COLUMN_UNREAD]
    assert "có thể là cột 'KH 6 tháng'" in asked.message


@pytest.mark.parametrize(
    ("cell", "value", "state"),
    [
        ("45", D(45), State.NUMBER),
        ('"45,5"', D("45.5"), State.NUMBER),
        ('"1.234,5"', D("1234.5"), State.NUMBER),
        ("0", D(0), State.NUMBER),
        ('"45/45"', D(45), State.NUMBER),
        ('"≥ 45"', D(45), State.NUMBER),
        ('"10/45"', None, State.UNREADABLE),
        ("", None, State.BLANK),
        ('"…"', None, State.BLANK),
        ('"nhiều lắm"', None, State.UNREADABLE),
    ],
)
def test_a_phased_plan_is_read_with_the_care_of_a_plan(cell, value, state):
    _, target = read("KH 6 tháng", cell)

    first, half, third = target.phased
    assert (half.value, half.state) == (value, state)
    assert (first.state, third.state) == (State.BLANK, State.BLANK)
    asked = target.stated.get(PLAN_6)
    assert bool(asked and asked.doubt) is (state is State.UNREADABLE)
    if value is not None:
        assert target.further[PLAN_6] == half


def test_reasons_are_read_as_words_without_the_numbers_of_people():
    found, target = read("Nguyên nhân | Giải pháp", "Mưa lũ | Ông A 042123456789 lo trước 30/9")

    assert target.further["cause"] == "Mưa lũ"
    assert "042123456789" not in str(target.further["solution"])
    assert Code.PERSONAL_NUMBER in [item.code for item in found.issues]
