"""Build danvan.xlam from text: the ribbon, the macros, the icons. The same text, the same bytes."""

import datetime as dt
import io
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlsxwriter
from pyopenvba import ExcelFile, VBAModuleKind
from pyopenvba.cfb import CFB

from addin.icons import ICONS, png
from addin.udf_module import udf_source
from addin.xlwings_module import NAME, SOURCE, xlwings_source

HERE = Path(__file__).parent
OUTPUT = HERE / "danvan.xlam"
# What is the same for everybody; where Python lies, `danvan-xl cai-dat` writes for each user.
CONFIG = {
    "ADD_WORKBOOK_TO_PYTHONPATH": "false",
    "UDF MODULES": "danvan_xl.excel.functions",
    "SHOW CONSOLE": "false",
}
_BUILT = (2026, 1, 1, 0, 0, 0)
# [MS-OVBA] 2.3.4.1: without the cache of another version, Excel compiles the source itself.
_COMPILE_ANEW = bytes.fromhex("CC61FFFF000000")
_SCHEMAS = "http://schemas.openxmlformats.org"
_RIBBON_KIND = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def build(output: Path = OUTPUT) -> None:
    """Write the add-in to `output`."""
    parts = _skeleton()
    _change(
        parts, "[Content_Types].xml", "ms-excel.sheet.macroEnabled", "ms-excel.addin.macroEnabled"
    )
    png_kind = '<Default Extension="png" ContentType="image/png"/><Default '
    _change(parts, "[Content_Types].xml", "<Default ", png_kind)
    relation = (
        f'<Relationship Id="rIdRibbon" Type="{_RIBBON_KIND}" Target="customUI/customUI14.xml"/>'
    )
    _change(parts, "_rels/.rels", "</Relationships>", f"{relation}</Relationships>")
    parts["customUI/customUI14.xml"] = (HERE / "customUI14.xml").read_bytes()
    parts["customUI/_rels/customUI14.xml.rels"] = _image_relations().encode()
    parts |= {f"customUI/images/{name}.png": png(name) for name in ICONS}
    output.write_bytes(_zipped(parts))


def vba_sources() -> dict[str, str]:
    """The add-in's modules by name: ours, and xlwings' under the name of the project."""
    sources = {
        "xlwings": xlwings_source(_ascii(SOURCE)),
        "Dictionary": _ascii(SOURCE.parent / "addin" / "Dictionary.cls"),
        "xlwings_udfs": udf_source(),
    }
    return sources | {path.stem: _ascii(path) for path in sorted((HERE / "vba").iterdir())}


def _ascii(path: Path) -> str:
    """A source; what is not ASCII would depend on the code page of a computer."""
    return path.read_text(encoding="ascii")


def _skeleton() -> dict[str, bytes]:
    """The parts of a workbook with the macros, and with xlwings' settings on its sheet."""
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    workbook.set_properties({"title": "Dân vận", "created": dt.datetime(*_BUILT[:3])})
    workbook.set_vba_name("ThisWorkbook")
    sheet = workbook.add_worksheet(f"{NAME}.conf")
    sheet.set_vba_name("Sheet1")
    for row, pair in enumerate(CONFIG.items()):
        for column, text in enumerate(pair):
            sheet.write_string(row, column, text)
    project: Any = io.BytesIO(_vba_project())  # XlsxWriter's annotation knows paths alone
    workbook.add_vba_project(project, is_stream=True)
    workbook.close()
    with zipfile.ZipFile(stream) as made:
        return {name: made.read(name) for name in made.namelist()}


def _vba_project() -> bytes:
    """VbaProject.bin with every module."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{NAME}.xlam"
        with ExcelFile.create_new(path) as book:
            project = book.vba_project()
            for name, source in vba_sources().items():
                is_class = source.startswith("VERSION")
                kind = VBAModuleKind.other if is_class else VBAModuleKind.standard
                project.add_module(name, "\r\n".join(source.splitlines()) + "\r\n", kind=kind)
            project.delete_module("Module1")
            book.save()
        with zipfile.ZipFile(path) as made:
            container = CFB.from_bytes(made.read("xl/vbaProject.bin"))
    container.write_stream_in_storage("VBA", "_VBA_PROJECT", _COMPILE_ANEW)
    return bytes(container.to_bytes())


def _change(parts: dict[str, bytes], name: str, old: str, new: str) -> None:
    """Change the first place in a part; the part must have it."""
    text = parts[name].decode()
    assert old in text, (name, old)
    parts[name] = text.replace(old, new, 1).encode()


def _image_relations() -> str:
    kind = f"{_SCHEMAS}/officeDocument/2006/relationships/image"
    rows = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="images/{name}.png"/>' for name in ICONS
    )
    space = f"{_SCHEMAS}/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{space}">{rows}</Relationships>'


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip with the content types first, then by name, all of one date."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, _BUILT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            packed.writestr(info, parts[name])
    return stream.getvalue()


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUT)
