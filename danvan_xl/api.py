"""The Python door: the same job for those who work in notebooks."""

from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.jobs.consolidate import Job, Reading, consolidate_files, save_summary
from danvan_xl.report.compose import what_was_done
from danvan_xl.vietnamese.periods import parse_period

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Result:
    """What a consolidation gives, with its tables as pandas DataFrames (made when asked for).

    `consolidation` holds the exact Decimal figures; the tables hold floats.
    """

    job: Job

    @property
    def consolidation(self) -> Consolidation:
        """The result itself, as the core knows it."""
        return self.job.result

    @property
    def message(self) -> str:
        """The result in one sentence."""
        return what_was_done(self.consolidation)

    @cached_property
    def totals(self) -> "pd.DataFrame":
        """One row per indicator, indexed by code: plan, actual, completion, rating, coverage."""
        from danvan_xl import frames  # pandas takes 0.25 s to import

        return frames.totals_frame(self.consolidation)

    @cached_property
    def units(self) -> "pd.DataFrame":
        """One row per unit and indicator, indexed by (unit_code, code)."""
        from danvan_xl import frames

        return frames.units_frame(self.consolidation)

    @cached_property
    def submissions(self) -> "pd.DataFrame":
        """One row per expected unit, indexed by unit_code: the state of its report."""
        from danvan_xl import frames

        return frames.submissions_frame(self.consolidation)

    @cached_property
    def issues(self) -> "pd.DataFrame":
        """One row per finding: severity, code, place, message, remedy."""
        from danvan_xl import frames

        return frames.issues_frame(self.consolidation)

    @cached_property
    def sources(self) -> "pd.DataFrame":
        """One row per addend of every total, with file, sheet and cells."""
        from danvan_xl import frames

        return frames.sources_frame(self.consolidation)

    @cached_property
    def registers(self) -> "pd.DataFrame":
        """One row per figure of sheet Sổ theo dõi: register, table, group, measure, value, text."""
        from danvan_xl import frames

        return frames.registers_frame(self.consolidation)

    def save(self, output: str | PathLike[str]) -> None:
        """Write the summary workbook (.xlsx), whole or not at all."""
        save_summary(self.job, Path(output))


def consolidate(
    workbook: str | PathLike[str],
    folder: str | PathLike[str] | None = None,
    *,
    period: str | None = None,
    last_year: str | PathLike[str] | None = None,
    years: range | None = None,
) -> Result:
    """The consolidation of a workbook, its sub-unit sheets and the workbooks of a folder.

    `period` ("Tháng 6", "Quý II", "Năm") overrides Kỳ báo cáo. `last_year` is the folder of last
    year's workbooks, from which Năm trước is worked out; `years` (`range(2021, 2024)`) are several
    whole years that are consolidated as one. Raises ValueError for a period that is none or does
    not go with `years`, and CannotConsolidateError where the workbook cannot be read or has no
    targets.
    """
    if years is not None and (period is not None or last_year is not None):
        raise ValueError("Nhiều năm (years) không đi cùng kỳ (period) hay năm trước (last_year).")
    chosen = None
    if period is not None:
        chosen = parse_period(period)
        if chosen is None:
            raise ValueError(f"Không hiểu kỳ báo cáo '{period}'.")
    reading = Reading(last_year=Path(last_year) if last_year else None, years=years)
    inbox = Path(folder) if folder else None
    return Result(consolidate_files(Path(workbook), inbox, chosen, reading=reading))
