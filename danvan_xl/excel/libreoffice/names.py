"""Names for cells in LibreOffice, of a workbook and of its sheets."""

import re
from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from danvan_xl.excel.libreoffice.asked import AskedBook
from danvan_xl.excel.libreoffice.bridge import OfficeError

_REFERENCE = re.compile(r"='?(.+?)'?!(.+)")


class Names(base_classes.Names):
    """The names a workbook gives to cells, or one of its sheets."""

    def __init__(self, book: AskedBook, owner: Any) -> None:
        self.book = book
        self._owner = owner

    @property
    def api(self) -> Any:
        """The named ranges of UNO."""
        return self._owner.NamedRanges

    def __call__(self, key: int | str) -> "Name":
        """A name by its place or by itself."""
        if isinstance(key, int):
            return Name(self, self.api.getByIndex(key - 1))
        return Name(self, self.api.getByName(key))

    def contains(self, name: str) -> bool:
        """Whether there is such a name."""
        return bool(self.api.hasByName(name))

    def __len__(self) -> int:
        return int(self.api.Count)

    def __iter__(self) -> Iterator["Name"]:
        return (Name(self, self.api.getByIndex(index)) for index in range(len(self)))

    def add(self, name: str, refers_to: str) -> "Name":
        """Give cells (='Tab'!$A$1:$B$2) a name, in place of what bore it."""
        match = _REFERENCE.fullmatch(refers_to)
        if match is None:
            raise OfficeError(f"Không phải là vùng ô: {refers_to}")
        if self.contains(name):
            self.api.removeByName(name)
        sheet = match[1].replace("''", "'")
        origin = self.book.app.office.uno.createUnoStruct("com.sun.star.table.CellAddress")
        content = f"$'{sheet}'.{match[2]}".replace("''", "'")
        self.api.addNewByName(name, content, origin, 0)
        return self(name)


class Name(base_classes.Name):
    """One name."""

    def __init__(self, names: Names, named: Any) -> None:
        self._names = names
        self._named = named

    @property
    def api(self) -> Any:
        """The named range of UNO."""
        return self._named

    @property  # type: ignore[misc]  # nothing here renames a name
    def name(self) -> str:
        """The name itself."""
        return str(self._named.Name)

    @property  # type: ignore[misc]  # likewise
    def refers_to(self) -> str:
        """The cells as a formula."""
        cells = self.refers_to_range
        return f"='{cells.sheet.name}'!{cells.address}"

    @property
    def refers_to_range(self) -> Any:
        """The cells; KeyError when it names something else."""
        cells = self._named.ReferredCells
        if cells is None:
            raise KeyError(self.name)
        address = cells.RangeAddress
        return self._names.book.sheets(address.Sheet + 1).box(
            address.StartRow, address.StartColumn, address.EndRow, address.EndColumn
        )

    def delete(self) -> None:
        """Take the name away."""
        self._names.api.removeByName(self.name)
