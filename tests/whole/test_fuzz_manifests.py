"""Whatever a sending says of itself, sealed again or not: it is read, or named; never a fault."""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from danvan_xl.files.apart import open_book
from danvan_xl.files.grid import Grid
from danvan_xl.files.opening import OpenedBook
from danvan_xl.inbox import collecting
from danvan_xl.inbox.counted import groups_in
from danvan_xl.inbox.journal import read_journal
from danvan_xl.inbox.parcels import FoundWorkbook
from danvan_xl.inbox.recognition import recognise
from danvan_xl.inbox.store import InboxStore
from danvan_xl.inbox.superseded import about_arrivals, stale_sendings
from danvan_xl.jobs.submit import SendingOrder, submit
from danvan_xl.reading.manifests import Manifest, Sealed, content_hash, manifest_rows, read_manifest
from danvan_xl.reading.senders import Senders, superior_in
from danvan_xl.reading.workbook import read_book
from danvan_xl.report.compose import compose
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.sheets import MARKER_SHEET
from danvan_xl.screens.consolidated_as_json import result_as_json
from danvan_xl.writing.template.workbook import write_workbook
from tests.broken_workbooks import MORE
from tests.chain import consolidated
from tests.odd_values import ODD_NUMBERS, ODD_SHAPES, ODD_TEXTS, VALUES, changed
from tests.offices import OFFICE, fill, say_about

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")
NOW = dt.datetime(2026, 7, 5, 9)
_WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
_EVERY = 5 if MORE == 1 else 1
ANY = settings(
    max_examples=30 * MORE,
    deadline=None,
    phases=_WITHOUT_SHRINKING,
    suppress_health_check=list(HealthCheck),
)


class Sent:
    """A sending, the workbook of the office it goes to, and an inbox to take it in."""

    def __init__(self, folder: Path) -> None:
        from danvan_xl.jobs.assign import assign_files

        office = folder / "so-xa.xlsx"
        write_workbook(office, OFFICE)
        assign_files(office, folder / "giao")
        unit = folder / "giao/DV_21433.1_2026.xlsx"
        fill(unit, K=33, K_T6=5, H=8, H_T6=7)
        say_about(unit, Kỳ_báo_cáo="6 tháng", Độ_mật="Thường")
        say_about(office, Kỳ_báo_cáo="6 tháng", Độ_mật="Thường")
        made = submit(SendingOrder(unit, folder / "gui"), NOW)
        self.office = self._opened(office)
        self.book = self._opened(made.path)
        sealed = read_manifest(self.book.grids)
        assert isinstance(sealed, Sealed)
        self.sealed = sealed
        self.manifest, self.parts = json.loads(sealed.text), json.loads(sealed.parts)
        self.inbox = folder / "Nhan"

    @staticmethod
    def _opened(path: Path) -> OpenedBook:
        opened = open_book(path)
        assert isinstance(opened, OpenedBook)
        return opened

    def saying(self, manifest: str, parts: str) -> OpenedBook:
        """Return the sending with another manifest and other parts, its seal right."""
        sealed = self.sealed._replace(text=manifest, parts=parts)
        return self.with_rows([list(row) for row in manifest_rows(sealed)])

    def with_rows(self, rows: list[list[object]]) -> OpenedBook:
        """Return the sending with these rows in place of its manifest's."""
        labels = {row[0] for row in manifest_rows(self.sealed)}
        grids = tuple(
            grid._replace(rows=[*(row for row in grid.rows if row[0] not in labels), *rows])
            if grid.title == MARKER_SHEET
            else grid
            for grid in self.book.grids
        )
        return self.book._replace(grids=grids)

    def content(self, parts: str) -> str:
        """Return the hash that the manifest has to state."""
        return content_hash(self.book.grids, parts)


@pytest.fixture(scope="module")
def sent(tmp_path_factory) -> Sent:
    return Sent(tmp_path_factory.mktemp("gui"))


class InThisProcess:
    """A team that reads a workbook that is open already."""

    def __init__(self, opened: OpenedBook, senders: Senders | None) -> None:
        self.opened, self.senders = opened, senders

    def do(self, found: FoundWorkbook) -> object:
        read = recognise(self.opened, self.senders, found.received_at(NOW))
        return collecting._NotPlaced(read) if isinstance(read, Issue) else read


def endured(sent: Sent, opened: OpenedBook) -> None:
    """Take a sending in, add it up and show it; it may only be named."""
    office = read_book(sent.office)
    for senders in (Senders(superior_in(office)), None):
        shutil.rmtree(sent.inbox, ignore_errors=True)
        sent.inbox.mkdir()
        store = InboxStore(sent.inbox)
        team = InThisProcess(opened, senders)
        with store.kept():
            run = collecting._Run(store, team, NOW, office.info.year if senders else None)
            run.take(FoundWorkbook("gui.eml › bc.xlsx", "bc.xlsx", opened.sha256.encode()))
        groups = groups_in(store.entries, NOW.date())
        list(about_arrivals(run.filed, store.entries, groups))
        list(stale_sendings(store.entries, groups))
        assert all(item.message and item.remedy for item in run.issues)
        filed = [path.relative_to(sent.inbox).as_posix() for path in sent.inbox.rglob("*.xlsx")]
        assert len(filed) == 1
        written = read_journal(sent.inbox)
        assert (written.entries, written.unusable) == (store.entries, 0)
    result = consolidated(sent.office, [opened], period="6 tháng")
    assert all(item.message and item.remedy for item in result.issues)
    shown = result_as_json(result, compose(result), Path("a.xlsx"))
    json.dumps(shown, ensure_ascii=False).encode()


def dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=True)


@ANY
@given(st.data())
def test_any_values_in_a_manifest_sealed_again_are_read_or_named(sent, data):
    manifest = data.draw(st.one_of(changed(sent.manifest), VALUES))
    endured(sent, sent.saying(dumped(manifest), sent.sealed.parts))


@pytest.mark.parametrize("field", Manifest._fields)
def test_an_odd_value_in_a_field_of_a_manifest_is_read_or_named(sent, field):
    values = (*ODD_TEXTS, *ODD_NUMBERS, *ODD_SHAPES)
    first = Manifest._fields.index(field) % _EVERY  # all are seen, in one field or another
    for odd in values[first::_EVERY]:
        manifest = sent.manifest | {field: odd}
        endured(sent, sent.saying(dumped(manifest), sent.sealed.parts))


@ANY
@given(st.data())
def test_any_values_in_the_parts_of_a_sending_are_read_or_named(sent, data):
    parts = dumped(data.draw(st.one_of(changed(sent.parts), changed(sent.parts), VALUES)))
    manifest = sent.manifest | {"content": sent.content(parts)}
    endured(sent, sent.saying(dumped(manifest), parts))


CELLS = st.one_of(
    st.floats(),
    st.sampled_from((None, True, 0, 1, 2, "", "1", "2.5", "[" * 9_000, "{}", "Kê khai")),
    st.dates(),
    st.text(max_size=20),
)


@ANY
@given(st.data())
def test_any_cells_on_the_hidden_sheet_are_read_or_named(sent, data):
    rows = [list(row) for row in manifest_rows(sent.sealed)]
    for _ in range(data.draw(st.integers(1, 4))):
        row = data.draw(st.sampled_from(rows))
        at = data.draw(st.integers(0, len(row)))
        row[at : at + 1] = data.draw(st.lists(CELLS, max_size=2)) or [""]
    endured(sent, sent.with_rows(rows))


@pytest.mark.parametrize("text", ["[" * 100_000, '{"figures":' * 50_000, "1" * 5_000])
def test_values_in_one_another_without_end_are_named(sent, text):
    endured(sent, sent.saying(text, sent.sealed.parts))
    manifest = sent.manifest | {"content": sent.content(text)}
    endured(sent, sent.saying(dumped(manifest), text))


def test_a_sending_nobody_has_changed_is_counted(sent):
    """So that what is tried above gets as far as it can."""
    parts = dumped(sent.parts)
    opened = sent.saying(dumped(sent.manifest | {"content": sent.content(parts)}), parts)
    result = consolidated(sent.office, [opened], period="6 tháng")

    assert {item.code.label for item in result.issues} & {"GN01", "GN02"} == set()
    assert any(line.actual for line in result.lines.values())
    assert isinstance(opened.grids[0], Grid)
