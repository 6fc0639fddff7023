"""`nhan` and `tong-hop` tell one story of the same files: which counts, and why others do not."""

import datetime as dt
from pathlib import Path

import pytest

from danvan_xl.consolidation.one_workbook import check_paths
from danvan_xl.inbox.collecting import CollectingOrder, collect
from danvan_xl.jobs.consolidate import Reading, consolidate_files
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.messages import Code, Severity
from tests.on_disk import thon_file, xa_file
from tests.parcels import mail

ROW = "| K | Kinh tế | Chỉ tiêu | cái | 10 | {} | | |"
FIRST_RUN, SECOND_RUN = dt.datetime(2026, 7, 6, 17), dt.datetime(2026, 7, 20, 17)
ABOUT_VERSIONS = (Code.OLDER_AFTER_NEWER, Code.UNIT_SUPERSEDED, Code.VERSIONS_UNSURE)


def come(folder: Path, name: str, figure: int, day: str, mailed: str = "") -> None:
    """Put a workbook of thôn 1 among what came, by itself or attached to a mail."""
    made = thon_file(folder, 1, ROW.format(figure), Kỳ_báo_cáo="6 tháng", Ngày_lập=day)
    path = made.rename(folder / f"{name}.xlsx")
    if mailed:
        (folder / f"{name}.eml").write_bytes(mail(path, date=mailed).as_bytes())
        path.unlink()


def said(issues: tuple[Issue, ...], *codes: Code) -> list[tuple[str, str]]:
    """Return the file and the reason of each finding of these codes."""
    return [
        (item.place.file.rpartition("/")[2], dict(item.values).get("why", ""))
        for item in issues
        if item.code in codes
    ]


@pytest.mark.parametrize(
    ("first", "second", "counts", "why"),
    [
        # Of one run nothing but the names tells two files of a day apart.
        ([("a", 1, "05/07/2026"), ("b", 2, "05/07/2026")], [], 2, "hai bản cùng ngày 05/07/2026"),
        ([("b", 1, ""), ("a", 2, "")], [], 1, "không bản nào ghi Ngày lập"),
        ([("a", 1, "04/07/2026"), ("b", 2, "")], [], 1, "không ghi Ngày lập nên coi là cũ nhất"),
        # Of two runs the later brought what was received later.
        ([("b", 1, "")], [("a", 2, "")], 2, "không bản nào ghi Ngày lập, bản này nhận trước"),
        ([("b", 1, "05/07/2026")], [("a", 2, "04/07/2026")], 1, "bản này cũ hơn"),
        # Mails go by their own time, whenever they were filed.
        (
            [("a", 1, "", "Mon, 06 Jul 2026 09:00:00 +0700")],
            [("b", 2, "", "Mon, 06 Jul 2026 01:00:00 +0000")],
            1,
            "bản này nhận trước",
        ),
        (
            [("b", 1, "", "Mon, 06 Jul 2026 09:00:00 +0700")],
            [("a", 2, "", "Mon, 06 Jul 2026 03:00:00 +0000")],
            2,
            "bản này nhận trước",
        ),
        # That a blank one is the older is a guess, and told whichever came first.
        ([("b", 1, "")], [("a", 2, "04/07/2026")], 2, "không ghi Ngày lập nên coi là cũ nhất"),
        # A day that lay ahead when the file came does so for ever.
        ([("a", 1, "08/07/2026"), ("b", 2, "04/07/2026")], [], 2, "sau ngày nhận"),
        ([("a", 1, "07/07/2026"), ("b", 2, "04/07/2026")], [], 1, "bản này cũ hơn"),
    ],
)
def test_both_count_the_same_file_for_the_same_reason(tmp_path, first, second, counts, why):
    found: tuple[Issue, ...] = ()
    for run, files, now in (("1", first, FIRST_RUN), ("2", second, SECOND_RUN)):
        (tmp_path / run).mkdir()
        for file in files:
            come(tmp_path / run, *file)
        done = collect(CollectingOrder((tmp_path / run,), tmp_path / "Nhan", now=now))
        found += done.issues

    reading = Reading(today=dt.date(2026, 7, 31))
    office = xa_file(tmp_path, ROW.format(""), Kỳ_báo_cáo="6 tháng")
    result = consolidate_files(office, tmp_path / "Nhan", reading=reading).result

    assert result.lines["k"].actual == counts
    submission = result.units[0].submission
    assert submission is not None
    assert done.counted == {submission.file}
    (reason,) = said(result.issues, *ABOUT_VERSIONS)
    assert why in reason[1]
    came_newer = bool(second) and reason[0].startswith("01_")
    is_no_news = came_newer and "coi là cũ nhất" not in why  # a newer one came, as it should
    assert said(found, *ABOUT_VERSIONS) == ([] if is_no_news else [reason])
    ahead = said(found, Code.DAY_IN_FUTURE)
    assert bool(ahead) is bool(said(result.issues, Code.DAY_IN_FUTURE))
    assert bool(ahead) is ("sau ngày nhận" in why)


def test_a_newer_file_that_counts_by_its_name_alone_is_told_by_both(tmp_path):
    folder = tmp_path / "den"
    folder.mkdir()
    come(folder, "a", 1, "05/07/2026")
    come(folder, "b", 2, "05/07/2026")

    done = collect(CollectingOrder((folder,), tmp_path / "Nhan", now=FIRST_RUN))
    (told,) = done.issues

    assert (told.code, told.severity) == (Code.VERSIONS_UNSURE, Severity.WARNING)
    assert "01_a.xlsx" in told.message
    assert "02_b.xlsx" in told.message


def test_the_offices_own_day_far_ahead_is_told_at_its_cell(tmp_path):
    office = xa_file(tmp_path, ROW.format(1), Ngày_lập="07/07/2026")

    for today, told in ((dt.date(2026, 7, 5), ["B5"]), (dt.date(2026, 7, 6), [])):
        result = consolidate_files(office, reading=Reading(today=today)).result
        for issues in (result.issues, check_paths([office], today=today).issues):
            found = [item for item in issues if item.code is Code.DAY_IN_FUTURE]
            assert [item.place.cell for item in found] == told
