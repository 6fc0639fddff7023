"""The way of thousands of units: figures and registers made small, added up by portions."""

from collections.abc import Iterable, Sequence

from danvan_xl.consolidation.brought import Brought, bring_together
from danvan_xl.consolidation.many import Means
from danvan_xl.consolidation.packed_submissions import (
    PackingReader,
    pack_submission,
    packed_registers,
    packed_report,
)
from danvan_xl.consolidation.portions import in_portions
from danvan_xl.consolidation.submissions import Submission, lost_submission
from danvan_xl.consolidation.ways import Contributions, Way
from danvan_xl.files.workers import ReadAll
from danvan_xl.inbox.received import Received
from danvan_xl.reading.records import Book
from danvan_xl.rollup.open_units import AssignedPlans
from danvan_xl.rollup.registers import Tracking
from danvan_xl.rollup.tally import Scope
from danvan_xl.rollup.units import Below


def _bring(
    book: Book, files: Sequence[Received], scope: Scope, means: Means, *, is_past: bool
) -> Brought:
    received = means.read_many(PackingReader(scope), files, lost_submission)
    return bring_together(book, received, scope, _packed, is_past=is_past)


def _packed(submissions: Iterable[Submission]) -> list[Submission]:
    return list(map(pack_submission, submissions))


def _add_up(
    collected: Contributions, plans: AssignedPlans, scope: Scope, gather: ReadAll
) -> tuple[dict[str, Below], Tracking]:
    registers = tuple(map(packed_registers, collected.offers))
    below, tracking = in_portions(
        own=collected.own,
        units=registers,
        entries=collected.entries,
        assigned=plans,
        scope=scope,
        gather=gather,
    )
    return below, tracking._replace(reports=(collected.own, *registers))


PACKED = Way(_bring, packed_report, _add_up)
