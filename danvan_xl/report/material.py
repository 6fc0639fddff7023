"""What every sheet of a report is made of: the consolidation, and where its files stand."""

from dataclasses import dataclass
from functools import cached_property

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.report.behind import Unmet, unmet_worst_first
from danvan_xl.report.tables import Locate


@dataclass(frozen=True)
class Material:
    """A consolidation and how its report leads elsewhere.

    `locate` turns the name of a read file into the path a link in the report has to use. `stem` is
    what the summary file is called, without its ending: what is too long for a sheet stands whole
    in a file beside it; "" for none.
    """

    result: Consolidation
    locate: Locate = str
    stem: str = ""

    @cached_property
    def unmet(self) -> list[Unmet]:
        """Every plan that is not reached, then what is behind, the least complete first."""
        return unmet_worst_first(self.result)
