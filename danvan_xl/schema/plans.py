"""What a plan asks for, once Chiều says which way is good; and how it is written in a cell."""

from decimal import Decimal
from typing import NamedTuple

from danvan_xl.schema.options import Direction, PlanKind
from danvan_xl.vietnamese.plans import PlanDoubt, PlanWord, WrittenPlan
from danvan_xl.vietnamese.printed import vietnamese_number


class Plan(NamedTuple):
    """A plan: its number and how it is meant; `text` is what is written where it says none."""

    value: Decimal | None = None
    kind: PlanKind = PlanKind.PLAIN
    text: str = ""

    @property
    def is_given(self) -> bool:
        """Whether something is planned, be it known or not."""
        return self.value is not None or self.kind is PlanKind.UNKNOWN

    @property
    def words(self) -> str:
        """The plan as a person writes it: "95", "> 95", or the text that says no number."""
        if self.value is None:
            return self.text
        return f"{self.kind.value} {vietnamese_number(self.value)}".strip()

    @property
    def entry(self) -> Decimal | str | None:
        """What stands in a cell for the plan: a number where that says all."""
        return self.value if self.kind is PlanKind.PLAIN else self.words


NO_PLAN = Plan()
NOT_GIVEN = "-"  # what a person writes where a target is not assigned


class StatedPlan(NamedTuple):
    """A plan with what stands around its number; `upper` is the other end of a range."""

    text: str
    value: Decimal | None = None
    word: PlanWord = PlanWord.NONE
    upper: Decimal | None = None
    doubt: PlanDoubt | None = None

    def by(self, direction: Direction) -> Plan:
        """What it asks for; what goes against Chiều, or "Bằng" with two ends, is not known."""
        if self.value is None and self.doubt is None:
            return NO_PLAN
        value = self.value
        if self.upper is not None and direction is Direction.LESS:
            value = self.upper
        if value is None or self.doubt is not None or self.is_against(direction):
            return Plan(None, PlanKind.UNKNOWN, self.text)
        return Plan(value, _STRICT.get(self.word, PlanKind.PLAIN))

    def is_against(self, direction: Direction) -> bool:
        """Whether its words ask for another side than Chiều does."""
        if direction is Direction.EQUAL:
            return self.word is not PlanWord.NONE or self.upper is not None
        return self.word in _AGAINST[direction]


def stated_plan(
    apart: WrittenPlan, value: Decimal | None, upper: Decimal | None, text: str
) -> StatedPlan:
    """The plan of a text that was taken apart, its numbers read; a range must rise."""
    if apart.doubt is not None or value is None:
        return StatedPlan(text, doubt=apart.doubt)
    if not apart.upper or value == upper:
        return StatedPlan(text, value, apart.word)
    if upper is None or upper < value:
        return StatedPlan(text, doubt=PlanDoubt.SEVERAL)
    return StatedPlan(text, value, upper=upper)


_STRICT = {PlanWord.ABOVE: PlanKind.ABOVE, PlanWord.BELOW: PlanKind.BELOW}
_AGAINST = {
    Direction.MORE: (PlanWord.AT_MOST, PlanWord.BELOW),
    Direction.LESS: (PlanWord.AT_LEAST, PlanWord.ABOVE),
}


def is_easier(own: Plan, given: Plan, direction: Direction) -> bool:
    """Whether a plan asks for less than the one that was given, both known."""
    if own.value is None or given.value is None:
        return False
    if direction is Direction.EQUAL:
        return own.value != given.value
    if own.value == given.value:
        return given.kind is not PlanKind.PLAIN and own.kind is PlanKind.PLAIN
    return (own.value < given.value) is (direction is Direction.MORE)
