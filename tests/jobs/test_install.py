"""`cai-dat` on a Windows computer that is but a folder, and the folder for a USB stick."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from addin import bundle as usb
from danvan_xl.jobs import install as installing
from danvan_xl.jobs import machine
from danvan_xl.jobs.install import addin_file, install, read_settings, uninstall
from danvan_xl.jobs.machine import Machine
from danvan_xl.jobs.self_test import self_test
from tests.program import running

EXCEL = {
    ("HKCR", r"Excel.Application\CurVer", ""): "Excel.Application.16",
    ("HKLM", r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration", "VersionToReport"): "16.0.1",
    ("HKLM", r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration", "Platform"): "x64",
}


@pytest.fixture
def windows(tmp_path) -> Machine:
    """A user of a Windows computer who has nothing of ours yet."""
    return Machine(
        "Windows",
        tmp_path / "AppData",
        tmp_path / "home",
        Path(sys.executable),
        lambda *where: EXCEL.get(where, ""),
    )


@pytest.fixture
def run(monkeypatch, capsys):
    program = running(monkeypatch, capsys)
    return lambda *options: program("cai-dat", *options)


def tree(folder: Path) -> list[str]:
    return sorted(
        item.relative_to(folder).as_posix() for item in folder.rglob("*") if item.is_file()
    )


def test_the_add_in_and_its_settings_are_put_where_excel_looks(windows, tmp_path):
    done = install(windows)

    assert tree(tmp_path) == [
        "AppData/Microsoft/Excel/XLSTART/danvan.xlam",
        "home/.danvan/danvan.conf",
    ]
    assert done.addin.read_bytes() == addin_file().read_bytes()
    settings = read_settings(done.settings)
    assert settings["INTERPRETER_WIN"] == sys.executable
    assert Path(settings["PYTHONPATH"], "danvan_xl").is_dir()
    assert Path(settings["TEMP DIR"]).is_dir()
    assert done.settings.read_text(encoding="utf-8").startswith('"INTERPRETER_WIN","')
    assert done.remarks == ()


def test_settings_of_others_stay_and_a_second_run_changes_nothing(windows):
    path = windows.home / ".danvan" / "danvan.conf"
    path.parent.mkdir(parents=True)
    path.write_text('"SHOW CONSOLE","True"\r\n"PYTHONPATH","cu"\r\n', encoding="utf-8")

    install(windows)
    first = path.read_bytes()
    install(windows)

    assert path.read_bytes() == first
    assert read_settings(path)["SHOW CONSOLE"] == "True"
    assert read_settings(path)["PYTHONPATH"] != "cu"


def test_removing_takes_away_what_was_installed_and_nothing_else(windows, tmp_path):
    install(windows)
    other = windows.appdata / "Microsoft/Excel/XLSTART/khac.xlam"
    other.write_bytes(b"x")

    removed = uninstall(windows)

    assert [path.name for path in removed] == ["danvan.xlam", "danvan.conf"]
    assert tree(tmp_path) == ["AppData/Microsoft/Excel/XLSTART/khac.xlam"]
    assert uninstall(windows) == ()
    (windows.home / ".danvan/danvan.conf").write_text('"SHOW CONSOLE","True"\r\n', encoding="utf-8")
    uninstall(windows)
    assert read_settings(windows.home / ".danvan/danvan.conf") == {"SHOW CONSOLE": "True"}


def test_a_path_with_marks_is_pointed_out(windows, tmp_path):
    done = install(windows._replace(home=tmp_path / "Nguyễn", spare=tmp_path / "DanVan"))

    assert read_settings(done.settings)["TEMP DIR"] == str(tmp_path / "DanVan" / "tmp")
    assert [remark for remark in done.remarks if "có dấu" in remark]


def test_the_self_test_tells_what_is_good_and_what_is_not(windows):
    before = {item.what: item.is_good for item in self_test(windows)}
    install(windows)

    after = {item.what: (item.is_good, item.found) for item in self_test(windows)}

    assert (before["Phần bổ trợ"], before["Cấu hình"]) == (False, False)
    assert after["Excel"] == (True, "16.0.1, 64 bit")
    assert after["Phần bổ trợ"][0] is True
    assert after["Cấu hình"] == (True, sys.executable)
    assert after["Các nút gọi được Python"] == (True, "được")
    assert after["Dấu tệp tải từ mạng"] == (True, "không có")
    windows.appdata.joinpath("Microsoft/Excel/XLSTART/danvan.xlam:Zone.Identifier").write_text("x")
    windows.appdata.joinpath("Microsoft/Excel/XLSTART/danvan.xlam").write_bytes(b"cu")
    changed = {item.what: item for item in self_test(windows._replace(registry=lambda *_: ""))}
    assert changed["Excel"].is_good is False
    assert "chạy lại: danvan-xl cai-dat" in changed["Phần bổ trợ"].found
    assert "Bỏ chặn" in changed["Dấu tệp tải từ mạng"].found


def test_the_command_installs_tests_and_removes(run, windows, monkeypatch):
    monkeypatch.setattr(machine, "this_machine", lambda: windows)

    code, out, _ = run()
    assert (code, Path(out["addin"]).exists()) == (0, True)
    code, out, _ = run("--kiem-tra")
    faults = [item["what"] for item in out["checks"] if item["is_good"] is False]
    assert (code, faults) == (1, ["Nối với Excel (pywin32)"])
    code, out, _ = run("--go")
    assert (code, len(out["removed"])) == (0, 2)
    code, out, _ = run("--go", "--kiem-tra")
    assert (code, "Chọn một trong hai" in out["error"]) == (2, True)


def test_elsewhere_than_on_windows_it_explains(run):
    for options in ((), ("--go",)):
        code, out, err = run(*options)
        assert (code, "chỉ cài được trên Windows" in out["error"]) == (2, True)
        assert len(err.splitlines()) == 1
    code, out, _ = run("--kiem-tra")
    assert code == 0
    assert {item["what"] for item in out["checks"]} == {
        "Python",
        "xlwings",
        "Các nút gọi được Python",
    }


def test_a_package_without_the_add_in_says_how_to_mend_it(windows, monkeypatch):
    monkeypatch.setattr(installing, "ADDIN", "khong-co.xlam")

    with pytest.raises(installing.CannotInstallError, match="Cài lại"):
        install(windows)


def fake_install(app: Path) -> None:
    for name in (
        "xlwings64-0.1.dll",
        "pywin32_system32/pywintypes311.dll",
        "xlwings/pro/reports.py",
        "adodbapi/adodbapi.py",
        "danvan_xl/__init__.py",
    ):
        (app / name).parent.mkdir(parents=True, exist_ok=True)
        (app / name).write_bytes(b"x")


def embedded(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        for name in names:
            packed.writestr(name, "python311.zip\n.\n")
    return path


def test_the_folder_for_a_usb_stick_has_all_but_what_a_person_supplies(tmp_path):
    remarks = usb.bundle(tmp_path / "DanVan", None, fake_install)

    assert [remark for remark in remarks if "python-3.11.x-embed-amd64.zip" in remark]
    assert tree(tmp_path / "DanVan") == [
        "HUONG-DAN.txt",
        "app/danvan_xl/__init__.py",
        "cai-dat.bat",
        "python/pywintypes311.dll",
        "python/xlwings64-0.1.dll",
    ]
    batch = (tmp_path / "DanVan/cai-dat.bat").read_bytes()
    assert batch.isascii()
    assert b"\r\n" in batch


def test_a_python_that_does_not_answer_is_told(windows, monkeypatch):
    def hang(*_arguments, **options):
        raise subprocess.TimeoutExpired("python", options["timeout"])

    monkeypatch.setattr(subprocess, "run", hang)
    found = {item.what: item for item in self_test(windows)}["Các nút gọi được Python"]

    assert not found.is_good
    assert "chưa xong" in found.found


def test_windows_own_python_is_unpacked_and_finds_our_modules(tmp_path):
    supplied = embedded(tmp_path / "p.zip", "python.exe", "python311.dll", "python311._pth")

    assert usb.bundle(tmp_path / "DanVan", supplied, fake_install) == []

    paths = (tmp_path / "DanVan/python/python311._pth").read_text(encoding="utf-8")
    assert "..\\app" in paths.splitlines()
    assert (tmp_path / "DanVan/python/python.exe").exists()


@pytest.mark.parametrize("names", [(), ("python.exe",), None])
def test_a_zip_that_is_no_such_python_is_told(tmp_path, names):
    supplied = tmp_path / "p.zip"
    if names is None:
        supplied.write_bytes(b"khong phai zip")
    else:
        embedded(supplied, *names)

    (remark,) = usb.bundle(tmp_path / "DanVan", supplied, fake_install)

    assert str(supplied) in remark
    assert not (tmp_path / "DanVan/python/python.exe").exists()
