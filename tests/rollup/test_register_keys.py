"""Mô hình that several units report: one code is one thing, like names are asked about."""

import random

import pytest

from danvan_xl.consolidation.consolidation import consolidate_book
from danvan_xl.inbox.received import Received
from danvan_xl.rollup import register_keys as models
from danvan_xl.rollup.register_keys import MOST_ALIKE, CodedRow, near_duplicates
from danvan_xl.schema.messages import Code, Severity
from danvan_xl.vietnamese.periods import parse_period
from tests.on_disk import save
from tests.register_sheets import lines, printed, read, tables, turned
from tests.sheets import book, consolidated, found, grid, info, sub_sheet, units

REGISTER = "Dân vận khéo"
HEADER = "| Mã mô hình | Tên mô hình | Lĩnh vực | Loại | Trạng thái | Số hộ tham gia |"
BY_FIELD = "Mô hình theo lĩnh vực và trạng thái"
SOURCES = grid("""
    | Mã | Chỉ tiêu | ĐVT     | Cộng kỳ | Nguồn                             | Kế hoạch | T1 |
    | MH | Mô hình  | mô hình | Cuối kỳ | đếm Dân vận khéo [Loại = Mô hình] | 5        |    |
    | SH | Số hộ    | hộ      | Cuối kỳ | tổng Dân vận khéo.Số hộ tham gia  |          |    |
""")
OWN_TARGETS = "| Mã | Chỉ tiêu | ĐVT | T1 |\n| MH | Mô hình | mô hình | |"


def model(code, name, state="Hiệu quả", households=""):
    return f"| {code} | {name} | Kinh tế | Mô hình | {state} | {households} |"


def xa(*rows):
    return grid("\n".join([HEADER, *rows]), REGISTER)


def thon(number, *rows):
    """Return a thôn's sheet of targets and its register, inside the workbook of the xã."""
    code = f"A.{number}"
    register = sub_sheet(code, "\n".join([HEADER, *rows]), f"{REGISTER} {number}")
    return [sub_sheet(code, OWN_TARGETS, f"Thôn {number}"), register]


def register_of_thon(number, *rows):
    """Return the register of a thôn that has no sheet of targets."""
    return thon(number, *rows)[1]


def together(*grids):
    return consolidated(SOURCES, units("Thôn Một", "Thôn Hai", "Thôn Ba"), *grids)


def counted(result):
    """Return how many models the blocks count, and how many the indicator does."""
    return tables(result)[BY_FIELD].rows[-1].cells[1], result.lines["mh"].actual


def places(result, code):
    return [f"{item.place.sheet}!{item.place.cell}" for item in result.issues if item.code is code]


def alike(result):
    """Return the codes of the pairs listed as perhaps one thing."""
    return [
        (row.cells[2], row.cells[5])
        for title, table in tables(result).items()
        if title.startswith("Tên gần giống nhau")
        for row in table.rows
    ]


def test_one_code_in_xa_and_thon_is_counted_once_in_blocks_and_indicators():
    result = together(
        xa(model("M1", "Camera an ninh", households=40), model("M2", "Đường hoa", households=5)),
        *thon(1, model("m1", "Camera  an ninh", households=40), model("M3", "Heo đất")),
    )

    assert counted(result) == (3, 3)
    assert result.lines["sh"].actual == 45
    assert places(result, Code.MODEL_REPORTED_TWICE) == ["Dân vận khéo 1!A4"]
    assert Code.MODEL_REPORTED_TWICE.severity is Severity.NOTE


def test_the_terms_of_a_total_still_add_up_when_a_model_is_counted_once():
    row = model("M1", "Camera an ninh", households=40)
    result = together(xa(row), *thon(1, row), *thon(2, row, model("M2", "Heo đất", households=7)))

    for code, total in (("mh", 2), ("sh", 47)):
        line = result.lines[code]
        assert line.actual == total
        assert sum(term.value for term in line.terms) == total


def test_a_model_of_three_units_is_told_once_with_all_their_names():
    row = model("M1", "Camera an ninh")
    result = together(xa(row), *thon(1, row), *thon(2, row))

    (note,) = (item for item in result.issues if item.code is Code.MODEL_REPORTED_TWICE)
    assert "Xã A, Thôn Một, Thôn Hai" in note.message
    assert counted(result) == (1, 1)


def test_two_thon_that_report_one_model_have_one_and_the_xa_need_not_have_it():
    row = model("M1", "Camera an ninh")
    result = together(*thon(1, row), *thon(2, row, model("M2", "Heo đất")))

    assert counted(result) == (2, 2)


def test_states_that_differ_are_told_and_that_of_the_xa_is_used():
    result = together(
        xa(model("M1", "Camera an ninh", "Đang thực hiện")),
        *thon(1, model("M1", "Camera an ninh", "Hiệu quả")),
    )

    assert places(result, Code.MODEL_STATES_DIFFER) == ["Dân vận khéo 1!A4"]
    assert "| Đang thực hiện | 1 |" in turned(tables(result)[BY_FIELD])
    assert "| Hiệu quả | 0 |" in turned(tables(result)[BY_FIELD])


def test_two_thon_with_one_code_for_different_things_have_two():
    result = together(
        *thon(1, model("M1", "Camera an ninh")), *thon(2, model("M1", "Tuyến đường hoa"))
    )

    assert counted(result) == (2, 2)
    assert places(result, Code.MODEL_CODE_CLASH) == ["Dân vận khéo 2!A4"]
    assert places(result, Code.MODEL_REPORTED_TWICE) == []


def test_two_registers_without_targets_with_one_code_for_different_things_have_two():
    result = together(
        xa(model("X1", "Ngày chủ nhật xanh")),
        register_of_thon(1, model("M1", "Camera an ninh")),
        register_of_thon(2, model("M1", "Tuyến đường hoa")),
    )

    assert "| Tổng số | 3 |" in turned(tables(result)[BY_FIELD])
    assert places(result, Code.MODEL_CODE_CLASH) == ["Dân vận khéo 2!A4"]


def test_what_the_third_thon_shares_with_the_second_is_counted_once_too():
    result = together(
        *thon(1, model("M1", "Camera an ninh")),
        *thon(2, model("M1", "Tuyến đường hoa")),
        *thon(3, model("M1", "Tuyến đường hoa")),
    )

    assert counted(result) == (2, 2)


def test_a_code_of_the_xa_is_the_xas_whatever_the_thon_calls_it():
    result = together(
        xa(model("M1", "Camera an ninh")), *thon(1, model("M1", "Tổ liên gia tự quản"))
    )

    assert counted(result) == (1, 1)
    assert places(result, Code.MODEL_CODE_CLASH) == ["Dân vận khéo 1!A4"]


def test_the_register_of_a_thon_without_targets_counts_in_blocks_and_indicators_alike():
    result = together(
        xa(model("M1", "Camera an ninh")),
        register_of_thon(1, model("M1", "Camera an ninh"), model("M2", "Heo đất")),
    )

    assert counted(result) == (2, 2)


def test_nothing_is_taken_off_a_total_that_it_was_not_in():
    row = model("M1", "Camera an ninh")
    result = together(xa(row), register_of_thon(1, row))

    assert counted(result) == (1, 1)


def test_what_a_xa_counted_once_is_not_taken_off_again_above_it(tmp_path):
    thon_sheets = thon(1, model("M1", "Camera an ninh"), model("M2", "Heo đất"))
    below = info(Mã_đơn_vị="A.1", Tên_đơn_vị="Xã Một", Năm=2026, Kỳ_báo_cáo="Năm")
    xa_units = grid("| Mã | Tên đơn vị |\n| A.1.1 | Thôn Một |", "Đơn vị")
    in_xa = [
        sheet._replace(rows=[["Mã đơn vị:", "A.1.1"], *sheet.rows[1:]]) for sheet in thon_sheets
    ]
    path = save(
        tmp_path / "xa.xlsx", below, xa_units, SOURCES, xa(model("M1", "Camera an ninh")), *in_xa
    )
    above = book(info(Mã_đơn_vị="A", Tên_đơn_vị="Tỉnh A", Năm=2026.0), units("Xã Một"), SOURCES)
    result = consolidate_book(above, [Received(path, "xa.xlsx")], period=parse_period("Năm"))

    assert counted(result) == (2, 2)


def test_a_code_that_a_thon_has_twice_and_the_xa_too_is_one():
    row = model("M1", "Camera an ninh")
    result = together(xa(row), *thon(1, row, row))

    assert counted(result) == (1, 1)
    assert found(result.issues, Code.REGISTER_CODE_REPEATED) == ["A5"]


def test_like_names_under_different_codes_are_listed_and_not_merged():
    result = together(
        xa(model("M1", "Mô hình “Tiếng loa an ninh”")),
        *thon(1, model("T7", "Tiếng loa an ninh")),
        *thon(2, model("T8", "Ngày chủ nhật xanh")),
    )

    assert counted(result) == (3, 3)
    assert places(result, Code.MODEL_NAMES_ALIKE) == ["Dân vận khéo 1!B4"]
    assert printed(tables(result)["Tên gần giống nhau, có thể là một (đang tính riêng) (1)"]) == (
        lines(
            """
            | Tên mô hình | Đơn vị | Mã | Tên gần giống | Đơn vị kia | Mã kia | Nơi ghi |
            | Mô hình “Tiếng loa an ninh” | Xã A | M1 | Tiếng loa an ninh | Thôn Một | T7
              | Dân vận khéo 1!B4 |
        """.replace("\n              |", " |")
        )
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tiếng loa an ninh", "TIẾNG LOA AN NINH"),
        ("Tiếng loa an ninh", "Tieng loa an ninh"),
        ("Vườn rau sạch hộ gia đình", "Vườn rau sạch của hộ gia đình"),
        ("Camera an ninh thôn 1", "Camera an ninh  thôn 1"),
    ],
)
def test_names_that_differ_in_writing_alone_are_alike(one, other):
    result = together(*thon(1, model("T1", one)), *thon(2, model("T2", other)))

    assert alike(result) == [("T1", "T2")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Camera an ninh thôn 1", "Camera an ninh thôn 2"),
        ("Camera an ninh", "Ngày chủ nhật xanh"),
        ("", ""),
        ("Mô hình dân vận khéo về trồng rừng", "Mô hình dân vận khéo về nuôi bò"),
    ],
)
def test_names_that_tell_two_things_apart_are_not_alike(one, other):
    result = together(*thon(1, model("T1", one)), *thon(2, model("T2", other)))

    assert alike(result) == []
    assert counted(result) == (2, 2)


def test_names_under_one_code_are_no_pair_to_ask_about():
    result = together(xa(model("M1", "Camera an ninh")), *thon(1, model("M1", "Camera an ninh")))

    assert alike(result) == []


RHYMES = ("a", "e", "ong", "anh", "iên", "uôi")
SYLLABLES = [first + rest for first in "bcdghklmnt" for rest in RHYMES]


def random_models(count):
    chance = random.Random(7)
    names = (" ".join(chance.choices(SYLLABLES, k=chance.randint(3, 9))) for _ in range(count))
    rows = [model(f"M{number}", name) for number, name in enumerate(names)]
    table = read(REGISTER, "\n".join([HEADER, *rows])).table
    return [
        CodedRow(table.text("code", position), table.text("name", position), table, position)
        for position in range(count)
    ]


def test_thousands_of_names_are_not_compared_each_with_each(monkeypatch):
    compared = []

    def count(one, other, least):
        compared.append(one)
        return False

    monkeypatch.setattr(models, "are_alike", count)
    assert list(near_duplicates(random_models(5_000))) == []
    assert 0 < len(compared) < 5_000 * 20


def test_thousands_of_like_names_make_no_longer_list_than_can_be_read():
    names = [f"Camera an ninh {first}{second}" for first in "abcdefgh" for second in SYLLABLES]
    rows = [model(f"M{number}", name) for number, name in enumerate(names * 30)]
    table = read(REGISTER, "\n".join([HEADER, *rows])).table
    every = [
        CodedRow(table.text("code", position), table.text("name", position), table, position)
        for position in range(len(rows))
    ]

    assert len(list(near_duplicates(every))) <= MOST_ALIKE


def test_of_very_many_pairs_fifty_are_asked_about():
    names = [
        f"{word} {word} đường hoa nông {end}" for word in SYLLABLES for end in ("thôn", "thôm")
    ]
    rows = [model(f"M{number}", name) for number, name in enumerate(names)]
    table = read(REGISTER, "\n".join([HEADER, *rows])).table
    every = [
        CodedRow(table.text("code", position), table.text("name", position), table, position)
        for position in range(len(rows))
    ]

    assert len(SYLLABLES) > MOST_ALIKE
    assert len(list(near_duplicates(every))) == MOST_ALIKE


def rows_named(*names):
    """Return rows of one register, each with a code of its own."""
    rows = [model(f"M{number}", name) for number, name in enumerate(names)]
    table = read(REGISTER, "\n".join([HEADER, *rows])).table
    return [
        CodedRow(table.text("code", position), table.text("name", position), table, position)
        for position in range(len(rows))
    ]


@pytest.mark.parametrize(("others", "asked"), [(18, 1), (19, 0)])
def test_words_that_more_than_twenty_names_begin_with_say_nothing(others, asked):
    alike = ("đường hoa nông thôn kiểu", "đường hoa nông thôn kiểuz")
    rest = [f"đường hoa {word} {word * 2}" for word in SYLLABLES[:others]]

    assert len(list(near_duplicates(rows_named(*alike, *rest)))) == asked


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("Tổ tự quản bảo vệ đường làng ngõ xóm xanh sạch", 1),
        ("Tổ tự quản bảo vệ đường làng ngõ xóm xanh đẹp", 1),
        ("Câu lạc bộ dân ca ví giặm của người cao tuổi", 2),
    ],
)
def test_long_names_under_one_code_are_compared_word_by_word(name, count):
    known = model("M1", "Tổ tự quản bảo vệ đường làng ngõ xóm xanh sạch")

    result = together(*thon(1, known), *thon(2, model("M1", name)))

    assert counted(result) == (count, count)
