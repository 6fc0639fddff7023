"""Submissions and reports of units made small: those of thousands are held, one is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from danvan_xl.consolidation.matching import Offer
from danvan_xl.consolidation.submissions import Submission, SubmissionReader
from danvan_xl.consolidation.unit_reports import Status, UnitReport
from danvan_xl.inbox.received import Received
from danvan_xl.rollup.packed_figures import PackedFigures
from danvan_xl.rollup.packed_registers import PackedReport, pack_report
from danvan_xl.rollup.rating import Rating
from danvan_xl.rollup.tally import UnitFigure

_NO_FIGURES = PackedFigures({})


class PackedSubmission(Submission):
    """A submission whose figures and registers are small."""

    __slots__ = ()

    def with_figures(self, figures: Mapping[str, UnitFigure]) -> Submission:
        """The submission with other figures, made small."""
        return self._replace(figures=PackedFigures(figures))


def pack_submission(submission: Submission) -> Submission:
    """A submission made small; one that cannot be read has no figures at all."""
    packed = PackedSubmission(*submission)._replace(registers=pack_report(submission.registers))
    return packed if packed.figures is None else packed.with_figures(packed.figures)


@dataclass(frozen=True, slots=True)
class PackingReader(SubmissionReader):
    """Reads received files as its base does, and makes small what they bring."""

    def __call__(self, received: Received) -> Submission:
        """What one file brings."""
        return pack_submission(SubmissionReader.__call__(self, received))


@dataclass(frozen=True, slots=True)
class PackedUnitReport(UnitReport):
    """A unit whose figures are small; what a table of units shows of them is kept by itself."""

    figures: PackedFigures

    def shares(self) -> dict[str, tuple[Decimal | None, Rating]]:
        """For each indicator the completion as it is printed, and the rating."""
        return self.figures.shares()

    def share_texts(self) -> dict[str, str]:
        """For each indicator the completion as it is printed, "" without any."""
        return self.figures.share_texts()


def packed_report(
    offer: Offer, status: Status, brought: Submission | None, figures: Mapping[str, UnitFigure]
) -> UnitReport:
    """The report of a unit, made small; its registers are held elsewhere."""
    packed = figures if isinstance(figures, PackedFigures) else _packed_figures(figures)
    return PackedUnitReport(
        unit=offer.unit,
        status=status,
        submission=None if brought is None else brought._replace(registers=PackedReport()),
        figures=packed,
        is_expected=offer.is_expected,
        met=packed.achieved.met,
        unmet_counts=packed.achieved.unmet,
        has_actual=packed.achieved.has_actual,
    )


def _packed_figures(figures: Mapping[str, UnitFigure]) -> PackedFigures:
    """The figures of a unit made small; of many that have none it is done once."""
    return PackedFigures(figures) if figures else _NO_FIGURES


def packed_registers(offer: Offer) -> PackedReport:
    """The registers of an offer's unit, empty ones where no report of it counts."""
    if offer.submission is None:
        return PackedReport()
    assert isinstance(offer.submission.registers, PackedReport)  # as of all that are packed
    return offer.submission.registers
