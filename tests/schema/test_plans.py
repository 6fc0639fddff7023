"""What a plan asks for, once Chiều says which way is good."""

from decimal import Decimal

import pytest

from danvan_xl.schema.options import Direction, PlanKind
from danvan_xl.schema.plans import Plan, StatedPlan, is_easier
from danvan_xl.vietnamese.plans import PlanWord

D = Decimal
MORE, LESS, EQUAL = Direction.MORE, Direction.LESS, Direction.EQUAL


@pytest.mark.parametrize(
    ("word", "more", "less", "equal"),
    [
        (PlanWord.NONE, "95", "95", "95"),
        (PlanWord.AT_LEAST, "95", "?", "?"),
        (PlanWord.AT_MOST, "?", "95", "?"),
        (PlanWord.ABOVE, "> 95", "?", "?"),
        (PlanWord.BELOW, "?", "< 95", "?"),
    ],
)
def test_words_fit_one_direction(word, more, less, equal):
    stated = StatedPlan("như đã ghi", D(95), word)

    for direction, wanted in ((MORE, more), (LESS, less), (EQUAL, equal)):
        plan = stated.by(direction)
        if wanted == "?":
            assert plan == Plan(None, PlanKind.UNKNOWN, "như đã ghi")
        else:
            assert plan.words == wanted


def test_of_a_range_the_easier_end_counts_and_for_equal_none():
    stated = StatedPlan("85-90%", D(85), upper=D(90))

    assert stated.by(MORE).value == 85
    assert stated.by(LESS).value == 90
    assert stated.by(EQUAL).kind is PlanKind.UNKNOWN


@pytest.mark.parametrize(
    ("own", "given", "direction", "easier"),
    [
        (Plan(D(8)), Plan(D(10)), MORE, True),
        (Plan(D(12)), Plan(D(10)), MORE, False),
        (Plan(D(10)), Plan(D(10)), MORE, False),
        (Plan(D(12)), Plan(D(10)), LESS, True),
        (Plan(D(8)), Plan(D(10)), LESS, False),
        (Plan(D(9)), Plan(D(10)), EQUAL, True),
        (Plan(D(10)), Plan(D(10)), EQUAL, False),
        (Plan(D(95)), Plan(D(95), PlanKind.ABOVE), MORE, True),
        (Plan(D(95), PlanKind.ABOVE), Plan(D(95)), MORE, False),
        (Plan(None, PlanKind.UNKNOWN), Plan(D(10)), MORE, False),
    ],
)
def test_a_lowered_plan(own, given, direction, easier):
    assert is_easier(own, given, direction) is easier


def test_a_plan_stands_in_its_cell_as_it_is_meant():
    assert Plan(D(95)).entry == 95
    assert Plan(D("1500.5"), PlanKind.ABOVE).entry == "> 1.500,5"
    assert Plan(None, PlanKind.UNKNOWN, "giữ vững").entry == "giữ vững"
    assert Plan().entry is None
