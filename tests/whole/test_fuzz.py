"""Workbooks broken at random are read, or refused with a message; never is our own code surprised.

`make fuzz` looks longer, from a seed of its own each time.
"""

import os
import time

import pytest

from danvan_xl.consolidation.submissions import submission_in
from danvan_xl.files.endings import Loss
from danvan_xl.files.opening import open_bytes_unguarded
from danvan_xl.files.workers import Team
from danvan_xl.inbox.recognition import recognise
from danvan_xl.reading.records import Unit
from danvan_xl.reading.senders import Senders, Superior
from danvan_xl.schema.issues import Issue
from danvan_xl.writing.template.workbook import write_workbook
from tests.broken_workbooks import MORE, mutants
from tests.cases.inbox import ABOUT, TARGETS
from tests.on_disk import save
from tests.sheets import consolidated
from tests.workbooks import blank, with_units

SEED = int(time.time()) if MORE > 1 else int(os.environ.get("DANVAN_FUZZ_SEED", "1"))
SCOPE = consolidated(TARGETS).scope
UNITS = (Unit("A.1", "Thôn 1", 2), Unit("PP.01", "Thôn Một", 3))


def read(data: bytes) -> str:
    opened = open_bytes_unguarded(data, "gui-den.xlsx")
    if isinstance(opened, Issue):
        return opened.message
    recognise(opened, Senders(Superior(units=UNITS)))
    found = submission_in(opened, SCOPE)
    for item in found.issues:
        assert item.message
        assert item.remedy
    return "read"


def lost(_data: bytes, loss: Loss) -> str:
    return loss.value


@pytest.fixture(params=["small", "filled", "with registers"])
def workbook(request, tmp_path):
    path = tmp_path / "so.xlsx"
    if request.param == "small":
        return save(path, ABOUT, TARGETS)
    write_workbook(path, with_units() if request.param == "filled" else blank("Thôn"))
    return path


def test_a_workbook_broken_at_random_is_read_or_refused(workbook):
    with Team(read, lost) as team:
        for number, data in enumerate(mutants(workbook, SEED, 60 * MORE)):
            assert team.do(data) != Loss.FAULT.value, f"seed {SEED}, mutant {number}"
