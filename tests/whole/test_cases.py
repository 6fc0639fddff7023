"""Every case of docs/tinh-huong.md is answered as the document says."""

import pytest

from tests.cases.document import SECTIONS, answer_of, key_of, read_answers

CASES = [(section.title, case) for section in SECTIONS for case in section.cases]


@pytest.mark.parametrize(
    ("section", "case"), CASES, ids=[f"{section}: {case.what}" for section, case in CASES]
)
def test_the_program_answers_as_the_document_says(section, case, tmp_path):
    assert answer_of(case, tmp_path) == read_answers().get(key_of(section, case))


def test_the_document_has_no_case_that_nobody_makes_happen():
    assert set(read_answers()) == {key_of(section, case) for section, case in CASES}


def test_no_case_stands_twice():
    keys = [key_of(section, case) for section, case in CASES]

    assert len(set(keys)) == len(keys)
