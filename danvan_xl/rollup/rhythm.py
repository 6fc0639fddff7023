"""The rhythm of a unit: which of its flows are regular, and which of them end too early.

Pure: from the months that have figures to what that means. What happens once or twice a year has
no rhythm and is never asked about.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from danvan_xl.reading.figure import NOTHING, Figure
from danvan_xl.vietnamese.numbers import State

MONTHS_A_QUARTER = 3
_FEWEST = 3  # figures that make a rhythm; up to so many months there may be none yet
_LONGEST_PAUSE = 2  # steps without a figure after which a flow has stopped
_NO_FIGURE = (State.BLANK, State.NOT_APPLICABLE)

# The months (1 to 12) of each flow that have a figure, in order, by the flow's key.
Filled = Mapping[str, Sequence[int]]


class Rhythm(NamedTuple):
    """Where the flows of a unit end too early, by their key.

    `short_at` is the last month of a unit that is Thiếu tháng, 0 of one that is not; `ended` are
    the last months of its flows that end with it, or, where the unit goes on, of those that
    stopped. `by_quarter` tells that it reports by quarters. `cut` are the last months of flows
    before a month whose column is lost.
    """

    short_at: int = 0
    ended: Mapping[str, int] = NOTHING
    by_quarter: bool = False
    cut: Mapping[str, int] = NOTHING

    @property
    def ends(self) -> Mapping[str, int]:
        """The last months of all flows that are not whole."""
        return {**self.ended, **self.cut}


NO_RHYTHM = Rhythm()


def filled_months(months: Sequence[Figure], month: int) -> tuple[int, ...]:
    """The months up to `month` in which something is reported; 0 and KPS are figures.

    So is KAD beside figures: nothing more is to come.
    """
    states = [figure.state for figure in months[:month]]
    if all(state in _NO_FIGURE for state in states):
        return ()
    return tuple([at for at, state in enumerate(states, start=1) if state is not State.BLANK])


def rhythm_of(flows: Filled, month: int, *, by_quarter: bool = False) -> Rhythm:
    """What the flows of a unit show at the end of `month`.

    `by_quarter` tells that the unit reports by quarters; so does one whose figures stand at the
    ends of quarters alone. It is judged at the last of these.
    """
    flows = {key: months for key, months in flows.items() if months}
    if not flows:
        return NO_RHYTHM
    says_quarter = by_quarter and not any(map(is_regular, flows.values()))
    if not says_quarter and not _at_quarter_ends(flows):
        return _judged(flows, flows, month, early=_FEWEST)
    steps = {key: sorted({_quarter(at) for at in months}) for key, months in flows.items()}
    early = _FEWEST if says_quarter else 1  # a rare flow may stand at the end of a quarter too
    found = _judged(flows, steps, month // MONTHS_A_QUARTER, early=early)
    return found._replace(by_quarter=True)


def is_regular(steps: Sequence[int]) -> bool:
    """Whether the figures of a flow fill at least two thirds of the time from first to last."""
    return len(steps) >= _FEWEST and len(steps) * 3 >= _span(steps) * 2


def _judged(flows: Filled, steps: Filled, due: int, *, early: int) -> Rhythm:
    """The rhythm in steps (months, or quarters) up to the one that is due.

    Up to step `early`, while nothing is regular, all flows are looked at.
    """
    regular = [key for key, found in steps.items() if is_regular(found)]
    judged = regular or (list(steps) if due <= early else [])
    ended = {key: flows[key][-1] for key in judged if steps[key][-1] < due}
    is_short = len(ended) * 2 >= len(regular) if regular else len(ended) == len(judged)
    if ended and is_short:
        counts = Counter(ended.values())
        return Rhythm(max(counts, key=lambda at: (counts[at], at)), ended)
    stopped = {
        key: last
        for key, last in ended.items()
        if key in regular
        and len(steps[key]) == _span(steps[key])
        and due - steps[key][-1] >= _LONGEST_PAUSE
    }
    return Rhythm(0, stopped)


def _span(steps: Sequence[int]) -> int:
    return steps[-1] - steps[0] + 1


def _quarter(month: int) -> int:
    return -(-month // MONTHS_A_QUARTER)


def _at_quarter_ends(flows: Filled) -> bool:
    return all(at % MONTHS_A_QUARTER == 0 for months in flows.values() for at in months)
