"""docs/phu-thuoc.md lists the lock, marks what is old, and takes no answer for no fault."""

import datetime as dt
import re

from benchmarks.dependencies import (
    LOCK,
    OLD_AFTER,
    PAGE,
    Known,
    Locked,
    Release,
    faults,
    locked,
    page,
    releases,
)

DAY = re.compile(r"Lập ngày (\d\d/\d\d/\d{4})")


def rows(text: str) -> list[list[str]]:
    lines = re.findall(r"^\| (.+) \|$", text, re.MULTILINE)[1:]
    return [[cell.strip() for cell in line.split(" | ")] for line in lines]


def as_day(text: str) -> dt.date:
    day, month, year = map(int, text.split("/"))
    return dt.date(year, month, day)


def test_the_page_lists_what_is_locked_with_its_age():
    text = PAGE.read_text("utf-8")
    made = as_day(DAY.search(text)[1])
    listed = rows(text)

    assert [Locked(row[0], row[1], row[2].strip("`")) for row in listed] == list(
        locked(LOCK.read_text("utf-8"))
    )
    for name, _, _, released, age, *_ in listed:
        days = (made - as_day(released)).days
        assert age == (f"{days} **cũ**" if days > OLD_AFTER else str(days)), name


def test_what_could_not_be_asked_is_not_said_to_be_clean():
    audit = {
        "dependencies": [
            {"name": "sach", "version": "1", "vulns": []},
            {"name": "hong", "version": "2", "vulns": [{"id": "PYSEC-2"}, {"id": "CVE-1"}]},
            {"name": "im", "skip_reason": "not found"},
        ]
    }
    pylock = (
        '[[packages]]\nname = "hong"\nversion = "2"\n'
        "wheels = [{ upload-time = 2024-01-02T03:04:05Z }]\n"
        "sdist = { upload-time = 2024-01-01T00:00:00Z }\n"
    )
    known = Known(
        {(name, one.version): one for name, one in releases(pylock)},
        {"hong": "3", "sach": "1"},
        dict(faults(audit)),
    )
    packages = (
        Locked("sach", "1"),
        Locked("hong", "2"),
        Locked("im", "3", "sys_platform == 'win32'"),
    )

    assert known.releases == {("hong", "2"): Release("2", dt.date(2024, 1, 1))}
    assert rows(page(packages, known, dt.date(2026, 1, 1))) == [
        ["sach", "1", "", "", "", "", "không"],
        ["hong", "2", "", "01/01/2024", "731 **cũ**", "3", "CVE-1, PYSEC-2"],
        ["im", "3", "`sys_platform == 'win32'`", "", "", "", "chưa hỏi được"],
    ]
