"""`vi-du`: what four localities published, in their workbooks, their registers and the summary."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook

from danvan_xl.jobs.example import Example, run_examples
from danvan_xl.rollup.from_registers import is_monthly
from danvan_xl.schema.messages import Severity
from danvan_xl.schema.output_sheets import TRACKING
from danvan_xl.schema.sheets import MONTH_NAMES, TARGETS
from danvan_xl.schema.sources import register_source
from danvan_xl.vietnamese.printed import vietnamese_number
from danvan_xl.vietnamese.text import match_key

# The rows a register prints follow from a formula, which openpyxl does not read and says so.
pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")

PHO_PHONG, THACH_DIEN = "Xã Phổ Phong 2022", "Xã Thạch Điền 2018"
QUYNH_XUAN = "Phường Quỳnh Xuân 2022"
YEN_BAI = "Đảng bộ Khối cơ quan và doanh nghiệp tỉnh Yên Bái 2023"

# Locality, indicator, what was done, what was planned.
FIGURES = [
    (PHO_PHONG, "XD02", "7", "9"),
    (PHO_PHONG, "XD03", "≥30", ""),
    (PHO_PHONG, "XD04", "≥15", ""),
    (PHO_PHONG, "KT06", "748", "748"),
    (PHO_PHONG, "VX01", "19", "19"),
    (THACH_DIEN, "VX01", "13", "19"),
    (THACH_DIEN, "KT01", "5.016", ""),
    (THACH_DIEN, "KT02", "4.163", ""),
    (QUYNH_XUAN, "XD03", "14", ""),
    (QUYNH_XUAN, "XD04", "131", ""),
    (QUYNH_XUAN, "XD02", "12", "12"),
    (QUYNH_XUAN, "KT03", "653,5", ""),
    (QUYNH_XUAN, "KT04", "1.380", ""),
    (QUYNH_XUAN, "KT05", "22,3", ""),
    (QUYNH_XUAN, "KT06", "≥2.000", ""),
    (QUYNH_XUAN, "KT07", "≥1.200", ""),
    (QUYNH_XUAN, "KT08", "36", ""),
    (QUYNH_XUAN, "KT09", "33", ""),
    (QUYNH_XUAN, "KT10", "≥2,5", ""),
    (QUYNH_XUAN, "KT11", "≥1.000", ""),
    (QUYNH_XUAN, "VX02", "≥500", ""),
    (YEN_BAI, "DV01.1", "26", ""),
    (YEN_BAI, "DV01.2", "36", ""),
    (YEN_BAI, "DV01.3", "4", ""),
    (YEN_BAI, "DV01.4", "32", ""),
    (YEN_BAI, "DV02", "9", ""),
    (YEN_BAI, "DV03", "2", ""),
]
# Locality, and how a row of sheet Sổ theo dõi begins, cell after cell.
TRACKED = [
    (PHO_PHONG, ["Tổng cộng", "9", "0", "2", "7", "0", "0", "0", "7", "0,7778"]),
    (PHO_PHONG, ["Hội nghị", "≥30"]),
    (PHO_PHONG, ["Vận động cá biệt", "≥15"]),
    (PHO_PHONG, ["Cao tốc Bắc - Nam", "Thửa đất kiểm kê", "thửa", "748", "748", "1"]),
    (PHO_PHONG, ["Cao tốc Bắc - Nam", "Hộ bị ảnh hưởng", "hộ", "435"]),
    (PHO_PHONG, ["Cao tốc Bắc - Nam", "Mộ bị ảnh hưởng", "mộ", "388"]),
    (PHO_PHONG, ["Cao tốc Bắc - Nam", "Khu tái định cư", "ha", "14,6"]),
    (PHO_PHONG, ["Cao tốc Bắc - Nam", "Tuyến chính và nút giao", "km", "5,45"]),
    (
        PHO_PHONG,
        ["Xã Phổ Phong", "Nông thôn mới 2021-2025", "Tiêu chí", "19", "19", "0", "1"],
    ),
    (
        THACH_DIEN,
        ["Xã Thạch Điền", "Nông thôn mới 2016-2020", "Tiêu chí", "19", "13", "6", "0,6842"],
    ),
    (THACH_DIEN, ["Hiến đất", "m²", "1", "5.016"]),
    (THACH_DIEN, ["Dỡ bỏ hàng rào", "Công trình", "m", "4.163"]),
    (QUYNH_XUAN, ["Đối thoại", "12", "12", "12", "0", "0", "0"]),
    (QUYNH_XUAN, ["Đất đào cấp phối", "Công trình", "m³", "653,5"]),
    (QUYNH_XUAN, ["Nạo vét kênh mương", "Công trình", "m³", "1.380"]),
    (QUYNH_XUAN, ["Phát quang đường", "Công trình", "km", "22,3"]),
    (QUYNH_XUAN, ["Đường bê tông nội khối", "Công trình", "m", "≥2.000"]),
    (QUYNH_XUAN, ["Mương thoát nước", "Công trình", "m", "≥1.200"]),
    (QUYNH_XUAN, ["Đoạn đường cây, đường hoa", "Công trình", "đoạn", "36"]),
    (QUYNH_XUAN, ["Đường điện sáng", "Công trình", "km", "33"]),
    (QUYNH_XUAN, ["Nhân dân đóng góp", "Tiền", "triệu đồng", "≥2.500"]),
    (QUYNH_XUAN, ["Ngày công nhân dân đóng góp", "Ngày công", "ngày công", "≥1.000"]),
    (QUYNH_XUAN, ["Thùng rác hộ gia đình mua", "Hiện vật", "thùng", "≥500"]),
    (QUYNH_XUAN, ["Hiện vật", "1", "≈90"]),
    (QUYNH_XUAN, ["Tổ dân vận", "14"]),
    (QUYNH_XUAN, ["Tổ tự quản", "131"]),
    (YEN_BAI, ["Mô hình", "100"]),
    (YEN_BAI, ["Điển hình tập thể", "9"]),
]


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Example]:
    return {example.title: example for example in run_examples(tmp_path_factory.mktemp("vi-du"))}


@pytest.fixture(scope="module")
def summaries(examples: dict[str, Example]) -> dict[str, Workbook]:
    """The summaries as written, by locality."""
    return {title: load_workbook(example.output) for title, example in examples.items()}


def tracked(summary: Workbook) -> list[list[str]]:
    """The rows of sheet Sổ theo dõi as a person reads them."""
    rows = summary[TRACKING.title].iter_rows()
    return [[_text(cell) for cell in row if cell.value is not None] for row in rows]


def _text(cell: Cell) -> str:
    if not isinstance(cell.value, int | float):
        return str(cell.value)
    bound = next((sign for sign in "≥≤≈" if sign in cell.number_format), "")
    return f"{bound}{_number(cell.value)}"


def _number(value: object) -> str:
    return "" if value is None else vietnamese_number(Decimal(str(value)))


def total(summary: Workbook, code: str) -> dict[str, object]:
    """The row of an indicator in the summary that was written."""
    rows = list(summary["Tổng hợp"].iter_rows(min_row=7, values_only=True))
    (row,) = (row for row in rows if row[1] == code)
    return dict(zip(map(str, rows[0]), row, strict=True))


def from_registers(example: Example) -> Iterator[tuple[int, str, str]]:
    """The row, the code and the source of every indicator that a register feeds."""
    own = example.job.result.book.own
    assert own is not None
    for target in own.targets:
        if register_source(target.indicator.source):
            yield target.row, target.indicator.code, target.indicator.source


@pytest.mark.parametrize(("title", "code", "done", "planned"), FIGURES)
def test_a_published_figure_stands_in_the_summary(
    examples: dict[str, Example],
    summaries: dict[str, Workbook],
    title: str,
    code: str,
    done: str,
    planned: str,
) -> None:
    line = examples[title].job.result.lines[match_key(code)]
    row = total(summaries[title], code)

    assert line.actual is not None
    assert f"{line.bound}{vietnamese_number(line.actual)}" == done
    assert _number(row["Thực hiện"]) == done.lstrip("≥≈")
    assert ("Có số ước" in str(row["Ghi chú"])) == bool(line.bound)
    assert _number(row["Kế hoạch"]) == planned


@pytest.mark.parametrize(("title", "cells"), TRACKED)
def test_a_published_figure_stands_among_those_of_the_registers(
    summaries: dict[str, Workbook], title: str, cells: list[str]
) -> None:
    rows = tracked(summaries[title])

    assert cells in [row[: len(cells)] for row in rows]


def test_every_figure_from_a_register_is_in_the_list(examples: dict[str, Example]) -> None:
    fed = {
        (title, code)
        for title, example in examples.items()
        for _, code, _ in from_registers(example)
    }

    assert fed == {(title, code) for title, code, _, _ in FIGURES}


def test_indicators_fed_from_a_register_are_not_typed(examples: dict[str, Example]) -> None:
    for example in examples.values():
        sheet = load_workbook(example.workbook)[TARGETS.title]
        rules = {
            line.definition.code: line.definition.month_rule
            for line in example.job.result.lines.values()
        }
        for row, code, text in from_registers(example):
            source = register_source(text)
            assert source is not None
            first = TARGETS.position(MONTH_NAMES[0]) + 1
            months = [sheet.cell(row, first + month).value for month in range(12)]
            if is_monthly(source, rules[code]):
                assert all(str(month).startswith("=") for month in months), code
            else:  # as it stands: the register gives the total alone
                assert months == [None] * 12, code
            assert str(sheet.cell(row, TARGETS.position("cumulative") + 1).value).startswith("=")


def test_the_figures_come_from_the_rows_of_the_registers(examples: dict[str, Example]) -> None:
    for example in examples.values():
        terms = dict(example.job.result.terms())
        for _, code, text in from_registers(example):
            title = text.split(" ", 1)[1].split(" [")[0].split(".")[0]
            assert terms[code].sheet == title


@pytest.mark.parametrize(
    ("title", "warnings"),
    [
        (PHO_PHONG, {"KH02"}),
        (THACH_DIEN, {"KH02"}),
        (QUYNH_XUAN, {"KH02"}),
        (YEN_BAI, {"KH02", "TH02"}),
    ],
)
def test_nothing_is_wrong_with_the_examples_but_what_was_published(
    examples: dict[str, Example], title: str, warnings: set[str]
) -> None:
    result = examples[title].job.result
    told = {item.code.value for item in result.issues if item.severity is Severity.WARNING}

    assert told == warnings
    assert not result.has_errors


def test_a_stated_total_is_held_against_its_parts(
    examples: dict[str, Example], summaries: dict[str, Workbook]
) -> None:
    sums = [
        item.message for item in examples[YEN_BAI].job.result.issues if item.code.value == "TH02"
    ]

    assert "Chỉ tiêu DV01: tổng ghi 101, các phần 26 + 36 + 4 + 32 cộng lại 98; chênh 3." in sums
    assert total(summaries[YEN_BAI], "DV01")["Thực hiện"] == 101


def test_every_locality_is_run_into_a_folder_of_its_own(
    examples: dict[str, Example], tmp_path: Path
) -> None:
    assert set(examples) == {PHO_PHONG, THACH_DIEN, QUYNH_XUAN, YEN_BAI}
    assert len({example.output.parent for example in examples.values()}) == 4
    assert all(example.output.is_file() for example in examples.values())
