"""Digits that look like a person's identity card or telephone: seen, told, and never repeated."""

import pytest

from danvan_xl.files.grid import Grid
from danvan_xl.schema.columns import Kind
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import REGISTERS
from danvan_xl.vietnamese.privacy import has_personal_number, without_personal_numbers
from tests.register_sheets import TARGETS, everything_said, kept, of_unit
from tests.sheets import consolidated, found, grid, units

PERSONAL = [
    "051199001234",
    "CCCD 051199001234.",
    "số 051 199 001 234, thôn 2",
    "CMND 212345678",
    "212 345 678",
    "0912345678",
    "ĐT: 0912 345 678",
    "0912.345.678",
    "0912-345-678",
    "091 234 56 78",
    "+84 912 345 678",
    "+84912345678",
    "84912345678",
    "Zalo:0389123456",
    "0912\u00a0345\u00a0678",
    "máy bàn 02553822123",
    "máy bàn 0255 3822 123",
]
HARMLESS = [
    "7.897.797.496",
    "7.897.797.496 đồng",
    "150.000.000 đồng",
    "150,000,000",
    "7897797496",
    "15/07/2026",
    "từ 01/01/2026 đến 31/12/2026",
    "2026-07-15",
    "02-CV/ĐU",
    "51/2025/QĐ-TTg",
    "Kế hoạch 123-KH/TU ngày 05/07/2026",
    "giai đoạn 2021-2025",
    "thửa 1234, tờ 56",
    "1 234 567",
    "2.000 m2, 35 hộ, 12 km",
    "123.456,789",
    "Quốc lộ 24, Km 12+345",
]
CONTRIBUTIONS = "| Ngày | Nội dung | Loại | ĐVT | Kết quả |"
MODELS = "| Mã mô hình | Tên mô hình | Lĩnh vực | Loại | Trạng thái |"
DAY = "05/05/2026"


@pytest.mark.parametrize("text", PERSONAL)
def test_what_looks_like_a_person_is_seen_and_left_out(text):
    hidden = without_personal_numbers(text)

    assert has_personal_number(text)
    assert sum(char.isdigit() for char in hidden.replace("thôn 2", "")) == 0


@pytest.mark.parametrize("text", HARMLESS)
def test_money_days_and_document_numbers_are_no_person(text):
    assert not has_personal_number(text)
    assert without_personal_numbers(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "0912345678/0387654321",
        "0912345678, 0387654321",
        "0912345678,0387654321",
        "051199001234-0912345678",
        "051199001234/0912345678",
    ],
)
def test_of_two_numbers_side_by_side_neither_is_left(text):
    assert has_personal_number(text)
    assert not any(char.isdigit() for char in without_personal_numbers(text))


def every_column(register, text):
    """Return a sheet of one row: nothing is done, and every text column holds `text`."""
    done = register.deadline.done if register.deadline else ""
    plain = {Kind.DATE: DAY, Kind.CODE: "7", Kind.TEXT: text, Kind.SHARE: None}
    head, row = [], []
    for column in register.sheet.columns:
        cell = column.choices[0] if column.choices else plain.get(column.kind, 1.0)
        head.append(column.header)
        row.append(None if column.name == done else cell)
    return Grid(register.title, [head, row])


REGISTER_TITLES = [register.title for register in REGISTERS]


@pytest.mark.parametrize("register", REGISTERS, ids=REGISTER_TITLES)
@pytest.mark.parametrize("number", ["0912 345 678", "051199001234", "+84 912 345 678"])
def test_a_number_in_any_text_is_told_at_its_cell_and_never_repeated(register, number):
    sheet = every_column(register, f"Ông A, {number}")
    result = consolidated(TARGETS, sheet)

    texts = [column for column in register.sheet.columns if column.kind is Kind.TEXT]
    assert len(found(result.issues, Code.PERSONAL_NUMBER)) == len(texts)
    assert number not in everything_said(result)


@pytest.mark.parametrize("register", REGISTERS, ids=REGISTER_TITLES)
@pytest.mark.parametrize("number", [912345678.0, 51199001234.0])
def test_a_number_that_lost_its_zero_to_excel_is_told_and_never_repeated(register, number):
    result = consolidated(TARGETS, every_column(register, number))

    texts = [column for column in register.sheet.columns if column.kind is Kind.TEXT]
    assert len(found(result.issues, Code.PERSONAL_NUMBER)) == len(texts)
    assert str(int(number)) not in everything_said(result)


def test_a_number_stands_in_no_finding_about_a_choice_a_day_or_a_figure():
    result = kept(
        "Huy động",
        f"""
        {CONTRIBUTIONS}
        | {DAY}            | a | Ông A 0912 345 678 | m²                 | 10               |
        | ông 0912 345 678 | b | Hiến đất           | m²                 | 10               |
        | {DAY}            | c | Hiến đất           | m²                 | ông 0912 345 678 |
        | {DAY}            | d | Hiến đất           | ông 0912 345 678   | 10%              |
        """,
    )

    assert "0912" not in everything_said(result)


def test_a_number_in_the_name_of_a_model_stands_in_no_finding_and_no_table():
    row = "| {} | Camera an ninh của ông A 0912 345 678 | Kinh tế | Mô hình | Hiệu quả |"
    result = consolidated(
        TARGETS,
        units("Thôn Một", "Thôn Hai"),
        grid(f"{MODELS}\n{row.format('M1')}", "Dân vận khéo"),
        *of_unit(1, "Dân vận khéo", f"{MODELS}\n{row.format('M1')}"),
        *of_unit(2, "Dân vận khéo", f"{MODELS}\n{row.format('M2')}"),
    )

    codes = {item.code for item in result.issues}
    assert {Code.MODEL_REPORTED_TWICE, Code.MODEL_NAMES_ALIKE, Code.PERSONAL_NUMBER} <= codes
    assert "0912" not in everything_said(result)


def test_a_number_in_the_names_of_models_that_share_a_code_stands_in_no_finding():
    one = "| M1 | Bà B 0912 345 678 nuôi heo đất | Kinh tế | Mô hình | Hiệu quả |"
    other = "| M1 | Tuyến đường hoa 051199001234 | Kinh tế | Mô hình | Hiệu quả |"
    result = consolidated(
        TARGETS,
        units("Thôn Một", "Thôn Hai"),
        *of_unit(1, "Dân vận khéo", f"{MODELS}\n{one}"),
        *of_unit(2, "Dân vận khéo", f"{MODELS}\n{other}"),
    )

    assert Code.MODEL_CODE_CLASH in {item.code for item in result.issues}
    assert "0912" not in everything_said(result)
    assert "051199001234" not in everything_said(result)


def test_what_people_asked_for_and_were_told_goes_into_no_table():
    result = kept(
        "Kiến nghị",
        """
        | Ngày tiếp nhận | Nội dung   | Cơ quan giải quyết | Hạn giải quyết | Kết quả | Ghi chú |
        | 05/05/2026     | việc riêng | UBND xã            | 10/05/2026     | mời họp | nhà bên |
        """,
    )

    said = everything_said(result)
    assert "Kiến nghị quá hạn (1)" in said
    assert not [word for word in ("việc riêng", "mời họp", "nhà bên") if word in said]
