"""Which paths lead to another machine."""

import re
from pathlib import PureWindowsPath

import pytest

from danvan_xl.files.machines import leads_elsewhere, machine_of

ELSEWHERE = {
    r"\\may-chu\nhan": "may-chu",
    "//may-chu/nhan": "may-chu",
    r"\/may-chu/nhan": "may-chu",
    r"/\may-chu\nhan": "may-chu",
    r"\\may-chu": "may-chu",
    r"\\\may-chu\nhan": "may-chu",
    r"\\10.0.0.5\nhan": "10.0.0.5",
    r"\\may-chu@SSL\DavWWWRoot\nhan": "may-chu",
    r"\\may-chu@SSL@8443\nhan": "may-chu",
    r"\\may-chu@8080\nhan": "may-chu",
    r"\\?\UNC\may-chu\nhan": "may-chu",
    "//?/unc/may-chu/nhan": "may-chu",
    r"\\.\UNC\may-chu\nhan": "may-chu",
    r"\??\UNC\may-chu\nhan": "may-chu",
    r"\\?\GLOBALROOT\Device\Mup\may-chu\nhan": "may-chu",
    r"\\?\GLOBALROOT\Device\LanmanRedirector\;Z:0\may-chu\nhan": "may-chu",
    "smb://may-chu/nhan": "may-chu",
    "SMB://canbo@may-chu:445/nhan": "may-chu",
    "file://may-chu/nhan": "may-chu",
    "file:////may-chu/nhan": "may-chu",
    r"file:\\may-chu\nhan": "may-chu",
    "http://may-chu/nhan": "may-chu",
    r"https:\\may-chu:8443\nhan": "may-chu",
    "ftp://may-chu/nhan": "may-chu",
    "s3://kho/nhan": "kho",
    '  "\\\\may-chu\\nhan" ': "may-chu",
}
HERE = (
    "Nhan",
    r"..\Nhan",
    r"Nhan\\Thang 6",
    "Thư mục/nhận",
    r"D:\Nhan",
    "D:/Nhan",
    r"Z:\Nhan",  # a drive that is connected already
    r"\Nhan",
    "/home/can-bo/Nhan",
    r"\\?\D:\Nhan",
    r"\\?\Volume{3f1a}\Nhan",
    r"\\localhost\nhan",
    r"\\127.0.0.1\c$",
    "file:///D:/Nhan",
    "file://D:/Nhan",
    "file:///home/Nhan",
    "Nhận: tháng 6",
    "",
)


@pytest.mark.parametrize(("path", "machine"), ELSEWHERE.items())
def test_a_path_to_another_machine_is_told(path, machine):
    assert machine_of(path) == machine


@pytest.mark.parametrize("path", HERE)
def test_a_path_on_this_machine_is_none(path):
    assert machine_of(path) == ""


@pytest.mark.parametrize("path", [*ELSEWHERE, *HERE])
def test_whatever_windows_takes_for_a_share_is_one(path):
    drive = (PureWindowsPath(r"C:\So") / path).drive
    is_share = drive.startswith("\\\\") and not re.match(r"\\\\(\?|localhost|127)", drive)
    assert not is_share or machine_of(path)


@pytest.mark.parametrize(
    ("path", "start", "machine"),
    [
        (r"\\may-chu\nhan", r"D:\So\so.xlsx", "may-chu"),
        (r"\\may-chu\nhan", r"\\MAY-CHU\so\so.xlsx", ""),
        (r"\\may-chu\nhan", "//?/UNC/may-chu/so/so.xlsx", ""),
        (r"\\may-la\nhan", r"\\may-chu\so\so.xlsx", "may-la"),
        ("Nhan", r"\\may-chu\so\so.xlsx", ""),
        (r"D:\Nhan", r"\\may-chu\so\so.xlsx", ""),
    ],
)
def test_the_machine_of_the_workbook_itself_is_no_other(path, start, machine):
    assert leads_elsewhere(path, start) == machine
