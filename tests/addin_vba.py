"""The add-in's VBA, run by an interpreter: xlwings' own module and ours, without the system."""

import re
from typing import Any

from pyopenvba.apps.excel import ExcelApplication

from addin.build import CONFIG, NAME, vba_sources

_SHELL = """
Public LastCommand As String
Public Function Run(c As String, w As Variant, b As Variant) As Long
 LastCommand = c
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
_DRIVER = """
Public Function Press(id As String) As String
 Dim control As New FakeControl
 control.ID = id
 DV_Press control
 Press = WScript.LastCommand
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


PYTHON = r"C:\DanVan\python\python.exe"
_USER = {"INTERPRETER_WIN": PYTHON, "PYTHONPATH": r"C:\DanVan\app", "TEMP DIR": r"C:\DanVan\tmp"}


def machine(*, with_workbook: bool = True) -> Any:
    """Return an application with the add-in's modules, and the settings of a user."""
    app = ExcelApplication()
    if with_workbook:
        app.add_workbook()
        rows = "\n".join(
            f' Worksheets(1).Range("A{row}").Value = "{key}"\n'
            f' Worksheets(1).Range("B{row}").Value = "{text}"'
            for row, (key, text) in enumerate({**CONFIG, **_USER}.items(), start=1)
        )
        sheet = f' ThisWorkbook.Worksheets(1).Name = "{NAME}.conf"'
        app.add_module(f"Sub SetUp()\n{sheet}\n{rows}\nEnd Sub\n", name="S")
        app.run("SetUp")
    sources = vba_sources()
    modules = [
        ("FakeShell", _SHELL, "class"),
        ("FakeControl", _CONTROL, "class"),
        ("DanVanEvents", _EVENTS, "class"),
        ("xlwings", _without_the_system(sources["xlwings"]), "standard"),
        ("DanVanRibbon", sources["DanVanRibbon"], "standard"),
        ("xlwings_udfs", _without_directives(sources["xlwings_udfs"]), "standard"),
        ("Driver", _DRIVER, "standard"),
    ]
    for name, source, kind in modules:
        app.add_module(source, name=name, kind=kind)
    return app


def _without_directives(source: str) -> str:
    """Take away remarks behind directives, which the interpreter does not expect there."""
    kinds = "If|ElseIf|Else|End If|Const"
    return re.sub(rf"(?m)^(\s*#(?:{kinds})[^\n']*)'[^\n]*", r"\1", source)


def _without_the_system(source: str) -> str:
    """Let xlwings' module ask stand-ins for files, the environment and the shell."""
    source = _without_directives(source)
    file_exists = (
        "Function FileExistsOnWindows(ByVal FileSpec As String) As Boolean\n"
        f' FileExistsOnWindows = (FileSpec = "{PYTHON}")\nEnd Function'
    )
    guid = 'Public Function CreateGUID() As String\n CreateGUID = "GUID"\nEnd Function'
    shell = (
        "Function WScript(Optional CreateNew As Boolean) As Object\n Static v As Object\n"
        " If v Is Nothing Then Set v = New FakeShell\n Set WScript = v\nEnd Function"
    )
    environment = (
        "\nFunction FakeEnviron(x As Variant) As String\n"
        ' FakeEnviron = "C:\\ENV_" & x\nEnd Function\n'
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
    source = source.replace("Application.Hwnd", "4242").replace(
        "Application.Name", '"Microsoft Excel"'
    )
    source = source.replace("Application.Path ", '"C:\\Office" ')
    return re.sub(r"(?m)^\s*Kill .*$", "", source)
