"""The same roll-up by way of LibreOffice: it writes every sheet as CSV, pandas adds up.

python -m benchmarks.office_csv FOLDER

One LibreOffice without a window writes every sheet of every workbook as CSV; sheet Chỉ tiêu of
each is then added up and the totals printed by indicator code as JSON. LibreOffice's settings are
kept beside FOLDER, so that only the first run has to make them.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd

from benchmarks.adding import TITLE
from benchmarks.measuring import RunFailedError
from benchmarks.pandas_loop import roll_up

# Comma, quotes, UTF-8, from row 1; figures as they are and not as shown; -1: every sheet.
_FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"


def totals_of(folder: Path) -> dict[str, float]:
    """The totals over all workbooks of a folder by indicator code."""
    with tempfile.TemporaryDirectory() as written:
        _convert(folder, Path(written))
        paths = sorted(Path(written).glob(f"*-{TITLE}.csv"))
        return roll_up(pd.read_csv(path, header=None, dtype=str) for path in paths)


def _convert(folder: Path, target: Path) -> None:
    settings = (folder.parent / "libreoffice").absolute().as_uri()
    options = (f"-env:UserInstallation={settings}", "--headless", "--convert-to", _FILTER)
    workbooks = map(str, sorted(folder.glob("*.xlsx")))
    command = ("soffice", *options, "--outdir", str(target), *workbooks)
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RunFailedError(f"soffice: mã thoát {done.returncode}\n{done.stderr.strip()}")


if __name__ == "__main__":
    print(json.dumps(totals_of(Path(sys.argv[1]))))
