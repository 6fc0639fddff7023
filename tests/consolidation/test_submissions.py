"""What one received file brings, read where it lies."""

import datetime as dt

import pytest

from danvan_xl.consolidation.submissions import SubmissionReader
from danvan_xl.inbox.received import Received
from danvan_xl.rollup.tally import Scope
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.messages import Code
from tests.on_disk import thon_file

SCOPE = Scope({"k": Indicator("K", "Kinh tế", "Chỉ tiêu", "cái")}, 3, 2026, "Quý I")
ROW = "| K | Kinh tế | Chỉ tiêu | cái | 10 | 9 | x | 2 |"
NAME, CAME = "2026/Q1/so.xlsx", dt.date(2026, 4, 2)


def test_a_file_goes_by_the_name_it_has_in_its_folder(tmp_path):
    path = thon_file(tmp_path / "sâu", 1, ROW.replace("x", "nhiều"))

    found = SubmissionReader(SCOPE)(Received(path, NAME, arrived_on=CAME))

    assert (found.file, found.arrived_on, found.handed_in_on) == (NAME, CAME, CAME)
    assert {item.place.file for item in found.issues} == {NAME}
    assert found.figures is not None
    assert [term.file for term in found.figures["k"].terms] == [NAME]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 h\xe1\xbb\x8fng", b"Ten;Ma\n1;2\n"])
def test_a_file_that_cannot_be_read_brings_only_why(tmp_path, content):
    path = tmp_path / "so.xlsx"
    path.write_bytes(content)

    found = SubmissionReader(SCOPE)(Received(path, NAME))

    assert (found.file, found.figures) == (NAME, None)
    (why,) = found.issues
    assert (why.code, why.place.file) == (Code.FILE_UNREADABLE, NAME)
