"""Contents of workbooks for tests of what is written."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from danvan_xl.outgoing.contents import Contents, TargetRow, UnitRow, UnitSheet, blank_contents
from danvan_xl.schema.indicators import Indicator, default_indicators_path, read_indicators

D = Decimal


def blank(level: str) -> Contents:
    indicators = read_indicators(default_indicators_path(level))
    return blank_contents(level, "PP", "Xã Phổ Phong", 2026, indicators)


def indicator(code: str, **fields: object) -> Indicator:
    return Indicator(code, "Kinh tế", f"Chỉ tiêu {code}", "hộ", **fields)  # type: ignore[arg-type]


def with_units() -> Contents:
    rows = (
        TargetRow(indicator("A", plan=D(100)), (D("12.5"), "trên 30", "KPS") + (None,) * 9, "Ghi"),
        TargetRow(indicator("B", plan=D(10))),
    )
    units = (
        UnitRow("PP.01", "Thôn Một", "Thôn", since=dt.date(2025, 7, 1)),
        UnitRow("PP.02", "Thôn Hai", "Thôn"),
    )
    sheet = UnitSheet("PP.01", "Thôn Một", "Thôn Một", rows[:1])
    plans = {"A": {"PP.01": D(40), "PP.02": D("59.5")}}
    base = blank_contents("Xã", "PP", "Xã Phổ Phong", 2026, [])
    return replace(base, targets=rows, units=units, unit_sheets=(sheet,), assignment=plans)
