"""The lists of indicators that come with the program: each by itself, and one under another."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import danvan_xl
from danvan_xl.outgoing.blank import BlankOrder, blank_book
from danvan_xl.outgoing.contents import UnitRow
from danvan_xl.schema.adding import named_direction
from danvan_xl.schema.catalogue_columns import CatalogueColumns
from danvan_xl.schema.defaults import defaults_told
from danvan_xl.schema.indicators import (
    Indicator,
    default_indicators_path,
    read_catalogue,
    read_indicators,
)
from danvan_xl.schema.messages import Severity
from danvan_xl.schema.options import Direction, MonthRule, UnitRule
from danvan_xl.schema.sheets import LEVELS
from danvan_xl.schema.sources import Ratio, parse_source
from danvan_xl.writing.template.workbook import write_workbook

PAIRS = (
    ("Thôn", "Xã"),
    ("Khối/Đoàn thể", "Xã"),
    ("Khối/Đoàn thể", "Huyện"),
    ("Khối/Đoàn thể", "Tỉnh"),
    ("Xã", "Huyện"),
    ("Xã", "Tỉnh"),
    ("Huyện", "Tỉnh"),
    ("Tỉnh", "Trung ương"),
)
# How many there are, so what stands at the end of a period counts; all else with Cộng happens.
STOCKS = {
    *("KT07", "KT08", "KT14", "KT15", "VX01", "VX02", "VX05", "VX07", "VX08", "VX10"),
    *("XD05", "XD05.1", "XD05.2", "XD05.3", "XD05.4", "XD06", "XD08", "XD20"),
    *("XD21", "XD21.1", "XD21.2", "XD22", "XD23", "XD25"),
}
FEWER_IS_BETTER = {"VX02", "VX03", "QA06"}


def of_level(level: str) -> dict[str, Indicator]:
    return {item.code: item for item in read_indicators(default_indicators_path(level))}


def every_row() -> Iterator[tuple[str, Indicator]]:
    for level in LEVELS:
        for item in of_level(level).values():
            yield level, item


@pytest.mark.parametrize(("lower", "upper"), PAIRS)
def test_every_indicator_of_a_level_is_one_of_the_level_above_and_means_the_same(
    lower: str, upper: str
) -> None:
    above = of_level(upper)
    words = ("indicator", "measure", "work_field", "direction", "month_rule")

    for code, item in of_level(lower).items():
        assert [item.said(name) for name in words] == [above[code].said(name) for name in words]


@pytest.mark.parametrize(("lower", "upper"), PAIRS)
def test_untouched_workbooks_under_an_untouched_one_leave_nothing_to_say(
    lower: str, upper: str, tmp_path: Path
) -> None:
    inbox = tmp_path / "Nhan"
    inbox.mkdir()
    units = [UnitRow(f"A.{number}", f"Đơn vị {number}", lower) for number in (1, 2)]
    write_workbook(tmp_path / "so.xlsx", replace(blank(upper, "A", "Trên"), units=tuple(units)))
    for unit in units:
        write_workbook(inbox / f"{unit.code}.xlsx", blank(lower, unit.code, unit.unit_name))

    result = danvan_xl.consolidate(tmp_path / "so.xlsx", inbox).consolidation

    assert [item.message for item in result.issues if item.severity is not Severity.NOTE] == []
    assert [report.submission is not None for report in result.units] == [True, True]


def blank(level: str, code: str, name: str):
    order = BlankOrder(code=code, name=name, level=level, year=2026)
    return blank_book(order).contents


@pytest.mark.parametrize("level", LEVELS)
def test_a_shipped_list_says_everything_itself(level: str) -> None:
    read = read_catalogue(default_indicators_path(level))

    assert (read.remarks, read.defaulted, list(defaults_told(read.defaulted))) == ((), (), [])
    assert read.columns == CatalogueColumns()


def test_what_does_not_add_is_added_nowhere() -> None:
    for level, item in every_row():
        if item.adds:
            continue
        assert item.month_rule is MonthRule.LAST, (level, item.code)
        is_ratio = isinstance(parse_source(item.source), Ratio)
        assert item.unit_rule is (UnitRule.RATIO if is_ratio else UnitRule.MEAN), (level, item.code)


def test_what_there_is_counts_at_the_end_and_what_happens_is_added() -> None:
    for level, item in every_row():
        if item.adds:
            wanted = MonthRule.LAST if item.code in STOCKS else MonthRule.SUM
            assert item.month_rule is wanted, (level, item.code)
            assert item.unit_rule is (UnitRule.NONE if item.code == "KT14" else UnitRule.SUM)


def test_only_poverty_and_crime_are_to_be_little() -> None:
    for level, item in every_row():
        is_less = item.direction is Direction.LESS
        assert is_less is (item.code in FEWER_IS_BETTER), (level, item.code)
        by_name = named_direction(item.indicator)
        assert by_name.direction is item.direction, (level, item.code)


def test_income_per_head_is_weighed_by_the_people_of_the_same_list() -> None:
    found = [(level, item) for level, item in every_row() if item.code == "KT05"]

    assert {level for level, _ in found} == {"Xã", "Huyện", "Tỉnh", "Trung ương"}
    for level, item in found:
        assert (item.source, item.unit_rule) == ("bình quân theo VX07", UnitRule.MEAN)
        assert "VX07" in of_level(level)
