"""Figures from registers: what LibreOffice shows, what the program says, and what it adds up."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from danvan_xl.consolidation.consolidation import Consolidation, consolidate_book
from danvan_xl.files.opening import open_unguarded
from danvan_xl.outgoing.calculated import Shown, closing_month, registers_in, work_out
from danvan_xl.outgoing.contents import Contents, TargetRow
from danvan_xl.rollup.rating import shown
from danvan_xl.schema.columns import CellEntry
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import Direction, MonthRule, UnitRule
from danvan_xl.schema.sheets import MONTH_NAMES, TARGETS
from danvan_xl.vietnamese.text import match_key
from danvan_xl.writing.template.target_lines import arrange
from danvan_xl.writing.template.workbook import write_workbook
from tests.spreadsheet import error_cells, read_values, recalculate

D = Decimal
Row = Mapping[str, CellEntry]
LAST = MonthRule.LAST
MEANS = ("Hội nghị", "Khác", "Mạng xã hội, trang tin")
FIELDS = ("Kinh tế", "Văn hóa - xã hội", "Quốc phòng - an ninh")
EDGES = ("2025-12-14", "2025-12-15", "2026-01-14", "2026-03-31", "2026-06-14", "2026-06-15")
LAND = "tổng Huy động.Kết quả [Loại = Hiến đất]"


def target(
    code: str, source: str, measure: str = "cuộc", plan: str = "", **words: object
) -> TargetRow:
    wanted = Indicator(code, "", f"Chỉ tiêu {code}", measure, source=source)
    return TargetRow(wanted._replace(plan=D(plan) if plan else None, **words))


TARGET_ROWS = (
    target("COUNT", "đếm Tuyên truyền", plan="10"),
    target(
        "TWO",
        "tổng Tuyên truyền.Số cuộc [Hình thức = Hội nghị; Khác, Đơn vị chủ trì = UBND; MTTQ]",
        plan="100",
    ),
    target("COMMA", "đếm Tuyên truyền [Hình thức = Mạng xã hội, trang tin]", plan="1"),
    target("PEOPLE", "tổng Tuyên truyền.Lượt người", "lượt", month_rule=MonthRule.LARGEST),
    target("MEAN", "tổng Tuyên truyền.Số cuộc", month_rule=MonthRule.MEAN, plan="25"),
    target("RECEIVED", "đếm Kiến nghị", "kiến nghị", "20", direction=Direction.LESS),
    target("RESOLVED", "đếm Kiến nghị theo Ngày giải quyết", "kiến nghị", "8"),
    target("SHARE", "tỷ số RESOLVED/RECEIVED", "%", "80", unit_rule=UnitRule.RATIO),
    target("FIELD", "đếm Kiến nghị [Lĩnh vực = Kinh tế, Nguồn tiếp nhận = Đơn thư]", "việc", "2"),
    target("SO_FAR", "đếm Kiến nghị theo Ngày giải quyết", "việc", "9", month_rule=LAST),
    target("MONEY", "tổng Huy động.Kết quả [Loại = Tiền]", "triệu đồng", "2500"),
    target("SQUARE", LAND, "m²", "300"),
    target("PLAIN", LAND, "m2", "300.5", direction=Direction.EQUAL),
    target("VALUE", "tổng Huy động.Giá trị (triệu đồng)", "tỷ đồng", "0.25"),
    target("WORDS", "tổng Huy động.Kết quả [Loại = Ngày công]", "ngày công", "50"),
    target("UNMEASURED", "tổng Huy động.Kết quả [Loại = Công trình]", "km", "5"),
    target("BUDGET", "tổng Dân vận khéo.Kinh phí (triệu đồng)", "đồng", "9", month_rule=LAST),
    target(
        "MODELS",
        "đếm Dân vận khéo [Loại = Mô hình, Trạng thái = Hiệu quả; Nhân rộng]",
        "mô hình",
        "3",
        month_rule=LAST,
    ),
    target("TEAMS", "đếm Tổ dân vận [TC1 = Đạt]", "tổ", "2", month_rule=LAST),
    target("REACHED", "đếm Tiêu chí [Kết quả = Đạt]", "tiêu chí", "5", month_rule=LAST),
    target("JUDGED", "đếm Tiêu chí", "tiêu chí", "5", month_rule=LAST),
    target("NOTHING", "đếm Văn bản", "văn bản", "1"),
)
CODES = tuple(row.indicator.code for row in TARGET_ROWS)
LINES = arrange(TARGET_ROWS).row_of_code


def registers() -> dict[str, tuple[Row, ...]]:
    """About 45 rows of six registers, the same every time."""
    chance = random.Random(2026)

    def day(first: int = 1, last: int = 7) -> dt.date:
        if chance.random() < 0.4:
            return dt.date.fromisoformat(chance.choice(EDGES))
        return dt.date(2026, chance.randint(first, last), chance.randint(1, 28))

    def gift(kind: str, measure: str) -> Row:
        result = D(chance.randint(1, 4000)) / 8
        worth = D(chance.randint(1, 99)) if chance.random() < 0.5 else None
        row = {"received_on": day(), "content": "Đường", "kind": kind, "measure": measure}
        return row | {"result": result, "value": worth}

    outreach = [
        {
            "held_on": day(),
            "means": chance.choice(MEANS),
            "topic": "Họp",
            "sessions": chance.randint(0, 30),
            "people": chance.choice([None, chance.randint(10, 300)]),
            "lead": chance.choice(["UBND", "MTTQ", "Hội Nông dân"]),
        }
        for _ in range(12)
    ]
    petitions = [
        {
            "received_on": day(1, 5),
            "work_field": chance.choice(FIELDS),
            "content": "Đường",
            "origin": chance.choice(["Tiếp dân", "Đơn thư"]),
            "agency": "UBND",
            "due_on": dt.date(2026, 8, 1),
            "resolved_on": chance.choice([None, dt.date(2026, chance.randint(5, 7), 15)]),
        }
        for _ in range(10)
    ]
    measures = ("tỷ đồng", "triệu đồng", "nghìn đồng", "đồng", "m²")
    gifts = [gift("Tiền", measure) for measure in measures]
    gifts += [gift("Hiến đất", measure) for measure in ("m²", "m2", "mét vuông", "M2", "ha", "m²")]
    estimate = {"received_on": dt.date(2026, 2, 2), "result": "trên 9"}
    gifts += [gift("Ngày công", "ngày công"), {**gift("Ngày công", "ngày công"), **estimate}]
    gifts += [gift("Công trình", "km"), gift("Công trình", "")]
    models = [
        {
            "code": f"M{number}",
            "name": f"Mô hình {number}",
            "work_field": chance.choice(FIELDS),
            "kind": "Mô hình" if number < 4 else "Điển hình tập thể",
            "state": chance.choice(["Hiệu quả", "Nhân rộng", "Đăng ký"]),
            "budget": D(chance.randint(0, 900)) / 10,
        }
        for number in range(6)
    ]
    teams = [
        {"team": f"Tổ {number}", "kind": "Tổ dân vận", "tc1": chance.choice(["Đạt", "Không", None])}
        for number in range(4)
    ]
    outcomes = ("Đạt", "Đạt", None, "Chưa đạt", "Đạt", "Đạt", None)
    criteria = [
        {
            "criteria_set": "Đô thị văn minh",
            "number": number,
            "criterion": f"Tiêu chí {number}",
            "outcome": outcome,
            "reached_on": day(5, 8) if outcome == "Đạt" and number != "1" else None,
        }
        for number, outcome in zip(("1", "2", "3", "7", "7.1", "8", "9"), outcomes, strict=True)
    ]
    filled: dict[str, Sequence[Row]] = {
        "outreach": outreach,
        "petitions": petitions,
        "contributions": gifts,
        "movement_models": models,
        "teams": teams,
        "criteria": criteria,
    }
    return {name: tuple(rows) for name, rows in filled.items()}


def contents(cutoff: str, period: str = "6 tháng") -> Contents:
    info = {"level": "Xã", "unit_code": "A", "unit_name": "Xã A", "year": 2026}
    info |= {"cutoff": cutoff, "period": period}
    return Contents(info, TARGET_ROWS, registers=registers())


def with_one_row_more(given: Contents) -> Contents:
    row: Row = {
        "held_on": dt.date(2026, 5, 10),
        "means": "Hội nghị",
        "topic": "Họp",
        "sessions": 1000,
        "people": 0,
        "lead": "UBND",
    }
    rows = {**given.registers, "outreach": (*given.registers["outreach"], row)}
    return replace(given, registers=rows)


def with_rows(given: Contents, name: str, *rows: Row) -> Contents:
    return replace(given, registers={**given.registers, name: rows})


DAYS_WORK = {"content": "Đường", "kind": "Ngày công", "measure": "ngày công"}
BOOKS = {
    "cuoi-thang": contents("Cuối tháng"),
    "ngay-14": contents("Ngày 14"),
    "them-dong": with_one_row_more(contents("Cuối tháng")),
    "chua-co-so": with_rows(
        contents("Cuối tháng"),
        "contributions",
        {**DAYS_WORK, "received_on": dt.date(2026, 2, 3)},
        {**DAYS_WORK, "received_on": dt.date(2026, 3, 3)},
        {**DAYS_WORK, "received_on": dt.date(2026, 1, 3), "kind": "Tiền", "value": D(5)},
    ),
}


class Computed(NamedTuple):
    """A workbook: cells as LibreOffice computes them, and what is made of it before and after."""

    rows: Mapping[str, dict[str, object]]
    worked_out: Mapping[str, Shown]
    result: Consolidation
    after: tuple[Issue, ...]


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Computed]:
    folder = tmp_path_factory.mktemp("so-theo-doi")
    written = [folder / f"{name}.xlsx" for name in BOOKS]
    for path in written:
        write_workbook(path, BOOKS[path.stem])
    paths = recalculate(written, folder / "computed")
    assert [error for path in paths for error in error_cells(path)] == []
    return {
        path.stem: _computed(BOOKS[path.stem], path, computed)
        for path, computed in zip(written, paths, strict=True)
    }


def _computed(given: Contents, written: Path, saved: Path) -> Computed:
    sheet = read_values(saved)[TARGETS.title]
    names = [column.name for column in TARGETS.columns]
    rows = {
        code: dict(zip(names, sheet[LINES[match_key(code)] - 1], strict=False)) for code in CODES
    }
    worked_out = work_out(given.targets, closing_month(given), registers_in(given))
    result, after = (_consolidated(path) for path in (written, saved))
    return Computed(rows, dict(zip(CODES, worked_out, strict=True)), result, after.issues)


def _consolidated(path: Path) -> Consolidation:
    opened = open_unguarded(path)
    assert not isinstance(opened, Issue)
    return consolidate_book(opened, ())


def number(value: Decimal | None) -> object:
    return "" if value is None else pytest.approx(float(value), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", BOOKS)
def test_libreoffice_shows_what_the_program_works_out(
    computed: dict[str, Computed], name: str, code: str
) -> None:
    cells, right = computed[name].rows[code], computed[name].worked_out[code]

    months = [number(month) for month in right.months] or [""] * 12
    assert [cells[month] for month in MONTH_NAMES] == months
    assert cells["cumulative"] == number(right.cumulative)
    assert cells["completion"] == number(right.completion)
    assert cells["rating"] == right.rating


@pytest.mark.parametrize("code", [code for code in CODES if code != "WORDS"])
@pytest.mark.parametrize("name", BOOKS)
def test_libreoffice_shows_what_is_consolidated(
    computed: dict[str, Computed], name: str, code: str
) -> None:
    cells, line = computed[name].rows[code], computed[name].result.lines[match_key(code)]

    assert cells["cumulative"] == number(line.actual)
    assert cells["completion"] == number(shown(line.completion))
    assert cells["rating"] == line.rating.value


@pytest.mark.parametrize("name", BOOKS)
def test_nothing_differs_in_a_workbook_that_libreoffice_saved(
    computed: dict[str, Computed], name: str
) -> None:
    codes = (Code.SOURCE_DIFFERS, Code.SOURCE_TYPED_OVER, Code.FORMULA_ALTERED)

    assert [item.message for item in computed[name].result.issues if item.code in codes] == []
    assert [item.message for item in computed[name].after if item.code in codes] == []


def test_an_estimate_shows_nothing_in_the_sheet_and_counts_in_the_summary(
    computed: dict[str, Computed],
) -> None:
    for name in ("cuoi-thang", "ngay-14", "them-dong"):
        book = computed[name]
        line = book.result.lines["words"]
        assert (line.bound, line.actual is not None) == ("≥", True)
        assert book.rows["WORDS"]["cumulative"] == ""


def test_rows_without_a_figure_show_no_total_beside_months_of_zero(
    computed: dict[str, Computed],
) -> None:
    cells = computed["chua-co-so"].rows["WORDS"]

    assert [cells[name] for name in ("t1", "t2", "cumulative")] == [0, "", ""]
    assert computed["chua-co-so"].result.lines["words"].actual is None


def test_the_rule_of_the_14th_changes_the_months(computed: dict[str, Computed]) -> None:
    at_end, on_14th = (computed[name].rows for name in ("cuoi-thang", "ngay-14"))

    for code in ("COUNT", "TWO", "RECEIVED", "SQUARE"):
        months = [[rows[code][month] for month in MONTH_NAMES] for rows in (at_end, on_14th)]
        assert months[0] != months[1]


def test_one_row_more_changes_the_figures_it_belongs_to_and_no_other(
    computed: dict[str, Computed],
) -> None:
    before, after = (computed[name].rows for name in ("cuoi-thang", "them-dong"))

    for name in ("t5", "cumulative"):
        assert float(after["TWO"][name]) - float(before["TWO"][name]) == 1000  # type: ignore[arg-type]
        assert float(after["COUNT"][name]) - float(before["COUNT"][name]) == 1  # type: ignore[arg-type]
    changed = {code for code in CODES if before[code] != after[code]}
    assert changed == {"COUNT", "TWO", "MEAN"}
