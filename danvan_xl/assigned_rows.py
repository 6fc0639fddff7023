"""Which indicators are given to the units below, and the line of each in a unit's workbook."""

from collections.abc import Mapping
from functools import cached_property

from danvan_xl.contents import TargetRow
from danvan_xl.forms import REGISTER_OF
from danvan_xl.formulas import NOT_APPLICABLE
from danvan_xl.indicators import Indicator
from danvan_xl.records import Assignment
from danvan_xl.sources import register_source
from danvan_xl.tally import ratio_source


class AssignedRows:
    """The indicators of sheet Chỉ tiêu as sheet Giao chỉ tiêu gives them; by match keys of codes.

    Given is what at least one unit has a plan for; with a ratio go its numerator and denominator.
    """

    def __init__(self, assignment: Assignment, definitions: Mapping[str, Indicator]) -> None:
        self.assignment = assignment
        self.definitions = definitions

    @cached_property
    def given(self) -> tuple[str, ...]:
        """The indicators some unit has a plan for, in the order of sheet Chỉ tiêu."""
        with_plans = {code for code, _ in self.assignment.plans}
        return tuple(key for key in self.definitions if key in with_plans)

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The indicators that stand in the units' workbooks: those given, and parts of ratios."""
        wanted, waiting = set(self.given), list(self.given)
        while waiting:
            ratio = ratio_source(self.definitions[waiting.pop()])
            for key in () if ratio is None else ratio:
                if key in self.definitions and key not in wanted:
                    wanted.add(key)
                    waiting.append(key)
        return tuple(key for key in self.definitions if key in wanted)

    @property
    def left_out(self) -> tuple[Indicator, ...]:
        """The indicators that stand in no unit's workbook."""
        return tuple(self.definitions[key] for key in self.definitions if key not in self.written)

    def is_open(self, code: str, unit: str) -> bool:
        """Whether a unit's cell of an indicator says nothing: neither a plan nor KAD."""
        return (code, unit) not in self.assignment.plans and (code, unit) not in self._exempt

    def of_unit(self, unit: str, level: str) -> tuple[TargetRow, ...]:
        """Return the lines of a unit's workbook, with its plans."""
        return tuple(self._row(key, unit, level) for key in self.written)

    def _row(self, key: str, unit: str, level: str) -> TargetRow:
        indicator = self.definitions[key]._replace(
            last_year=None, plan=self.assignment.plans.get((key, unit))
        )
        source = register_source(indicator.source)
        if source is not None and level not in REGISTER_OF[source.register].levels:
            indicator = indicator._replace(source="")  # typed by hand where there is no register
        mark = NOT_APPLICABLE[0] if (key, unit) in self._exempt else ""
        return TargetRow(indicator, plan_text=mark, is_given=True)

    @property
    def _exempt(self) -> frozenset[tuple[str, str]]:
        return self.assignment.exempt
