"""Last year's figures from last year's workbooks, and several years consolidated as one."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

import danvan_xl
from danvan_xl.consolidation.consolidation import CannotConsolidateError
from danvan_xl.consolidation.several_years import parse_years
from danvan_xl.jobs.consolidate import Reading, consolidate_files, save_summary
from danvan_xl.rollup.rating import Rating
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.numbers import Bound
from danvan_xl.vietnamese.periods import parse_period
from tests.on_disk import save, thon_file, xa_file
from tests.program import running
from tests.sheets import Grid, grid, info, units

FULL_HEADER = (
    "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Cộng kỳ | Tổng hợp | Nguồn | Năm trước "
    "| Kế hoạch | T1 | T2 |"
)
OWN = (
    "| K | Kinh tế | Đường bê tông | km | Cộng | Cộng | | | 20 | | |",
    "| S | Kinh tế | Đàn gia súc | con | Cuối kỳ | Cộng | | | 100 | | |",
    "| R | Kinh tế | Tỷ lệ làm xong | % | Cuối kỳ | Tỷ số | tỷ số K/L | | 80 | | |",
    "| L | Kinh tế | Đường phải làm | km | Cộng | Cộng | | 7 | 30 | | |",
)
ROW = "| {} | Kinh tế | x | km | 5 | {} | {} | |"


def own(folder: Path, year: int = 2026, months: str = "", thon=("Thôn 1", "Thôn 2")) -> Path:
    folder.mkdir(exist_ok=True)
    rows = list(OWN)
    if months:
        rows[0] = f"| K | Kinh tế | Đường bê tông | km | Cộng | Cộng | | | 20 | {months} | |"
    about = {"Mã_đơn_vị": "A", "Tên_đơn_vị": "Xã A", "Năm": year, "Kỳ_báo_cáo": "Tháng 1"}
    return save(
        folder / f"so-{year}.xlsx",
        info(**about),
        units(*thon),
        grid("\n".join([FULL_HEADER, *rows])),
    )


def thon(folder: Path, number: int, year: int, **months: tuple[object, object]) -> Path:
    rows = [
        ROW.format(code, *pair).replace("km", "con" if code == "S" else "km")
        for code, pair in months.items()
    ]
    path = thon_file(folder, number, *rows, Năm=year)
    return path.rename(folder / f"thon-{number}-{year}.xlsx")


def codes(result) -> list[Code]:
    return [item.code for item in result.issues]


def with_last_year(workbook: Path, last_year: Path, inbox: Path | None = None):
    return consolidate_files(workbook, inbox, reading=Reading(last_year=last_year)).result


def test_last_years_whole_year_is_rolled_up_by_this_years_indicators(tmp_path):
    workbook, before = own(tmp_path), tmp_path / "Nhan2025"
    thon(before, 1, 2025, K=(3, 4), S=(50, 60), L=(5, 5))
    thon(before, 2, 2025, K=(1, 2), S=(10, 20), L=(5, 5))
    thon(tmp_path / "Nhan", 1, 2026, K=(8, ""))

    result = with_last_year(workbook, before, tmp_path / "Nhan")

    assert result.lines["k"].last_year == 10  # the months add up to the year's end
    assert result.lines["s"].last_year == 80  # a stock is what there was last
    assert result.lines["r"].last_year == 50  # 10 of 20
    assert result.lines["k"].actual == 8
    assert result.last_year is not None
    assert (result.last_year.year, result.last_year.file_count) == (2025, 2)


def test_the_summary_shows_last_year_the_comparison_and_where_it_is_from(tmp_path):
    workbook, before = own(tmp_path), tmp_path / "Nhan2025"
    thon(before, 1, 2025, K=(3, 1))
    thon(tmp_path / "Nhan", 1, 2026, K=(8, ""))
    reading, year = Reading(last_year=before), parse_period("Năm")
    job = consolidate_files(workbook, tmp_path / "Nhan", year, reading=reading)

    table = save_summary(job, tmp_path / "a.xlsx").table("totals")

    row = next(row for row in table.rows if row.cells[1] == "K")
    assert row.cells[4] == 4
    assert row.cells[9].value == Decimal(2)
    assert "Năm trước mới có số của 1/2 đơn vị" in row.cells[15]
    assert "Năm trước: cả năm 2025, tính từ 1 sổ trong thư mục Nhan2025." in table.notes
    sheet = load_workbook(tmp_path / "a.xlsx")["Tổng hợp"]
    assert any(cell.value == 4 for (cell,) in sheet["E8:E20"])


def test_what_is_typed_stays_and_a_difference_is_told(tmp_path):
    workbook, before = own(tmp_path), tmp_path / "Nhan2025"
    for number in (1, 2):
        thon(before, number, 2025, L=(5, 4))

    result = with_last_year(workbook, before)

    assert result.lines["l"].last_year == 7
    (told,) = [item for item in result.issues if item.code is Code.LAST_YEAR_DIFFERS]
    assert told.place.cell == "H5"
    assert dict(told.values)["found"] == "18"


def test_a_difference_is_not_told_while_last_year_is_incomplete(tmp_path):
    workbook, before = own(tmp_path), tmp_path / "Nhan2025"
    thon(before, 1, 2025, L=(2, 1))
    assert Code.LAST_YEAR_DIFFERS not in codes(with_last_year(workbook, before))


def test_missing_last_year_is_not_zero(tmp_path):
    workbook, before = own(tmp_path), tmp_path / "Nhan2025"
    thon(before, 1, 2025, S=(5, ""))

    result = with_last_year(workbook, before)

    assert result.lines["k"].last_year is None
    (told,) = [item for item in result.issues if item.code is Code.LAST_YEAR_WORKED_OUT]
    assert dict(told.values)["reported"] == "1"
    assert dict(told.values)["expected"] == "2"


def test_workbooks_of_other_years_are_left_aside_and_counted(tmp_path):
    workbook, before = own(tmp_path), tmp_path / "Nhan"
    thon(before, 1, 2024, K=(3, 4))
    thon(before, 1, 2025, K=(1, 1))

    result = with_last_year(workbook, before)

    assert result.lines["k"].last_year == 2
    (told,) = [item for item in result.issues if item.code is Code.LAST_YEAR_WORKED_OUT]
    assert dict(told.values)["others"] == "1"
    assert dict(told.values)["folder"] == "Nhan"


def test_the_units_own_workbook_of_last_year_states_the_whole(tmp_path):
    workbook, before = own(tmp_path), tmp_path / "Nhan2025"
    thon(before, 1, 2025, K=(1, 1))
    own(before, 2025, months="33")

    assert with_last_year(workbook, before).lines["k"].last_year == 33


def test_of_filed_workbooks_the_last_of_the_year_counts(tmp_path):
    workbook = own(tmp_path)
    for period, months in (("T06", (1, "")), ("CN", (1, 6))):
        folder = tmp_path / "Nhan" / "2025" / period / "A.1"
        folder.mkdir(parents=True)
        thon(folder, 1, 2025, K=months)

    assert with_last_year(workbook, tmp_path / "Nhan").lines["k"].last_year == 7


def test_a_workbook_without_its_year_is_refused(tmp_path):
    workbook = xa_file(tmp_path, "| K | Kinh tế | Chỉ tiêu | cái | 20 | | | |", Năm="")
    thon(tmp_path / "Nhan", 1, 2025, K=(1, 1))
    with pytest.raises(CannotConsolidateError, match="chưa ghi Năm"):
        with_last_year(workbook, tmp_path / "Nhan")


def several(workbook: Path, inbox: Path, years: range):
    return consolidate_files(workbook, inbox, reading=Reading(years=years))


@pytest.fixture
def three_years(tmp_path) -> tuple[Path, Path]:
    inbox = tmp_path / "Nhan"
    for year, factor in ((2024, 1), (2025, 2), (2026, 3)):
        for number in (1, 2):
            thon(inbox, number, year, K=(factor, 1), S=(factor * 10, factor * 11), L=(4, 4))
    return own(tmp_path), inbox


def test_flows_add_up_of_a_stock_the_last_year_counts_ratios_come_from_their_parts(three_years):
    result = several(*three_years, range(2024, 2027)).result

    assert result.lines["k"].actual == 2 * (1 + 2 + 3) + 2 * 3
    assert result.lines["s"].actual == 2 * 33
    assert result.lines["l"].actual == 2 * 3 * 8
    assert result.lines["r"].actual == Decimal(18) / Decimal(48) * 100
    assert result.lines["k"].bound is Bound.EXACT
    assert result.period.label == "Giai đoạn 2024-2026"
    assert list(result.by_year) == [2024, 2025, 2026]
    assert result.by_year[2025]["k"].actual == 6


def test_plans_of_flows_add_up_when_every_year_has_one(three_years):
    result = several(*three_years, range(2024, 2027)).result
    # Past years have what the units were given, 2 × 5; this year the workbook says 20.
    assert result.lines["k"].plan == 10 + 10 + 20
    assert result.lines["k"].rating is Rating.MISSED
    assert result.by_year[2025]["k"].rating is Rating.MISSED  # 6 of 10
    assert result.units[0].figures["k"].plan == 15
    assert result.units[0].figures["k"].actual == 9


def test_only_the_years_asked_for_count(three_years):
    assert several(*three_years, range(2024, 2026)).result.lines["k"].actual == 10


def test_a_missing_year_is_told_and_the_sum_waits_for_it(three_years):
    workbook, inbox = three_years
    for path in inbox.glob("*-2025.xlsx"):
        path.unlink()
    (inbox / "thon-2-2024.xlsx").unlink()

    result = several(workbook, inbox, range(2024, 2027)).result

    assert result.lines["k"].actual == 2 + 8
    assert result.lines["k"].rating is Rating.INCOMPLETE
    assert dict(
        next(item for item in result.issues if item.code is Code.YEAR_WITHOUT_FIGURES).values
    ) == {"year": "2025"}
    (told,) = [item for item in result.issues if item.code is Code.UNIT_WITHOUT_YEARS]
    assert dict(told.values) == {"name": "Thôn 2", "years": "2024"}


def test_no_year_at_all_is_refused(three_years):
    with pytest.raises(CannotConsolidateError, match="không có sổ nào"):
        several(*three_years, range(2011, 2014))


def models(*rows: tuple[str, str, str]) -> Grid:
    header = ["Mã mô hình", "Tên mô hình", "Lĩnh vực", "Loại", "Năm đăng ký", "Trạng thái"]
    lines = [[code, name, "Kinh tế", "Mô hình", float(2024), state] for code, name, state in rows]
    return Grid("Dân vận khéo", [header, *lines])


def test_a_model_of_several_years_counts_once_with_its_newest_state(tmp_path):
    inbox = tmp_path / "Nhan"
    inbox.mkdir()
    for year, state in ((2024, "Đăng ký"), (2025, "Đang thực hiện"), (2026, "Được công nhận")):
        save(
            inbox / f"thon-1-{year}.xlsx",
            info(Mã_đơn_vị="A.1", Tên_đơn_vị="Thôn 1", Năm=year, Ngày_lập=dt.date(year, 1, 5)),
            grid(
                "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Kế hoạch | T1 |\n"
                "| K | Kinh tế | x | km | 5 | 1 |"
            ),
            models(("M1", "Camera an ninh thôn", state), (f"M{year}", f"Việc {year}", state)),
        )

    result = several(own(tmp_path), inbox, range(2024, 2027)).result

    figures = result.tracking.figures["movement_models"]
    counted = [sum(cells[0] for cells in block.groups.values()) for block in figures]
    assert counted[0] == 4  # M1 once, and one more in each year
    assert Code.MODEL_REPORTED_TWICE not in codes(result)
    assert Code.MODEL_STATES_DIFFER not in codes(result)


def test_the_summary_has_a_sheet_of_the_single_years(three_years, tmp_path):
    job = several(*three_years, range(2024, 2027))
    save_summary(job, tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")

    assert "Theo năm" in book.sheetnames
    rows = [[cell.value for cell in row] for row in book["Theo năm"].iter_rows(min_row=8)]
    assert ["K", "2025", 10, 6] in [[row[0], row[3], row[4], row[5]] for row in rows]
    assert book["Tổng hợp"]["A5"].value == "Kỳ báo cáo: Giai đoạn 2024-2026"
    again = several(*three_years, range(2024, 2027))
    save_summary(again, tmp_path / "a.xlsx")  # known as its own


@pytest.mark.parametrize("text", ["2023-2021", "21-23", "2021", "2021-2021", "2000-2030", "a-b"])
def test_what_is_no_range_of_years_is_none(text):
    assert parse_years(text) is None
    assert parse_years("2021 – 2023") == range(2021, 2024)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--giai-doan", "21-23"], "không hiểu giai đoạn '21-23'"),
        (["--giai-doan", "2024-2026", "--ky", "Năm"], "không dùng cùng --ky"),
        (["--giai-doan", "2024-2026", "--nam-truoc", "."], "Không dùng --nam-truoc cùng"),
        (["--nam-truoc", "khong-co"], "Không thấy thư mục nhận 'khong-co'"),
    ],
)
def test_what_does_not_go_together_is_one_sentence(
    three_years, tmp_path, monkeypatch, capsys, options, told
):
    run = running(monkeypatch, capsys)
    code, answer, _ = run("tong-hop", *three_years, "-o", tmp_path / "a.xlsx", *options)
    assert code == 2
    assert told in answer["error"]
    assert not (tmp_path / "a.xlsx").exists()


def test_other_programs_are_told_of_the_years(three_years, tmp_path, monkeypatch, capsys):
    run = running(monkeypatch, capsys)
    workbook, inbox = three_years
    out = "-o", tmp_path / "a.xlsx"

    _, answer, _ = run("tong-hop", workbook, inbox, *out, "--giai-doan", "2024-2026")
    assert [item["year"] for item in answer["years"]] == [2024, 2025, 2026]
    _, answer, _ = run("tong-hop", workbook, *out, "--nam-truoc", inbox)
    assert answer["last_year"] == {"year": 2025, "folder": "Nhan", "files": 2}


def test_python_asks_for_other_years_too(three_years):
    workbook, inbox = three_years
    assert danvan_xl.consolidate(workbook, inbox, years=range(2024, 2027)).totals.actual["K"] == 18
    assert danvan_xl.consolidate(workbook, last_year=inbox).totals.last_year["K"] == 6
    with pytest.raises(ValueError, match="Nhiều năm"):
        danvan_xl.consolidate(workbook, inbox, period="Năm", years=range(2024, 2027))
