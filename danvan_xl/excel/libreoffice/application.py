"""The engine as xlwings sees it: applications of LibreOffice, their workbooks and names."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from xlwings import base_classes

from danvan_xl.excel.libreoffice.bridge import Office
from danvan_xl.excel.libreoffice.names import Names
from danvan_xl.excel.libreoffice.sheets import Sheets
from danvan_xl.excel.libreoffice.values import cleaned, prepared

_FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".ods": "calc8",
    ".csv": "Text - txt - csv (StarCalc)",
}


class Engine:
    """LibreOffice as an engine of xlwings."""

    name = "libreoffice"
    type = "desktop"
    prepare_xl_data_element = staticmethod(prepared)
    clean_value_data = staticmethod(cleaned)

    def __init__(self) -> None:
        self._apps = Apps(self)

    @property
    def apps(self) -> "Apps":
        """The applications that run."""
        return self._apps


class Apps(base_classes.Apps):
    """The processes of LibreOffice that were started from here, the latest first."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.running: list[App] = []

    def keys(self) -> list[int]:
        """The process numbers."""
        return [app.pid for app in self.running]

    def add(
        self,
        spec: Any = None,  # noqa: ARG002 - xlwings' signature
        add_book: bool | None = None,
        xl: Any = None,  # noqa: ARG002 - xlwings' signature
        visible: bool | None = None,
    ) -> "App":
        """Start LibreOffice."""
        app = App(self, visible=bool(visible))
        self.running.insert(0, app)
        if add_book:
            app.books.add()
        return app

    @staticmethod
    def cleanup() -> None:
        """Nothing is left behind by a process that ended."""

    def __iter__(self) -> Iterator["App"]:
        return iter(self.running)

    def __len__(self) -> int:
        return len(self.running)

    def __getitem__(self, pid: int) -> "App":
        return next(app for app in self.running if app.pid == pid)


class App(base_classes.App):
    """One process of LibreOffice; what it would show in a message box is kept in `alerts`."""

    # Excel's switches, kept for those who put them back.
    screen_updating: Any = True
    display_alerts: Any = True
    enable_events: Any = True
    interactive: Any = True
    status_bar: Any = False
    cut_copy_mode: Any = False

    def __init__(self, apps: Apps, *, visible: bool) -> None:
        self._apps = apps
        self._visible = visible
        self.office = Office(visible=visible)
        self._books = Books(self)
        self.alerts: list[tuple[str, str]] = []

    @property
    def engine(self) -> Engine:
        """The engine this is an application of."""
        return self._apps.engine

    @property
    def api(self) -> Any:
        """The desktop of UNO."""
        return self.office.desktop

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self.office.pid

    @property
    def version(self) -> str:
        """The version of LibreOffice is not asked for."""
        return "LibreOffice"

    @property
    def books(self) -> "Books":
        """The open workbooks."""
        return self._books

    @property
    def visible(self) -> bool:
        """Whether there is a window."""
        return self._visible

    @visible.setter
    def visible(self, value: bool) -> None:
        """LibreOffice is started with a window or without one."""

    @property
    def selection(self) -> Any:
        """The cells selected on the active sheet."""
        return self.books.active.sheets.active.selection

    @property
    def calculation(self) -> str:
        """Whether formulas follow by themselves."""
        is_automatic = self.books.active.document.isAutomaticCalculationEnabled()
        return "automatic" if is_automatic else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        for book in self.books:
            book.document.enableAutomaticCalculation(value == "automatic")

    def calculate(self) -> None:
        """Work out every formula of the active workbook."""
        self.books.active.document.calculateAll()

    def activate(self, steal_focus: bool = False) -> None:
        """There is one window at most."""

    def alert(self, prompt: str, title: str, buttons: Any, mode: Any, callback: Any) -> str:  # noqa: ARG002
        """Keep what would be shown; the answer is "ok"."""
        self.alerts.append((prompt, title))
        return "ok"

    def quit(self) -> None:
        """Close every workbook, so that no lock file stays behind, and end the process."""
        for book in list(self.books):
            book.close()
        self.kill()

    def kill(self) -> None:
        """End the process."""
        self.office.stop()
        if self in self._apps.running:
            self._apps.running.remove(self)


class Books(base_classes.Books):
    """The open workbooks, the latest first."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.opened: list[CalcBook] = []

    @property
    def api(self) -> Any:
        """The components of UNO."""
        return self.app.api.Components

    @property
    def active(self) -> "CalcBook":
        """The workbook last opened or activated."""
        return self.opened[0]

    def add(self) -> "CalcBook":
        """Open a new workbook."""
        return self._load("private:factory/scalc", None)

    def open(self, fullname: Any, *_others: Any, **_options: Any) -> "CalcBook":
        """Open a file without running any macro; OSError when that cannot be done."""
        path = Path(fullname).absolute()
        return self._load(path.as_uri(), path)

    def _load(self, address: str, path: Path | None) -> "CalcBook":
        uno = self.app.office.uno
        hidden = _property(uno, "Hidden", not self.app.visible)
        no_macros = _property(uno, "MacroExecutionMode", 0)
        document = self.app.api.loadComponentFromURL(address, "_blank", 0, (hidden, no_macros))
        if document is None:
            raise OSError(f"LibreOffice không mở được {path}.")
        book = CalcBook(self, document, path)
        self.opened.insert(0, book)
        return book

    def __call__(self, key: int | str) -> "CalcBook":
        """A workbook by its place, its name or its path."""
        if isinstance(key, int):
            return self.opened[key - 1]
        for book in self.opened:
            if key in (book.name, book.fullname):
                return book
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self.opened)

    def __iter__(self) -> Iterator["CalcBook"]:
        return iter(self.opened)


class CalcBook(base_classes.Book):
    """One open workbook."""

    def __init__(self, books: Books, document: Any, path: Path | None) -> None:
        self.books = books
        self.document = document
        self._path = path
        # How sheets are printed is put right only then: it takes LibreOffice long to lay out pages.
        self.before_printing: list[Callable[[], None]] = []

    @property
    def api(self) -> Any:
        """The document of UNO."""
        return self.document

    @property
    def app(self) -> App:
        """The application it is open in."""
        return self.books.app

    @property
    def name(self) -> str:
        """The name of its file; that of a new one is made up, as in Excel."""
        return self._path.name if self._path else "Book1"

    @property
    def fullname(self) -> str:
        """The path of its file, or its name when it was never saved."""
        return str(self._path) if self._path else self.name

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """Its names for cells."""
        return Names(self, self.document)

    def activate(self) -> None:
        """Make it the active workbook."""
        self.books.opened.remove(self)
        self.books.opened.insert(0, self)

    def save(self, path: Any = None, password: Any = None) -> None:  # noqa: ARG002
        """Save it, under another path if one is given."""
        target = Path(path or self.fullname).absolute()
        self._store(target, _FILTERS[target.suffix.lower()])
        self._path = target

    def save_copy(self, path: Path) -> None:
        """Write a copy; this stays the workbook that is open."""
        self._store(path, _FILTERS[path.suffix.lower()])

    def to_pdf(self, path: Any, quality: Any = None) -> None:  # noqa: ARG002
        """Print it to a PDF file."""
        self._store(Path(path).absolute(), "calc_pdf_Export")

    def _store(self, path: Path, kind: str) -> None:
        while self.before_printing:
            self.before_printing.pop()()
        uno = self.app.office.uno
        options = (_property(uno, "FilterName", kind), _property(uno, "Overwrite", True))
        self.document.storeToURL(path.as_uri(), options)

    def close(self) -> None:
        """Close it without saving."""
        with contextlib.suppress(Exception):  # closed by a person meanwhile
            self.document.close(True)
        self.books.opened.remove(self)


def _property(uno: Any, name: str, value: Any) -> Any:
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made
