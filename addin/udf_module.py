"""The VBA module that hands worksheet functions to Python, made by xlwings' own generator.

It is made while building, so that no officer has to trust access to the VBA project. The generator
imports modules of Windows; in a process of its own they are stood in for.
"""

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

FUNCTIONS = "danvan_xl.excel.functions"
_LONGEST = 1023  # letters in a line of VBA
_ON_THE_NEXT_LINE = ", _\n            "
_HEAD = 'Attribute VB_Name = "xlwings_udfs"\n#Const App = "Microsoft Excel"\n'
_DESCRIBE = """
Public Sub DV_Describe()
    On Error Resume Next
    ThisWorkbook.IsAddin = False
{}
    ThisWorkbook.IsAddin = True
    ThisWorkbook.Saved = True
End Sub
"""
# A function has no business with the workbook: xlwings would look for code in its sheets.
_HANDED_OVER, _KEPT_BACK = ", ActiveWorkbook, Application.Caller)", ", Empty, Application.Caller)"
_LITERAL = re.compile(r'"(?:[^"]|"")*"')
_PLAIN = re.compile(r"[\x20-\x7e]+|[^\x20-\x7e]")
# Runs in a fresh Python; what it prints is the module.
_GENERATE = f"""
import importlib, io, json, sys, types
names = ("pythoncom", "pywintypes", "win32com", "win32com.client", "win32com.server",
         "win32com.server.util", "win32api", "win32con", "win32process", "win32gui")
for name in names:
    sys.modules[name] = types.ModuleType(name)
sys.modules["win32com"].client = sys.modules["win32com.client"]
sys.modules["win32com.client"].Dispatch = lambda *given: None
sys.modules["pythoncom"].CoInitialize = lambda: None
sys.modules["pywintypes"].com_error = type("com_error", (Exception,), {{}})
import xlwings, xlwings.udfs as udfs
xlwings.func, xlwings.arg, xlwings.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
module = importlib.import_module("{FUNCTIONS}")
out = io.StringIO()
book = types.SimpleNamespace(Name="danvan.xlam")
udfs.generate_vba_wrapper("{FUNCTIONS}", module, out, book)
helps = [
    {{"name": name, "doc": found["ret"]["doc"], "args": [arg["doc"] for arg in found["args"]],
      "category": found["category"]}}
    for name in sorted(dir(module))
    if (found := getattr(getattr(module, name), "__xlfunc__", None))
]
print(json.dumps({{"source": out.getvalue(), "helps": helps}}))
"""


def udf_source() -> str:
    """The text of the module, ASCII alone: other letters are put together by ChrW."""
    run = subprocess.run(  # noqa: S603 - this very Python, a text of our own
        [sys.executable, "-c", _GENERATE], capture_output=True, check=True, encoding="utf-8"
    )
    made = json.loads(run.stdout)
    functions = made["source"].replace("\r\n", "\n")
    assert functions.count(_HANDED_OVER) == len(made["helps"]), "xlwings calls functions otherwise"
    functions = functions.replace(_HANDED_OVER, _KEPT_BACK)
    assert "Workbook" not in functions, "xlwings hands functions a workbook"
    source = _HEAD + functions + _describe(made["helps"])
    lines = [_LITERAL.sub(lambda found: _in_ascii(found[0]), line) for line in source.split("\n")]
    too_long = [line for line in lines if len(line) > _LONGEST]
    assert not too_long, too_long
    return "\n".join(lines)


def _describe(helps: Sequence[Mapping[str, Any]]) -> str:
    """The procedure that gives Excel's function wizard its words.

    Excel refuses that for a hidden workbook, which an add-in is: it is none for a moment.
    """
    of_all = [_ON_THE_NEXT_LINE.join(map(_literal, item["args"])) for item in helps]
    calls = [
        f'    Application.MacroOptions Macro:="{item["name"]}", '
        f"Description:={_literal(item['doc'])}, _\n"
        f"        Category:={_literal(item['category'])}, _\n"
        f"        ArgumentDescriptions:=Array({arguments})"
        for item, arguments in zip(helps, of_all, strict=True)
    ]
    return _DESCRIBE.format("\n".join(calls))


def _literal(text: str) -> str:
    return '"' + " ".join(text.split()).replace('"', '""') + '"'


def _in_ascii(literal: str) -> str:
    """A text of VBA without letters its code page may not have: "D" & ChrW(226) & "n"."""
    if literal.isascii():
        return literal
    parts = _PLAIN.findall(literal[1:-1])
    return " & ".join(f'"{part}"' if part.isascii() else f"ChrW({ord(part)})" for part in parts)
