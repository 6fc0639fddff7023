Attribute VB_Name = "DanVanRibbon"
Option Explicit

' The tab "Dan van": every button calls the Python function of its own name.
' Only ASCII here; Vietnamese text is written with \uXXXX and read by Viet().

Private mRibbon As IRibbonUI
Private mEvents As DanVanEvents

Public Sub DV_OnLoad(ribbon As IRibbonUI)
    Set mRibbon = ribbon
    Set mEvents = New DanVanEvents
    Set mEvents.App = Application
    DV_Describe
End Sub

' A workbook was opened, left or closed: look again which buttons make sense.
Public Sub DV_Refresh()
    If Not mRibbon Is Nothing Then mRibbon.Invalidate
End Sub

Public Sub DV_HasWorkbook(control As IRibbonControl, ByRef returnedVal)
    returnedVal = Not (ActiveWorkbook Is Nothing)
End Sub

' The id of a button is "dv_" and the name of its function.
Public Sub DV_Press(control As IRibbonControl)
    DV_Run Mid(control.ID, 4)
End Sub

' Which workbook it is stands beside the command line, never in it: a name may hold anything.
Public Sub DV_Run(ByVal button As String)
    Dim number As Long
    If ActiveWorkbook Is Nothing Then Workbooks.Add
    If Not PythonIsThere() Then Exit Sub
    On Error GoTo Failed
    TellWorkbook ActiveWorkbook.Name
    RunPython "import danvan_xl.excel.buttons as b; b." & button & "()"
    TellWorkbook ""
    Exit Sub
Failed:
    number = Err.number ' TellWorkbook forgets it
    TellWorkbook ""
    MsgBox DV_NotStarted(number), vbExclamation, Viet("D\u00E2n v\u1EADn")
End Sub

' Windows would not start the program: a policy forbids it, or something guards the computer.
Public Function DV_NotStarted(ByVal number As Long) As String
    DV_NotStarted = Viet("M\u00E1y n\u00E0y kh\u00F4ng cho Excel ch\u1EA1y ch\u01B0\u01A1ng tr\u00ECnh d\u00E2n v\u1EADn ") & _
        Viet("(l\u1ED7i ") & number & Viet("). S\u1ED5 kh\u00F4ng b\u1ECB \u0111\u1EE5ng t\u1EDBi. ") & _
        Viet("Nh\u1EDD ng\u01B0\u1EDDi qu\u1EA3n tr\u1ECB m\u00E1y cho ph\u00E9p ch\u1EA1y Python c\u1EE7a danvan_xl, ") & _
        Viet("ho\u1EB7c d\u00F9ng l\u1EC7nh danvan-xl trong c\u1EEDa s\u1ED5 l\u1EC7nh.")
End Function

' For the program that is started next. Where that is not allowed, Python takes the active workbook.
Private Sub TellWorkbook(ByVal title As String)
    Dim variables As Object
    On Error Resume Next
    Set variables = WScript.Environment("PROCESS")
    If variables Is Nothing Then Exit Sub
    If title = "" Then
        variables.Remove "DANVAN_XL_WORKBOOK"
    Else
        variables("DANVAN_XL_WORKBOOK") = title
    End If
End Sub

Private Function PythonIsThere() As Boolean
    Dim interpreter As String
    interpreter = GetConfig("INTERPRETER_WIN", "")
    PythonIsThere = FileExists(interpreter)
    If PythonIsThere Then Exit Function
    MsgBox DV_WithoutPython() & vbNewLine & interpreter, vbExclamation, Viet("D\u00E2n v\u1EADn")
End Function

Public Function DV_WithoutPython() As String
    DV_WithoutPython = Viet("Kh\u00F4ng th\u1EA5y Python c\u1EE7a danvan_xl. ") & _
        Viet("C\u00E0i l\u1EA1i b\u1EB1ng l\u1EC7nh: danvan-xl cai-dat")
End Function

' Python could not do its work at all: keep what it said and show a sentence.
Public Sub DV_ShowError(ByVal log As String)
    Dim kept As String
    kept = Environ("TEMP") & "\danvan-xl-loi.log"
    On Error Resume Next
    FileCopy log, kept
    On Error GoTo 0
    MsgBox Viet("danvan_xl kh\u00F4ng ch\u1EA1y \u0111\u01B0\u1EE3c. G\u1EEDi t\u1EC7p n\u00E0y cho ") & _
        Viet("ng\u01B0\u1EDDi h\u1ED7 tr\u1EE3: ") & kept & vbNewLine & _
        Viet("T\u1EF1 ki\u1EC3m tra b\u1EB1ng l\u1EC7nh: danvan-xl cai-dat --kiem-tra"), _
        vbExclamation, Viet("D\u00E2n v\u1EADn")
End Sub

' "\u1EAD" becomes the letter itself.
Public Function Viet(ByVal text As String) As String
    Dim at As Long, result As String
    at = InStr(text, "\u")
    Do While at > 0
        result = result & Left(text, at - 1) & ChrW(CLng("&H" & Mid(text, at + 2, 4)))
        text = Mid(text, at + 6)
        at = InStr(text, "\u")
    Loop
    Viet = result & text
End Function
