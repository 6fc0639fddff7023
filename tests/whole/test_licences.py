"""The table of licences is what the requirements bring, and nothing in it is GPL or the like."""

import re
from pathlib import Path

import danvan_xl
from tests.licences import COPYLEFT, ROOT, carried_copyleft, closure, requirements

TEXT = (ROOT / "docs" / "giay-phep.md").read_text("utf-8")
NOT_SHIPPED = ("dev", "bench")
SHIPPED = closure(
    [text for part, asked in requirements().items() if part not in NOT_SHIPPED for text in asked]
)


def rows(heading: str) -> list[list[str]]:
    """The tables under a heading, cells stripped of blanks and backquotes, without their heads."""
    _, _, after = TEXT.partition(f"\n## {heading}\n")
    lines = re.findall(r"^\|(.+)\|$", after.partition("\n## ")[0], re.MULTILINE)
    assert lines, heading
    return [[cell.strip().strip("`") for cell in line.split("|")] for line in lines[2:]]


def test_the_table_is_what_the_requirements_bring_with_range_and_licence():
    listed = {
        name: (asked, licence) for name, asked, licence, *_ in rows("Gói chạy cùng chương trình")
    }
    # What Windows alone has is not installed elsewhere: its licence is taken from the table.
    found = {
        name: (package.asked, package.licence or listed.get(name, ("", ""))[1])
        for name, package in SHIPPED.items()
    }

    assert listed == found
    assert [name for name, package in SHIPPED.items() if package.found is None] in (["pywin32"], [])


def test_nothing_that_runs_or_is_bundled_is_copyleft():
    stated = [
        cells
        for part in ("Gói chạy cùng chương trình", "Dữ liệu, phông, biểu tượng")
        for cells in rows(part)
    ]
    bundled = [cells[:2] for cells in rows("Gói cài đặt và phần bổ trợ")]

    assert [cells for cells in stated + bundled if COPYLEFT.search(" ".join(cells[:3]))] == []
    assert [name for name, package in SHIPPED.items() if COPYLEFT.search(package.licence)] == []


def test_what_licence_files_say_of_parts_is_explained():
    explained = {name for name, *_ in rows("Chữ GPL trong tệp giấy phép")}
    carrying = {
        name
        for name, package in SHIPPED.items()
        if package.found and carried_copyleft(package.found)
    }

    assert carrying == explained


def test_tools_are_listed_apart():
    listed = {name for name, *_ in rows("Công cụ phát triển")}
    tools = set(closure(requirements()["dev"])) | set(closure(requirements()["bench"]))

    assert sorted(tools - set(SHIPPED) - listed) == []


def test_all_data_that_ships_has_its_source():
    named = " ".join(cells[0] for cells in rows("Dữ liệu, phông, biểu tượng"))
    data = (Path(danvan_xl.__file__).parent / "data").iterdir()

    assert [one.name for one in data if one.suffix != ".toml" and one.name not in named] == []
