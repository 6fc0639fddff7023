"""The cells of one row of sheet Chỉ tiêu, as formulas name them."""

from collections.abc import Mapping
from dataclasses import dataclass

ColumnLetters = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RowCells:
    """The cells of one row, by column name; KeyError where the sheet has no such column."""

    number: int
    letters: ColumnLetters

    def __getitem__(self, name: str) -> str:
        return f"{self.letters[name]}{self.number}"

    def fixed(self, name: str) -> str:
        """A cell whose column stays put when the formula is copied to the right."""
        return f"${self.letters[name]}{self.number}"

    def has(self, *names: str) -> bool:
        """Whether the sheet has these columns."""
        return self.letters.keys() >= set(names)
