"""Notes on cells in LibreOffice."""

from typing import Any

from xlwings import base_classes

from danvan_xl.excel.libreoffice.asked import AskedSheet

NOTES = 8  # what UNO's clearContents takes away


class Note(base_classes.Note):
    """A note on a cell."""

    def __init__(self, sheet: AskedSheet, note: Any) -> None:
        self._sheet = sheet
        self._note = note

    @property
    def api(self) -> Any:
        """The annotation of UNO."""
        return self._note

    @property
    def text(self) -> str:
        """Its words."""
        return str(self._note.String)

    @text.setter
    def text(self, value: str) -> None:
        self._note.String = value

    @property
    def author(self) -> str:
        """Who wrote it."""
        return str(self._note.Author)

    @property
    def location(self) -> Any:
        """The cell it stands on."""
        position = self._note.Position
        return self._sheet.box(position.Row, position.Column, position.Row, position.Column)

    def delete(self) -> None:
        """Take it away."""
        self.location.cells_of_uno.clearContents(NOTES)
