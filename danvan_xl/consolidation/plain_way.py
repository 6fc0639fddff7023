"""The way of a commune or a province: figures and registers are plain dicts and tuples."""

from collections.abc import Sequence

from danvan_xl.consolidation.brought import Brought, bring_together
from danvan_xl.consolidation.many import Means
from danvan_xl.consolidation.submissions import SubmissionReader, lost_submission
from danvan_xl.consolidation.unit_reports import plain_report
from danvan_xl.consolidation.ways import Contributions, Way
from danvan_xl.files.workers import ReadAll
from danvan_xl.inbox.received import Received
from danvan_xl.reading.records import Book
from danvan_xl.rollup.lines import below_each
from danvan_xl.rollup.open_units import AssignedPlans
from danvan_xl.rollup.register_reports import RegisterReport
from danvan_xl.rollup.registers import Tracking, combine
from danvan_xl.rollup.tally import Scope
from danvan_xl.rollup.units import Below


def _bring(
    book: Book, files: Sequence[Received], scope: Scope, means: Means, *, is_past: bool
) -> Brought:
    received = means.read_all(SubmissionReader(scope), files, lost_submission)
    return bring_together(book, received, scope, list, is_past=is_past)


def _add_up(
    collected: Contributions, plans: AssignedPlans, scope: Scope, _gather: ReadAll
) -> tuple[dict[str, Below], Tracking]:
    brought = (offer.submission for offer in collected.offers)
    registers = [RegisterReport() if item is None else item.registers for item in brought]
    tracking = combine(collected.own, registers, scope)
    return below_each(scope, collected.entries, plans), tracking


PLAIN = Way(_bring, plain_report, _add_up)
