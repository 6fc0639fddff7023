"""What a form is made of: columns, sheets and label-value forms, declared and never programmed.

Forms are compared by identity (eq=False), which keeps looking them up cheap.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

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


class Column(NamedTuple):
    """One column of a sheet, or one field of a label-value form.

    `name` is the identifier in code, `header` the words on the sheet, `also_called` other headers
    officers use for it. `computed` columns hold a native formula in the template. `technical`
    columns are set up once and folded away where nobody changes them; `optional` ones are written
    only where something stands in them. `width` is in characters.

    Of a register: a `required` column is filled in every row; a `private` one is for the unit alone
    and goes into no report. `measure` is the ĐVT of its figures, or `measure_column` names the
    column that says it row by row; `most` is the largest figure allowed. `share` are the names of
    the two columns a computed share is worked out from.
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
    private: bool = False
    measure: str = ""
    measure_column: str = ""
    most: int | None = None
    share: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A sheet found by its header row.

    `signature` names the columns that must all be there for a header row to be this sheet's;
    `heading` is the title printed above the table. `output` sheets are written by the program
    alone.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    signature: tuple[str, ...]
    heading: str = ""
    help: str = ""
    output: bool = False

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
