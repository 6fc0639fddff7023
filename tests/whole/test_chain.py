"""Up the levels: what the top adds up from sendings is what the bottom reported."""

import datetime as dt
import random
from decimal import Decimal

import pytest

from danvan_xl.files.opening import open_unguarded
from danvan_xl.outgoing.sending import package
from danvan_xl.reading.manifests import (
    Manifest,
    Sealed,
    content_hash,
    manifest_text,
    read_manifest,
)
from danvan_xl.writing.summary.sending import write_sending
from tests.chain import (
    CODES,
    consolidated,
    info_grid,
    office_grid,
    opened,
    unit_grid,
    units_grid,
)

PLANS = {"F1": 9_000.0, "F2": 9_000.0, "S1": 2_000.0, "M1": 50.0, "L1": 900.0, "D1": 20.0}


def bottom(parent: str, count: int, seed: int, level: str = "Thôn"):
    """Return the workbooks of the units below an office, every seventh of which is missing."""
    random_ = random.Random(seed)
    units = [(f"{parent}.{number}", f"{level} {number} {parent}") for number in range(1, count + 1)]
    books = [
        opened(f"{code}.xlsx", info_grid(code, name, level), unit_grid(random_))
        for code, name in units
    ]
    return units, [book for number, book in enumerate(books) if number % 7 != 6]


def sent(result, path):
    """Return the sending of a consolidation as the office above opens it."""
    wrapped = package(result)
    write_sending(path, wrapped, None, dt.date(2026, 7, 5))
    content = content_hash(open_unguarded(path).grids, wrapped.parts)
    info = result.book.info
    manifest = Manifest(
        info.unit_code, info.unit_name, 2026, "6 tháng", 6, "1.1", "0", "2026-07-05T08:00:00",
        1, content, "", wrapped.sources,
    )  # fmt: skip
    sealed = Sealed(manifest, manifest_text(manifest), wrapped.parts)
    write_sending(path, wrapped, sealed, dt.date(2026, 7, 5))
    return open_unguarded(path)


def chain(tmp_path, offices: int, each: int, levels: tuple[str, str, str]):
    """Return the top's consolidation of sendings, and that of all the bottom units at once."""
    top_units, everyone, books, sendings = [], [], [], []
    for number in range(1, offices + 1):
        code = f"X{number}"
        units, found = bottom(code, each, number, levels[2])
        office = opened(
            f"{code}.xlsx",
            info_grid(code, f"{levels[1]} {number}", levels[1]),
            units_grid(units, levels[2]),
            office_grid({}),
        )
        result = consolidated(office, found, monthly=True)
        sendings.append(sent(result, tmp_path / f"BC_{code}.xlsx"))
        top_units.append((code, f"{levels[1]} {number}"))
        everyone += units
        books += found
    head = info_grid("T", f"{levels[0]} T", levels[0])
    top = opened("T.xlsx", head, units_grid(top_units, levels[1]), office_grid(PLANS))
    flat = opened("T.xlsx", head, units_grid(everyone, levels[2]), office_grid(PLANS))
    return consolidated(top, sendings), consolidated(flat, books)


@pytest.fixture(scope="module")
def three_levels(tmp_path_factory):
    """24 thôn → 3 xã → 1 tỉnh."""
    return chain(tmp_path_factory.mktemp("chain"), 3, 8, ("Tỉnh", "Xã", "Thôn"))


@pytest.fixture(scope="module")
def nation(tmp_path_factory):
    """34 tỉnh of 98 xã each."""
    return chain(tmp_path_factory.mktemp("nation"), 34, 98, ("Trung ương", "Tỉnh", "Xã"))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", ["three_levels", "nation"])
def test_the_top_has_what_the_bottom_reported(request, name, code):
    top, flat = request.getfixturevalue(name)
    key = code.casefold()
    there, here = top.lines[key], flat.lines[key]

    assert there.actual is not None
    assert there.actual == pytest.approx(here.actual, rel=Decimal("1e-20"))
    assert there.bound == here.bound
    assert there.rating == here.rating


@pytest.mark.parametrize("name", ["three_levels", "nation"])
def test_every_level_is_covered(request, name):
    top, flat = request.getfixturevalue(name)

    for key, line in top.lines.items():
        (_, here) = line.parts.coverage[:2]
        assert (here.reported, here.expected) == (
            flat.lines[key].reported,
            flat.lines[key].expected,
        )
        assert here.expected > here.reported


def test_every_figure_can_be_followed_to_the_cell_it_was_typed_in(tmp_path):
    top, flat = chain(tmp_path, 3, 8, ("Tỉnh", "Xã", "Thôn"))
    typed = {(term.file, term.sheet, term.cells): term for term in flat.lines["f1"].terms}
    followed = {}

    for term in top.lines["f1"].terms:
        sending = open_unguarded(tmp_path / term.file)
        assert sending.sha256 == term.sha256
        files = {source.sha256 for source in read_manifest(sending.grids).manifest.sources}
        for code, _, _, value, file, sheet, cells, sha256 in sources_in(sending):
            if code == "F1":
                assert sha256 in files
                followed[file, sheet, cells] = Decimal(str(value))

    assert followed == {place: term.value for place, term in typed.items()}
    assert sum(followed.values()) == top.lines["f1"].actual


def sources_in(sending):
    """Return the rows of sheet Nguồn số liệu of a sending."""
    (grid,) = (grid for grid in sending.grids if grid.title == "Nguồn số liệu")
    header = next(number for number, row in enumerate(grid.rows) if "SHA-256" in row)
    return [row[:8] for row in grid.rows[header + 1 :] if row[7]]


def test_nothing_is_said_against_an_honest_sending(three_levels):
    top, _ = three_levels

    assert {item.code.label for item in top.issues if item.code.label.startswith("GN")} == set()
    assert {unit.status.value for unit in top.units} == {"Đã nộp"}
