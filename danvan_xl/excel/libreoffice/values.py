"""Values on their way between Python and Calc: days, error values, blanks."""

import datetime as dt
import math
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

EPOCH = dt.datetime(1899, 12, 30)
_SECONDS = 86_400
_ERRORS = {
    502: "#VALUE!",
    503: "#NUM!",
    511: "#VALUE!",
    519: "#VALUE!",
    521: "#NULL!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}


class CellError(NamedTuple):
    """An error value, as Excel prints it."""

    text: str


def error_of(number: int) -> CellError:
    """What Excel shows for an error of LibreOffice."""
    return CellError(_ERRORS.get(number, "#VALUE!"))


def day_of(serial: float) -> dt.datetime:
    """The time a number stands for in a workbook."""
    return EPOCH + dt.timedelta(seconds=round(serial * _SECONDS))


def serial_of(day: dt.date) -> float:
    """The number that stands for a time in a workbook."""
    moment = day if isinstance(day, dt.datetime) else dt.datetime.combine(day, dt.time())
    return (moment.replace(tzinfo=None) - EPOCH).total_seconds() / _SECONDS


def cleaned(  # the five ways of xlwings' converters
    data: Sequence[Sequence[Any]],
    datetime_builder: Callable[..., Any],
    empty_as: Any,
    number_builder: Callable[[float], Any] | None,
    err_to_str: bool,
) -> list[list[Any]]:
    """Raw values as xlwings' options ask for them."""

    def clean(value: Any) -> Any:
        if value is None or value == "":
            return empty_as
        if isinstance(value, CellError):
            return value.text if err_to_str else None
        if isinstance(value, dt.datetime) and datetime_builder is not dt.datetime:
            return datetime_builder(
                year=value.year,
                month=value.month,
                day=value.day,
                hour=value.hour,
                minute=value.minute,
                second=value.second,
                microsecond=value.microsecond,
                tzinfo=None,
            )
        if number_builder is not None and isinstance(value, float):
            return number_builder(value)
        return value

    return [[clean(value) for value in row] for row in data]


def prepared(value: Any, _options: Any = None) -> Any:
    """One value as Calc takes it; NaN is blank, as in Excel."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if hasattr(value, "to_pydatetime"):
        return value.to_pydatetime()
    if hasattr(value, "item"):
        return value.item()
    return value


# Texts and quoted tabs are left as they are; what is looked for is a tab before a cell, and commas.
_OF_EXCEL = re.compile(r'"(?:[^"]|"")*"|(?P<tab>\'(?:[^\']|\'\')*\'|[^\W\d][\w.]*)!|(?P<comma>,)')
_OF_CALC = re.compile(
    r'"(?:[^"]|"")*"'
    r"|\$?(?P<tab>'(?:[^']|'')*'|[^\W\d]\w*)\.(?=\$?[A-Z]{1,3}\$?\d)"
    r"|(?P<comma>;)"
)


def to_calc(formula: str) -> str:
    """A formula as Calc takes it: $'Tab'.A1, and ";" between arguments."""
    if not formula.startswith("="):
        return formula
    return _OF_EXCEL.sub(lambda found: _rewritten(found, "${}.", ";"), formula)


def to_excel(formula: str) -> str:
    """A formula of Calc as Excel writes it: 'Tab'!A1, and "," between arguments."""
    if not formula.startswith("="):
        return formula
    return _OF_CALC.sub(lambda found: _rewritten(found, "{}!", ","), formula)


def _rewritten(found: re.Match[str], tab: str, comma: str) -> str:
    if found["comma"]:
        return comma
    return tab.format(found["tab"]) if found["tab"] else found[0]
