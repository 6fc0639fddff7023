"""A real spreadsheet program and Microsoft's own file checker, for tests."""

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from danvan_xl.files.cells_xml import look_at_formulas

_ROOT = Path(__file__).resolve().parent.parent
_VALIDATOR = Path(".tools/node_modules/.bin/ooxml-validator")
_REMEDY = "run 'make test', which installs what the tests need"
# Files are computed anew when they are opened, whatever values were saved in them.
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""

Sheet = list[list[object]]


def recalculate(paths: Sequence[Path], out_dir: Path) -> list[Path]:
    """Return the workbooks as LibreOffice saves them after computing every formula itself."""
    return convert(paths, out_dir, "xlsx")


def validate(path: Path) -> list[str]:
    """Return what Microsoft's Open XML SDK finds wrong with a workbook."""
    program = Path(os.environ.get("DANVAN_OOXML_VALIDATOR") or _ROOT / _VALIDATOR)
    if not program.exists():
        pytest.fail(f"{program} is missing: {_REMEDY}")
    run = subprocess.run([program, path], capture_output=True, text=True, check=False)
    return [str(error) for error in json.loads(run.stdout)["errors"]]


def read_values(path: Path) -> dict[str, Sheet]:
    """Return the values of every sheet; row 1 is `[0]`."""
    workbook = CalamineWorkbook.from_path(str(path))
    return {
        name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in workbook.sheet_names
    }


def error_cells(path: Path) -> list[str]:
    """Return the cells that hold an error value, which `read_values` shows as ""."""
    return [
        f"{title}!{cell}: {error}"
        for title in read_values(path)
        for cell, error in look_at_formulas(path.read_bytes(), title).errors.items()
    ]


def convert(
    paths: Sequence[Path], out_dir: Path, kind: str, *, computed: bool = True
) -> list[Path]:
    """Return the workbooks as LibreOffice saves them in another format (ods, xls, pdf…).

    Not `computed`, it does as it does for officers: most formulas stay as they were saved.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        settings = Path(profile) / "user" / "registrymodifications.xcu"
        settings.parent.mkdir()
        if computed:
            settings.write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
        command = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        command += ["--convert-to", kind, "--outdir", str(out_dir), *map(str, paths)]
        try:
            subprocess.run(command, capture_output=True, check=True, timeout=300)
        except FileNotFoundError:
            pytest.fail(f"LibreOffice is missing: {_REMEDY}")
    converted = [out_dir / path.with_suffix(f".{kind}").name for path in paths]
    missing = [path.name for path in converted if not path.exists()]
    assert not missing, f"LibreOffice did not convert {missing}"
    return converted
