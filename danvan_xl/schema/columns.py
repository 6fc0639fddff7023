"""What a form is made of: columns, sheets and label-value forms, declared and never programmed.

Forms are compared by identity (eq=False), which keeps looking them up cheap.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from danvan_xl.vietnamese.public_words import PublicList

# Lĩnh vực: the fields indicators and registers are grouped by.
WORK_FIELDS = (
    "Kinh tế",
    "Văn hóa - xã hội",
    "Quốc phòng - an ninh",
    "Xây dựng Đảng và hệ thống chính trị",
)


class Kind(StrEnum):
    """What a column holds, which decides its format, its validation and how it is read."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    SHARE = "share"
    COUNT = "count"
    DATE = "date"
    CHOICE = "choice"


FIGURE_KINDS = (Kind.NUMBER, Kind.COUNT, Kind.SHARE)
# What the program puts into a cell: a figure, words (an estimate among them), a day, or nothing.
CellEntry = Decimal | int | str | dt.date | None


class Column(NamedTuple):
    """One column of a sheet, or one field of a label-value form.

    `name` is the identifier in code, `header` the words on the sheet, `also_called` other headers
    officers use for it. `computed` columns hold a native formula in the template. `technical`
    columns are set up once and folded away where nobody changes them; `optional` ones are written
    only where something stands in them, or are hidden until then where cells have their letters for
    good: in Chỉ tiêu and in output sheets. `width` is in characters.

    `measure` is the ĐVT of its figures; without one, a number of Chỉ tiêu is in the ĐVT of its row.
    `most` is the largest figure allowed.

    Of Chỉ tiêu and Thông tin, what stands in a column that `goes_down` is said by the office above
    and handed down by `giao`: of Chỉ tiêu, what the indicator is. Of those and of Đơn vị, what
    stands in one that `goes_up` is in what `gui` sends; all else stays at home.
    What is `shown_in_summary` is a column of the summary: of Chỉ tiêu in Tổng hợp, of Đơn vị in
    Tình hình nộp.

    Of a register: a `required` column is filled in every row; a `private` one goes into no report,
    at home either. Upward go figures, days and choices; of what people wrote in words only what
    stands in a column that `goes_up`, and of one with `public` the words of that list. What is
    `numbered` is told apart there by a number in place of its words.
    `measure_column` names the column that says the ĐVT row by row.
    `share` are the names of the two columns a computed share is worked out from.
    """

    name: str
    header: str
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    default: str = ""
    also_called: tuple[str, ...] = ()
    help: str = ""
    width: float = 10
    computed: bool = False
    technical: bool = False
    optional: bool = False
    required: bool = False
    goes_down: bool = False
    goes_up: bool = False
    shown_in_summary: bool = False
    private: bool = False
    public: PublicList | None = None
    numbered: bool = False
    measure: str = ""
    measure_column: str = ""
    most: int | None = None
    share: tuple[str, ...] = ()


def further_columns(columns: tuple[Column, ...], known: Collection[str]) -> tuple[Column, ...]:
    """Those of the columns that no rule knows by name: all about them follows from their kind.

    `known` are the names of the others; what is computed has a formula of its own.
    """
    return tuple(c for c in columns if c.name not in known and not c.computed)


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A sheet found by its header row.

    `signature` names the columns that must all be there for a header row to be this sheet's, and
    `one_of` those of which one must; `heading` is the title printed above the table.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    signature: tuple[str, ...]
    heading: str = ""
    help: str = ""
    one_of: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Column:
        """The column called `name`; KeyError if there is none."""
        return self.columns[self.position(name)]

    def position(self, name: str) -> int:
        """The 0-based position of a column in the sheet as we write it."""
        for position, column in enumerate(self.columns):
            if column.name == name:
                return position
        raise KeyError(name)


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A label-value sheet: labels in one column, values in the next."""

    name: str
    title: str
    fields: tuple[Column, ...]
    heading: str = ""
    help: str = ""

    def __getitem__(self, name: str) -> Column:
        """The field called `name`; KeyError if there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)
