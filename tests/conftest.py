"""LibreOffice as a program xlwings drives: started once, when a test asks for it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def office() -> Iterator[Any]:
    """An application without workbooks, ended with the tests."""
    from danvan_xl.excel.libreoffice import install_engine
    from danvan_xl.excel.libreoffice.bridge import OfficeError

    try:
        app = install_engine().App(visible=False, add_book=False)
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
