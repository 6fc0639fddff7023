"""Why a cell gives no figure, and what was probably meant: asked about, never guessed."""

import datetime as dt
import math
import re
from decimal import Decimal

from danvan_xl.files.grid import Cell, ShownAsPercent
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.cell_words import begins_with_word, holds_word
from danvan_xl.vietnamese.measures import factor_into, is_measure, is_share, magnitude
from danvan_xl.vietnamese.numbers import State, TypedNumber, is_beyond_cells, parse_typed
from danvan_xl.vietnamese.periods import YEAR_END
from danvan_xl.vietnamese.printed import show_share, vietnamese_number
from danvan_xl.vietnamese.privacy import Attributed, Ours, Typed
from danvan_xl.vietnamese.text import tidy

_MOST_PERCENT = 1_000  # of what a cell shows; more is a figure typed into a cell made for shares
_FIRST_TYPED_YEAR = 2000
_READABLE = 1e21
_EPOCH, _AFTER_LEAP_DAY = dt.date(1899, 12, 30), dt.date(1900, 3, 1)
_ERRORS = ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
_DITTO = re.compile(
    r"[\"'〃″”“’´`]+"
    r"|[-\s]*(?:nt|n\.t\.?|n/t|như trên|như (?:tháng|năm) trước|như cũ|không đổi)[-\s]*",
    re.IGNORECASE,
)
# "20-30", "3 đến 5 triệu", "từ 2 tới 3 hộ"; what stands between is no sign of a negative number.
_RANGE = re.compile(
    r"(?:từ\s*)?\d[\d.,]*[^\d/]*?(?:[-–—~÷]|đến|tới|hoặc|hay)\s*\d[\d.,]*[^\d]*", re.IGNORECASE
)
_LETTERS_LIKE_DIGITS = str.maketrans("OolI", "0011")
_WITH_LETTERS = re.compile(r"[\d.,]*[Oo][\d.,Oo]*|(?=.*\d)[\d.,OolI]+")


def problem_of(
    raw: Cell, typed: TypedNumber | None, measure: str, factor: Decimal | None, at: Place
) -> Issue | None:
    """Why a cell gives no figure, None when it gives one.

    `typed` is what its text means, None where it holds no text; `measure` is its row's ĐVT;
    `factor` is None where the words behind the number name another measure.
    """
    if typed is None:
        return _no_text(raw, at)
    if any(map(is_beyond_cells, filter(None, (typed.value, typed.other, typed.planned)))):
        return issue(Code.FIGURE_TOO_LARGE, at, value=Typed(quoted(raw)))
    if isinstance(raw, ShownAsPercent):
        return _percent_problem(typed.value, measure, at)
    if typed.state is State.UNREADABLE:
        return _unreadable(Typed(quoted(raw)), at)
    return _other_measure(Typed(quoted(raw)), typed, measure, factor, at)


def _other_measure(
    text: Typed, typed: TypedNumber, measure: str, factor: Decimal | None, at: Place
) -> Issue | None:
    """What is said of a number in another measure than its row's, None of one in its own."""
    percent = is_share(measure)
    if typed.percent and (not percent or _is_of_another(typed.unit)):
        return issue(Code.PERCENT_NOT_FIGURE, at, value=text, measure=measure_said(measure))
    if percent and _says_two(typed):
        return issue(Code.PAIR_NOT_SHARE, at, value=text, hint=Ours(_share_hint(typed)))
    if factor is None and not (percent and typed.share is not None):
        values = {"measure": measure_said(measure), "hint": Ours(_converted(typed, measure))}
        return issue(Code.MEASURE_IN_CELL, at, value=text, **values)
    return None


def _percent_problem(value: Decimal | None, measure: str, at: Place) -> Issue | None:
    """Why a number that its cell shows as a percentage is no figure of its row."""
    if value is None:
        return None
    shown = Ours(f"{vietnamese_number(value)}%")
    if not is_share(measure):
        reason = Ours("dòng này không tính bằng %")
        return issue(Code.PERCENT_CELL_NOT_READ, at, shown=shown, reason=reason)
    if abs(value) > _MOST_PERCENT:
        reason = Ours(f"lớn hơn {vietnamese_number(_MOST_PERCENT)}%")
        return issue(Code.PERCENT_CELL_NOT_READ, at, shown=shown, reason=reason)
    return None


def _is_of_another(words: str) -> bool:
    """Whether words behind a percentage say that it is one of the plan, or of another year."""
    return any(holds_word(words, f"ty_le.{name}") for name in ("ke_hoach", "can_ke_hoach"))


def _says_two(typed: TypedNumber) -> bool:
    """Whether a text in a row of % says two numbers, and none is known to be the percentage."""
    if typed.percent:
        return False
    if typed.share is not None:
        return typed.planned is None and not typed.unit
    return typed.planned is not None


def quoted(raw: Cell) -> str:
    """What a cell says as a message repeats it: on one line."""
    return tidy(str(raw))


def error_said(text: str) -> Attributed:
    """What a formula shows instead of a value: Excel's own words, or what else a file says."""
    return Ours(text) if text.upper() in _ERRORS else Typed(text)


def measure_said(measure: str) -> Attributed:
    """A row's ĐVT: the words of one that is known, or what else was typed there."""
    return Ours(measure) if is_measure(measure) else Typed(measure)


def _no_text(raw: Cell, at: Place) -> Issue:
    """What is said of a day, a time of day, of TRUE or FALSE, of what is too large."""
    if isinstance(raw, dt.date):
        day = Ours(f"ngày {raw:%d/%m/%Y}")
        return issue(Code.NUMBER_IS_DATE, at, value=day, meant=Ours(_meant(raw)))
    if isinstance(raw, dt.time | dt.timedelta):
        return issue(Code.NUMBER_IS_DATE, at, value=Ours(f"giờ {_clock(raw)}"), meant=Ours())
    if isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw):
        return issue(Code.FIGURE_TOO_LARGE, at, value=Ours(_in_full(raw)))
    shown = ("ĐÚNG" if raw else "SAI") if isinstance(raw, bool) else str(raw)
    return issue(Code.NUMBER_UNREADABLE, at, value=Typed(shown))


def _in_full(number: float) -> str:
    """A large number with its digits; one nobody could read so, as Excel shows it."""
    shown = f"{number:.15G}".replace(".", ",")
    return vietnamese_number(Decimal(int(number))) if abs(number) < _READABLE else shown


def _meant(day: dt.date) -> str:
    """What a person typed that Excel made a day of: 1/2 by 01/02/2026, 10/24 by 01/10/2024.

    Machines set to American dates take the month first. A count in a cell made for dates shows a
    day of the last century; as Excel has a 29/02/1900, days before it count one less.
    """
    if day.year < _FIRST_TYPED_YEAR:
        serial = day.toordinal() - _EPOCH.toordinal()
        serial -= day.toordinal() < _AFTER_LEAP_DAY.toordinal()
        return f" (có thể là số {vietnamese_number(serial)} trong ô định dạng ngày)"
    forms = [f"{day.day}/{day.month}", f"{day.day}-{day.month}"]
    if day.day != day.month and day.day <= YEAR_END:
        forms.append(f"{day.month}/{day.day}")
    if day.day == 1:
        forms.append(f"{day.month}/{day:%y}")
    *first, last = forms
    return f" (có thể Excel tự đổi {', '.join(first)} hoặc {last} thành ngày)"


def _clock(raw: dt.time | dt.timedelta) -> str:
    if isinstance(raw, dt.time):
        return f"{raw:%H:%M}"
    minutes = int(raw.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02d}"


def _unreadable(text: Typed, at: Place) -> Issue:
    if text.upper() in _ERRORS:
        return issue(Code.NUMBER_IS_ERROR, at, value=error_said(text))
    if _DITTO.fullmatch(text):
        return issue(Code.NUMBER_IS_DITTO, at, value=text)
    if _WITH_LETTERS.fullmatch(text):
        guess = text.translate(_LETTERS_LIKE_DIGITS)
        if parse_typed(guess).value is not None:
            return issue(Code.LETTER_IN_NUMBER, at, value=text, guess=Typed(guess))
    if _RANGE.fullmatch(text) or begins_with_word(text, "khong_ro_bao_nhieu"):
        return issue(Code.NOT_ONE_NUMBER, at, value=text)
    return issue(Code.NUMBER_UNREADABLE, at, value=text)


def _share_hint(typed: TypedNumber) -> str:
    """The text " (95%)" for 19/20, "" where nothing can be divided."""
    if not typed.planned or typed.value is None:
        return ""
    return f" ({show_share(typed.value / typed.planned)})"


def _converted(typed: TypedNumber, measure: str) -> str:
    """The text " (1.500)" for "1,5 tỷ" where millions are asked for; "" where it is not certain."""
    factor = factor_into(typed.unit, measure)
    found = magnitude(typed.unit)
    if factor is None and found is not None:
        times, thing = found
        into_money = factor_into("đồng", measure) if thing in ("", "đồng") else None
        factor = into_money and times * into_money
    if factor is None or typed.value is None or typed.other is not None:
        return ""
    return f" ({vietnamese_number(typed.value * factor)})"
