"""The add-in's VBA, run by an interpreter: xlwings' own module and ours, without the system."""

import re
from collections.abc import Mapping
from typing import Any

from pyopenvba.apps.excel import ExcelApplication

from addin.build import CONFIG, NAME, vba_sources

_SHELL = """
Public LastCommand As String
Public LastWorkbook As String
Private Variables As Object
Public Function Environment(kind As String) As Object
 If Variables Is Nothing Then Set Variables = CreateObject("Scripting.Dictionary")
 If kind = "PROCESS" Then Set Environment = Variables
End Function
Public Function Run(c As String, w As Variant, b As Variant) As Long
 LastCommand = c
 If Variables.Exists("DANVAN_XL_WORKBOOK") Then LastWorkbook = Variables("DANVAN_XL_WORKBOOK")
 Run = 0
End Function
Public Function ExpandEnvironmentStrings(x As Variant) As String
 ExpandEnvironmentStrings = x
End Function
Public Function Popup(a As Variant, b As Variant, c As Variant, d As Variant) As Long
End Function
"""
_CONTROL = "Public ID As String\n"
_EVENTS = "Public App As Object\n"
# The library of xlwings that starts the server of functions, and that server.
_SERVER = """
Public LastCommand As String
Public LastBook As Variant
Public Function CallUDF(m As String, f As String, a As Variant, b As Variant, c As Variant)
 LastBook = TypeName(b)
 CallUDF = m & "." & f
End Function
"""
_DRIVER = """
Public Function Press(id As String) As String
 Dim control As New FakeControl
 control.ID = id
 DV_Press control
 Press = WScript.LastCommand
End Function
Public Function ToldWorkbook() As String
 ToldWorkbook = WScript.LastWorkbook
End Function
Public Function VariablesLeft() As Long
 VariablesLeft = WScript.Environment("PROCESS").Count
End Function
Public Function TheServer() As Object
 Static v As Object
 If v Is Nothing Then Set v = New FakeServer
 Set TheServer = v
End Function
Public Function StartServer(ByRef result As Variant, ByVal c As String, ByVal mode As Long) As Long
 TheServer.LastCommand = c
 Set result = TheServer
 StartServer = 0
End Function
Public Function Calculate(text As String) As String
 Calculate = DV_SO(text)
End Function
Public Function ServerCommand() As String
 ServerCommand = TheServer.LastCommand
End Function
Public Function ServerBook() As String
 ServerBook = TheServer.LastBook
End Function
Public Function IsEnabled() As Boolean
 Dim answer
 DV_HasWorkbook Nothing, answer
 IsEnabled = answer
End Function
Public Function Spelled(text As String) As String
 Spelled = Viet(text)
End Function
"""


CMD = r"C:\WINDOWS\system32\cmd.exe"
PYTHON = r"C:\DanVan\python\python.exe"
_USER = {"INTERPRETER_WIN": PYTHON, "PYTHONPATH": r"C:\DanVan\app", "TEMP DIR": r"C:\DanVan\tmp"}


def machine(*, with_workbook: bool = True, settings: Mapping[str, str] = _USER) -> Any:
    """Return an application with the add-in, the settings of a user, and his workbook active."""
    app = ExcelApplication()
    addin = app.add_workbook()
    addin.name = f"{NAME}.xlam"
    rows = "\n".join(
        f' Worksheets(1).Range("A{row}").Value = "{key}"\n'
        f' Worksheets(1).Range("B{row}").Value = "{text}"'
        for row, (key, text) in enumerate({**CONFIG, **settings}.items(), start=1)
    )
    sheet = f' ThisWorkbook.Worksheets(1).Name = "{NAME}.conf"'
    app.add_module(f"Sub SetUp()\n{sheet}\n{rows}\nEnd Sub\n", name="S")
    app.run("SetUp")
    sources = vba_sources()
    python = settings.get("INTERPRETER_WIN", "")
    modules = [
        ("FakeShell", _SHELL, "class"),
        ("FakeServer", _SERVER, "class"),
        ("FakeControl", _CONTROL, "class"),
        ("DanVanEvents", _EVENTS, "class"),
        ("xlwings", _without_the_system(sources["xlwings"], python), "standard"),
        ("DanVanRibbon", sources["DanVanRibbon"], "standard"),
        ("xlwings_udfs", _called_from_a_cell(sources["xlwings_udfs"]), "standard"),
        ("Driver", _DRIVER, "standard"),
    ]
    for name, source, kind in modules:
        app.add_module(source, name=name, kind=kind)
    app.application.active_book = app.add_workbook() if with_workbook else None
    return app


def called(app: Any, folder: str, name: str) -> None:
    """Let the active workbook have a name and stand in a folder."""
    app.application.active_book.name = name
    app.application.active_book.path = folder


def line_of(command: str) -> str:
    """Return what a cmd.exe is to run, as it reads it: of /K "…" the outer quotes are its own."""
    _, switch, line = re.split(r" (/[CK]) ", command, maxsplit=1)
    return line[1:-1] if switch == "/K" else line


def arguments(command: str) -> list[str]:
    """Return what Python is given: the last command of a line, read as Windows reads it."""
    line = line_of(command)
    assert r"\"" not in line, "within such a text cmd.exe and Python see different quotes"
    last = re.split(r'&(?=(?:[^"]*"[^"]*")*[^"]*$)', line)[-1]
    words = re.findall(r'(?:"[^"]*"|[^\s"])+', last.split(" 2> ")[0])
    return [word.replace('"', "") for word in words]


def statements(command: str) -> tuple[str, str]:
    """Return what Python is told: where its modules are, and what to run."""
    given = arguments(command)
    found = re.fullmatch(r"(import sys; .*\]\)); (import .*)", given[given.index("-c") + 1])
    assert found, given
    return found[1], found[2]


def _called_from_a_cell(source: str) -> str:
    """Let the functions be called from a cell of the active workbook."""
    source = _without_directives(source)
    return source.replace("Application.Caller", 'ActiveWorkbook.Worksheets(1).Range("A1")')


def _without_directives(source: str) -> str:
    """Take away remarks behind directives, which the interpreter does not expect there."""
    kinds = "If|ElseIf|Else|End If|Const"
    return re.sub(rf"(?m)^(\s*#(?:{kinds})[^\n']*)'[^\n]*", r"\1", source)


def _without_the_system(source: str, python: str) -> str:
    """Let xlwings' module ask stand-ins for files, the environment and the shell."""
    source = _without_directives(source)
    file_exists = (
        "Function FileExistsOnWindows(ByVal FileSpec As String) As Boolean\n"
        f' FileExistsOnWindows = (FileSpec = "{python}")\nEnd Function'
    )
    guid = 'Public Function CreateGUID() As String\n CreateGUID = "GUID"\nEnd Function'
    shell = (
        "Function WScript(Optional CreateNew As Boolean) As Object\n Static v As Object\n"
        " If v Is Nothing Then Set v = New FakeShell\n Set WScript = v\nEnd Function"
    )
    environment = (
        "\nFunction FakeEnviron(x As Variant) As String\n"
        ' FakeEnviron = "C:\\ENV_" & x\n'
        f' If x = "ComSpec" Then FakeEnviron = "{CMD}"\nEnd Function\n'
    )
    for pattern, text in (
        (r"Function FileExistsOnWindows\(.*?End Function", file_exists),
        (r"Public Function CreateGUID\(.*?End Function", guid),
        (r"Function WScript\(Optional CreateNew As Boolean\) As Object.*?End Function", shell),
    ):
        source, count = re.subn(pattern, lambda _, text=text: text, source, flags=re.DOTALL)
        assert count == 1, pattern
    source = source.replace("Environ(", "FakeEnviron(") + environment
    console = 'If GetConfig("SHOW CONSOLE", False) = True Then'
    assert console in source
    source = source.replace(console, 'If CStr(GetConfig("SHOW CONSOLE", False)) = "True" Then')
    for theirs, ours in (
        ("Application.Hwnd", "4242"),
        ("Application.Name", '"Microsoft Excel"'),
        # Excel finds cells of another workbook by themselves, the interpreter by their sheet.
        ("In Range(sht.", "In sht.Range(sht."),
        ("LoadLibrary(Par", "Len(Par"),
        ("XLPyDLLActivateAuto(XLPy, ", "StartServer(XLPy, "),
    ):
        assert theirs in source, theirs
        source = source.replace(theirs, ours)
    return re.sub(r"(?m)^\s*Kill .*$", "", source)
