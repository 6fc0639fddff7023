"""Every finding says in which file it is, and of which unit where the file is a unit's."""

from collections.abc import Iterable

import pytest

from danvan_xl.consolidation.one_workbook import check_paths
from danvan_xl.files.opening import open_unguarded
from danvan_xl.inbox.collecting import CollectingOrder, collect
from danvan_xl.jobs.consolidate import consolidate_files
from danvan_xl.reading.workbook import read_book
from danvan_xl.schema.issues import Issue
from danvan_xl.vietnamese.periods import parse_period
from tests.cases import doubts, live_text, odd_layouts, typed_numbers, typed_words
from tests.cases.case import told
from tests.whole.test_nothing_leaks import NAME, office

IN_THIS_PROCESS = (typed_numbers, typed_words, odd_layouts, doubts, live_text)
SITUATIONS = [(module, case) for module in IN_THIS_PROCESS for case in module.SECTION.cases]
# Whose the files of the inbox are, as the xã calls them; of the others nobody knows.
UNITS = {f"{NAME}.xlsx": "Thôn 1", "so.xlsx": "Xã A"}
UNITS |= {f"{NAME} lần {number}.xlsx": "Thôn 2" for number in (1, 2)}
OTHERS = {f"hỏng {NAME}.xlsx", f"~${NAME}.xlsx", f"{NAME}.docx"}


def units_of(issues: Iterable[Issue]) -> set[tuple[str, str]]:
    return {(item.place.file, item.unit_name) for item in issues}


def test_tong_hop_says_of_every_finding_its_file_and_its_unit(tmp_path):
    result = consolidate_files(office(tmp_path), tmp_path / "Nhan").result

    own_name = {f"của {NAME}.xlsx": NAME}  # in no list of units: under the name it gives itself
    assert units_of(result.issues) == {
        *(UNITS | own_name).items(),
        *((file, "") for file in OTHERS),
    }
    assert result.issues


def test_a_code_that_several_units_use_is_told_of_the_unit_in_whose_file_it_stands(tmp_path):
    result = consolidate_files(office(tmp_path), tmp_path / "Nhan").result

    (clash,) = [item for item in result.issues if item.code.label == "TD15"]
    assert (clash.place.file, clash.unit_name) == (f"{NAME} lần 2.xlsx", "Thôn 2")


def test_kiem_tra_says_of_every_finding_its_file_and_its_unit(tmp_path):
    workbook = office(tmp_path)

    checked = check_paths([workbook, tmp_path / "Nhan"], parse_period("Tháng 2"))

    itself = UNITS | {f"{NAME}.xlsx": NAME, f"của {NAME}.xlsx": NAME}
    found = [item for file in checked.files for item in file.issues]
    assert units_of(found) == {*itself.items(), (f"hỏng {NAME}.xlsx", "")}
    assert units_of(checked.others) == {(f"~${NAME}.xlsx", ""), (f"{NAME}.docx", "")}


def test_nhan_says_of_every_finding_its_file_and_its_unit(tmp_path):
    workbook = office(tmp_path)
    order = CollectingOrder((tmp_path / "Nhan",), tmp_path / "Vao", workbook=workbook)

    collected = collect(order)

    known = {f"{NAME}.xlsx": "Thôn 1", f"của {NAME}.xlsx": NAME}
    known |= {f"{NAME} lần {number}.xlsx": "Thôn 2" for number in (1, 2)}
    assert units_of(collected.issues) == {*(known | dict.fromkeys(OTHERS, "")).items()}


def test_the_reader_says_of_every_finding_its_file_and_its_unit(tmp_path):
    office(tmp_path)
    opened = open_unguarded(tmp_path / "Nhan" / f"{NAME}.xlsx", "2026/x.xlsx")

    found = read_book(opened).issues

    assert len({item.place.sheet for item in found}) > 3
    assert units_of(found) == {("2026/x.xlsx", NAME)}


@pytest.mark.parametrize(("module", "case"), SITUATIONS, ids=[case.what for _, case in SITUATIONS])
def test_no_situation_has_a_finding_without_its_file(module, case, monkeypatch, tmp_path):
    found: list[Issue] = []

    def telling(issues: Iterable[Issue], *rest: object) -> str:
        found.extend(items := list(issues))
        return told(items, *rest)

    if hasattr(module, "told"):
        monkeypatch.setattr(module, "told", telling)

    case.answer(tmp_path)

    assert [item for item in found if not item.place.file] == []
