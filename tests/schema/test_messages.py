"""The catalogue of messages: complete, Vietnamese, and each with a remedy."""

import re
from pathlib import Path

import pytest
from mypy import api as mypy

from danvan_xl.schema.issues import Place, issue
from danvan_xl.schema.messages import Code, Severity, catalogue

ROOT = Path(__file__).parents[2]


def test_the_file_and_the_codes_name_each_other():
    assert list(catalogue()) == [code.label for code in Code]


@pytest.mark.parametrize("code", list(Code), ids=lambda code: code.label)
def test_every_message_is_a_sentence_with_a_remedy(code):
    assert code.text.rstrip("{hint}").endswith((".", "?"))
    assert code.remedy.endswith(".")
    assert isinstance(code.severity, Severity)


@pytest.mark.parametrize("code", list(Code), ids=lambda code: code.label)
def test_every_message_is_raised_somewhere_and_its_placeholders_are_filled(code):
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "danvan_xl").rglob("*.py"))
    names = set(re.findall(r"{(\w+)}", code.text + code.remedy))

    assert f"Code.{code.name}" in sources
    filled = issue(code, Place(), **dict.fromkeys(names, "…"))
    assert "{" not in filled.message + filled.remedy


def test_a_place_is_said_as_an_officer_finds_it():
    place = Place("a.xlsx", "Chỉ tiêu", "K12")

    assert str(place) == "tệp a.xlsx, trang 'Chỉ tiêu', ô K12"
    assert str(Place("a.xlsx")) == "tệp a.xlsx"


def test_the_type_checker_refuses_words_of_which_nobody_says_whose_they_are(tmp_path):
    """The lines with an error are those that hand over a bare text."""
    heads = (
        "from decimal import Decimal",
        "from danvan_xl.schema.issues import NOWHERE, issue",
        "from danvan_xl.schema.messages import Code",
        "from danvan_xl.vietnamese.privacy import Ours, Typed",
        "def made(text: str) -> None:",
    )
    taken = ("Typed(text)", "Ours(text)", "5", "Decimal(5)")
    refused = ('"Nguyễn Văn Mật"', "text", "text.upper()", 'f"{Ours(text)}"', "None")
    calls = [
        f"    issue(Code.NUMBER_UNREADABLE, NOWHERE, value={value})" for value in (*taken, *refused)
    ]
    module = tmp_path / "made.py"
    module.write_text("\n".join((*heads, *calls)), encoding="utf-8")

    told, _, _ = mypy.run(["--config-file", str(ROOT / "pyproject.toml"), str(module)])

    wrong = [int(number) for number in re.findall(r":(\d+): error: .*\[arg-type\]", told)]
    first = len(heads) + len(taken) + 1
    assert wrong == list(range(first, first + len(refused))), told


_WORDS_OF_PROGRAMMERS = re.compile(
    r"\b(manifest|sha|json|hash|string|null|parse|cache|thư viện|module|byte|index|header|file"
    r"|sheet|cell|exception|token)\b",
    re.IGNORECASE,
)
_LONGEST = 260  # letters of message and remedy, about four lines of a note at a cell


@pytest.mark.parametrize("code", list(Code), ids=lambda code: code.label)
def test_every_message_is_short_and_in_the_words_of_officers(code):
    said = re.sub(r"{\w+}", "", f"{code.text} {code.remedy}")

    assert not _WORDS_OF_PROGRAMMERS.findall(said)
    assert len(said) <= _LONGEST


_CHOSEN_ABOVE = (
    Code.DIRECTION_BY_NAME,
    Code.DOES_NOT_ADD,
    Code.ONE_FIGURE_TAKEN,
    Code.CANNOT_SUM,
    Code.STOCK_AS_FLOW,
    Code.RATIO_MEASURES,
    Code.RATIO_RULES_DIFFER,
    Code.PLAN_MISSING,
    Code.ACTUAL_WITHOUT_PLAN,
    Code.PLAN_WITHOUT_NUMBER,
    Code.PLAN_IS_CHANGE,
    Code.PLAN_FOR_EACH,
    Code.PLAN_IS_PERCENT,
    Code.PLAN_OF_SEVERAL,
    Code.PLAN_WORDS_UNKNOWN,
    Code.PLAN_AGAINST_DIRECTION,
)


@pytest.mark.parametrize("code", _CHOSEN_ABOVE, ids=lambda code: code.label)
def test_what_an_issued_workbook_has_locked_is_left_to_who_issued_it(code):
    assert "cấp trên" in code.remedy
    assert "xóa dòng" not in code.remedy
