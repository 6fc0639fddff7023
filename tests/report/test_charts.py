"""Sheet Biểu đồ: what is drawn, and when there is nothing to draw."""

from decimal import Decimal

from danvan_xl.report.compose import compose
from danvan_xl.report.tables import Chart, ChartSheet
from tests.report.xa import xa
from tests.sheets import consolidated, grid


def test_fields_are_drawn_by_the_share_that_is_good_units_by_the_number_behind():
    drawn = compose(xa()).sheets[-1]

    assert isinstance(drawn, ChartSheet)
    assert drawn.charts == (
        Chart(
            "Chỉ tiêu đạt hoặc đúng tiến độ theo lĩnh vực",
            "Tỷ lệ",
            (("Kinh tế", Decimal(1)), ("Văn hóa - xã hội", Decimal(0))),
            is_share=True,
        ),
        Chart("Đơn vị có nhiều chỉ tiêu chưa đạt, chậm tiến độ", "Số chỉ tiêu", (("Thôn Hai", 2),)),
    )


def test_without_a_bar_there_is_no_sheet_of_charts():
    blank = consolidated(grid("| Mã | Chỉ tiêu | Kế hoạch | T1 |\n| K | Thu quỹ | 5 | |"))

    assert "charts" not in [item.sheet.name for item in compose(blank).sheets]
