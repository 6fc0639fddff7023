"""Whatever a workbook is called, wherever it stands: one command is run, and for that workbook."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import xlwings

from addin import udf_module
from addin.build import vba_sources
from addin.udf_module import udf_source
from addin.xlwings_module import SOURCE, xlwings_source
from danvan_xl.excel import buttons
from danvan_xl.excel.caller import WORKBOOK_VARIABLE
from danvan_xl.writing.template.workbook import write_workbook
from tests import addin_vba
from tests.addin_vba import arguments, called, line_of, machine, statements
from tests.live import said
from tests.odd_names import ODD_NAMES
from tests.offices import OFFICE

ROOT = Path(__file__).resolve().parent.parent
BUTTON = (
    r'C:\WINDOWS\system32\cmd.exe /C C: & cd "C:\DanVan\python" & "C:\DanVan\python\python.exe"'
    r""" -B -P -c "import sys; sys.path[:0] = filter(None, ['C:\\DanVan\\app']); """
    r'import danvan_xl.excel.buttons as b; b.tong_hop()"  --hwnd="4242"'
    r' 2> "C:\DanVan\tmp\xlwings-GUID.log" '
)
FUNCTION = (
    r'C:\WINDOWS\system32\cmd.exe  /K ""C:\DanVan\python\python.exe"'
    r""" -B -P -c "import sys; sys.path[:0] = filter(None, ['C:\\DanVan\\app']); """
    r"""import xlwings; xlwings.serve('$(CLSID)')"" """.rstrip()
)
# An installation whose folders hold what cmd.exe or Python would take for something else.
AWKWARD = r"C:\Users\O'Neil & ^Lan^ (xã; Đông)=!,"
SETTINGS = {
    "INTERPRETER_WIN": rf"{AWKWARD}\python\python.exe",
    "PYTHONPATH": rf"{AWKWARD}\app",
    "TEMP DIR": rf"{AWKWARD}\tmp",
}
odd_names = pytest.mark.parametrize(("folder", "name"), ODD_NAMES, ids=range(len(ODD_NAMES)))


@pytest.fixture(scope="module")
def excel() -> Any:
    return machine()


class OpenBooks(list[Any]):
    """The workbooks open in an Excel that is not there; the first is the active one."""

    active = property(lambda self: self[0])


@pytest.fixture
def other_excel(monkeypatch) -> Any:
    """The Excel with the window 4242, in which workbooks of all these names are open."""
    books = OpenBooks(SimpleNamespace(name=name) for name in {name for _, name in ODD_NAMES})
    books.insert(0, SimpleNamespace(name="khác.xlsx"))
    alerts: list[str] = []
    app = SimpleNamespace(
        pid=1, books=books, alerts=alerts, alert=lambda text, *_rest, **_named: alerts.append(text)
    )
    lay_under(monkeypatch, app)
    return app


def lay_under(monkeypatch, app: Any) -> None:
    """Let xlwings find a program behind the window 4242."""
    windows = ModuleType("xlwings._xlwindows")
    windows.App = lambda xl: {4242: app}[xl]  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "xlwings._xlwindows", windows)
    monkeypatch.setattr(xlwings, "_xlwindows", windows, raising=False)


def do_as_told(monkeypatch, command: str, workbook: str | None) -> None:
    """Do in this Python what a captured command would have one do."""
    _, run = statements(command)
    given = arguments(command)
    after_the_code = given[given.index("-c") + 2 :]
    monkeypatch.setattr(sys, "argv", ["-c", *after_the_code])
    monkeypatch.delenv(WORKBOOK_VARIABLE, raising=False)
    if workbook is not None:
        monkeypatch.setenv(WORKBOOK_VARIABLE, workbook)
    exec(run, {})


def test_there_are_more_than_fifty_names():
    assert len(set(ODD_NAMES)) == len(ODD_NAMES) > 50


@odd_names
def test_a_button_runs_the_same_command_for_every_name(excel, folder, name):
    called(excel, folder, name)

    assert excel.run("Press", "dv_tong_hop") == BUTTON


@odd_names
def test_a_function_starts_the_same_server_for_every_name(excel, folder, name):
    called(excel, folder, name)

    assert excel.run("Calculate", "5") == "danvan_xl.excel.functions.DV_SO"

    assert excel.run("ServerCommand") == FUNCTION
    assert excel.run("ServerBook") == "Empty"


@odd_names
def test_python_works_on_the_workbook_of_that_name(excel, other_excel, monkeypatch, folder, name):
    pressed: list[str] = []
    monkeypatch.setattr(buttons, "press", lambda _macro, book, **_: pressed.append(book.name))
    called(excel, folder, name)

    do_as_told(monkeypatch, excel.run("Press", "dv_tong_hop"), excel.run("ToldWorkbook"))

    assert pressed == [name]
    assert other_excel.alerts == []


def test_the_name_is_forgotten_after_the_press(excel):
    excel.run("Press", "dv_tong_hop")

    assert excel.run("VariablesLeft") == 0


def test_python_and_the_macros_mean_the_same_variable():
    places = re.findall(r'variables(?:\.Remove )?\(?"(\w+)"', vba_sources()["DanVanRibbon"])

    assert places == [WORKBOOK_VARIABLE] * 2


def test_the_name_of_a_workbook_is_asked_for_in_one_place():
    asked = [
        line.strip()
        for source in vba_sources().values()
        for line in source.splitlines()
        if re.search(r"(?i)(workbook|\bwb|\bsht|sheet)\.(full)?(name|path)\b", line.split("'")[0])
    ]

    assert sorted(asked) == [
        'ErrorSheet.Name = "Error"',
        "TellWorkbook ActiveWorkbook.Name",
    ]


def test_a_workbook_that_is_gone_ends_in_a_sentence(excel, other_excel, monkeypatch):
    do_as_told(monkeypatch, BUTTON, "đã đóng.xlsx")

    (sentence,) = other_excel.alerts
    assert sentence.startswith("Không thấy sổ 'đã đóng.xlsx' đang mở trong Excel.")
    assert "lưu sổ với tên khác" in sentence


def test_where_a_variable_is_refused_the_button_still_runs(monkeypatch):
    given, refused = "Set Environment = Variables", "Err.Raise 70"
    assert given in addin_vba._SHELL
    monkeypatch.setattr(addin_vba, "_SHELL", addin_vba._SHELL.replace(given, refused))
    excel = machine()

    assert excel.run("Press", "dv_tong_hop") == BUTTON


def test_where_no_variable_arrives_the_active_workbook_is_meant(other_excel, monkeypatch):
    pressed: list[str] = []
    monkeypatch.setattr(buttons, "press", lambda _macro, book, **_: pressed.append(book.name))

    do_as_told(monkeypatch, BUTTON, None)

    assert pressed == ["khác.xlsx"]


@pytest.mark.parametrize(
    "name", ["bao cao ^&ver &.xlsx", "a=b; 100% 'x'.xlsx", "Sổ (2) $(x)!.xlsx"]
)
def test_the_button_works_on_a_real_workbook(excel, office, open_book, monkeypatch, tmp_path, name):
    write_workbook(tmp_path / name, OFFICE)
    write_workbook(tmp_path / "khác.xlsx", OFFICE)
    book, other = open_book(tmp_path / name), open_book(tmp_path / "khác.xlsx")
    lay_under(monkeypatch, office.impl)
    called(excel, str(tmp_path), name)

    do_as_told(monkeypatch, excel.run("Press", "dv_tong_hop"), excel.run("ToldWorkbook"))

    assert said(book.app).startswith("Đã tổng hợp 0/2 đơn vị")
    assert "Tổng hợp" in [sheet.name for sheet in book.sheets]
    assert "Tổng hợp" not in [sheet.name for sheet in other.sheets]


@pytest.mark.parametrize("macro", ["Press", "Calculate"])
def test_python_takes_no_module_from_the_folder_of_the_workbook(macro, tmp_path):
    excel = machine(settings={**SETTINGS, "PYTHONPATH": str(ROOT)})
    called(excel, str(tmp_path), "so.xlsx")
    for name in ("xlwings", "danvan_xl", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('taken from beside the workbook')")
    answer = excel.run(macro, "dv_tong_hop")
    command = answer if macro == "Press" else excel.run("ServerCommand")
    given = arguments(command)
    at = given.index("-c")
    folders, _ = statements(command)
    shows = f"{folders}; import json, xlwings, danvan_xl; print(json.dumps(sys.path))"

    run = subprocess.run(
        [sys.executable, *given[given.index("-B") : at], "-c", shows],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert run.returncode == 0, run.stderr
    path = json.loads(run.stdout)
    assert path[0] == str(ROOT)
    assert not {"", ".", str(tmp_path)} & set(path)


def test_without_a_folder_of_ours_none_is_added(tmp_path):
    excel = machine(settings={**SETTINGS, "PYTHONPATH": ""})
    folders, _ = statements(excel.run("Press", "dv_tong_hop"))
    before = list(sys.path)

    exec(folders, {})

    assert sys.path == before


def test_folders_of_the_installation_may_hold_anything(monkeypatch):
    excel = machine(settings=SETTINGS)
    monkeypatch.setattr(sys, "path", [])

    button = excel.run("Press", "dv_tong_hop")
    excel.run("Calculate", "5")
    server = excel.run("ServerCommand")

    assert arguments(button)[0] == SETTINGS["INTERPRETER_WIN"]
    assert f'cd "{AWKWARD}\\python" & ' in button
    assert button.rstrip().endswith(f'2> "{AWKWARD}\\tmp\\xlwings-GUID.log"')
    for command in (button, server):
        sys.path.clear()
        exec(statements(command)[0], {})
        assert sys.path == [SETTINGS["PYTHONPATH"]]


def test_functions_say_what_to_do_when_the_installation_is_gone():
    excel = machine(settings={})

    told = excel.run("Calculate", "5")

    assert told == "Không thấy Python của danvan_xl. Cài lại bằng lệnh: danvan-xl cai-dat"
    assert excel.run("ServerCommand") == ""


def test_a_workbook_from_outside_cannot_name_the_program_that_is_started():
    source = vba_sources()["xlwings"]

    assert 'SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf")' not in source
    assert 'If source = "" Or source = "directory"' not in source
    assert '".py"' not in source
    assert 'GetConfig("INTERPRETER", "pythonw")' not in source
    assert "cmd.exe" not in source.replace("ignored by cmd.exe", "")


@pytest.mark.parametrize(
    ("theirs", "otherwise", "why"),
    [
        ('" --wb=" & ', '" --book=" & ', "has changed ExecuteWindows: read it again"),
        ('Replace(PYTHONPATH, "\'", ', 'Replace(PYTHONPATH, "`", ', "has changed XLPyCommand"),
        ("SourcePythonCommand = ", "Source = ", "has changed RunPython"),
        ("LoadLibrary(ParentFolder(", "LoadLibrary(Parent(", "has changed XLPyLoadDLL"),
        ("XLPyDLLActivateAuto(XLPy, ", "XLPyDLLActivate(XLPy, ", "has changed XLPy:"),
        ("Function XLPy()", "Function XLPython()", "has no XLPy any more"),
        ('"myaddin"', '"addin"', "has changed its add-in: PROJECT_NAME"),
        (" Then ' Empty", " Then 'Empty", None),
        (
            "End Function\n\nFunction has_dynamic_array",
            "    x = wb.FullName\nEnd Function\n\nFunction has_dynamic_array",
            "asks for the name of a workbook",
        ),
        (
            "Function CheckConda(CondaPath As String) As Boolean\n",
            'Function CheckConda(CondaPath As String) As Boolean\n    Run "cmd.exe"\n',
            "asks for the name of a workbook",
        ),
        ("Sub ImportPythonUDFs()", "Sub ImportUDFs()", "has no ImportPythonUDFs any more"),
    ],
)
def test_building_stops_when_xlwings_changes_there(theirs, otherwise, why):
    source = SOURCE.read_text(encoding="ascii")
    assert theirs in source
    changed = source.replace(theirs, otherwise)

    if why is None:  # a remark
        assert xlwings_source(changed)
    else:
        with pytest.raises(AssertionError, match=f"xlwings {re.escape(why)}"):
            xlwings_source(changed)


def test_building_stops_when_xlwings_calls_functions_otherwise(monkeypatch):
    monkeypatch.setattr(udf_module, "_HANDED_OVER", ", ThisWorkbook, Application.Caller)")

    with pytest.raises(AssertionError, match="calls functions otherwise"):
        udf_source()


WINE = shutil.which("wine64") or shutil.which("wine") or "/usr/lib/wine/wine64"
BANNER = "Microsoft Windows"  # what `ver` prints, and every cmd.exe as it begins


@pytest.fixture(scope="module")
def cmd(tmp_path_factory) -> Iterator[Callable[[str], list[str]]]:
    """Run lines in Wine's cmd.exe, where Python is a stand-in that shows what it was given."""
    if not Path(WINE).exists():
        pytest.skip("wine is not installed: no cmd.exe was asked to run the commands")
    prefix = tmp_path_factory.mktemp("wine") / "prefix"
    environment = os.environ | {
        "WINEPREFIX": str(prefix),
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml=",
    }

    def run(line: str) -> list[str]:
        done = subprocess.run(
            [WINE, "cmd.exe", "/Q"],
            input=f"{line}\r\n".encode(),
            env=environment,
            cwd=prefix.parent,
            capture_output=True,
            timeout=120,
            check=False,
        )
        lines = done.stdout.decode("utf-8", "replace").splitlines()
        return [text for text in lines if text.startswith(("PYTHON", BANNER))]

    run("exit")  # makes the folder of Windows
    for home in ("DanVan", "A & ^B^ (x; y)=!, it's"):
        folder = prefix / "drive_c" / home
        (folder / "python").mkdir(parents=True)
        (folder / "tmp").mkdir()
        (folder / "python" / "python.bat").write_bytes(b"@echo PYTHON %*\r\n")
    yield run
    server = Path(WINE).with_name("wineserver64")
    if server.exists():
        subprocess.run([str(server), "-k"], env=environment, check=False)


def test_cmd_would_run_what_is_in_a_name(cmd):
    answers = cmd(r"C:\DanVan\python\python.bat bao cao ^^&ver ^&.xlsx")

    assert len([text for text in answers if text.startswith(BANNER)]) > 1


@pytest.mark.parametrize("home", [r"C:\DanVan", r"C:\A & ^B^ (x; y)=!, it's"])
def test_cmd_runs_nothing_but_python(cmd, home):
    excel = machine(
        settings={
            "INTERPRETER_WIN": rf"{home}\python\python.exe",
            "PYTHONPATH": rf"{home}\app",
            "TEMP DIR": rf"{home}\tmp",
        }
    )
    called(excel, r"C:\a ^&ver& b", "bao cao ^&ver &.xlsx")
    button = excel.run("Press", "dv_tong_hop").replace("python.exe", "python.bat")
    excel.run("Calculate", "5")
    server = excel.run("ServerCommand").replace("python.exe", "python.bat")
    in_python = home.replace("\\", "\\\\").replace("'", "\\'")
    folders = f"import sys; sys.path[:0] = filter(None, ['{in_python}\\\\app']); "

    pressed = f'PYTHON -B -P -c "{folders}import danvan_xl.excel.buttons as b; b.tong_hop()"'
    assert cmd(line_of(button))[1:] == [f'{pressed}  --hwnd="4242"  ']
    started = [f"PYTHON -B -P -c \"{folders}import xlwings; xlwings.serve('$(CLSID)')\""]
    assert cmd(line_of(server))[1:] == started
    if home == r"C:\DanVan":  # a cmd.exe within a cmd.exe: the outer one must not stumble either
        assert cmd(server)[1:] == started


@pytest.mark.parametrize("number", [70, 5, 429])
def test_where_no_program_may_be_started_the_officer_reads_a_sentence(monkeypatch, number):
    monkeypatch.setattr(
        addin_vba, "_SHELL", addin_vba._SHELL.replace(" Run = 0", f" Err.Raise {number}")
    )
    excel = machine()

    excel.run("Press", "dv_tong_hop")

    (dialog,) = excel.dialogs
    said = " ".join(map(str, dialog))
    assert f"Máy này không cho Excel chạy chương trình dân vận (lỗi {number})." in said
    assert "Nhờ người quản trị máy" in said
    assert excel.run("VariablesLeft") == 0
