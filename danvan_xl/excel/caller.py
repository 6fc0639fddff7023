"""Which open workbook a button was pressed for.

Excel gives the number of its window in the command line and the workbook's name in an environment
variable. The name is only ever compared, so it may hold anything a file's name may hold.
"""

import os
import sys
from importlib import import_module
from typing import Any

from danvan_xl.excel.press import CannotPressError
from danvan_xl.excel.quick import import_xlwings

WORKBOOK_VARIABLE = "DANVAN_XL_WORKBOOK"
_WINDOW = "--hwnd="
xw: Any = import_xlwings()


def calling_app() -> Any:
    """The program whose button was pressed."""
    window = _window()
    if window is None:
        return xw.Book.caller().app
    windows: Any = import_module("xlwings._xlwindows")  # imports what Windows alone has
    return xw.App(impl=windows.App(xl=window))


def calling_book(app: Any) -> Any:
    """The workbook of the press; CannotPressError when it is not open any more."""
    if _window() is None:  # one was set for a test, or handed over to the server of functions
        return xw.Book.caller()
    name = os.environ.get(WORKBOOK_VARIABLE)
    if name is None:  # the system passes none of Excel's variables on
        return app.books.active
    for book in app.books:
        if book.name == name:
            return book
    raise CannotPressError(
        f"Không thấy sổ '{name}' đang mở trong Excel. Mở lại sổ rồi bấm lại; nếu vẫn vậy, lưu sổ "
        "với tên khác chỉ gồm chữ, số và dấu gạch."
    )


def _window() -> int | None:
    """The number of Excel's window; None when the command line has none."""
    given = [text.removeprefix(_WINDOW) for text in sys.argv[1:] if text.startswith(_WINDOW)]
    return int(given[0]) if given else None
