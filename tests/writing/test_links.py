"""Links of the summary lead to files, or are not drawn."""

import pytest

from danvan_xl.report.tables import PlaceLink
from danvan_xl.writing.links import leads_to_file


@pytest.mark.parametrize(
    ("file", "is_drawn"),
    [
        ("Nhan/thon-1.xlsx", True),
        ("Nhan/th�n-1.xlsx", False),
        ("Nhan/" + "d/" * 900 + "a.xlsx", True),
        ("Nhan/" + "d/" * 1_500 + "a.xlsx", False),
        ("", False),
    ],
)
def test_a_file_that_cannot_be_named_has_no_link(file, is_drawn):
    assert leads_to_file(PlaceLink("G2", file)) == is_drawn
