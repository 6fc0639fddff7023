"""Nothing that is written for others leads out of its file, whatever it was made from."""

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from danvan_xl.files.outside import Reach
from danvan_xl.files.outside_xlsx import outside_of_xlsx
from danvan_xl.schema.issues import Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Typed
from danvan_xl.writing.summary.corrections import Corrections
from danvan_xl.writing.summary.marked_copy import marked_copy
from tests.cases.packing import SHEET, parts_of, workbook_with, write_zip
from tests.cases.packing import part as zip_part
from tests.leading_out import (
    BOOK,
    SHEET_RELATIONS,
    calling,
    with_address,
    with_book,
    with_connection,
    with_formula,
    with_macros,
    with_object,
    with_query,
)
from tests.on_disk import HEADER, save, xa_file
from tests.program import running
from tests.sheets import grid, info

ROW = "| K | Kinh tế | Chỉ tiêu K | cái | 10 | 5 | 3 | 4 |"
ABOUT = info(Mã_đơn_vị="A.1", Tên_đơn_vị="Thôn 1", Năm=2026, Kỳ_báo_cáo="Quý I")
AT = Place("so.xlsx", "Chỉ tiêu", "F2")
TABLE = grid(f"{HEADER}\n{ROW}")
_TABLE_PART = b"""<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1"
 name="T" displayName="T" ref="N1:O3" tableType="queryTable" connectionId="1"><tableColumns
 count="2"><tableColumn id="1" name="N" queryTableFieldId="1"/><tableColumn id="2" name="O"/>
</tableColumns></table>"""
_NAME = b'<definedNames><definedName name="KHAC">[1]S!$A$1</definedName></definedNames>'
_WRITTEN = r"<f[ >][^<]*<|<formula[^<]*<|<definedName [^<]*<|connectionId"
ODD = re.compile(
    r"vba|macro|externalLink|connections|queryTable|customXml|embed|activeX|oleObject", re.I
)
CALLS = re.compile(r"WEBSERVICE|HYPERLINK|cmd\||\[1\]|KHAC|so-khac|example\.vn|calc")


def with_everything(honest: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts of a workbook that leads out in every way at once."""
    parts = dict(honest)
    for change in (with_book, with_macros, with_connection, with_object, with_query):
        parts |= change(parts)
    sheet = with_formula(parts[SHEET], 'WEBSERVICE("http://example.vn/a")', "G2")
    parts[SHEET] = with_formula(sheet, "cmd|'/C calc'!A0+KHAC", "H2")
    parts |= with_address(parts)
    table = b'<tableParts count="1"><tablePart r:id="rId9"/></tableParts></worksheet>'
    parts[SHEET] = parts[SHEET].replace(b"</worksheet>", table)
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    related = b'<Relationship Id="rId9" Type="%b/table" Target="../tables/table1.xml"/>' % office
    parts[SHEET_RELATIONS] = parts[SHEET_RELATIONS].replace(b"</Rel", related + b"</Rel")
    ended = b"</externalReferences>"
    parts[BOOK] = parts[BOOK].replace(ended, ended + _NAME)
    return parts | {"xl/tables/table1.xml": _TABLE_PART}


@pytest.fixture
def source(tmp_path) -> Path:
    path = tmp_path / "den" / "so.xlsm"
    path.parent.mkdir()
    honest = parts_of(save(path, ABOUT, TABLE))
    workbook_with(path, with_everything(honest), ABOUT, TABLE)
    assert set(outside_of_xlsx(path.read_bytes(), ["Chỉ tiêu"]).found) == set(Reach) - {
        Reach.OLD_MACROS
    }
    return path


def leading_out(path: Path) -> list[str]:
    """Return the parts and the formulas of a workbook that lead out of it, looked for as text."""
    with zipfile.ZipFile(path) as packed:
        names = [name for name in packed.namelist() if ODD.search(name)]
        texts = {name: packed.read(name).decode("utf-8", "replace") for name in packed.namelist()}
    said = [
        found
        for name, text in texts.items()
        for found in re.findall(
            r"<f[ >][^<]*<|<formula[^<]*<|<definedName [^<]*<|connectionId", text
        )
        if CALLS.search(found) or found == "connectionId"
    ]
    outer = [
        target
        for name, text in texts.items()
        if name.endswith(".rels")
        for target in re.findall(r'Target="([^"]*)" TargetMode="External"', text)
        if ":" in target or target.startswith("\\\\")
    ]
    kinds = ODD.findall(texts["[Content_Types].xml"])
    return [*names, *said, *outer, *kinds]


def test_a_marked_copy_leads_nowhere_and_keeps_the_values(source, tmp_path):
    place = Place("so.xlsm", "Chỉ tiêu", "F2")
    found = issue(Code.FIGURE_FROM_OUTSIDE, place, source=Typed("khác"))
    made = marked_copy(source, Corrections("so.xlsm", "Thôn 1", (found,)))
    path = tmp_path / "danh-dau.xlsx"
    path.write_bytes(made.content)

    assert made.why_not_marked == ""
    assert leading_out(path) == []
    assert leading_out(source) != []
    sheet = openpyxl.load_workbook(path)["Chỉ tiêu"]
    assert [sheet[cell].value for cell in ("F2", "G2", "H2")] == [5, 3, 4]
    assert sheet["F2"].comment is not None
    assert sheet["A1"].hyperlink is None


def test_where_something_cannot_be_taken_out_the_list_alone_is_written(tmp_path):
    path = tmp_path / "so.xlsx"
    honest = parts_of(save(path, ABOUT, TABLE))
    rule = (
        b'<dataValidations count="1"><dataValidation type="custom" sqref="F2"><formula1>'
        b"WEBSERVICE(A1)</formula1></dataValidation></dataValidations><pageMargins"
    )
    sheet = honest[SHEET].replace(b"<pageMargins", rule, 1)
    workbook_with(path, {SHEET: sheet}, ABOUT, TABLE)
    found = issue(
        Code.FIGURE_FROM_OUTSIDE, Place("so.xlsx", "Chỉ tiêu", "F2"), source=Typed("khác")
    )

    made = marked_copy(path, Corrections("so.xlsx", "Thôn 1", (found,)))

    assert "nối ra ngoài" in made.why_not_marked
    written = tmp_path / "danh-dau.xlsx"
    written.write_bytes(made.content)
    assert leading_out(written) == []


def test_a_text_that_was_a_formula_stays_a_text(tmp_path):
    path = tmp_path / "so.xlsx"
    honest = parts_of(save(path, ABOUT, TABLE))
    sheet = calling("WEBSERVICE(A1)", honest)[SHEET]
    sheet = sheet.replace(b'r="F2"', b'r="F2" t="str"').replace(b"<v>5</v>", b"<v>=1+1</v>")
    workbook_with(path, {SHEET: sheet}, ABOUT, TABLE)
    found = issue(
        Code.FIGURE_FROM_OUTSIDE, Place("so.xlsx", "Chỉ tiêu", "F2"), source=Typed("khác")
    )

    made = marked_copy(path, Corrections("so.xlsx", "Thôn 1", (found,)))

    (tmp_path / "ra.xlsx").write_bytes(made.content)
    cell = openpyxl.load_workbook(tmp_path / "ra.xlsx")["Chỉ tiêu"]["F2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_what_is_made_of_such_workbooks_leads_nowhere(source, monkeypatch, capsys, tmp_path):
    run = running(monkeypatch, capsys)
    office = xa_file(tmp_path, ROW, Kỳ_báo_cáo="Quý I", Độ_mật="Thường")
    own, part = parts_of(office), "xl/worksheets/sheet3.xml"
    changed = with_macros(own) | {part: with_formula(own[part], "WEBSERVICE(A1)")}
    write_zip(office, [(name, zip_part(data)) for name, data in (own | changed).items()])
    (tmp_path / "ra").mkdir()

    run("tong-hop", office, source.parent, "-o", tmp_path / "ra" / "tong-hop.xlsx")
    code, _, error = run(
        "gui", office, source.parent, "-o", tmp_path / "ra" / "gui", "--den", "a@b.vn"
    )
    assert code == 0, error
    run("kiem-tra", source, "--phan-hoi", tmp_path / "ra" / "phan-hoi")

    written = sorted((tmp_path / "ra").rglob("*.xlsx"))
    assert len(written) == 3
    assert {path.name: leading_out(path) for path in written} == {path.name: [] for path in written}
