"""The add-in file: built from text, sound, and every button calls a function that is there."""

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest

from addin.build import HERE, OUTPUT, build, vba_sources
from addin.icons import ICONS, png
from danvan_xl.excel import buttons
from danvan_xl.writing.template.workbook import write_workbook
from tests.addin_vba import CMD, PYTHON, machine, statements
from tests.live import said
from tests.offices import OFFICE
from tests.spreadsheet import validate

SPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"
RIBBON = ET.parse(HERE / "customUI14.xml").getroot()
BUTTONS = [element.get("id", "") for element in RIBBON.iter(f"{SPACE}button")]
# How many arguments a callback takes, by the attribute that names it.
ARITY = {"onLoad": 1, "onAction": 1, "getEnabled": 2}


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.fixture(scope="module")
def excel():
    return machine()


def test_the_file_that_comes_with_the_program_is_the_one_its_text_makes(tmp_path):
    build(tmp_path / "a.xlam")
    build(tmp_path / "b.xlam")

    assert (tmp_path / "a.xlam").read_bytes() == (tmp_path / "b.xlam").read_bytes()
    # Compared part by part: computers pack the same bytes in different ways.
    assert parts(tmp_path / "a.xlam") == parts(OUTPUT), "run 'make addin'"


def test_the_file_is_sound():
    assert validate(OUTPUT) == []


def test_macros_are_ascii_and_settings_stand_on_their_sheet():
    assert all(source.isascii() for source in vba_sources().values())
    assert b"danvan.conf" in parts(OUTPUT)["xl/workbook.xml"]


def test_every_id_of_the_ribbon_is_its_own():
    ids = [element.get("id") for element in RIBBON.iter() if element.get("id")]

    assert len(ids) == len(set(ids))


def test_every_callback_of_the_ribbon_takes_the_arguments_excel_gives():
    source = vba_sources()["DanVanRibbon"]
    declared = {
        f"DanVanRibbon.{name}": len([part for part in arguments.split(",") if part.strip()])
        for name, arguments in re.findall(r"(?m)^Public Sub (\w+)\((.*)\)", source)
    }
    called = [
        (element.get(attribute), count)
        for element in RIBBON.iter()
        for attribute, count in ARITY.items()
        if element.get(attribute)
    ]

    assert len(called) > len(BUTTONS)
    assert [name for name, count in called if declared.get(name) != count] == []
    other = {name for element in RIBBON.iter() for name in element.attrib if name.startswith("get")}
    assert other <= ARITY.keys()


def test_every_icon_is_drawn_and_every_drawing_is_an_icon():
    named = {element.get("image") for element in RIBBON.iter() if element.get("image")}

    assert named == ICONS.keys()
    for name in named:
        data = png(name)
        assert data.startswith(b"\x89PNG")
        assert data == parts(OUTPUT)[f"customUI/images/{name}.png"]
    assert len({png(name) for name in named}) == len(named)


def test_every_word_of_the_ribbon_is_said_in_full():
    for element in RIBBON.iter(f"{SPACE}button"):
        assert element.get("label")
        if element.get("image"):
            assert element.get("screentip"), element.get("id")
            assert (element.get("supertip") or "").endswith("."), element.get("id")


@pytest.mark.parametrize("button", BUTTONS)
def test_a_button_calls_its_function_in_python(excel, button):
    command = excel.run("Press", button)

    name = button.removeprefix("dv_")
    assert f"import danvan_xl.excel.buttons as b; b.{name}()" in command
    assert PYTHON in command
    assert command.startswith(f'{CMD} /C C: & cd "C:\\DanVan\\python"')
    assert callable(getattr(buttons, name))


def test_what_python_says_when_it_fails_is_not_shown_to_an_officer():
    sources = vba_sources()

    assert "Call ShowError(LOG_FILE)" not in sources["xlwings"]
    assert "Public Sub DV_ShowError(" in sources["DanVanRibbon"]


def test_the_python_part_of_a_captured_command_does_the_work(excel, open_book, tmp_path):
    workbook = tmp_path / "so.xlsx"
    write_workbook(workbook, OFFICE)
    book = open_book(workbook)
    book.set_mock_caller()
    _, statement = statements(excel.run("Press", "dv_tong_hop"))

    exec(statement, {})  # what Excel would have Python do

    assert "Tổng hợp" in [sheet.name for sheet in book.sheets]
    assert said(book.app).startswith("Đã tổng hợp 0/2 đơn vị")


def test_every_function_for_a_button_has_one():
    ours = {
        name
        for name, value in vars(buttons).items()
        if getattr(value, "__module__", "") == buttons.__name__ and not name.startswith("_")
    }

    assert ours == {button.removeprefix("dv_") for button in BUTTONS}


def test_buttons_are_grey_without_a_workbook(excel):
    assert excel.run("IsEnabled") is True
    assert machine(with_workbook=False).run("IsEnabled") is False


def test_vietnamese_is_spelled_from_ascii(excel):
    assert excel.run("Spelled", "D\\u00E2n v\\u1EADn") == "Dân vận"


def test_text_of_the_macros_for_people_is_vietnamese():
    source = vba_sources()["DanVanRibbon"]
    texts = re.findall(r'Viet\("(.*?)"\)', source)
    spelled = [re.sub(r"\\u([0-9A-F]{4})", lambda m: chr(int(m[1], 16)), text) for text in texts]

    assert "Cài lại bằng lệnh: danvan-xl cai-dat" in spelled


def test_the_package_has_a_ribbon_of_its_own():
    relations = parts(OUTPUT)["_rels/.rels"].decode()
    types = parts(OUTPUT)["[Content_Types].xml"].decode()

    assert 'Target="customUI/customUI14.xml"' in relations
    assert "ms-excel.addin.macroEnabled.main+xml" in types
    assert 'Extension="png"' in types
    assert zipfile.is_zipfile(io.BytesIO(OUTPUT.read_bytes()))
