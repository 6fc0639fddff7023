"""Workbooks that lead out of their file, part by part, for tests."""

from collections.abc import Mapping

from tests.cases.packing import SHEET

TYPES, BOOK = "[Content_Types].xml", "xl/workbook.xml"
BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
SHEET_RELATIONS = "xl/worksheets/_rels/sheet2.xml.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

Parts = Mapping[str, bytes]


def with_macros(parts: Parts, name: str = "xl/vbaProject.bin") -> dict[str, bytes]:
    """Return the parts of a workbook with a macro project, under any name."""
    kind = "application/vnd.ms-office.vbaProject"
    return {name: b"VBA", **_with_part(parts, name, kind, f"{_MICROSOFT}/vbaProject")}


def with_book(parts: Parts, formula: str = "[1]Sheet1!$A$1") -> dict[str, bytes]:
    """Return the parts of a workbook whose first figure comes from another workbook."""
    name = "xl/externalLinks/externalLink1.xml"
    about = f'<externalBook xmlns:r="{_OFFICE}" r:id="rId1"/>'
    link = f'<externalLink xmlns="{_MAIN}">{about}</externalLink>'
    path = "file:///C:/So%20lieu/so-khac.xlsx"
    changed = _with_part(parts, name, f"{_SHEET_TYPE}.externalLink+xml", f"{_OFFICE}/externalLink")
    listed = b'<externalReferences><externalReference r:id="rIdOut"/></externalReferences>'
    return changed | {
        name: link.encode(),
        "xl/externalLinks/_rels/externalLink1.xml.rels": _relations("externalLinkPath", path),
        BOOK: parts[BOOK].replace(b"</sheets>", b"</sheets>" + listed),
        SHEET: with_formula(parts[SHEET], formula),
    }


def with_program(parts: Parts) -> dict[str, bytes]:
    """Return the parts of a workbook with a link that starts a program (DDE)."""
    made = with_book(parts, "[1]!A0")
    about = '<ddeLink ddeService="cmd" ddeTopic="/C calc"/>'
    link = f'<externalLink xmlns="{_MAIN}">{about}</externalLink>'
    del made["xl/externalLinks/_rels/externalLink1.xml.rels"]
    return made | {"xl/externalLinks/externalLink1.xml": link.encode()}


def with_connection(parts: Parts) -> dict[str, bytes]:
    """Return the parts of a workbook with a connection to a database."""
    name = "xl/connections.xml"
    xml = f'<connections xmlns="{_MAIN}"><connection id="1" name="CSDL" type="1"/></connections>'
    kind = f"{_SHEET_TYPE}.connections+xml"
    return {name: xml.encode(), **_with_part(parts, name, kind, f"{_OFFICE}/connections")}


def with_query(_parts: Parts) -> dict[str, bytes]:
    """Return the part in which Power Query keeps what it asks for."""
    return {"customXml/item1.xml": "<DataMashup>AAAA</DataMashup>".encode("utf-16")}


def with_object(parts: Parts) -> dict[str, bytes]:
    """Return the parts of a workbook with an object of another program in a sheet."""
    types = parts[TYPES].replace(
        b"<Override",
        b'<Default Extension="bin" ContentType="application/vnd.openxmlformats-'
        b'officedocument.oleObject"/><Override',
        1,
    )
    return {"xl/embeddings/oleObject1.bin": b"OLE", TYPES: types}


def with_address(parts: Parts, target: str = "http://example.vn/nhan") -> dict[str, bytes]:
    """Return the parts of a workbook with a link in cell A1 of its sheet of targets."""
    links = b'<hyperlinks><hyperlink ref="A1" xmlns:r="%b" r:id="rId1"/></hyperlinks><pageMargins'
    return {
        SHEET: parts[SHEET].replace(b"<pageMargins", links % _OFFICE.encode(), 1),
        SHEET_RELATIONS: _relations("hyperlink", target),
    }


def with_formula(sheet: bytes, formula: str, cell: str = "F2") -> bytes:
    """Return the XML of a sheet in which a number is what a formula said last."""
    head, found, rest = sheet.partition(f'<c r="{cell}"'.encode())
    assert found
    opening, value, tail = rest.partition(b"<v>")
    written = formula.replace("&", "&amp;").replace("<", "&lt;")
    return head + found + opening + f"<f>{written}</f>".encode() + value + tail


def calling(formula: str, parts: Parts, cell: str = "F2") -> dict[str, bytes]:
    """Return the sheet of targets whose first figure is worked out by a formula."""
    return {SHEET: with_formula(parts[SHEET], formula, cell)}


_MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"


def _with_part(parts: Parts, name: str, kind: str, relation: str) -> dict[str, bytes]:
    """Return the lists of a workbook with a further part named in them."""
    override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
    target = name.removeprefix("xl/")
    related = f'<Relationship Id="rIdOut" Type="{relation}" Target="{target}"/></Relationships>'
    return {
        TYPES: parts[TYPES].replace(b"</Types>", override.encode()),
        BOOK_RELATIONS: parts[BOOK_RELATIONS].replace(b"</Relationships>", related.encode()),
    }


def _relations(kind: str, target: str) -> bytes:
    one = (
        f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    )
    return f'<Relationships xmlns="{_PACKAGE}">{one}</Relationships>'.encode()
