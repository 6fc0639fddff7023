"""Sheet Biểu đồ: completion by work field, and the units with most indicators behind."""

from collections.abc import Iterator
from decimal import Decimal

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.report.material import Material
from danvan_xl.report.tables import Chart, ChartSheet
from danvan_xl.report.totals import by_field
from danvan_xl.rollup.rating import Rating, shown
from danvan_xl.schema.output_sheets import CHARTS

_CHARTED_UNITS = 15
_UNRATED = (Rating.NOT_ASSIGNED, Rating.NOT_REPORTED, Rating.PLAN_UNKNOWN)


def chart_sheet(material: Material) -> ChartSheet | None:
    """The charts that have a bar; None where none has."""
    charts = (
        Chart(
            "Chỉ tiêu đạt, đúng tiến độ hoặc trong mức theo lĩnh vực",
            "Tỷ lệ",
            tuple(_fields(material.result)),
            is_share=True,
        ),
        Chart(
            "Đơn vị có nhiều chỉ tiêu chưa đạt, chậm tiến độ, có nguy cơ vượt",
            "Số chỉ tiêu",
            _units(material.result),
        ),
    )
    drawn = tuple(chart for chart in charts if chart.bars)
    return ChartSheet(CHARTS, drawn) if drawn else None


def _fields(result: Consolidation) -> Iterator[tuple[str, Decimal]]:
    """The share of each work field's indicators that are reached or on pace.

    Of those whose plan is known and that have a figure; what is still open is not reached.
    """
    for name, lines in by_field(result):
        rated = [line.rating for line in lines if line.rating not in _UNRATED]
        if rated:
            good = sum(rating.is_on_course for rating in rated)
            yield name, shown(Decimal(good) / len(rated)) or Decimal(0)


def _units(result: Consolidation) -> tuple[tuple[str, int], ...]:
    """The units with most indicators unmet."""
    behind = sorted(
        ((unit.unit.name, unit.unmet) for unit in result.units), key=lambda item: -item[1]
    )
    return tuple(item for item in behind if item[1])[:_CHARTED_UNITS]
