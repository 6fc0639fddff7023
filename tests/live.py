"""LibreOffice as a program xlwings drives, for tests of the buttons."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from danvan_xl.excel.libreoffice import install
from danvan_xl.excel.libreoffice.bridge import OfficeError


@pytest.fixture(scope="module")
def office() -> Iterator[Any]:
    """An application without workbooks, ended with the tests of a module."""
    try:
        app = install().App(visible=False, add_book=False)
    except OfficeError as error:
        pytest.fail(f"{error} Run 'make test', which installs what the tests need.")
    yield app
    app.quit()


@pytest.fixture
def open_book(office) -> Iterator[Any]:
    """Open a workbook; all are closed when the test ends."""
    opened = []

    def call(path: Path) -> Any:
        opened.append(office.books.open(str(path)))
        return opened[-1]

    yield call
    for book in opened:
        if book.impl in list(office.impl.books):
            book.close()


def said(office: Any) -> str:
    """Return what the officer was shown last."""
    return str(office.impl.alerts[-1][0])


def contents(sheet: Any) -> list[list[Any]]:
    """Return the formulas of a sheet, row by row."""
    cells = sheet.range((1, 1), sheet.used_range.last_cell)
    found = cells.formula
    return [list(row) for row in found] if isinstance(found, tuple) else [[found]]
