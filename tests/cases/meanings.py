"""Figures that would look right and be wrong: plans, what adds, ratios, months, ratings, parts."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from danvan_xl.files.grid import Cell, Grid
from danvan_xl.report.totals import coverage
from danvan_xl.rollup.lines import SummaryLine
from danvan_xl.rollup.rating import shown
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.printed import show_share, vietnamese_number
from tests.cases.case import Case, Section, told
from tests.sheets import consolidated, units

_COLUMNS = "Mã|Lĩnh vực|Chỉ tiêu|ĐVT|Chiều|Cộng kỳ|Tổng hợp|Nguồn|Năm trước|Kế hoạch|KH 6 tháng"
_MONTHS = tuple(f"T{month}" for month in range(1, 13))
_HEADER = (*_COLUMNS.split("|"), *_MONTHS)
_NOT_ABOUT_IT = (
    Code.PLAN_MISSING,
    Code.ACTUAL_WITHOUT_PLAN,
    Code.MONTH_BLANK,
    Code.PLANS_DO_NOT_ADD,
    Code.NUMBER_AS_TEXT,
)


class _Row(NamedTuple):
    """A row of sheet Chỉ tiêu; months by their number."""

    name: str
    measure: str = "hộ"
    direction: str = "Tăng"
    months_as: str = "Cộng"
    units_as: str = "Cộng"
    source: str = ""
    last_year: Cell = None
    plan: Cell = None
    by_june: Cell = None
    months: Mapping[int, Cell] = {}
    code: str = "K"

    def cells(self) -> list[Cell]:
        months = [self.months.get(month) for month in range(1, 13)]
        return [self.code, "Kinh tế", *self[:5], self.source, *self[6:9], *months]


def _table(title: str, rows: Sequence[_Row], code: str = "") -> Grid:
    above: list[Sequence[Cell]] = [["Mã đơn vị:", code], []] if code else []
    return Grid(title, [*above, _HEADER, *(row.cells() for row in rows)])


def _of(period: str, own: Sequence[_Row], below: Sequence[Sequence[_Row]], _folder: Path) -> str:
    """Return what comes out of a commune and its villages: figures, ratings, what is said."""
    names = [f"Thôn {number}" for number in range(1, len(below) + 1)]
    sheets = [
        _table(name, rows, f"A.{number}")
        for number, (name, rows) in enumerate(zip(names, below, strict=True), start=1)
        if rows
    ]
    result = consolidated(
        _table("Chỉ tiêu", own), *([units(*names)] if names else []), *sheets, period=period
    )
    lines = [_line(line) for line in result.lines.values()]
    return "<br>".join([*lines, told(result.issues, _NOT_ABOUT_IT)])


def _line(line: SummaryLine) -> str:
    share = shown(line.completion)
    figure = "chưa có số" if line.actual is None else vietnamese_number(line.actual)
    parts = [
        f"{line.definition.indicator}: {line.bound}{figure}",
        "" if share is None else show_share(share),
        line.rating.value,
        f"báo cáo {reported}" if (reported := coverage(line)) else "",
    ]
    return ", ".join(filter(None, parts))


def _alone(row: _Row, period: str = "Năm") -> partial[str]:
    return partial(_of, period, [row], ())


def _rolled(row: _Row, sent: Sequence[Mapping[int, Cell] | None], **own: Any) -> partial[str]:
    """Return what villages that sent these months come to; None has sent nothing."""
    period = str(own.pop("period", "Năm"))
    below = [[] if item is None else [row._replace(months=item)] for item in sent]
    return partial(_of, period, [row._replace(**own)], below)


_FLOW = _Row("Nhà được xóa", "nhà", plan=12.0)
_LESS = _Row("Vụ phạm pháp", "vụ", "Giảm", plan=12.0)
_HOMES = _Row("Tổng số hộ", months_as="Cuối kỳ", plan=200.0)
_SHARE = _Row("Tỷ lệ hộ khá", "%", months_as="Cuối kỳ", units_as="Không", plan=90.0)

_INCOME = _Row("Thu nhập bình quân đầu người", "triệu đồng", months_as="Cuối kỳ")
_EVERY_MONTH = dict.fromkeys(range(1, 7), 5.0)
_HALF = "6 tháng"


def _planned(row: _Row, plan: str, done: float, **more: Cell) -> Case:
    words = f"kế hoạch '{plan}', thực hiện {str(done).replace('.', ',')}"
    what = f"{words} ({row.name}, {row.direction})"
    return Case(what, _alone(row._replace(plan=plan, months={12: float(done)}, **more)))


PLANS = Section(
    "Kế hoạch ghi bằng chữ, theo kỳ",
    "Thực hiện của tháng 12, đánh giá cuối năm, nếu không nói khác.",
    [
        _planned(_SHARE, "từ 85% trở lên", 85),
        _planned(_SHARE, "≥ 95%", 94.9),
        _planned(_SHARE, "trên 95%", 95),
        _planned(_SHARE, "> 95", 95.1),
        _planned(_SHARE, "85-90%", 86),
        _planned(_SHARE, "56,4/66,5", 60),
        _planned(_HOMES, "giữ vững 19", 19),
        _planned(_HOMES, "19/19", 18),
        _planned(_HOMES, "giữ vững", 19),
        _planned(_HOMES, "tăng 5", 19),
        _planned(_HOMES, "mỗi thôn 01", 19),
        _planned(_HOMES, "100%", 19),
        _planned(_HOMES, "-", 19),
        _planned(_LESS, "không quá 12", 12),
        _planned(_LESS, "dưới 12", 12),
        _planned(_LESS, "≥ 12", 9),
        Case(
            "6 tháng, kế hoạch năm 120, KH 6 tháng 30, được 30",
            _alone(_FLOW._replace(plan=120.0, by_june=30.0, months={6: 30.0}), _HALF),
        ),
        Case(
            "6 tháng, số cuối kỳ 150, kế hoạch năm 200, KH 6 tháng 160",
            _alone(_HOMES._replace(by_june=160.0, months={6: 150.0}), _HALF),
        ),
    ],
)

ADDING = Section(
    "Cái gì cộng được",
    "Xã A có các thôn; mỗi thôn gửi số của mình.",
    [
        Case(
            "tỷ lệ 95 % và 90 % mà cột Tổng hợp ghi Cộng",
            _rolled(_SHARE._replace(units_as="Cộng"), [{12: 95.0}, {12: 90.0}]),
        ),
        Case(
            "tỷ lệ, cột Tổng hợp để trống",
            _rolled(_SHARE._replace(units_as=""), [{12: 95.0}, {12: 90.0}]),
        ),
        Case(
            "tỷ lệ, mới một thôn có số, cột Tổng hợp ghi Cộng",
            _rolled(_SHARE._replace(units_as="Cộng"), [{12: 95.0}, {}]),
        ),
        Case(
            "thu nhập đầu người của hai thôn, cột Tổng hợp ghi Cộng",
            _rolled(_INCOME._replace(units_as="Cộng", plan=60.0), [{12: 60.0}, {12: 50.0}]),
        ),
        Case(
            "số thôn có tỷ lệ hộ nghèo dưới 5 %: thứ đếm được",
            _rolled(
                _Row("Số thôn có tỷ lệ hộ nghèo dưới 5%", "thôn", plan=2.0), [{12: 1.0}, {12: 1.0}]
            ),
        ),
        Case(
            "tỷ lệ ghi từng tháng, cột Cộng kỳ ghi Cộng",
            _alone(_SHARE._replace(months_as="Cộng", months={1: 90.0, 2: 92.0})),
        ),
        Case(
            "hộ nghèo, cột Chiều để trống",
            _alone(
                _Row("Số hộ nghèo", direction="", months_as="Cuối kỳ", plan=24.0, months={12: 20.0})
            ),
        ),
        Case(
            "hộ thoát nghèo, cột Chiều để trống",
            _alone(_Row("Hộ thoát nghèo", direction="", plan=24.0, months={12: 30.0})),
        ),
    ],
)


def _ratio(
    tops: Sequence[Cell],
    bottoms: Sequence[Cell],
    shares: Sequence[Cell],
    measures: tuple[str, str, str] = ("hộ", "hộ", "%"),
) -> partial[str]:
    """Return what a ratio of two rows comes to over villages that sent these figures."""
    stock = _Row("", months_as="Cuối kỳ")
    rows = (
        stock._replace(name="Tử số", measure=measures[0], code="A"),
        stock._replace(name="Mẫu số", measure=measures[1], code="B"),
        stock._replace(
            name="Tỷ số",
            measure=measures[2],
            units_as="Tỷ số",
            source="tỷ số A/B",
            plan=80.0,
            code="C",
        ),
    )
    below = [
        [
            row._replace(months={} if value is None else {12: value})
            for row, value in zip(rows, figures, strict=True)
        ]
        for figures in zip(tops, bottoms, shares, strict=True)
    ]
    return partial(_of, "Năm", rows, below)


_COUNTED = _Row("Thôn đạt chỉ tiêu hộ nghèo", "hộ", "Giảm", "Cuối kỳ", "Đếm đạt")
RATIOS = Section(
    "Tỷ số, bình quân, đếm đạt",
    "Tử số là A, mẫu số là B; mỗi thôn một bộ số.",
    [
        Case("hai thôn gửi đủ tử số, mẫu số", _ratio([9.0, 8.0], [10.0, 10.0], [None, None])),
        Case("thôn 2 chỉ gửi tỷ lệ 40 %", _ratio([9.0, None], [10.0, None], [None, 40.0])),
        Case("thôn 1 gõ 95 mà A/B là 90", _ratio([9.0], [10.0], [95.0])),
        Case("thôn 2 không có mẫu số", _ratio([9.0, 8.0], [10.0, None], [None, None])),
        Case(
            "550 tấn trên 100 ha, tính bằng tạ/ha",
            _ratio([550.0], [100.0], [None], ("tấn", "ha", "tạ/ha")),
        ),
        Case(
            "50 tỷ đồng trên 1.000 người, tính bằng triệu đồng/người",
            _ratio([50.0], [1000.0], [None], ("tỷ đồng", "người", "triệu đồng/người")),
        ),
        Case(
            "tấn chia người mà ĐVT là tạ/ha",
            _ratio([550.0], [100.0], [None], ("tấn", "người", "tạ/ha")),
        ),
        Case(
            "đếm đạt của chỉ tiêu Giảm: 2 trong 3 thôn giữ được mức 5",
            partial(
                _of,
                "Năm",
                [_COUNTED._replace(plan=3.0)],
                [[_COUNTED._replace(plan=5.0, months={12: done})] for done in (4.0, 5.0, 6.0)],
            ),
        ),
    ],
)

MONTHS = Section(
    "Tháng thiếu, số cũ, số cộng dồn",
    "Kỳ báo cáo 6 tháng, nếu không nói khác.",
    [
        Case(
            "thôn 2 chỉ có số đến tháng 3",
            _rolled(
                _FLOW._replace(plan=60.0),
                [_EVERY_MONTH, {1: 5.0, 2: 5.0, 3: 5.0}],
                period=_HALF,
            ),
        ),
        Case(
            "việc mỗi năm một lần, ghi một tháng",
            _rolled(_Row("Tuyển quân", "thanh niên", plan=2.0), [{2: 1.0}, {2: 1.0}], period=_HALF),
        ),
        Case(
            "số hộ của tháng 1 ở thôn 1, kỳ cuối năm",
            _rolled(_HOMES, [{1: 100.0}, {12: 100.0}]),
        ),
        Case(
            "gõ số cộng dồn vào các tháng: 10, 22, 35, 50, 61, 75",
            _alone(
                _FLOW._replace(
                    plan=150.0,
                    months=dict(enumerate((10.0, 22.0, 35.0, 50.0, 61.0, 75.0), start=1)),
                ),
                _HALF,
            ),
        ),
        Case(
            "tháng nào cũng nhiều hơn một ít, không phải cộng dồn",
            _alone(
                _FLOW._replace(
                    plan=60.0, months=dict(enumerate((4.0, 4.0, 5.0, 5.0, 6.0, 6.0), start=1))
                ),
                _HALF,
            ),
        ),
    ],
)

RATINGS = Section(
    "Đánh giá khi số ước, khi chưa đủ báo cáo",
    "Kế hoạch năm 12; 6 tháng thì phải đạt 6.",
    [
        *(
            Case(
                f"6 tháng, Giảm, thôn 1 có {done}, thôn 2 chưa gửi",
                _rolled(_LESS, [{6: float(done)}, None], period=_HALF),
            )
            for done in (0, 6, 7, 13)
        ),
        Case(
            "6 tháng, Giảm, hai thôn gửi đủ, cộng lại 6",
            _rolled(_LESS, [{6: 6.0}, {6: 0.0}], period=_HALF),
        ),
        Case("cuối năm, Giảm, thôn 1 có 1, thôn 2 chưa gửi", _rolled(_LESS, [{12: 1.0}, None])),
        Case("cuối năm, Tăng, thôn 1 có 13, thôn 2 chưa gửi", _rolled(_FLOW, [{12: 13.0}, None])),
        Case("thực hiện 'trên 12', kế hoạch 12", _alone(_FLOW._replace(months={12: "trên 12"}))),
        Case("thực hiện 'gần 12', kế hoạch 12", _alone(_FLOW._replace(months={12: "gần 12"}))),
        Case(
            "thực hiện 'trên 12' của chỉ tiêu Giảm, kế hoạch 12",
            _alone(_LESS._replace(months={12: "trên 12"})),
        ),
        Case(
            "chênh lệch -4, kế hoạch -3",
            _alone(_Row("Chênh lệch thu chi", "triệu đồng", plan=-3.0, months={12: -4.0})),
        ),
    ],
)


def _parts(total: Cell, *parts: float, plan: Cell = None) -> partial[str]:
    """Return what is said of a total and its parts."""
    rows = [_FLOW._replace(plan=plan, months={} if total is None else {12: total}, code="P")]
    rows += [
        _Row(f"Nhà loại {number}", "nhà", plan=part, months={12: part}, code=f"P.{number}")
        for number, part in enumerate(parts, start=1)
    ]
    return partial(_of, "Năm", rows, ())


PARTS = Section(
    "Tổng và các phần",
    "Tổng có mã P, các phần có mã P.1, P.2 …",
    [
        Case("26 + 36 + 4 + 32 ghi là 101", _parts(101.0, 26.0, 36.0, 4.0, 32.0, plan=98.0)),
        Case("26 + 36 + 4 + 32 ghi là 98", _parts(98.0, 26.0, 36.0, 4.0, 32.0, plan=98.0)),
        Case("tổng để trống, các phần đủ số", _parts(None, 26.0, 36.0, plan=62.0)),
        Case("tổng ghi 'trên 60', các phần 26 + 36", _parts("trên 60", 26.0, 36.0, plan=62.0)),
        Case("một phần lớn hơn tổng", _parts(30.0, 36.0, plan=36.0)),
        Case(
            "xã tự ghi 100, các thôn cộng lại 98 khi đã gửi đủ",
            _rolled(_HOMES, [{12: 50.0}, {12: 48.0}], months={12: 100.0}),
        ),
    ],
)
SECTIONS = (PLANS, ADDING, RATIOS, MONTHS, RATINGS, PARTS)
