"""The promises of the design, each a measured value and the limit it must keep."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.cases import AGAIN, CHANGES, HELP, MANY, OURS, SHEETS_JOB, Measured
from benchmarks.contestants import FLOOR, LOOP

_HUNDRED = 100
_ALL_COMMUNES = 3321


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise: a measured value and the limit it must keep."""

    text: str
    value: float
    limit: float
    unit: str
    at_least: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether the value is on the right side of the limit."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def promises(measured: Sequence[Measured]) -> list[Promise]:
    """The promises that these measures decide."""
    by_name = {(item.case.count, item.case.name): item for item in measured}
    found: list[Promise] = []
    for item in measured:
        case = item.case
        if case.name == HELP:
            found.append(Promise(f"`{HELP}`", item.median, 0.15, "s"))
        elif case.job == SHEETS_JOB:
            found.append(Promise(case.job, item.median, 1.0, "s"))
        elif case.name == OURS and case.count == 1:
            found.append(Promise(case.job, item.median, 0.35, "s"))
        elif case.name == OURS and case.count == _HUNDRED:
            found += _against_others(item, by_name)
        elif case.name == OURS and case.count >= MANY:
            found += _of_many(item, by_name)
    return found


def _against_others(ours: Measured, by_name: dict[tuple[int, str], Measured]) -> Iterator[Promise]:
    case = ours.case
    if slow := by_name.get((case.count, LOOP.name)):
        times = slow.median / ours.median
        yield Promise(f"{case.job}, so với {LOOP.name}", times, 12, "lần", at_least=True)
    if floor := by_name.get((case.count, FLOOR.name)):
        times = ours.median / floor.median
        yield Promise(f"{case.job}, so với chỉ đọc bằng calamine", times, 1.5, "lần")


def _of_many(ours: Measured, by_name: dict[tuple[int, str], Measured]) -> Iterator[Promise]:
    case = ours.case
    yield Promise(case.job, ours.median, 20 * case.count / _ALL_COMMUNES, "s")
    if ours.memory is not None:
        yield Promise(f"{case.job}, bộ nhớ", ours.memory, 300, "MiB")
    if hundred := by_name.get((_HUNDRED, OURS)):
        growth = ours.median / (hundred.median * case.count / _HUNDRED)
        yield Promise(f"{case.job}, so với {_HUNDRED} sổ, tính trên một sổ", growth, 1.15, "lần")
    if again := by_name.get((case.count, AGAIN)):
        share = again.median / ours.median
        yield Promise(
            f"{case.job}, chạy lại khi {CHANGES} sổ đổi, so với lần đầu", share, 0.1, "lần"
        )
