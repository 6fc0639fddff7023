from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from danvan_xl.files.grid import column_letter
from danvan_xl.outgoing.formulas import expected_formulas
from danvan_xl.schema.sheets import TARGETS

LETTERS = {column.name: column_letter(index) for index, column in enumerate(TARGETS.columns)}
AMOUNTS = st.decimals(0, 10**10, places=3, allow_nan=False)


def test_formulas_follow_the_columns_wherever_they_stand() -> None:
    moved = {name: column_letter(index + 3) for index, name in enumerate(reversed(LETTERS))}

    formula = expected_formulas(41, moved)["completion"]

    for name in ("cumulative", "plan", "direction"):
        assert f"{moved[name]}41" in formula


def test_a_typed_row_has_three_formulas_and_a_ratio_its_months_too() -> None:
    assert set(expected_formulas(9, LETTERS)) == {"cumulative", "completion", "rating"}
    assert len(expected_formulas(9, LETTERS, (7, 8))) == 15


def test_a_formula_whose_column_is_gone_is_not_expected() -> None:
    letters = {name: letter for name, letter in LETTERS.items() if name != "direction"}

    assert set(expected_formulas(9, letters)) == {"cumulative"}


def test_months_of_percentages_are_not_added_up_where_nobody_said_how_they_combine() -> None:
    cumulative = expected_formulas(9, LETTERS)["cumulative"]
    rule = f"{LETTERS['month_rule']}9"

    assert f'OR({rule}="Cộng",{rule}="")' in cumulative


def test_a_formula_is_short_enough_for_every_spreadsheet() -> None:
    formulas = expected_formulas(10_000, LETTERS, (9_998, 9_999))

    assert max(map(len, formulas.values())) < 3_000  # Excel takes 8,192 characters


@given(st.lists(AMOUNTS, min_size=1, max_size=12), AMOUNTS, st.integers(1, 12))
def test_rounding_in_the_rating_hides_the_noise_of_binary_fractions_and_nothing_else(
    months: list[Decimal], plan: Decimal, month: int
) -> None:
    """What a spreadsheet with plain doubles computes has the sign of the exact difference."""
    exact = sum(months) * 12 - plan * month
    actual = sum(map(float, months))
    goal = float(plan) * month / 12

    rounded = round((actual - goal) / max(abs(actual), abs(float(plan)), 1), 14)

    assert (rounded > 0, rounded < 0) == (exact > 0, exact < 0)
