"""The second look at a sheet's XML."""

import io
import zipfile

import openpyxl
import xlsxwriter

from danvan_xl.files.cells_xml import NO_FORMULAS, look_at_formulas


def written() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        workbook.add_worksheet("Khác")
        sheet = workbook.add_worksheet("Chỉ tiêu & <số>")
        sheet.write_number("A1", 1)
        sheet.write_formula("B1", "=A1+1", None, 2)
        sheet.write_formula("C1", "=1/0", None, "#DIV/0!")
        sheet.write_string("D1", "chữ")
        sheet.data_validation("E1", {"validate": "custom", "value": "=A1>0"})
    return stream.getvalue()


def test_formulas_errors_and_plain_cells_are_told_apart():
    found = look_at_formulas(written(), "Chỉ tiêu & <số>")

    assert found.is_known
    assert found.cells == {"B1", "C1"}
    assert found.errors == {"C1": "#DIV/0!"}
    assert found.uncached == frozenset()


def test_a_formula_without_its_value_is_uncached():
    workbook = openpyxl.Workbook()
    workbook.active.title = "Chỉ tiêu"
    workbook.active["A1"] = "=1+1"
    workbook.active["B1"] = 5
    stream = io.BytesIO()
    workbook.save(stream)

    found = look_at_formulas(stream.getvalue(), "Chỉ tiêu")

    assert (found.cells, found.uncached) == ({"A1"}, {"A1"})


def test_a_prefix_on_every_tag_is_understood():
    plain = written()
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet2.xml":
                for tag in (b"worksheet", b"sheetData", b"row", b"c", b"f", b"v"):
                    for end in (b" ", b">"):
                        data = data.replace(b"<" + tag + end, b"<x:" + tag + end)
                    data = data.replace(b"</" + tag + b">", b"</x:" + tag + b">")
            new.writestr(name, data)

    found = look_at_formulas(stream.getvalue(), "Chỉ tiêu & <số>")

    assert found.cells == {"B1", "C1"}
    assert found.errors == {"C1": "#DIV/0!"}


def test_what_cannot_be_looked_at_is_unknown():
    assert look_at_formulas(b"no archive", "Chỉ tiêu") is NO_FORMULAS
    assert look_at_formulas(written(), "không có") is NO_FORMULAS
