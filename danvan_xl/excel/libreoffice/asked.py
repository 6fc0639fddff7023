"""What the parts of the engine ask of one another, so that each stands only on those before it."""

from collections.abc import Callable
from typing import Any, Protocol

from danvan_xl.excel.libreoffice.bridge import Office

Corners = tuple[int, int, int, int]  # top, left, bottom, right, counted from 0


class AskedApp(Protocol):
    """An application: the process of LibreOffice it stands for."""

    office: Office


class AskedBook(Protocol):
    """An open workbook: its document of UNO, and what is done before it is printed."""

    document: Any
    before_printing: list[Callable[[], None]]

    @property
    def app(self) -> AskedApp:
        """The application it is open in."""

    @property
    def sheets(self) -> Any:
        """Its sheets."""

    @property
    def names(self) -> Any:
        """Its names for cells."""


class AskedSheet(Protocol):
    """A sheet: its workbook, its cells of UNO, and the notes on them."""

    @property
    def api(self) -> Any:
        """The sheet of UNO."""

    @property
    def book(self) -> AskedBook:
        """The workbook it belongs to."""

    @property
    def name(self) -> str:
        """The words on its tab."""

    @property
    def notes(self) -> list[Any]:
        """The notes on its cells."""

    def box(self, top: int, left: int, bottom: int, right: int) -> Any:
        """The cells between two corners, counted from 0."""


class AskedCells(Protocol):
    """Cells of a sheet."""

    sheet: AskedSheet

    @property
    def cells_of_uno(self) -> Any:
        """The cells of UNO."""
