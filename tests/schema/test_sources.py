"""The language of column Nguồn: what an expression means, and what is said about a wrong one."""

import re
import unicodedata
from pathlib import Path

import pytest

from danvan_xl.schema.indicators import CatalogueError, read_indicators
from danvan_xl.schema.messages import Code
from danvan_xl.schema.registers import Condition
from danvan_xl.schema.sheets import REGISTERS
from danvan_xl.schema.sources import (
    MOST_COMBINATIONS,
    FromRegister,
    Ratio,
    SourceError,
    Weighted,
    parse_source,
    register_source,
)
from tests.sheets import consolidated, grid

PETITIONS = FromRegister("petitions", by="received_on")
OUTREACH = FromRegister("outreach", by="held_on")


def wrong(text: str) -> SourceError:
    source = parse_source(text)
    assert isinstance(source, SourceError)
    return source


def when(name: str, *values: str) -> tuple[Condition, ...]:
    return (Condition(name, values),)


@pytest.mark.parametrize("text", ["", " ", "\u00a0\n"])
def test_an_empty_cell_means_that_the_figure_is_typed(text: str) -> None:
    assert parse_source(text) is None
    assert register_source(text) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("đếm Kiến nghị", PETITIONS),
        ("đếm Tổ dân vận", FromRegister("teams")),
        (
            "đếm Kiến nghị [Nguồn tiếp nhận = Tiếp dân]",
            PETITIONS._replace(conditions=when("origin", "Tiếp dân")),
        ),
        ("tổng Tuyên truyền.Lượt người", OUTREACH._replace(column="people")),
        (
            "tổng Huy động.Giá trị (triệu đồng) [Loại = Ngày công]",
            FromRegister("contributions", "value", when("kind", "Ngày công"), "received_on"),
        ),
        ("tỷ số KT01/KT02", Ratio("KT01", "KT02")),
        ("tỉ số XD05.1 / XD05", Ratio("XD05.1", "XD05")),
        ("bình quân theo KT02", Weighted("KT02")),
        ("Bình  quân theo  VX07 ", Weighted("VX07")),
    ],
)
def test_what_each_form_means(text: str, meant: object) -> None:
    assert parse_source(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "ĐẾM TUYÊN TRUYỀN [HÌNH THỨC = HỘI NGHỊ]",
        "đếm tuyên truyền[hình thức=hội nghị]",
        "  đếm   Tuyên\u00a0truyền\n[ Hình  thức  =  Hội  nghị ] ",
        unicodedata.normalize("NFD", "Đếm Tuyên truyền [Hình thức = Hội nghị]"),
        "đếm Tuyên truyền [Hình thức = “Hội nghị”]",
    ],
)
def test_capitals_spaces_and_the_way_letters_are_stored_do_not_matter(text: str) -> None:
    assert parse_source(text) == OUTREACH._replace(conditions=when("means", "Hội nghị"))


def test_an_old_place_of_the_tone_mark_is_the_same_column() -> None:
    assert parse_source("đếm Đối thoại [Lọai = Đối thọai]") == FromRegister(
        "dialogues", "", when("kind", "Đối thoại"), "held_on"
    )


def test_a_column_goes_by_any_of_its_names() -> None:
    assert parse_source("tổng Tuyên truyền.Số lượt người") == OUTREACH._replace(column="people")
    assert parse_source("tổng Huy động.Thực hiện") == FromRegister(
        "contributions", "result", by="received_on"
    )


def test_another_day_may_decide_the_month() -> None:
    by_resolved = PETITIONS._replace(by="resolved_on")

    assert parse_source("đếm Kiến nghị theo Ngày giải quyết") == by_resolved
    assert parse_source("đếm Kiến nghị THEO ngày giải quyết [Lĩnh vực = kinh tế]") == (
        by_resolved._replace(conditions=when("work_field", "Kinh tế"))
    )
    assert parse_source("tổng Tuyên truyền.Số cuộc theo Ngày tổ chức") == OUTREACH._replace(
        column="sessions"
    )


def test_a_value_may_hold_commas() -> None:
    social = "Mạng xã hội, trang tin"

    assert parse_source(f"đếm Tuyên truyền [Hình thức = {social}]") == OUTREACH._replace(
        conditions=when("means", social)
    )
    assert parse_source(
        f"đếm Tuyên truyền [Nội dung = Đất, nước, Hình thức = {social}; Khác, Số cuộc = 2]"
    ) == OUTREACH._replace(
        conditions=(
            Condition("topic", ("Đất, nước",)),
            Condition("means", (social, "Khác")),
            Condition("sessions", ("2",)),
        )
    )


def test_alternatives_stand_apart_by_semicolons_and_a_last_one_changes_nothing() -> None:
    meant = OUTREACH._replace(conditions=when("means", "Hội nghị", "Khác"))

    assert parse_source("đếm Tuyên truyền [Hình thức = Hội nghị; Khác]") == meant
    assert parse_source("đếm Tuyên truyền [Hình thức = hội nghị ;khác;]") == meant


@pytest.mark.parametrize(
    ("text", "reason", "possible"),
    [
        ("cộng Kiến nghị", "'cộng'", "đếm <trang>"),
        ("32", "'32'", "tổng <trang>.<cột>"),
        ("tỷ số KT01", "phần 'KT01' phải có dạng <mã>/<mã>", "tỷ số <mã>/<mã>"),
        ("tỷ số KT01/", "phần 'KT01/'", "tỷ số <mã>/<mã>"),
        ("tỷ số A/a", "tử số và mẫu số đều là 'A'", "tỷ số <mã>/<mã>"),
        ("tỷ số A/B/C", "phần 'A/B/C'", "tỷ số <mã>/<mã>"),
        ("đếm Tuyên truyen", "'Tuyên truyen'. Có phải 'Tuyên truyền'?", "Văn bản"),
        ("đếm Chỉ tiêu", "không có sổ theo dõi 'Chỉ tiêu'", "Nhiệm vụ; Dân vận khéo"),
        ("tổng Kiến nghi.Số", "'Kiến nghi'. Có phải 'Kiến nghị'?", "Kiến nghị"),
        ("tổng Tuyên truyền", "phần 'Tuyên truyền' chưa ghi cột", "Số cuộc; Lượt người"),
        ("tổng Tuyên truyền.Số cuôc", "Có phải 'Số cuộc'?", "Số cuộc; Lượt người"),
        ("tổng Tuyên truyền.Nội dung", "cột 'Nội dung'", "Số cuộc; Lượt người"),
        ("tổng Tuyên truyền.Hình thức", "không phải cột số", "Số cuộc; Lượt người"),
        ("tổng Tuyên truyền.Ngày", "cột 'Ngày'", "Số cuộc; Lượt người"),
        ("tổng Dự án.Tỷ lệ", "'Tỷ lệ'", "Tổng số; Đã hoàn thành"),
        ("đếm Tuyên truyền.Số cuộc", "đếm không cần cột 'Số cuộc'", "đếm Tuyên truyền [<cột>"),
        ("đếm Tuyên truyền [Hình thưc = Khác]", "Có phải 'Hình thức'?", "Hình thức; Nội dung"),
        ("đếm Tuyên truyền [Hình thức = Hội nghi]", "'Hội nghi'. Có phải 'Hội nghị'?", "Khác"),
        ("đếm Tuyên truyền [Hình thức = Khác; Họp]", "không có giá trị 'Họp'", "Vận động cá biệt"),
        ("đếm Tuyên truyền [Ngày = 1/1/2026]", "cột ngày 'Ngày'", "Hình thức; Nội dung"),
        ("đếm Tuyên truyền [Khác]", "điều kiện 'Khác' thiếu dấu =", "<cột> = <giá trị>"),
        ("đếm Tuyên truyền [Hình thức =]", "thiếu giá trị", "<cột> = <giá trị>"),
        ("đếm Tuyên truyền []", "thiếu giá trị", "<cột> = <giá trị>"),
        ("đếm Tuyên truyền [Hình thức = Khác", "[Hình thức = Khác' thiếu", "một cặp ngoặc vuông"),
        ("đếm Tuyên truyền Hình thức = Khác]", "dấu ngoặc vuông", "một cặp ngoặc vuông"),
        ("đếm Tuyên truyền [[Hình thức = Khác]]", "dấu ngoặc vuông", "một cặp ngoặc vuông"),
        ("đếm Kiến nghị theo Nội dung", "'Nội dung'", "Hạn giải quyết; Ngày giải quyết"),
        ("đếm Kiến nghị theo Ngày xong", "không có cột 'Ngày xong'", "Ngày giải quyết"),
        ("đếm Tổ dân vận theo Ngày", "không có cột 'Ngày'", "Sổ này không có cột đó"),
    ],
)
def test_a_wrong_part_is_named_with_what_is_possible(text: str, reason: str, possible: str) -> None:
    error = wrong(text)

    assert reason in f"{error.reason}. {error.possible}"
    assert possible in error.possible
    assert register_source(text) is None


def test_too_many_combinations_are_refused_and_the_most_are_not() -> None:
    two = "TC{0} = Đạt; Không"
    most = "TC1 = Đạt; Không, TC2 = Đạt; Không, Số thành viên = 1; 2; 3"
    assert MOST_COMBINATIONS == 12
    assert isinstance(parse_source(f"đếm Tổ dân vận [{most}]"), FromRegister)

    lists = ", ".join(two.format(number) for number in range(1, 5))
    error = wrong(f"đếm Tổ dân vận [{lists}]")

    assert error.reason == f"phần '[{lists}]' có quá nhiều cách kết hợp"
    assert error.possible == "Ghi ít giá trị hơn (nhiều nhất 12 cách kết hợp)."


def test_a_list_of_alternatives_without_any_is_a_condition_without_a_value() -> None:
    assert "thiếu giá trị" in wrong("đếm Tuyên truyền [Hình thức = ;]").reason


def test_a_condition_on_a_column_of_figures_needs_a_figure() -> None:
    assert isinstance(parse_source("đếm Tuyên truyền [Số cuộc = 2]"), FromRegister)
    assert "'nhiều'" in wrong("đếm Tuyên truyền [Số cuộc = nhiều]").reason


def test_no_column_is_suggested_that_would_be_refused() -> None:
    for text in ("tổng Dự án.Tỷ lệ", "tổng Dự án.Tỷ lê", "đếm Dự án [Tỷ lệ = 1]"):
        assert "Có phải 'Tỷ lệ'?" not in wrong(text).reason


def test_every_register_can_be_counted_and_every_column_of_figures_added_up() -> None:
    for register in REGISTERS:
        assert parse_source(f"đếm {register.title}") == FromRegister(
            register.name, by=register.date
        )
        for column in register.sheet.columns:
            if column.kind in ("number", "count") and not column.computed:
                source = register_source(f"tổng {register.title}.{column.header}")
                assert source is not None
                assert source.column == column.name


def test_in_a_workbook_a_wrong_source_is_an_error_at_its_cell_with_a_remedy() -> None:
    result = consolidated(
        grid("""
            | Mã | Lĩnh vực | Chỉ tiêu | Nguồn | Kế hoạch | T1 |
            | A | Kinh tế | Mặt trận họp | đếm Tuyên truyền [Ngày = 1/1/2026] | 9 | 4 |
            | B | Kinh tế | Kiến nghị | đếm Kiến nghị | 9 | 5 |
        """)
    )

    (issue,) = (item for item in result.issues if item.code is Code.SOURCE_UNREADABLE)
    assert (issue.place.sheet, issue.place.cell) == ("Chỉ tiêu", "D2")
    assert issue.severity == "Lỗi"
    assert issue.message == (
        "Không hiểu 'đếm Tuyên truyền [Ngày = 1/1/2026]' ở cột Nguồn: không đặt được điều kiện "
        "cho cột ngày 'Ngày'. Dùng số gõ trong các ô tháng."
    )
    assert issue.remedy == (
        "Sửa lại phần đó. Các cột dùng được: Hình thức; Nội dung; Số cuộc; Lượt người; "
        "Đơn vị chủ trì; Ghi chú. Hoặc để trống ô này để gõ tay."
    )
    assert result.lines["a"].actual == 4


@pytest.mark.parametrize(
    "text", ["đếm Tuyên truyen", "đếm Sổ lạ", "đếm Tuyên truyền [Hình thức = Hội nghi]"]
)
def test_a_message_is_a_proper_sentence(text: str) -> None:
    result = consolidated(
        grid(f"| Mã | Chỉ tiêu | Nguồn | Kế hoạch | T1 |\n| A | Chỉ tiêu | {text} | 9 | 4 |")
    )

    (issue,) = (item for item in result.issues if item.code is Code.SOURCE_UNREADABLE)
    assert not re.search(r"[.?]\.", issue.message)


def catalogue(folder: Path, source: str) -> Path:
    path = folder / "chi-tieu.csv"
    path.write_text(f'Mã,Chỉ tiêu,Nguồn\nA,Hội nghị,"{source}"\n', encoding="utf-8")
    return path


def test_in_a_list_of_indicators_a_wrong_source_stops_with_one_sentence(tmp_path: Path) -> None:
    path = catalogue(tmp_path, "tổng Tuyên truyền.Nội dung")

    with pytest.raises(CatalogueError) as error:
        read_indicators(path)

    assert str(error.value) == (
        "Tệp chi-tieu.csv, dòng 2, cột Nguồn: cột 'Nội dung' của sổ Tuyên truyền không phải "
        "cột số. Các cột dùng được: Số cuộc; Lượt người."
    )


def test_in_a_list_of_indicators_a_suggestion_ends_its_sentence(tmp_path: Path) -> None:
    path = catalogue(tmp_path, "đếm Tuyên truyen")

    with pytest.raises(CatalogueError, match=r"Có phải 'Tuyên truyền'\? Các sổ: "):
        read_indicators(path)


def test_in_a_list_of_indicators_a_ratio_names_codes_of_the_list(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="không có chỉ tiêu mã 'B'"):
        read_indicators(catalogue(tmp_path, "tỷ số A/B"))
    (indicator,) = read_indicators(catalogue(tmp_path, "đếm Tuyên truyền [Hình thức = Khác]"))
    assert indicator.source == "đếm Tuyên truyền [Hình thức = Khác]"
