"""Which registers a workbook has, and the dropdowns whose choices must stand in cells."""

from collections.abc import Iterator, Mapping

from danvan_xl.files.grid import column_letter
from danvan_xl.outgoing.contents import Contents
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.registers import Register
from danvan_xl.schema.sheets import MARKER_SHEET, REGISTERS, TARGETS, UNITS

# Lists stand on the hidden sheet below each other, from this column (0-based) to the right.
LISTS_COLUMN = 7
_LONGEST_LIST = 255  # characters Excel takes in a dropdown's own list


def registers_of(contents: Contents) -> tuple[Register, ...]:
    """The registers of the level, and any other that has rows: nothing is dropped."""
    return tuple(
        register
        for register in REGISTERS
        if contents.level in register.levels or contents.registers.get(register.name)
    )


def listed_choices(contents: Contents) -> tuple[tuple[str, ...], ...]:
    """The choices that must stand in cells, each list once."""
    registers = (column for item in registers_of(contents) for column in item.sheet.columns)
    columns = (*registers, *TARGETS.columns, *UNITS.columns, *INFO.fields)
    return tuple(
        dict.fromkeys(column.choices for column in columns if _needs_cells(column.choices))
    )


def choice_cells(contents: Contents) -> Mapping[tuple[str, ...], str]:
    """The cells of the hidden sheet that hold each such list."""
    return dict(_references(contents))


def _references(contents: Contents) -> Iterator[tuple[tuple[str, ...], str]]:
    for position, choices in enumerate(listed_choices(contents), start=LISTS_COLUMN):
        letter = column_letter(position)
        yield choices, f"{MARKER_SHEET}!${letter}$1:${letter}${len(choices)}"


def _needs_cells(choices: tuple[str, ...]) -> bool:
    """Whether a list is too long for a dropdown of its own, or a comma would split its entries."""
    return len(",".join(choices)) > _LONGEST_LIST or any("," in choice for choice in choices)
