"""The registers of a unit and its units together: every code once, whatever is compared."""

from decimal import Decimal

import pytest

from danvan_xl.rollup import registers
from danvan_xl.schema.messages import Code
from tests.register_sheets import kept, printed, tables
from tests.sheets import consolidated, found, grid, sub_sheet, units

HEADER = "| Mã mô hình | Tên mô hình | Lĩnh vực | Loại | Trạng thái | Số hộ tham gia |"
BY_FIELD = "Mô hình theo lĩnh vực và trạng thái"
SOURCES = """
    | Mã | Chỉ tiêu  | ĐVT     | Cộng kỳ | Tổng hợp | Nguồn                             | T1 |
    | TT | Tuyên     | cuộc    | Cộng    |          | tổng Tuyên truyền.Số cuộc         |    |
    | GO | Việc gõ   | việc    | Cộng    |          |                                   | 3  |
    | LN | Lớn nhất  | mô hình | Cuối kỳ | Lớn nhất | đếm Dân vận khéo [Loại = Mô hình] |    |
    | MH | Mô hình   | mô hình | Cuối kỳ |          | đếm Dân vận khéo [Loại = Mô hình] |    |
    | SH | Số hộ     | hộ      | Cuối kỳ |          | tổng Dân vận khéo.Số hộ tham gia  |    |
"""


def model(code, name, households="", state="Hiệu quả", kind="Mô hình"):
    return f"| {code} | {name} | Kinh tế | {kind} | {state} | {households} |"


def thon(number, *rows):
    """Return a thôn's register, inside the workbook of the xã."""
    title = f"Dân vận khéo {number}"
    return sub_sheet(f"A.{number}", "\n".join([HEADER, *rows]), title)


def together(*grids, own=()):
    """Return the consolidation of a xã of three thôn with these registers."""
    mine = [grid("\n".join([HEADER, *own]), "Dân vận khéo")] if own else []
    names = units("Thôn Một", "Thôn Hai", "Thôn Ba")
    return consolidated(grid(SOURCES), names, *mine, *grids)


@pytest.fixture(params=[False, True], ids=["names compared", "too many to compare"])
def is_many(request, monkeypatch):
    """Whether there are too many rows to compare their names."""
    if request.param:
        monkeypatch.setattr(registers, "MOST_COMPARED", 0)
    return request.param


THREE = (
    thon(1, model("M1", "Camera an ninh", 40), model("M2", "Đường hoa", 5)),
    thon(2, model("M3", "Heo đất", 7), model("m1", "Camera an ninh", 40)),
    thon(3, model("M1", "Camera  an ninh", 30), model("", "Thắp sáng", 2)),
)


def test_a_code_of_several_units_counts_once_in_blocks_figures_and_terms(is_many):
    result = together(*THREE)

    assert tables(result)[BY_FIELD].rows[-1].cells[1] == 4
    for code, total, repeated in (("mh", 4, -2), ("sh", 54, -70)):
        line = result.lines[code]
        assert line.actual == total
        assert sum(term.value for term in line.terms) == total
        assert [term.value for term in line.terms if term.value < 0] == [repeated]
    assert result.tracking.repeated == {"mh": Decimal(2), "sh": Decimal(70)}


def test_only_what_adds_up_has_something_taken_off(is_many):
    result = together(*THREE)

    assert result.lines["ln"].actual == 2
    assert result.lines["go"].actual == 3


def test_that_names_were_not_compared_is_told(is_many):
    told = [item for item in together(*THREE).issues if item.code is Code.NAMES_NOT_COMPARED]

    assert bool(told) is is_many
    if told:
        assert dict(told[0].values) == {"register": "Dân vận khéo", "most": "0"}


def test_a_code_of_one_unit_alone_stays_as_it_is(is_many):
    result = together(thon(1, model("M1", "Camera", 4)), thon(2, model("M2", "Heo đất", 6)))

    assert result.lines["sh"].actual == 10
    assert result.tracking.repeated == {}
    assert found(result.issues, Code.MODEL_REPORTED_TWICE) == []


def test_what_the_xa_has_is_its_own_whatever_a_thon_calls_it(is_many):
    result = together(thon(1, model("M1", "Heo đất", 7)), own=[model("M1", "Camera an ninh", 40)])

    assert result.lines["sh"].actual == 40
    (clash,) = [item for item in result.issues if item.code is Code.MODEL_CODE_CLASH]
    assert dict(clash.values) == {
        "value": "M1",
        "unit": "Xã A",
        "other_unit": "Thôn Một",
        "name": "Camera an ninh",
        "other": "Heo đất",
        "used": "tính là một mô hình",
    }


def test_two_thon_with_one_code_for_two_things_have_two(is_many):
    result = together(
        thon(1, model("M1", "Camera an ninh", 40)), thon(2, model("M1", "Nuôi heo đất", 7))
    )

    assert result.lines["sh"].actual == 47
    (clash,) = [item for item in result.issues if item.code is Code.MODEL_CODE_CLASH]
    assert dict(clash.values)["used"] == "tính là hai mô hình"


def test_states_that_differ_are_told_with_both(is_many):
    result = together(
        thon(1, model("M1", "Camera an ninh", state="Hiệu quả")),
        thon(2, model("M1", "Camera an ninh", state="Đang thực hiện")),
    )

    (differ,) = [item for item in result.issues if item.code is Code.MODEL_STATES_DIFFER]
    assert dict(differ.values) == {
        "value": "M1",
        "unit": "Thôn Một",
        "other_unit": "Thôn Hai",
        "state": "Hiệu quả",
        "other": "Đang thực hiện",
    }


def test_one_code_of_three_units_is_told_once_with_its_units(is_many):
    (twice,) = [i for i in together(*THREE).issues if i.code is Code.MODEL_REPORTED_TWICE]

    assert dict(twice.values) == {
        "value": "M1",
        "name": "Camera an ninh",
        "units": "Thôn Một, Thôn Hai, Thôn Ba",
    }
    assert (twice.place.sheet, twice.place.cell) == ("Dân vận khéo 3", "A4")


NAMED_ALIKE = (
    thon(1, model("M1", "Camera an ninh trật tự")),
    thon(2, model("M7", "Camera an ninh trật tư")),
)


def test_of_too_many_rows_names_are_not_asked_about(is_many):
    rows = [model("M1", "Camera an ninh trật tự"), model("M7", "Camera an ninh trật tư")]
    alone, shared = together(*NAMED_ALIKE), together(thon(1, *rows), thon(2, *rows))

    for result in (alone, shared):
        told = [item for item in result.issues if item.code is Code.MODEL_NAMES_ALIKE]
        assert bool(told) is not is_many


def test_names_nearly_the_same_under_two_codes_are_asked_about():
    result = together(*NAMED_ALIKE)

    (alike,) = [item for item in result.issues if item.code is Code.MODEL_NAMES_ALIKE]
    assert dict(alike.values) == {
        "name": "Camera an ninh trật tự",
        "unit": "Thôn Một",
        "other": "Camera an ninh trật tư",
        "other_unit": "Thôn Hai",
    }
    assert result.lines["mh"].actual == 2


def test_registers_without_codes_are_added_up_group_by_group():
    header = "| Ngày | Hình thức | Nội dung | Số cuộc | Lượt người |"
    result = kept(
        "Tuyên truyền",
        f"{header}\n| 05/03/2026 | Hội nghị | a | 1 | 40 |",
        units("Thôn Một"),
        sub_sheet(
            "A.1",
            f"{header}\n| 06/03/2026 | hội nghị | b | 2 | 60 |\n| 07/03/2026 | Pano | c | 4 | |",
            "Tuyên truyền 1",
        ),
    )

    (table,) = tables(result).values()
    rows = [row.split("|")[1:4] for row in printed(table).splitlines()[1:]]
    assert [[cell.strip() for cell in row] for row in rows] == [
        ["Hội nghị", "3", "100"],
        ["Pano", "4", ""],
        ["Tổng cộng", "7", "100"],
    ]
