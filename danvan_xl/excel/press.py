"""What happens around every button: settings are put back, errors become a message."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

from danvan_xl.jobs.failures import sentence_of

TITLE = "Dân vận"
_QUIET = {"screen_updating": False, "display_alerts": False, "enable_events": False}
Macro = Callable[[Any], str]


class CannotPressError(Exception):
    """A button cannot do its work; the text says in Vietnamese why and what to do."""


def press(macro: Macro, book: Any, *, stays: bool = True) -> str:
    """Run a macro on an open workbook and show the officer how it ended; return what was shown.

    Whatever goes wrong, Excel's settings are as before, and the selection too if the macro `stays`;
    what is shown is a sentence, and nothing where there is nothing to say.
    """
    try:
        with _quietly(book), _same_place(book) if stays else nullcontext():
            text = macro(book)
    except Exception as error:  # noqa: BLE001 - the last door: no traceback reaches an officer
        text = in_words(error)
    if text:
        book.app.alert(text, TITLE)
    return text


def in_words(error: Exception) -> str:
    """What went wrong, for the officer."""
    return str(error) if isinstance(error, CannotPressError) else sentence_of(error)


@contextmanager
def _quietly(book: Any) -> Iterator[None]:
    """Keep the screen still; put every setting back."""
    app = book.app
    before = {name: getattr(app, name) for name in _QUIET}
    try:
        for name, value in _QUIET.items():
            setattr(app, name, value)
        yield
    finally:
        for name, value in before.items():
            with suppress(Exception):  # one setting refused must not keep the others
                setattr(app, name, value)
        with suppress(Exception):
            app.status_bar = False


@contextmanager
def _same_place(book: Any) -> Iterator[None]:
    """Come back to the sheet and the cells the officer was at."""
    sheet, address = book.sheets.active, _selected(book)
    try:
        yield
    finally:
        with suppress(Exception):  # the sheet may be gone
            sheet.activate()
            if address:
                sheet.range(address).select()


def _selected(book: Any) -> str:
    with suppress(Exception):  # a chart may be selected, or nothing
        return str(book.app.selection.address)
    return ""
