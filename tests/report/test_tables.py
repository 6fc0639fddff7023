"""The cells of a row, given by the names of their columns."""

import pytest

from danvan_xl.report.tables import CellsOf, TableRow
from danvan_xl.schema.columns import Column

NAME, PLAN, ACTUAL = (
    Column("name", "Tên"),
    Column("plan", "Kế hoạch"),
    Column("actual", "Thực hiện"),
)


def test_cells_stand_in_the_order_of_the_columns_whatever_the_order_they_are_given_in():
    cells = CellsOf((NAME, PLAN, ACTUAL))

    assert cells(actual=12, name="Thu quỹ", plan=10) == ("Thu quỹ", 10, 12)
    assert CellsOf((PLAN, NAME))(name="Thu quỹ", plan=10) == (10, "Thu quỹ")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": "Thu quỹ"}, "missing: ['plan'], unknown: []"),
        ({"name": "Thu quỹ", "plan": 10, "due": 5}, "missing: [], unknown: ['due']"),
        ({"name": "Thu quỹ", "Plan": 10}, "missing: ['plan'], unknown: ['Plan']"),
    ],
)
def test_a_column_forgotten_or_not_declared_is_refused(given, told):
    with pytest.raises(TypeError) as refused:
        CellsOf((NAME, PLAN))(**given)

    assert told in str(refused.value)


def test_a_heading_is_blank_but_for_what_it_says():
    row = CellsOf((NAME, PLAN, ACTUAL)).heading(name="Kinh tế")

    assert row == TableRow(("Kinh tế", "", ""), is_heading=True)
