"""The blank workbooks that come with the program, one for each kind of office."""

import sys
from pathlib import Path

from danvan_xl.outgoing.contents import blank_contents
from danvan_xl.schema.indicators import default_indicators_path, read_indicators
from danvan_xl.writing.template.workbook import write_workbook

# The year the templates are for; an officer changes it on sheet Thông tin.
YEAR = 2026
TEMPLATES = {
    "mau-thon.xlsx": "Thôn",
    "mau-xa.xlsx": "Xã",
    "mau-tinh.xlsx": "Tỉnh",
    "mau-doan-the.xlsx": "Khối/Đoàn thể",
}


def write_ready_templates(folder: Path) -> tuple[Path, ...]:
    """Write the blank workbook of every level into `folder` and return their paths."""
    paths = []
    for name, level in TEMPLATES.items():
        indicators = read_indicators(default_indicators_path(level))
        path = folder / name
        write_workbook(path, blank_contents(level, "", "", YEAR, indicators))
        paths.append(path)
    return tuple(paths)


if __name__ == "__main__":  # make mau
    write_ready_templates(Path(sys.argv[1]))
