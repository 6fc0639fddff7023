"""A folder is listed whatever lies in it; every thing has a name of its own that can be shown."""

import os

import pytest

from danvan_xl.files.folders import EntryKind, list_folder, within_reach

LONG = "\\" + "d" * 240


@pytest.mark.parametrize(
    ("path", "reached"),
    [
        ("C:\\Nhan\\a.xlsx", "C:\\Nhan\\a.xlsx"),
        (f"C:{LONG}", f"\\\\?\\C:{LONG}"),
        (f"\\\\may\\chia{LONG}", f"\\\\?\\UNC\\may\\chia{LONG}"),
        (f"\\\\?\\C:{LONG}", f"\\\\?\\C:{LONG}"),
    ],
)
def test_a_long_path_is_extended_where_windows_would_not_open_it(path, reached):
    assert within_reach(path, is_windows=True) == reached
    assert within_reach(path, is_windows=False) == path


def test_two_names_that_look_the_same_are_told_apart(tmp_path):
    for name in (b"a\xff.xlsx", b"a\xfe.xlsx", "a�.xlsx".encode(), b"b\x1b\n.xlsx"):
        (tmp_path / os.fsdecode(name)).touch()

    found = list_folder(tmp_path)

    names = [entry.name for entry in found]
    assert sorted(names) == ["a� (2).xlsx", "a� (3).xlsx", "a�.xlsx", "b��.xlsx"]
    (real,) = (entry.path.name for entry in found if entry.name == "a�.xlsx")
    assert real == "a�.xlsx"


def test_a_link_in_a_circle_is_a_link_to_nowhere_and_no_folder_behind_one_is_entered(tmp_path):
    (tmp_path / "thật").mkdir()
    (tmp_path / "thật" / "a.xlsx").touch()
    for name, target in {"vòng": "vòng", "lên": "..", "lạc": "x", "a": "thật/a.xlsx"}.items():
        (tmp_path / name).symlink_to(target)

    kinds = {entry.name: entry.kind for entry in list_folder(tmp_path)}

    assert kinds == {
        "vòng": EntryKind.LINK_NOWHERE,
        "lạc": EntryKind.LINK_NOWHERE,
        "lên": EntryKind.LINK_TO_FOLDER,
        "a": EntryKind.FILE,
        "thật/a.xlsx": EntryKind.FILE,
    }
