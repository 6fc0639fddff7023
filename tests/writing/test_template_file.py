"""The workbook as a file: what Excel accepts, what it holds, how it gets to its place."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet as WrittenSheet

from danvan_xl.schema.sheets import LEVELS
from danvan_xl.writing.template import workbook as template
from danvan_xl.writing.template.workbook import write_workbook
from tests.spreadsheet import validate
from tests.workbooks import blank, with_units


@pytest.mark.parametrize("level", LEVELS)
def test_every_template_is_a_file_excel_accepts(level: str, tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    write_workbook(path, blank(level))

    assert validate(path) == []


def test_a_workbook_with_unit_sheets_is_a_file_excel_accepts(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    write_workbook(path, with_units())

    assert validate(path) == []


def test_there_is_nothing_to_run_and_nothing_to_fetch(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    write_workbook(path, with_units())

    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()

    assert not [name for name in names if "vba" in name.lower() or "externallink" in name.lower()]


def test_the_same_contents_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    write_workbook(one, with_units())
    write_workbook(other, with_units())

    assert one.read_bytes() == other.read_bytes()


def test_formulas_are_written_as_xlsxwriter_itself_would_write_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    write_workbook(ours, with_units())
    monkeypatch.setattr(template, "FormulaSheet", WrittenSheet)
    write_workbook(theirs, with_units())

    assert ours.read_bytes() == theirs.read_bytes()


def test_a_workbook_that_cannot_be_written_leaves_the_old_one_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "so.xlsx"
    path.write_bytes(b"old")

    def full(_: Workbook) -> Iterator[None]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Workbook, "close", full)
    with pytest.raises(OSError, match="No space"):
        write_workbook(path, with_units())

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        write_workbook(tmp_path / "nowhere" / "so.xlsx", with_units())
