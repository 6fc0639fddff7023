"""The worksheet functions: single cells, ranges, blanks, text; and Excel's side of them."""

import datetime as dt
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.udf_module import udf_source
from danvan_xl.excel import values as f
from danvan_xl.rollup.rating import rate
from danvan_xl.schema.options import Direction, MonthRule
from danvan_xl.vietnamese.legacy_fonts import from_tcvn3, from_vni, to_unicode

BLANK = [[None]]
GUIDE = (Path(__file__).parents[2] / "docs" / "huong-dan.md").read_text(encoding="utf-8")


def column(*cells):
    return [[cell] for cell in cells]


def test_share_on_cells_and_ranges():
    assert f.share([[25.0]], [[24.0]], BLANK) == [[pytest.approx(25 / 24)]]
    assert f.share(column("trên 30", "KPS", None, "chữ"), [[60.0]], BLANK) == column(0.5, 0, "", "")
    assert f.share([[5.0]], column(10.0, 0.0, None), BLANK) == column(0.5, "", "")
    assert f.share([[8.0]], [[10.0]], [["Giảm"]]) == [[1.25]]
    assert f.share([[8.0]], [[10.0]], [["Lên"]]) == [["Chọn một trong: Tăng, Giảm, Bằng"]]
    assert f.share(column(1.0, 2.0), column(1.0, 2.0, 3.0), BLANK) == [["Hai vùng không cùng cỡ"]]


def rated(*cells, due=None):
    return f.rating(*([[cell]] for cell in (*cells, due)))[0][0]


def test_rating_follows_month_direction_and_rule():
    assert rated(50.0, 100.0, 6.0, None, None) == "Đúng tiến độ"
    assert rated(49.0, 100.0, "Quý II", None, None) == "Chậm tiến độ"
    assert rated(49.0, 100.0, "Tháng 6", "", "Cuối kỳ") == "Đang thực hiện"
    assert rated(99.0, 100.0, None, None, None) == "Chưa đạt"
    assert rated(9.0, 10.0, 12.0, "Giảm", "Cuối kỳ") == "Vượt"
    assert rated(None, 10.0, None, None, None) == "Chưa báo cáo"
    assert rated(1.0, None, None, None, None) == "Không giao"
    assert rated(1.0, 1.0, 13.0, None, None) == "Tháng từ 1 đến 12"
    assert rated(1.0, 1.0, 6.5, None, None) == "Tháng từ 1 đến 12"
    assert rated(1.0, 1.0, 6.0, None, "Nhân").startswith("Chọn một trong: Cộng")


@given(
    st.integers(0, 200),
    st.integers(0, 200),
    st.integers(1, 12),
    st.sampled_from(Direction),
    st.sampled_from(MonthRule),
)
def test_rating_is_that_of_the_core(actual, plan, month, direction, rule):
    cells = (float(actual), float(plan), float(month), direction.value, rule.value)

    assert rated(*cells) == rate(Decimal(actual), Decimal(plan), month, direction, rule).value


@pytest.mark.parametrize(
    ("cells", "due", "rating"),
    [
        ((40.0, 100.0, 6.0), 40.0, "Đúng tiến độ"),
        ((39.0, 100.0, "6 tháng"), "40", "Chậm tiến độ"),
        ((39.0, 100.0, 6.0, "Giảm"), 40.0, "Trong mức"),
        ((41.0, 100.0, 6.0, "Giảm"), 40.0, "Có nguy cơ vượt"),
        ((41.0, 100.0, 6.0, "Tăng", "Cuối kỳ"), 40.0, "Đúng tiến độ"),
        ((41.0, 100.0, 6.0, "Tăng", "Cuối kỳ"), "", "Đang thực hiện"),
        ((99.0, 100.0, 12.0), 40.0, "Chưa đạt"),
    ],
)
def test_rating_goes_by_what_a_phased_plan_asks(cells, due, rating):
    assert rated(*cells, *[None] * (5 - len(cells)), due=due) == rating


@pytest.mark.parametrize(
    ("actual", "plan", "direction", "rating"),
    [
        ("trên 95", 95.0, "Tăng", "Đạt"),
        ("gần 95", 95.0, "Tăng", "Chưa đạt"),
        ("khoảng 95", 95.0, "Tăng", "Đạt"),
        ("trên 95", 95.0, "Giảm", "Chưa đạt"),
        ("gần 95", 95.0, "Giảm", "Đạt"),
        (85.0, "từ 85 trở lên", "Tăng", "Đạt"),
        (86.0, "85-90", "Tăng", "Vượt"),
        (86.0, "85-90", "Giảm", "Vượt"),
        (19.0, "giữ vững", "Tăng", "Không rõ kế hoạch"),
        (19.0, "≥ 12", "Giảm", "Không rõ kế hoạch"),
        (19.0, "mỗi thôn 01", "Tăng", "Không rõ kế hoạch"),
        (19.0, "-", "Tăng", "Không giao"),
        (19.0, "KAD", "Tăng", "Không giao"),
        (95.0, "trên 95", "Tăng", "Chưa đạt"),
        (95.1, "trên 95", "Tăng", "Vượt"),
        (95.0, "> 95", "Tăng", "Chưa đạt"),
        (95.0, ">95", "Tăng", "Chưa đạt"),
        (95.0, "≥ 95", "Tăng", "Đạt"),
        (5.0, "dưới 5", "Giảm", "Chưa đạt"),
        (4.0, "dưới 5", "Giảm", "Vượt"),
        (5.0, "không quá 5", "Giảm", "Đạt"),
        (5.0, "giữ vững", "Tăng", "Không rõ kế hoạch"),
        (5.0, "", "Tăng", "Không giao"),
        (5.0, "-", "Tăng", "Không giao"),
    ],
)
def test_rating_understands_words_at_the_edge(actual, plan, direction, rating):
    assert rated(actual, plan, None, direction, "Cuối kỳ") == rating


def test_a_share_and_what_is_missing_know_plans_in_words():
    assert f.share([[19.0]], [["trên 20"]], BLANK) == [[0.95]]
    assert f.missing([[19.0]], [["trên 20"]], BLANK) == [[1]]
    assert f.share([[19.0]], [["theo thực tế"]], BLANK) == [[""]]
    assert f.share([[-4.0]], [[-3.0]], BLANK) == [[""]]


def test_what_is_missing_and_how_it_grew():
    assert f.missing(column(7.0, 12.0, None), [[10.0]], BLANK) == column(3, 0, "")
    assert f.missing(column(7.0, 12.0, None), [[10.0]], [["Giảm"]]) == column(0, 2, "")
    assert f.missing([[7.0]], [[10.0]], [["Bằng"]]) == [[3]]
    assert f.missing([[7.0]], BLANK, BLANK) == [[""]]
    assert f.growth(column(12.0, 1.0, None), column(10.0, 0.0, 3.0)) == column(1.2, "", "")


def test_a_total_understands_what_people_type():
    assert f.total(column("1.507,5", "trên 30", "KPS", "KAD", None, "", 2.5, "02 mô hình")) == 1542
    assert f.total(column("25 tỷ 941 triệu", "1 tỷ", "-")) == 26.941
    assert f.total(column("25 tỷ", "941 triệu")) == "Các ô ghi tiền bằng nhiều đơn vị"
    assert f.total(column(None, "", "KAD", "không rõ")) == ""
    assert f.total(column(True, dt.datetime(2026, 1, 1))) == ""


@given(st.lists(st.one_of(st.none(), st.integers(-999, 999).map(float), st.just("KPS"))))
def test_a_total_is_the_sum_of_the_figures(cells):
    figures = [0 if cell == "KPS" else cell for cell in cells if cell is not None]

    assert f.total([cells]) == (sum(figures) if figures else "")


def test_numbers_in_text():
    assert f.numbers(column("2 trăm", "1,5 nghìn hộ", "-", "20-30")) == column(200, 1500, 0, "")
    assert f.numbers(column("1.234,5", "25/24", "104%", "abc", None)) == column(
        1234.5, 25, 1.04, "", ""
    )


def test_unmet_rows_of_a_table():
    table = [
        ["", "", "", ""],
        ["Chỉ tiêu", "Kế hoạch", "Thực hiện", "Đánh giá"],
        ["A", 10.0, 5.0, "Chưa đạt"],
        ["B", 10.0, 12.0, "Vượt"],
        ["C", 10.0, 1.0, "Chậm tiến độ"],
        [None, None, None, None],
    ]

    assert [row[0] for row in f.unmet(table)] == ["Chỉ tiêu", "A", "C"]
    without = [row[:3] for row in table]
    assert [row[0] for row in f.unmet(without)] == ["Chỉ tiêu", "A", "C"]
    assert f.unmet(table[:2] + table[3:4]) == [["Không có chỉ tiêu chưa đạt"]]
    assert "hàng tiêu đề" in f.unmet([[1.0, 2.0]])[0][0]


def test_unmet_rows_go_by_their_rating_where_they_have_one():
    table = [
        ["Chỉ tiêu", "Kế hoạch", "Thực hiện", "Đánh giá"],
        ["A", 10.0, 5.0, "Đang thực hiện"],
        ["B", 10.0, 8.0, "Có nguy cơ vượt"],
        ["C", 10.0, 5.0, None],
        ["D", "giữ vững", 5.0, "Không rõ kế hoạch"],
    ]

    assert [row[0] for row in f.unmet(table)] == ["Chỉ tiêu", "B", "C"]


def test_unmet_rows_go_by_what_is_due_where_the_table_says_it():
    table = [
        ["Chỉ tiêu", "Chiều", "Cộng kỳ", "Kế hoạch", "Phải đạt đến kỳ", "Thực hiện"],
        ["A", "Tăng", "Cộng", 10.0, 5.0, 5.0],
        ["B", "Tăng", "Cộng", 10.0, 5.0, 4.0],
        ["C", "Giảm", "Cộng", 10.0, 5.0, 6.0],
        ["D", "Giảm", "Cộng", 10.0, 5.0, 5.0],
        ["E", "Tăng", "Cuối kỳ", 10.0, None, 5.0],
        ["F", "Tăng", "Cuối kỳ", 10.0, None, "gần 10"],
        ["G", "Ngang", "Cộng", 10.0, 5.0, 1.0],
    ]

    assert [row[0] for row in f.unmet(table)][1:] == ["B", "C", "E", "F"]


SENTENCES = [
    ("C«ng t¸c d©n vËn", "Coâng taùc daân vaän", "Công tác dân vận"),
    ("§¶ng ñy x·", "Ñaûng uûy xaõ", "Đảng ủy xã"),
    ("N«ng th«n míi", "Noâng thoân môùi", "Nông thôn mới"),
    ("­u tiªn hé nghÌo", "öu tieân hoä ngheøo", "ưu tiên hộ nghèo"),
    ("ChØ tiªu kÕ ho¹ch", "Chæ tieâu keá hoaïch", "Chỉ tiêu kế hoạch"),
    ("Tr­êng häc", "Tröôøng hoïc", "Trường học"),
    ("nguyÖn väng", "nguyeän voïng", "nguyện vọng"),
    ("kü n¨ng", "kyõ naêng", "kỹ năng"),
    ("sù nghiÖp", "söï nghieäp", "sự nghiệp"),
    ("v÷ng m¹nh", "vöõng maïnh", "vững mạnh"),
]


@pytest.mark.parametrize(("tcvn3", "vni", "text"), SENTENCES)
def test_old_fonts_become_unicode(tcvn3, vni, text):
    assert from_tcvn3(tcvn3) == text
    assert from_vni(vni) == text
    assert f.unicode_text([[tcvn3, vni, text, 5.0, None]]) == [[text, text, text, 5, ""]]


@pytest.mark.parametrize(
    "text",
    [
        *("Đại hội", "Hà Nội", "ASCII", "", "75% (3/4)", "Lào Cai – xã Y Tý", "hoà", "5 µm", "m²"),
        *("30 °C", "“Dân vận khéo”", "§ 5", "xoã, loè, quý"),
    ],
)
def test_unicode_is_left_as_it_is(text):
    assert to_unicode(text) == text


def test_every_function_is_in_the_guide():
    assert [name for name in f.NAMES if f"`{name}(" not in GUIDE] == []


def test_the_module_for_excel_has_every_function_and_its_help_in_ascii():
    source = udf_source()

    assert source.isascii()
    assert source == udf_source()
    for name in f.NAMES:
        assert f"Function {name}(" in source
        assert f'Macro:="{name}"' in source
    assert "ChrW(" in source


THROUGH_XLWINGS = """
import json, sys, types
for name in ("pythoncom", "pywintypes", "win32com", "win32com.client", "win32com.server",
             "win32com.server.util", "win32api", "win32con", "win32process", "win32gui"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["win32com"].client = sys.modules["win32com.client"]
sys.modules["win32com.client"].Dispatch = lambda *given: None
sys.modules["pythoncom"].CoInitialize = lambda: None
sys.modules["pywintypes"].com_error = type("com_error", (Exception,), {})
import xlwings as xw
import xlwings.udfs as udfs
from xlwings import conversion
xw.func, xw.arg, xw.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
from danvan_xl.excel import functions
from danvan_xl.excel.libreoffice.values import prepared

ERRORS = range(-2146826300, -2146826240)  # what COM hands over for #N/A and its kin

class Engine:
    name, type, apps = "excel", "desktop", ()
    prepare_xl_data_element = staticmethod(prepared)
    @staticmethod
    def clean_value_data(data, datetime_builder, empty_as, number_builder, err_to_str):
        clean = lambda v: empty_as if v in ("", None) or v in ERRORS else v
        return [[clean(value) for value in row] for row in data]

xw.engines.add(xw.Engine(impl=Engine()))
xw.engines.active = xw.engines["excel"]

def call(name, *given):
    function = getattr(functions, name)
    about = function.__xlfunc__
    read = [conversion.read(None, x, arg["options"]) for x, arg in zip(given, about["args"])]
    return conversion.write(function(*read), None, about["ret"]["options"])

calls = json.loads(sys.stdin.read())
print(json.dumps([call(name, *given) for name, *given in calls]))
"""


def test_functions_work_through_xlwings_own_conversion():
    calls = [
        ["DV_TYLE", 25.0, 24.0],
        ["DV_TYLE", [[5.0], [None], [-2146826281]], [[10.0], [10.0], [10.0]]],
        ["DV_DANHGIA", 50.0, 100.0, 6.0],
        ["DV_TONG", [["1.507,5", None], ["KPS", 2.5]]],
        ["DV_SO", "trên 30"],
        ["DV_CHUADAT", [["Chỉ tiêu", "Đánh giá"], ["A", "Chưa đạt"], ["B", "Đạt"]]],
        ["DV_SOSANH", 12.0, 10.0],
        ["DV_CONTHIEU", 7.0, 10.0],
        ["DV_UNICODE", "d©n vËn"],
    ]
    run = subprocess.run(
        [sys.executable, "-c", THROUGH_XLWINGS],
        input=json.dumps(calls),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found[0][0][0] == pytest.approx(25 / 24)
    assert found[1] == [[0.5], [""], [""]]
    assert found[2] == [["Đúng tiến độ"]]
    assert found[3] == [[1510.0]]
    assert found[4] == [[30.0]]
    assert found[5] == [["Chỉ tiêu", "Đánh giá"], ["A", "Chưa đạt"]]
    assert (found[6], found[7], found[8]) == ([[1.2]], [[3.0]], [["dân vận"]])


@pytest.mark.parametrize(
    ("actual", "plan", "direction", "rating", "share"),
    [
        (80.0, "≥ 95%", "Tăng", "Chưa đạt", 80 / 95),
        (96.0, "≥ 95%", "Tăng", "Vượt", 96 / 95),
        (0.96, "≥ 95%", "Tăng", "Vượt", 96 / 95),
        ("96%", "> 96%", "Tăng", "Chưa đạt", 1),
        ("80%", 95.0, "Tăng", "Chưa đạt", 80 / 95),
        ("96%", 0.95, "Tăng", "Vượt", 96 / 95),
        (12.0, "dưới 12%", "Giảm", "Chưa đạt", 1),
        (3.0, "100%", "Tăng", "Không rõ kế hoạch", ""),  # three things, 3 or 300 %
        (2.5, "≤ 3%", "Giảm", "Không rõ kế hoạch", ""),
    ],
)
def test_a_text_in_percent_beside_a_number_is_of_one_measure(
    actual, plan, direction, rating, share
):
    cells = [[actual]], [[plan]]

    found = f.rating(*cells, [[12]], [[direction]], [["Cuối kỳ"]], [[None]])
    assert found == [[rating]]
    assert f.share(*cells, [[direction]]) == [[share if share == "" else pytest.approx(share)]]
