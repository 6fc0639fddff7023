"""The two sides of `is_many`: as figures are, all the way; or made small, portion by portion."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from danvan_xl.consolidation.brought import Brought
from danvan_xl.consolidation.many import Means
from danvan_xl.consolidation.matching import Offer
from danvan_xl.consolidation.unit_reports import ReportOf
from danvan_xl.files.workers import ReadAll
from danvan_xl.inbox.received import Received
from danvan_xl.reading.records import Book
from danvan_xl.rollup.open_units import AssignedPlans
from danvan_xl.rollup.register_reports import RegistersOfUnit
from danvan_xl.rollup.registers import Tracking
from danvan_xl.rollup.tally import Scope
from danvan_xl.rollup.unit_totals import UnitEntry
from danvan_xl.rollup.units import Below


class Contributions(NamedTuple):
    """What is added up: the registers of the consolidating unit, and what every unit offers."""

    own: RegistersOfUnit
    offers: Sequence[Offer]
    entries: Sequence[UnitEntry]


class Bring(Protocol):
    """What there is to consolidate, in the workbook and in files."""

    def __call__(
        self, book: Book, files: Sequence[Received], scope: Scope, means: Means, *, is_past: bool
    ) -> Brought:
        """What is brought."""


# What units bring to each indicator, and the registers of all.
AddUp = Callable[[Contributions, AssignedPlans, Scope, ReadAll], tuple[dict[str, Below], Tracking]]


class Way(NamedTuple):
    """One side: how figures are brought, how the report of a unit holds them, how they add up."""

    bring: Bring
    report_of: ReportOf
    add_up: AddUp
