"""The page says the share that was caught, and of every survivor why, or that a test is missing."""

from mutation.mutants import Change, Fate, Tried
from mutation.page import render, share_of
from mutation.reasons import key_of

UNITS, RATING = "danvan_xl/rollup/units.py", "danvan_xl/rollup/rating.py"
BORDER = Change(RATING, "rate", 58, "if a > b:", "if a >= b:")
UNION = Change(UNITS, "join_portions", 130, "left | right", "left & right")
TRIED = (
    Tried("a", UNITS, Fate.CAUGHT),
    Tried("b", UNITS, Fate.CAUGHT),
    Tried("c", UNITS, Fate.SURVIVED, UNION),
    Tried("d", RATING, Fate.SURVIVED, BORDER),
    Tried("e", RATING, Fate.UNTRIED),
)


def test_the_page_has_a_line_for_each_module_and_each_survivor():
    page = render(TRIED, 7_000, {key_of(BORDER): "không đổi gì: bằng thì đã xét ở trên"})

    assert "Thử 4 trong 7000 chỗ sửa được, phép thử thấy 2: 50,0 %." in page
    assert "Không kể 1 chỗ có lý do dưới đây: 66,7 %." in page
    assert "Hết giờ khi còn 1 chỗ chưa thử" in page
    assert "| `rollup/units.py` | 3 | 2 | 66,7 % |" in page
    assert "| `rollup/rating.py` | 1 | 0 | 0,0 % |" in page
    assert (
        "| 58 | `rate` | `if a > b:` | `if a >= b:` | không đổi gì: bằng thì đã xét ở trên |"
    ) in page
    assert "| `left \\| right` | `left & right` | chưa có phép thử |" in page


def test_long_lines_are_cut_to_where_they_differ():
    long = Change(UNITS, "f", 1, f"{'a' * 60} > {'b' * 60}", f"{'a' * 60} >= {'b' * 60}")

    page = render([Tried("a", UNITS, Fate.SURVIVED, long)], 1, {})

    assert f"| `…{'a' * 22} > {'b' * 23}…` | `…{'a' * 22} >= {'b' * 23}…` |" in page


def test_nothing_tried_is_no_share():
    assert str(share_of([])) == "–"
