"""Many units: what is held small, cut and merged gives what it gives when there are few."""

import csv
import random
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.generate import INBOX, PARENT, generate
from danvan_xl.consolidation import many as question
from danvan_xl.consolidation import portions
from danvan_xl.consolidation.consolidation import CannotConsolidateError
from danvan_xl.files import workers
from danvan_xl.jobs.consolidate import consolidate_files, save_summary
from danvan_xl.report import by_unit, issues, sources, unmet
from danvan_xl.report.compose import compose
from danvan_xl.report.csv_text import csv_lines
from danvan_xl.report.long_tables import Room
from danvan_xl.report.tracking import tracked_registers
from danvan_xl.rollup import (
    register_keys as models,
)
from danvan_xl.rollup import (
    register_merging as merging,
)
from danvan_xl.rollup import (
    registers as tracking,
)
from danvan_xl.rollup.packed import Joined
from danvan_xl.rollup.packed_figures import PackedFigures
from danvan_xl.rollup.register_blocks import BlockFigures, Days, Listed
from danvan_xl.rollup.register_merging import Merging, total_of
from danvan_xl.schema.issues import Place
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import REGISTER_OF

COUNT = 12


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("so")
    generate(folder, COUNT)
    return folder


@pytest.fixture(scope="module")
def usual(made):
    """The consolidation as it is with few units."""
    return consolidate_files(made / PARENT, made / INBOX)


@pytest.fixture
def as_if_many(monkeypatch):
    """Make a dozen units too many for everything."""
    monkeypatch.setattr(question, "MANY", COUNT)
    monkeypatch.setattr(portions, "_SIZE", 5)
    monkeypatch.setattr(portions, "_GROUPS", 80)
    monkeypatch.setattr(merging, "_MOST_GROUPS", 320)


def test_packed_figures_give_the_same_lines_findings_and_registers(made, usual, as_if_many):
    many = consolidate_files(made / PARENT, made / INBOX).result

    assert isinstance(many.units[0].figures, PackedFigures)
    line = many.lines["kt01"]
    assert isinstance(line.terms, Joined)
    for key, one in usual.result.lines.items():
        other = many.lines[key]
        assert tuple(other.terms) == tuple(one.terms)
        assert tuple(other.behind) == one.behind
        assert other.unmet == one.unmet
        assert other._replace(terms=(), behind=()) == one._replace(terms=(), behind=())
    assert many.issues == usual.result.issues
    assert tracked_registers(many.tracking) == tracked_registers(usual.result.tracking)
    assert many.reported_keys == usual.result.reported_keys
    for one, other in zip(usual.result.units, many.units, strict=True):
        assert (one.met, one.unmet, one.status) == (other.met, other.unmet, other.status)
        assert dict(other.figures) == dict(one.figures)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_same_bytes_whatever_the_number_of_workers(made, usual, tmp_path, monkeypatch, count):
    save_summary(usual, tmp_path / "tong-hop.xlsx")
    expected = (tmp_path / "tong-hop.xlsx").read_bytes()
    monkeypatch.setattr(workers.os, "cpu_count", lambda: count)
    monkeypatch.setattr(workers, "_WORTH_A_WORKER", 1)

    save_summary(consolidate_files(made / PARENT, made / INBOX), tmp_path / "tong-hop.xlsx")

    assert (tmp_path / "tong-hop.xlsx").read_bytes() == expected


def test_where_names_are_not_compared_a_shared_code_still_counts_once(made, usual, monkeypatch):
    monkeypatch.setattr(tracking, "MOST_COMPARED", 0)
    many = consolidate_files(made / PARENT, made / INBOX).result

    assert many.tracking.figures == usual.result.tracking.figures
    assert Code.NAMES_NOT_COMPARED in [item.code for item in many.issues]
    assert Code.NAMES_NOT_COMPARED not in [item.code for item in usual.result.issues]


def groups(rng: random.Random, register: str, number: int) -> tuple[BlockFigures, ...]:
    made = []
    for block in REGISTER_OF[register].blocks:
        if block.is_list:
            made.append(BlockFigures({}))
            continue
        labels = [(f"Việc {rng.randrange(400)}",) * len(block.by) for _ in range(40)]
        cells = [
            tuple(round(rng.random() * 1e4, 1) for _ in block.measures) for _ in range(len(labels))
        ]
        made.append(BlockFigures(dict(zip(labels, cells, strict=True))))
    return tuple(made)


def test_the_first_of_too_many_groups_and_their_total_are_exact(monkeypatch):
    monkeypatch.setattr(merging, "_MOST_GROUPS", 100)
    rng = random.Random(7)
    blocks_of = REGISTER_OF["contributions"].blocks
    whole, cut = Merging(blocks_of, complete=True), Merging(blocks_of)
    for number in range(60):
        figures = groups(rng, "contributions", number)
        whole.add(figures)
        cut.add(figures)

    for block, all_groups, some in zip(blocks_of, whole.result(), cut.result(), strict=True):
        if block.is_list:
            continue
        first = sorted(all_groups.groups)[:25]
        assert {name: some.groups[name] for name in first} == {
            name: all_groups.groups[name] for name in first
        }
        assert len(some.groups) + some.rest_count == len(all_groups.groups)
        if block.total:
            assert total_of(some) == pytest.approx(total_of(all_groups), rel=1e-12)


def test_the_rows_of_a_list_that_come_first_are_never_let_go_of():
    (block,) = [item for item in REGISTER_OF["petitions"].blocks if item.is_list]
    by = [name for name in block.columns if name != "place"].index(block.sort)
    rng = random.Random(3)
    together, every = Merging((block,)), []
    for number in range(40):
        days = sorted(rng.randrange(2_000) for _ in range(100))
        values = [tuple(day if at == by else number for at in range(5)) for day in days]
        rows = [Listed(row, Place("x.xlsx", "Kiến nghị", "A1")) for row in values]
        every += rows
        together.add((BlockFigures({}, tuple(rows), len(rows)),))

    (found,) = together.result(150)

    assert list(found.listed) == sorted(every, key=lambda row: row.values[by])[:150]
    assert found.listed_count == 4_000


def test_sums_of_many_units_are_rounded_once():
    (block,) = [item for item in REGISTER_OF["contributions"].blocks if item.by == ("kind",)]
    together = Merging((block,))
    for _ in range(1000):
        together.add((BlockFigures({("Tiền",): (0.1,) * len(block.measures)}),))

    assert set(together.result()[0].groups[("Tiền",)]) == {100.0}


def test_days_of_many_units_are_one_list():
    one, other = Days((3, 5)), Days((4,))
    assert merging._as_kept(merging._plus(merging._plus(one, other), other)) == Days((3, 4, 4, 5))
    assert one == Days((3, 5))


def test_one_code_in_very_many_registers_takes_no_longer_than_their_number(usual):
    report = next(r for r in usual.result.tracking.reports if r.names).open()
    table = report.keyed[0].take([0])
    key, name = table.form.key, table.form.name_column
    tables = [
        table._replace(
            unit_name=f"Xã {number}",
            columns={**table.columns, key: ["M1"], name: [f"{number * 7919} việc {number % 97}"]},
        )
        for number in range(1500)
    ]

    compared = []
    are_alike = models._are_of_one_thing
    try:
        models._are_of_one_thing = lambda *pair: compared.append(1) or are_alike(*pair)
        union = models.unite(tables, 0, is_compared=False)
    finally:
        models._are_of_one_thing = are_alike

    assert len(union.tables) == 1500
    assert len(compared) <= 1500 * (models._MOST_UNDER_A_CODE + 2)


@pytest.fixture
def short_sheets(monkeypatch):
    rooms = ((by_unit, "UNITS", 4), (issues, "ISSUES", 1), (sources, "SOURCES", 120))
    for module, what, most in (*rooms, (unmet, "UNMET", 10)):
        monkeypatch.setattr(module, f"ROOM_FOR_{what}", Room(most, most))


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter=";"))


def test_long_tables_are_cut_and_whole_in_files_beside(usual, tmp_path, short_sheets):
    report = save_summary(usual, tmp_path / "quý.xlsx")

    units, addends = report.table("by_unit"), report.table("sources")
    assert len(units.rows) == 4
    worst = sorted(usual.result.units, key=lambda unit: -unit.unmet)[:4]
    assert {row.cells[1] for row in units.rows} == {unit.unit.code for unit in worst}
    assert units.notes[-1] == (
        "Trang này ghi 4 trong 12 dòng: những đơn vị có nhiều chỉ tiêu chưa đạt, chậm tiến độ, "
        "có nguy cơ vượt nhất; "
        "toàn bộ bảng Theo đơn vị ở tệp 'quý.theo-don-vi.csv' cùng thư mục."
    )
    assert len(addends.rows) == 120
    whole = read_csv(tmp_path / "quý.nguon-so-lieu.csv")
    terms = list(usual.result.terms())
    assert len(whole) == len(terms) + 1
    code, term = terms[0]
    assert whole[1][:4] == [code, term.unit_name, term.period, str(term.value).replace(".", ",")]
    assert sum(Decimal(row[3].replace(",", ".")) for row in whole[1:]) == sum(
        term.value for _, term in terms
    )
    assert [row[2] for row in read_csv(tmp_path / "quý.theo-don-vi.csv")[1:]] == [
        unit.unit.name for unit in usual.result.units
    ]


def test_of_packed_figures_the_summary_and_the_files_beside_are_the_same(
    made, usual, tmp_path, as_if_many, short_sheets
):
    many = consolidate_files(made / PARENT, made / INBOX)
    for job, folder in ((usual, tmp_path / "few"), (many, tmp_path / "many")):
        folder.mkdir()
        save_summary(job, folder / "q.xlsx")

    names = sorted(path.name for path in (tmp_path / "few").iterdir())
    assert len(names) == 5
    for name in names:
        assert (tmp_path / "many" / name).read_bytes() == (tmp_path / "few" / name).read_bytes()


def test_of_what_has_a_file_beside_it_a_sheet_shows_less():
    room = Room(10, 3)
    assert (room.rows(10, "a"), room.rows(11, "a"), room.rows(11, "")) == (10, 3, 10)


def test_few_rows_leave_no_file_beside(usual, tmp_path):
    save_summary(usual, tmp_path / "q.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["q.xlsx"]


def test_an_open_workbook_says_where_else_to_look(usual, short_sheets):
    report = compose(usual.result)
    assert report.table("by_unit").beside is None
    assert report.table("by_unit").notes[-1].endswith("các dòng khác xem ở sổ của từng đơn vị.")


def test_somebody_elses_file_is_not_written_over(usual, tmp_path, short_sheets):
    theirs = tmp_path / "q.theo-don-vi.csv"
    theirs.write_text("danh sách của tôi;1\n", "utf-8")

    with pytest.raises(CannotConsolidateError, match="Không ghi đè"):
        save_summary(usual, tmp_path / "q.xlsx")

    assert theirs.read_text("utf-8") == "danh sách của tôi;1\n"
    assert not (tmp_path / "q.xlsx").exists()
    theirs.unlink()
    save_summary(usual, tmp_path / "q.xlsx")
    save_summary(usual, tmp_path / "q.xlsx")  # our own are


def test_figures_that_were_printed_are_no_formulas_and_odd_texts_are_quoted(tmp_path):
    from danvan_xl.report.tables import Beside
    from danvan_xl.schema.columns import Column, Kind
    from danvan_xl.writing.summary.csv_beside import write_beside

    columns = (Column("name", "Tên"), Column("value", "Giá trị", Kind.NUMBER))
    plain = [("Xã Một", "-1,5"), ("Xã Hai", "2")]
    write_beside(tmp_path, Beside("a.csv", columns, lambda: csv_lines(columns, plain)))
    odd = [*plain, ("Xã Ba; Bốn", "3"), ('Xã "Năm"', "4"), ("Xã\nSáu", "5")]
    write_beside(tmp_path, Beside("b.csv", columns, lambda: csv_lines(columns, odd)))

    assert read_csv(tmp_path / "a.csv")[1:] == [list(row) for row in plain]
    assert read_csv(tmp_path / "b.csv")[1:] == [list(row) for row in odd]


def test_no_text_in_a_file_beside_is_a_formula(tmp_path):
    from danvan_xl.report.tables import Beside
    from danvan_xl.schema.columns import Column
    from danvan_xl.writing.summary.csv_beside import write_beside

    rows = [("=HYPERLINK(1)", '+"a";b', Decimal("-1234.5"), 7, None, "Xã Một")]
    columns = tuple(Column(str(number), f"Cột {number}") for number in range(6))
    write_beside(tmp_path, Beside("a.csv", columns, lambda: csv_lines(columns, rows)))

    assert read_csv(tmp_path / "a.csv")[1] == [
        "'=HYPERLINK(1)",
        '\'+"a";b',
        "-1234,5",
        "7",
        "",
        "Xã Một",
    ]
