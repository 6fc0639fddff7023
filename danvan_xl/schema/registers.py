"""The registers (sổ theo dõi), declared in data/so-theo-doi.toml: their sheets, rules and blocks.

To add a register, add it to that file; its head explains the words. Template, reader, checks, the
language of column Nguồn and the summary follow from here.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from danvan_xl.schema.columns import WORK_FIELDS, Column, Kind, Sheet
from danvan_xl.schema.criteria import criteria_sets
from danvan_xl.vietnamese.public_words import PublicList
from danvan_xl.vietnamese.text import match_key

REGISTERS_FILE = Path(__file__).parents[1] / "data" / "so-theo-doi.toml"


# What a template already says in a register whose rows are a list of official criteria.
GIVEN_COLUMNS = ("criteria_set", "number", "criterion")


class Extra(StrEnum):
    """Columns of a block that no sheet has: they are worked out row by row."""

    UNIT = "unit"
    STATUS = "status"
    RANK = "rank"
    OVERDUE = "overdue_days"
    CARRIED = "carried"
    PLACE = "place"


EXTRA_COLUMNS = {
    Extra.UNIT: Column(Extra.UNIT, "Đơn vị", width=26),
    Extra.STATUS: Column(Extra.STATUS, "Tình trạng", width=16),
    Extra.RANK: Column(Extra.RANK, "Cấp", width=11),
    Extra.OVERDUE: Column(Extra.OVERDUE, "Số ngày quá hạn", Kind.COUNT, width=11),
    Extra.CARRIED: Column(Extra.CARRIED, "Năm trước chuyển sang", width=11),
    Extra.PLACE: Column(Extra.PLACE, "Nơi ghi", width=22),
}


class MeasureKind(StrEnum):
    """How a column of a block is worked out; the values are the words of the data file."""

    COUNT = "count"
    FILLED = "filled"
    ALL = "all"
    SUM = "sum"
    LATEST = "latest"
    MEDIAN = "median"
    LONGEST = "longest"
    SIZE = "size"
    SHARE = "share"
    MINUS = "minus"


class Measure(NamedTuple):
    """One column of a block; `parts` are the labels of other measures it is worked out from."""

    label: str
    kind: MeasureKind
    columns: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


class Condition(NamedTuple):
    """Which rows count: those whose `column` is one of `values`; without any, is filled in."""

    column: str
    values: tuple[str, ...] = ()


class Block(NamedTuple):
    """A table of sheet Sổ theo dõi: groups of rows with measures, or a list of rows.

    `by` are the columns that make the groups. A list shows `columns` and is sorted by `sort`.
    """

    title: str
    by: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    where: Condition | None = None
    columns: tuple[str, ...] = ()
    sort: str = ""
    total: bool = False
    chart: str = ""

    @property
    def is_list(self) -> bool:
        """Whether the block lists rows instead of counting them."""
        return bool(self.columns)


class Deadline(NamedTuple):
    """Columns of the day something is due and was done, and the words for how it stands.

    `labels`: done in time, done late, done without a deadline, under way, overdue.
    """

    due: str
    done: str
    labels: tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """One register; see data/so-theo-doi.toml for what each part says."""

    sheet: Sheet
    levels: tuple[str, ...]
    blocks: tuple[Block, ...]
    date: str = ""
    key: str = ""
    name_column: str = ""
    state_column: str = ""
    begins: str = ""
    ends: str = ""
    deadline: Deadline | None = None
    in_order: tuple[tuple[str, str], ...] = ()
    not_more: tuple[tuple[str, str], ...] = ()
    reference: str = ""
    parts: str = ""
    either: tuple[str, ...] = ()
    persons: Condition | None = None

    @property
    def name(self) -> str:
        """The identifier of the register."""
        return self.sheet.name

    @property
    def title(self) -> str:
        """The words on its tab."""
        return self.sheet.title

    @property
    def needed_columns(self) -> frozenset[str]:
        """The columns that rules look at, or that every row fills in."""
        names = {column.name for column in self.sheet.columns if column.required}
        names |= {*self.sheet.signature, self.date, self.key, self.begins, self.ends, *self.either}
        if self.deadline is not None:
            names |= {self.deadline.due, self.deadline.done}
        return frozenset(names)

    def column(self, name: str) -> Column:
        """A column of the sheet or one worked out row by row; KeyError if there is none."""
        extra = next((column for key, column in EXTRA_COLUMNS.items() if key == name), None)
        return extra or self.sheet[name]


def telling_columns(register: Register) -> tuple[str, ...]:
    """The columns of which a row that counts has filled in one.

    They are the required ones; in a list of official criteria, what somebody adds to it.
    """
    if register.reference:
        return tuple(name for name in register.sheet.signature if name not in GIVEN_COLUMNS)
    required = tuple(column.name for column in register.sheet.columns if column.required)
    return required or register.sheet.signature


class RegistersError(ValueError):
    """The data file of the registers is wrong; the text says where and what."""


@lru_cache(maxsize=4)
def load_registers(path: Path = REGISTERS_FILE) -> tuple[Register, ...]:
    """The registers a data file declares, in its order; RegistersError when it is wrong."""
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8"))["register"]
        return tuple(_register(entry) for entry in declared)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise RegistersError(f"Tệp {path.name}: {error}") from error


def find_register(registers: Sequence[Register], title: str) -> Register | None:
    """The register whose tab or identifier is called so; None when there is none."""
    key = match_key(title)
    return next((item for item in registers if key in (match_key(item.title), item.name)), None)


def _register(entry: Mapping[str, Any]) -> Register:
    columns = tuple(_column(words) for words in entry["columns"])
    sheet = Sheet(
        name=entry["name"],
        title=entry["title"],
        columns=columns,
        signature=tuple(entry["signature"]),
        heading=entry["heading"],
        help=entry.get("help", ""),
    )
    deadline = entry.get("deadline")
    statuses = tuple(deadline["labels"]) if deadline else ()
    register = Register(
        sheet=sheet,
        levels=tuple(entry["levels"]),
        blocks=tuple(_block(words, columns, statuses) for words in entry.get("blocks", ())),
        date=entry.get("date", ""),
        key=entry.get("key", ""),
        name_column=entry.get("name_column", ""),
        state_column=entry.get("state_column", ""),
        begins=entry.get("begins", ""),
        ends=entry.get("ends", ""),
        deadline=Deadline(deadline["due"], deadline["done"], statuses) if deadline else None,
        in_order=_pairs(entry.get("in_order", ())),
        not_more=_pairs(entry.get("not_more", ())),
        reference=entry.get("reference", ""),
        parts=entry.get("parts", ""),
        either=tuple(entry.get("either", ())),
        persons=_condition(entry.get("persons")),
    )
    _check(register)
    return register


def _column(words: Mapping[str, Any]) -> Column:
    choices = tuple(words.get("choices", ()))
    if "list" in words:
        choices = _LISTS[words["list"]]()
    known = {key: value for key, value in words.items() if key not in ("list", "choices")}
    known["kind"] = Kind(words.get("kind", Kind.TEXT))
    if "public" in known:
        known["public"] = PublicList(known["public"])
    for name in ("also_called", "share"):
        known[name] = tuple(words.get(name, ()))
    return Column(choices=choices, **known)


# Lists of choices that other parts of the program know as well.
_LISTS: Mapping[str, Callable[[], tuple[str, ...]]] = {
    "work_fields": lambda: WORK_FIELDS,
    "criteria_sets": lambda: tuple(item.name for item in criteria_sets()),
}


def _block(words: Mapping[str, Any], columns: Sequence[Column], statuses: tuple[str, ...]) -> Block:
    return Block(
        title=words["title"],
        by=tuple(words.get("by", ())),
        measures=tuple(
            measure
            for entry in words.get("measures", ())
            for measure in _measures(entry, columns, statuses)
        ),
        where=_condition(words.get("where")),
        columns=tuple(words.get("columns", ())),
        sort=words.get("sort", ""),
        total=words.get("total", False),
        chart=words.get("chart", ""),
    )


def _condition(words: Mapping[str, Any] | None) -> Condition | None:
    return Condition(words["column"], tuple(words.get("values", ()))) if words else None


def _measures(
    words: Mapping[str, Any], columns: Sequence[Column], statuses: tuple[str, ...]
) -> Iterator[Measure]:
    """The measure an entry declares; with `each`, one for every choice of a column."""
    if each := words.get("each"):
        choices = {column.name: column.choices for column in columns} | {Extra.STATUS: statuses}
        for choice in choices[each]:
            yield Measure(choice, MeasureKind.COUNT, (each,), (choice,))
        return
    kind = next((item for item in MeasureKind if item in words), MeasureKind.COUNT)
    said = words.get(kind)
    named = said if isinstance(said, list) else [said] if isinstance(said, str) else []
    if kind in (MeasureKind.SHARE, MeasureKind.MINUS):
        yield Measure(words["label"], kind, parts=tuple(named))
        return
    column = [words["column"]] if "column" in words else []
    values = tuple(words.get("values", ()))
    yield Measure(words["label"], kind, (*named, *column), values)


def _pairs(pairs: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in pairs)


def _check(register: Register) -> None:
    """Raise ValueError for a word of a register that names nothing, or gives a secret away."""
    deadline = register.deadline
    rules = [register.date, register.key, register.name_column, register.state_column]
    rules += [register.begins, register.ends, register.parts]
    rules += [register.persons.column] if register.persons else []
    if deadline is not None:
        rules += [deadline.due, deadline.done]
        if len(deadline.labels) != 5:
            raise ValueError(f"sổ '{register.title}': deadline cần đủ 5 nhãn")
    rules += [name for pair in (*register.in_order, *register.not_more) for name in pair]
    for name in (*register.sheet.signature, *register.either, *filter(None, rules)):
        _known(register, name)
    for block in register.blocks:
        shown = [*block.by, *block.columns, *([block.where.column] if block.where else [])]
        for name in (*shown, *(name for item in block.measures for name in item.columns)):
            if _known(register, name).private:
                raise ValueError(
                    f"sổ '{register.title}', bảng '{block.title}': cột '{name}' không được đưa "
                    "vào báo cáo (private)"
                )
        labels = {measure.label for measure in block.measures}
        for label in (*(part for item in block.measures for part in item.parts), block.chart):
            if label and label not in labels:
                raise ValueError(
                    f"sổ '{register.title}', bảng '{block.title}': không có nhãn '{label}'"
                )


def _known(register: Register, name: str) -> Column:
    try:
        return register.column(name)
    except KeyError:
        raise ValueError(f"sổ '{register.title}': không có cột '{name}'") from None
