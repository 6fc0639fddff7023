"""What leads out of a workbook: formula by formula, and part by part."""

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import partial

import pytest

from danvan_xl.files.outside import (
    ANOTHER_FILE,
    NO_NAMES,
    Reach,
    Reached,
    leads_out,
    may_reach,
    may_reach_at_all,
    reach_of,
)
from danvan_xl.files.outside_xlsx import outside_of_xlsx
from danvan_xl.vietnamese.word_lists import word_lists
from tests.cases.inbox import ABOUT, TARGETS
from tests.cases.packing import parts_of
from tests.leading_out import (
    BOOK,
    BOOK_RELATIONS,
    calling,
    with_address,
    with_book,
    with_connection,
    with_macros,
    with_object,
    with_program,
    with_query,
)
from tests.on_disk import save

BOOKS = (Reached(Reach.LINKS, "mot.xlsx"), Reached(Reach.DDE, "cmd /C calc"))
NAMES = {"tong_khac": Reached(Reach.LINKS, "ba.xlsx")}
OUT = {
    "[1]Sheet1!$A$1": (Reach.LINKS, "mot.xlsx"),
    "SUM([1]Sheet1!A1:A3)*2": (Reach.LINKS, "mot.xlsx"),
    "'[1]Chỉ tiêu'!A1": (Reach.LINKS, "mot.xlsx"),
    "[1]!TONG": (Reach.LINKS, "mot.xlsx"),
    "[7]Sheet1!A1": ANOTHER_FILE,
    "[2]!A0": (Reach.DDE, "cmd /C calc"),
    "[hai.xlsx]Sheet1!A1": (Reach.LINKS, "hai.xlsx"),
    "'C:\\So\\[hai.xlsx]Sheet 1'!A1": (Reach.LINKS, "hai.xlsx"),
    "'\\\\may-la\\so\\hai.xlsx'!TONG": (Reach.LINKS, "hai.xlsx"),
    "'http://example.vn/so/[hai.xlsx]S'!A1": (Reach.LINKS, "hai.xlsx"),
    "'file:///so/hai.ods'#$S.A1": (Reach.LINKS, "hai.ods"),
    "IF(A1>0,TONG_KHAC,0)": (Reach.LINKS, "ba.xlsx"),
    "cmd|'/C calc'!A0": (Reach.DDE, "cmd"),
    'DDE("soffice","x","A1")': (Reach.DDE, "DDE"),
    'WEBSERVICE("http://a")': (Reach.CALLS, "WEBSERVICE"),
    '_xlfn.WEBSERVICE("http://a")': (Reach.CALLS, "WEBSERVICE"),
    "com.microsoft.webservice(A1)": (Reach.CALLS, "WEBSERVICE"),
    "1+_xlfn._xlws.PY(0,1)": (Reach.CALLS, "PY"),
    'VALUE(FILTERXML(A1,"//b"))': (Reach.CALLS, "FILTERXML"),
    '_xlfn.IMAGE("https://a")': (Reach.CALLS, "IMAGE"),
    'RTD("a.b",,"c")': (Reach.CALLS, "RTD"),
    'IMPORTDATA("http://a")': (Reach.CALLS, "IMPORTDATA"),
    'IFERROR(__xludf.DUMMYFUNCTION("IMPORTDATA(""http://a"")"),3)': (Reach.CALLS, "IMPORTDATA"),
    'HYPERLINK("http://a","xem")': (Reach.ADDRESSES, "HYPERLINK"),
    'HYPERLINK("#A1")&HYPERLINK(B1)': (Reach.ADDRESSES, "HYPERLINK"),
}
WITHIN = (
    "SUM(A1:B2)",
    "'Chỉ tiêu'!A1+Đơn_vị!B2",
    "SUM(Bang1[2024])",
    "SUM(Bang1[[#All],[T1]])",
    "[@T1]*2",
    'IF(A1="[1]Sheet1!A1","a|b","WEBSERVICE(")',
    'HYPERLINK("#\'Chỉ tiêu\'!A1","xem")',
    'HYPERLINK("mailto:xa@example.vn")',
    "MYIMAGE(1)",
    "TONG_KHAC.2+1",
)


@pytest.mark.parametrize(("formula", "reached"), OUT.items())
def test_a_formula_that_leads_out_is_told_with_what_it_takes_from(formula, reached):
    assert reach_of(formula, BOOKS, NAMES) == reached


@pytest.mark.parametrize("formula", WITHIN)
def test_a_formula_that_stays_within_is_not(formula):
    assert reach_of(formula, BOOKS, NAMES) is None


@pytest.mark.parametrize("formula", ["[.A1]+[$'Chỉ [1] tiêu'.B2]", "SUM([.A1:.B2])![.A1]"])
def test_in_an_ods_brackets_stand_for_cells(formula):
    assert reach_of(formula, None) is None


@pytest.mark.parametrize(
    "formula",
    [
        "[1]Sheet1!$A$1",
        "cmd|'/C calc'!A0",
        "_xlfn.WEBSERVICE(A1)",
        "FILTERXML(A1,A2)",
        "IMPORTDATA(A1)",
        '__xludf.DUMMYFUNCTION("IMPORTXML(A1)")',
        "HYPERLINK(A1)",
    ],
)
def test_a_sheet_with_such_a_formula_is_worth_a_look(formula):
    assert may_reach(f"<c><f>{formula}</f></c>".encode())
    assert not may_reach(b"<c><f>SUM(A1:B2)</f></c>")


@pytest.mark.parametrize(
    ("address", "is_out"),
    [
        ("http://a", True),
        ("HTTPS://a", True),
        ("file:///C:/a", True),
        ("\\\\may-la\\a", True),
        ("//may-la/a", True),
        ("C:\\a.xlsx", True),
        ("ms-excel:ofe|u|http://a", True),
        ("mailto:a@b.vn", False),
        (" MAILTO:a@b.vn", False),
        ("#'Chỉ tiêu'!A1", False),
        ("Nhan/thon-1.xlsx", False),
        ("", False),
    ],
)
def test_which_links_lead_out(address, is_out):
    assert leads_out(address) is is_out


@pytest.fixture(scope="module")
def honest(tmp_path_factory):
    """The parts of a workbook that stays within."""
    return parts_of(save(tmp_path_factory.mktemp("so") / "so.xlsx", ABOUT, TARGETS))


def packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _in_capitals(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    return {"XL/VBAPROJECT.BIN": b"VBA"}


def _named_only(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    name = b'<definedNames><definedName name="X">[1]S!$A$1</definedName></definedNames>'
    made = with_book(parts, "X+1")
    return made | {
        BOOK: made[BOOK].replace(b"</externalReferences>", b"</externalReferences>" + name)
    }


def _repeated(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """A formula that other cells repeat without its text."""
    made = with_book(parts)
    sheet = made["xl/worksheets/sheet2.xml"].replace(b"<f>", b'<f t="shared" ref="F2:G2" si="0">')
    more = b'<c r="ZZ9"><f t="shared" si="0"/><v>1</v></c></row></sheetData>'
    return made | {"xl/worksheets/sheet2.xml": sheet.replace(b"</row></sheetData>", more)}


def _prefixed(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The relations as programs write them that name every tag in full."""
    made = with_book(parts)
    relations = made[BOOK_RELATIONS].replace(b"<Relationship ", b"<r:Relationship ")
    return made | {BOOK_RELATIONS: relations}


@pytest.mark.parametrize(
    ("change", "found", "cells"),
    [
        (with_macros, {Reach.MACROS: ()}, {}),
        (partial(with_macros, name="xl/media/a.png"), {Reach.MACROS: ()}, {}),
        (_in_capitals, {Reach.MACROS: ()}, {}),
        (with_book, {Reach.LINKS: ("so-khac.xlsx",)}, {"F2": "so-khac.xlsx"}),
        (_named_only, {Reach.LINKS: ("so-khac.xlsx",)}, {"F2": "so-khac.xlsx"}),
        (
            _repeated,
            {Reach.LINKS: ("so-khac.xlsx",)},
            {"F2": "so-khac.xlsx", "ZZ9": "so-khac.xlsx"},
        ),
        (_prefixed, {Reach.LINKS: ("so-khac.xlsx",)}, {"F2": "so-khac.xlsx"}),
        (with_program, {Reach.DDE: ("cmd /C calc",)}, {"F2": "cmd /C calc"}),
        (with_connection, {Reach.CONNECTIONS: ()}, {}),
        (with_query, {Reach.CONNECTIONS: ("Power Query",)}, {}),
        (with_object, {Reach.OBJECTS: ()}, {}),
        (with_address, {Reach.ADDRESSES: ("http://example.vn/nhan",)}, {}),
        (partial(with_address, target="mailto:a@b.vn"), {}, {}),
        (partial(calling, "WEBSERVICE(A1)"), {Reach.CALLS: ("WEBSERVICE",)}, {"F2": "WEBSERVICE"}),
    ],
)
def test_what_leads_out_of_a_file_is_found(
    change: Callable[[Mapping[str, bytes]], Mapping[str, bytes]],
    found: object,
    cells: object,
    honest: Mapping[str, bytes],
):
    outside = outside_of_xlsx(packed({**honest, **change(honest)}), ["Chỉ tiêu"])

    assert outside.found == found
    said = outside.cells.get("Chỉ tiêu", NO_NAMES)
    assert {cell: reached.source for cell, reached in said.items()} == cells


def test_nothing_leads_out_of_an_honest_workbook_nor_of_what_is_none(honest):
    for data in (packed(honest), b"PK\3\4 cut off", b""):
        assert not outside_of_xlsx(data, ["Chỉ tiêu"]).found


def test_every_function_that_leads_out_has_a_sign_to_be_found_by():
    lists = word_lists("ham-ra-ngoai.toml")
    signs = lists["dau_hieu"]

    for word in (*lists["ham"], *lists["lien_ket"]):
        assert any(sign in f"={word}(1)".lower() for sign in signs), word
        xml = f'<sheetData><c r="A1"><f t="shared">1+{word}("x")</f></c></sheetData>'.encode()
        assert may_reach_at_all(xml), word
        assert may_reach_at_all(xml.replace(b"<f", b"<x:f").replace(b"</f", b"</x:f")), word
        listed = f'<f>A1</f></sheetData><ext><xm:f>{word}("x")</xm:f></ext>'
        assert may_reach_at_all(f"<sheetData>{listed}".encode()), word
        quoted = f'<sheetData><f>A1</f><f><![CDATA[{word}("x")]]></f></sheetData>'
        assert may_reach_at_all(quoted.encode()), word
    assert not may_reach_at_all(b'<sheetData><f>SUM(A1:PY12)</f></sheetData><ext uri="http://x"/>')
