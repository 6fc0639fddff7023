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
            "Chỉ tiêu đạt, đúng tiến độ hoặc trong mức theo lĩnh vực",
            "Tỷ lệ",
            (("Kinh tế", Decimal(1)), ("Văn hóa - xã hội", Decimal(0))),
            is_share=True,
        ),
        Chart(
            "Đơn vị có nhiều chỉ tiêu chưa đạt, chậm tiến độ, có nguy cơ vượt",
            "Số chỉ tiêu",
            (("Thôn Hai", 2),),
        ),
    )


def test_what_is_still_open_is_not_drawn_as_good():
    result = consolidated(
        grid("""
            | Mã | Lĩnh vực | Chỉ tiêu | ĐVT   | Chiều | Cộng kỳ | Kế hoạch | T1 |
            | A  | Kinh tế  | Đúng     | triệu | Tăng  | Cộng    | 60       | 5  |
            | B  | Kinh tế  | Mở       | triệu | Tăng  | Cuối kỳ | 60       | 5  |
            | C  | Kinh tế  | Nguy cơ  | triệu | Giảm  | Cộng    | 60       | 6  |
            | D  | Kinh tế  | Mức      | triệu | Giảm  | Cộng    | 60       | 5  |
        """),
        period="Tháng 1",
    )

    (fields,) = compose(result).sheets[-1].charts

    assert fields.bars == (("Kinh tế", Decimal("0.5")),)


def test_without_a_bar_there_is_no_sheet_of_charts():
    blank = consolidated(grid("| Mã | Chỉ tiêu | Kế hoạch | T1 |\n| K | Thu quỹ | 5 | |"))

    assert "charts" not in [item.sheet.name for item in compose(blank).sheets]
