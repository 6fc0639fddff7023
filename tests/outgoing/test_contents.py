import pytest

from danvan_xl.outgoing.contents import blank_contents


def test_what_is_not_said_takes_the_default_of_its_field() -> None:
    contents = blank_contents("", "", "", 2026, [])

    assert contents.level == "Xã"
    assert contents.info_text("cutoff") == "Cuối tháng"
    assert contents.info_text("unit_code") == ""


@pytest.mark.parametrize(
    ("level", "has_units", "is_folded"),
    [
        ("Thôn", False, True),
        ("Xã", True, False),
        ("Tỉnh", True, False),
        ("Khối/Đoàn thể", True, True),
    ],
)
def test_the_level_decides_what_a_workbook_shows(
    level: str, has_units: bool, is_folded: bool
) -> None:
    contents = blank_contents(level, "A", "A", 2026, [])

    assert (contents.has_units, contents.is_folded) == (has_units, is_folded)
