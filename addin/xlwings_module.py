"""xlwings' VBA for add-ins, changed where our add-in must do otherwise.

A workbook somebody has sent must not say which program is started, nor may a file beside it; and
nothing of its name, its path or its sheets may come into a command line or among the folders where
Python looks for modules. Building stops when xlwings has changed such a place, or has a new one.
"""

import re
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import xlwings

NAME = "danvan"
SOURCE = Path(xlwings.__file__).parent / "xlwings_custom_addin.bas"


class Change(NamedTuple):
    """What stands otherwise in our add-in, and in how many places."""

    theirs: str
    ours: str
    places: int = 1


# Where command lines are made and programs started: somebody has read every line of these.
_EXAMINED = {
    "RunPython": "83457c9691e8629dd966b37ff25672e24cae9f85008a513bca13cd133d8131cf",
    "ExecuteWindows": "c9c929041dae3171d0727e8924457ed14dbc142ca520d9b291e59c16fc459e01",
    "XLPyCommand": "ab6d7a677e1b89b35d94b3b607ebd98f06856ec67322dae74b6d3b5d1fe91c4c",
    "XLPyLoadDLL": "6f93da0e6917ed52fa306cfc4e3d0dd54fa35ed120b38cb13ccc73055f018cf0",
    "XLPy": "10cc55f9d5babc81a392c04182b21948e6cfef4b84422a2eb107c5040ebf8d47",
}
# Never called in our add-in, and made of names, of paths or of files somebody else has put there.
_LEFT_OUT = (
    "RunFrozenPython",
    "ImportPythonUDFsBase",
    "ImportPythonUDFs",
    "ImportPythonUDFsToAddin",
    "ImportXlwingsUdfsModule",
    "GetFullName",
)
_SETTINGS = (
    Change('PROJECT_NAME As String = "myaddin"', f'PROJECT_NAME As String = "{NAME}"'),
    Change('SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf")', "False"),
    Change('If source = "" Or source = "directory" Then', 'If source = "directory" Then'),
    Change('If GetFullName(ActiveWorkbook) <> "" Then', "If False Then"),
    Change("GetDirectory(GetFullName(wb))", '""'),
)
_PLACES = "".join(
    f' & ";" & GetConfig("{place}_{{0}}")'
    for place in ("ONEDRIVE_CONSUMER", "ONEDRIVE_COMMERCIAL", "SHAREPOINT")
)
_FOLDERS = f'AddExcelDir & ";" & {{1}} & ";" & {{2}}{_PLACES} & ";" & GetConfig("PYTHONPATH")'
_NAMES = (
    *(
        Change(_FOLDERS.format(*given), 'GetConfig("PYTHONPATH")')
        for given in (
            ("WIN", "ActiveFullName", "ThisFullName"),
            ("MAC", "ActiveFullName", "ThisFullName"),
            ("WIN", "ActiveWorkbook.FullName", "ThisWorkbook.FullName"),
        )
    ),
    Change("ActiveWorkbook.FullName", '""', places=4),
    Change("ThisWorkbook.FullName", '""', places=3),
    Change('ParameterString + "|" + ActiveWorkbook.Name', 'ParameterString + "|"'),
    Change('If Right$(sht.Name, 3) = ".py" Then', "If False Then", places=2),
    Change("Left$(sht.Name, Len(sht.Name) - 3)", '""', places=2),
    Change("Left$(wb.Name, Len(wb.Name) - 5)", '""'),
)
# For cmd.exe the folder stays within quotes; Python (-P) adds none of its own accord, and is given
# just this one. The window's number is all that Excel says of itself.
_FOLDER_FIRST = """""import sys; sys.path[:0] = filter(None, ['" & PYTHONPATH & "']); """
_COMMAND_LINES = (
    Change(
        '    PYTHONPATH = Replace(PYTHONPATH, "&", "^&")\n'
        '    PYTHONPATH = Replace(PYTHONPATH, "\\", "\\\\")\n',
        '    PYTHONPATH = Replace(PYTHONPATH, "\\", "\\\\")\n'
        '    PYTHONPATH = Replace(PYTHONPATH, "\'", "\\\'")\n',
    ),
    Change('    PYTHONPATH = Replace(PYTHONPATH, "&", "^&")\n', ""),
    Change(
        '" -B -c ""import xlwings.utils;xlwings.utils.prepare_sys_path('
        r'\""" & PYTHONPATH & "\""); " & ',
        f'" -B -P -c {_FOLDER_FIRST}" & ',
    ),
    Change(
        '" -B -c ""import sys, os;" & LicenseKeyEnvString & '
        '"import xlwings.utils;xlwings.utils.prepare_sys_path('
        r'\""" & PYTHONPATH & "\"");import xlwings; ',
        f'" -B -P -c {_FOLDER_FIRST}import xlwings; ',
    ),
    Change(
        '" --wb=" & """" & ActiveWorkbook.Name & """ --from_xl=1" & " --app=" & Chr(34) & _\n'
        + " " * 23
        + 'Application.Path & "\\" & Application.Name & Chr(34) & " --hwnd="',
        '" --hwnd="',
    ),
    # By its full name; otherwise Windows would first look in the folder Excel is in at the moment.
    Change('"cmd.exe /C "', 'Environ("ComSpec") & " /C "'),
    Change('"cmd.exe "', 'Environ("ComSpec") & " "', places=2),
    Change(
        'PYTHON_WIN = GetConfig("INTERPRETER", "pythonw")',
        "Err.Raise 1, Description:=DV_WithoutPython()",
        places=2,
    ),
)
# What Python says when it cannot even start is kept in a file, not shown.
_WORDS = (Change("Call ShowError(LOG_FILE)", "Call DV_ShowError(LOG_FILE)", places=2),)
_OF_A_WORKBOOK = re.compile(
    r"(?i)\b(?:(?:active|this)workbook|active(?:work)?sheet|wb|sht)\.(?:fullname|name|path)\b|cmd\.exe"
)


def xlwings_source(theirs: str) -> str:
    """The module as it stands in our add-in; AssertionError when it is not as examined."""
    for name, digest in _EXAMINED.items():
        found = sha256(_procedure(theirs, name).encode()).hexdigest()
        assert found == digest, f"xlwings has changed {name}: read it again, then note {found}"
    ours = theirs
    for name in _LEFT_OUT:
        ours = ours.replace(_procedure(ours, name), "")
    for change in (*_SETTINGS, *_NAMES, *_COMMAND_LINES, *_WORDS):
        places = ours.count(change.theirs)
        assert places == change.places, f"xlwings has changed its add-in: {change.theirs}"
        ours = ours.replace(change.theirs, change.ours)
    left = [line for line in ours.splitlines() if _OF_A_WORKBOOK.search(_without_remark(line))]
    assert not left, f"xlwings asks for the name of a workbook: {left}"
    return ours


def _procedure(source: str, name: str) -> str:
    """The text of a procedure, from its head to its end."""
    pattern = rf"(?ms)^(?:Public |Private )?(Function|Sub) {name}\(.*?^End \1\n"
    found = re.search(pattern, source)
    assert found, f"xlwings has no {name} any more"
    return found[0]


def _without_remark(line: str) -> str:
    """A line of VBA up to its remark, which begins with ' outside of a text."""
    return re.match(r"""(?:[^'"]|"[^"]*")*""", line)[0]  # type: ignore[index]  # matches always
