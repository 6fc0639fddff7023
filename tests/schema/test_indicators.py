from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from danvan_xl.schema.columns import WORK_FIELDS
from danvan_xl.schema.indicators import (
    CatalogueError,
    Indicator,
    default_indicators_path,
    read_catalogue,
    read_indicators,
)
from danvan_xl.schema.options import Direction, MonthRule, UnitRule
from danvan_xl.schema.sheets import LEVELS
from danvan_xl.schema.sources import Ratio, parse_source

D = Decimal
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_lines(*lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "chi_tieu.csv"
        path.write_bytes("\n".join(lines).encode(encoding))
        return path

    return write_lines


def test_every_column_up_to_the_plan_is_read(write: Write) -> None:
    path = write(
        "Mã,Lĩnh vực,Chỉ tiêu,ĐVT,Chiều,Cộng kỳ,Tổng hợp,Nguồn,Năm trước,Kế hoạch",
        'VX02,Văn hóa - xã hội,Số hộ nghèo,hộ,Giảm,Cuối kỳ,Cộng,,"1.507,5",1.400',
    )

    assert read_indicators(path) == (
        Indicator(
            "VX02",
            "Văn hóa - xã hội",
            "Số hộ nghèo",
            "hộ",
            Direction.LESS,
            MonthRule.LAST,
            UnitRule.SUM,
            "",
            D("1507.5"),
            D(1400),
        ),
    )


def test_missing_columns_take_their_defaults(write: Write) -> None:
    assert read_indicators(write("Chỉ tiêu", "Tuyển quân", "Kết nạp đảng viên")) == (
        Indicator("CT01", "", "Tuyển quân", ""),
        Indicator("CT02", "", "Kết nạp đảng viên", ""),
    )


def test_a_blank_code_gets_the_next_one_that_is_free(write: Write) -> None:
    path = write("Mã;Chỉ tiêu", "ct01;A", ";B", "X;C", ";D")

    assert [indicator.code for indicator in read_indicators(path)] == ["ct01", "CT02", "X", "CT03"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_delimiter_order_and_other_names_of_columns_do_not_matter(
    write: Write, delimiter: str, encoding: str
) -> None:
    lines = (("Đơn vị tính", "Tên chỉ tiêu", "MÃ CHỈ TIÊU", "KH"), ("hộ", "Số hộ", "A", "5"))
    path = write(*map(delimiter.join, lines), encoding=encoding)

    assert read_indicators(path) == (Indicator("A", "", "Số hộ", "hộ", plan=D(5)),)


def test_title_lines_heading_lines_and_blank_lines_are_understood(write: Write) -> None:
    path = write(
        "KẾ HOẠCH NĂM 2026,,",
        "",
        "Mã,Chỉ tiêu,ĐVT",
        "I,Kinh tế,",
        "KT01,Tổng giá trị sản xuất,tỷ đồng",
        ",,",
        "II,Quốc phòng - an ninh,",
        "QA01,Tuyển quân,thanh niên",
    )

    assert [(item.code, item.work_field) for item in read_indicators(path)] == [
        ("KT01", "Kinh tế"),
        ("QA01", "Quốc phòng - an ninh"),
    ]


def test_the_column_decides_a_number_that_can_be_read_in_two_ways(write: Write) -> None:
    path = write("Chỉ tiêu;Kế hoạch;Năm trước", "A;1.507;1.507", "B;12,5;12.5")

    plans = [(item.plan, item.last_year) for item in read_indicators(path)]

    assert plans == [(D(1507), D("1.507")), (D("12.5"), D("12.5"))]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("Mã;Chỉ tiêu", "A;B", "a;C"), "dòng 3, cột Mã: mã 'a' đã có ở dòng 2"),
        (("Chỉ tiêu;Chiều", "A;Lên"), "dòng 2, cột Chiều: 'Lên' không có trong danh sách"),
        (("Chỉ tiêu;Lĩnh vực", "A;Thể thao"), "dòng 2, cột Lĩnh vực: 'Thể thao' không có"),
        (("Chỉ tiêu;Kế hoạch", "A;1O"), "dòng 2, cột Kế hoạch: '1O' không phải là số"),
        (("Chỉ tiêu;Năm trước", "A;25/24"), "dòng 2, cột Năm trước: '25/24' không phải là số"),
        (("Chỉ tiêu;ĐVT", ";hộ"), "dòng 2, cột Chỉ tiêu: chưa ghi tên chỉ tiêu"),
        (("Chỉ tiêu;Nguồn", "A;tỷ số B/C"), "dòng 2, cột Nguồn: không có chỉ tiêu mã 'B'"),
        (("Chỉ tiêu;Nguồn", "A;lấy ở đâu đó"), "dòng 2, cột Nguồn: "),
        (("Mã;Chỉ tiêu;Chỉ tiêu", "A;B;C"), "dòng 1: có hai cột 'Chỉ tiêu'"),
        (("Mã;Tên", "A;B"), "không có cột 'Chỉ tiêu'"),
        (("",), "không có cột 'Chỉ tiêu'"),
        (("Mã;Chỉ tiêu",), "không có chỉ tiêu nào"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_with_file_line_and_column(
    write: Write, lines: tuple[str, ...], message: str
) -> None:
    with pytest.raises(CatalogueError) as error:
        read_indicators(write(*lines))

    assert str(error.value).startswith("Tệp chi_tieu.csv")
    assert message in str(error.value)


def test_a_line_is_counted_as_an_editor_counts_it(write: Write) -> None:
    path = write("Chỉ tiêu;Chiều", '"Tuyển\nquân";Tăng', "B;Lên")

    with pytest.raises(CatalogueError, match="dòng 4, cột Chiều"):
        read_indicators(path)


def test_a_file_in_another_encoding_says_how_to_save_it(write: Write) -> None:
    with pytest.raises(CatalogueError, match="CSV UTF-8"):
        read_indicators(write("Chỉ tiêu", "Số hộ", encoding="utf-16"))


def test_a_broken_csv_is_the_persons_mistake(write: Write) -> None:
    with pytest.raises(CatalogueError, match="không tách được cột"):
        read_indicators(write("Chỉ tiêu", "A" * 200_000))


@pytest.mark.parametrize("level", LEVELS)
def test_the_lists_that_come_with_the_program_hold_together(level: str) -> None:
    indicators = read_indicators(default_indicators_path(level))
    by_code = {item.code: item for item in indicators}

    assert {item.work_field for item in indicators} <= set(WORK_FIELDS)
    for item in indicators:
        source = parse_source(item.source)
        is_ratio = isinstance(source, Ratio)
        assert is_ratio == (item.unit_rule is UnitRule.RATIO), item.code
        assert not is_ratio or item.month_rule is MonthRule.LAST, item.code
        assert item.measure, item.code
        total = by_code.get(item.code.partition(".")[0])
        assert total is not None, f"{item.code} is a part of nothing"
        assert total.measure == item.measure, item.code


def test_one_code_means_the_same_at_every_level() -> None:
    meanings: dict[str, Indicator] = {}
    for level in LEVELS:
        for item in read_indicators(default_indicators_path(level)):
            assert meanings.setdefault(item.code, item) == item

    assert len(meanings) > 60


def test_what_a_thon_reports_the_xa_can_add_up() -> None:
    village, commune = (
        {item.code for item in read_indicators(default_indicators_path(level))}
        for level in ("Thôn", "Xã")
    )

    assert village < commune


@pytest.mark.parametrize(
    ("plan", "direction", "value", "kind", "text"),
    [
        ("từ 85% trở lên", "Tăng", D(85), "", ""),
        ("trên 95%", "Tăng", D(95), ">", ""),
        ("dưới 5%", "Giảm", D(5), "<", ""),
        ("5-6%", "Giảm", D(6), "", ""),
        ("giữ vững", "Tăng", None, "?", "giữ vững"),
        ("dưới 5%", "Tăng", None, "?", "dưới 5%"),
        ("56,4/66,5", "Tăng", None, "?", "56,4/66,5"),
        ("-", "Tăng", None, "", ""),
        ("", "Tăng", None, "", ""),
    ],
)
def test_a_plan_may_be_said_in_words(
    write: Write, plan: str, direction: str, value: Decimal | None, kind: str, text: str
) -> None:
    read = read_catalogue(write("Chỉ tiêu;ĐVT;Chiều;Kế hoạch", f"A;%;{direction};{plan}"))

    (found,) = read.indicators
    assert found.planned == (value, kind, text)
    assert bool(read.remarks) is (kind == "?" or plan == "5-6%")


@pytest.mark.parametrize(
    "numbers", ["A;B;C;1;2", "(1);(2);(3);(4);(5)", "1;2;3;;4", "I;II;III;IV;V"]
)
def test_a_line_that_numbers_the_columns_is_no_indicator(write, numbers):
    path = write("Mã;Chỉ tiêu;ĐVT;Năm trước;Kế hoạch", f"{numbers}\nK;Thu;việc;1;2")

    assert [item.code for item in read_indicators(path)] == ["K"]
