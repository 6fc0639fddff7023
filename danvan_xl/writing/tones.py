"""Which words of a report are good, bad or waiting, and how each is coloured."""

from collections.abc import Mapping
from decimal import Decimal

from danvan_xl.rollup.rating import Rating
from danvan_xl.schema.messages import Severity
from danvan_xl.writing import styles

Tone = Mapping[str, object]

PLAIN: Tone = {}
GOOD: Tone = {"bg_color": styles.GOOD_FILL, "font_color": styles.GOOD_INK}
# Bold as well: on a black-and-white print the bad ones must still stand out.
BAD: Tone = {"bg_color": styles.BAD_FILL, "font_color": styles.BAD_INK, "bold": True}
WAIT: Tone = {"bg_color": styles.WAIT_FILL, "font_color": styles.WAIT_INK}
MUTE: Tone = {"bg_color": styles.MUTE_FILL, "font_color": styles.MUTE_INK}

RATING_TONES: Mapping[str, Tone] = {
    Rating.EXCEEDED: GOOD,
    Rating.REACHED: GOOD,
    Rating.ON_TRACK: GOOD,
    Rating.WITHIN: GOOD,
    Rating.BEHIND: BAD,
    Rating.AT_RISK: BAD,
    Rating.MISSED: BAD,
    Rating.INCOMPLETE: WAIT,
    Rating.NOT_REPORTED: WAIT,
    Rating.PLAN_UNKNOWN: WAIT,
    Rating.NOT_ASSIGNED: MUTE,
    Rating.UNDER_WAY: MUTE,
}

# By column name: the words that are coloured there.
WORD_TONES: Mapping[str, Mapping[str, Tone]] = {
    "rating": RATING_TONES,
    "severity": {Severity.ERROR: BAD, Severity.WARNING: WAIT, Severity.NOTE: MUTE},
    "status": {
        "Đã nộp": GOOD,
        "Nộp chậm": WAIT,
        "Nộp trống": WAIT,
        "Thiếu tháng": WAIT,
        "Có lỗi": BAD,
        "Chưa nộp": BAD,
    },
}

_HALF = Decimal("0.5")


def share_tone(share: Decimal) -> Tone:
    """The colour of a completion that nothing but its size judges."""
    if _HALF <= share < 1:
        return MUTE
    return GOOD if share >= 1 else BAD
