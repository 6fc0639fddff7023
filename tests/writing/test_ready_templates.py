import zipfile
from pathlib import Path

import pytest

from danvan_xl.writing.template.ready_templates import TEMPLATES, write_ready_templates

FOLDER = Path(__file__).resolve().parents[2] / "workbook_templates"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    write_ready_templates(folder)
    return folder


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_templates_that_come_with_the_program_are_those_it_makes(
    written: Path, name: str
) -> None:
    """Part by part: another machine may compress the same parts into other bytes."""
    assert parts(FOLDER / name) == parts(written / name), "run 'make mau'"


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
