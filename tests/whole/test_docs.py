"""The documents and the program cannot drift apart."""

import re
from pathlib import Path

import pytest

from danvan_xl.cli.main import commands
from danvan_xl.schema.messages import Code
from danvan_xl.schema.output_sheets import OUTPUT_SHEETS

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "huong-dan.md").read_text("utf-8")


@pytest.mark.parametrize("verb", sorted(commands.commands))
def test_every_verb_is_in_the_guide_with_its_options(verb):
    options = [
        option
        for parameter in commands.commands[verb].params
        for option in parameter.opts
        if option.startswith("--") and option not in ("--ra", "--json")
    ]

    assert f"`danvan-xl {verb}" in GUIDE
    assert [option for option in options if f"`{option}" not in GUIDE] == []


@pytest.mark.parametrize("code", list(Code), ids=lambda code: code.label)
def test_every_code_is_in_the_guide_as_the_catalogue_says_it(code):
    row = f"| {code.label} | {code.severity.value} | {code.text} | {code.remedy} |"

    assert row in GUIDE


def test_every_output_sheet_is_in_the_guide():
    assert [sheet.title for sheet in OUTPUT_SHEETS if f"| {sheet.title} |" not in GUIDE] == []


def test_the_ten_changes_name_rooms_that_are_there():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rooms = re.findall(r"^\| [^`|]+ \| `(\w+)` \|$", text, re.MULTILINE)

    assert len(set(rooms)) == 10
    assert [room for room in rooms if not (ROOT / "danvan_xl" / room).is_dir()] == []


def test_links_between_documents_lead_somewhere():
    for document in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", document.read_text("utf-8")):
            if "://" not in target:
                assert (document.parent / target).exists(), f"{document.name}: {target}"
