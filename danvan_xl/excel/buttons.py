"""The ribbon's buttons: the add-in's VBA calls one function here for each."""

from typing import Any

from danvan_xl.excel import macros
from danvan_xl.excel.caller import calling_app, calling_book
from danvan_xl.excel.press import TITLE, CannotPressError, Macro, press
from danvan_xl.excel.quick import import_xlwings
from danvan_xl.schema.output_sheets import BY_UNIT, ISSUES, UNMET
from danvan_xl.schema.sheets import LEVELS

xw: Any = import_xlwings()
_THON, _COMMUNE, _, _PROVINCE, _, _BODY = LEVELS


def tao_so_thon() -> None:
    """Make a blank workbook for a thôn."""
    _make(_THON)


def tao_so_xa() -> None:
    """Make a blank workbook for a xã."""
    _make(_COMMUNE)


def tao_so_tinh() -> None:
    """Make a blank workbook for a tỉnh."""
    _make(_PROVINCE)


def tao_so_doan_the() -> None:
    """Make a blank workbook for a khối, a đoàn thể."""
    _make(_BODY)


def giao() -> None:
    """Assign the plan to the units."""
    _press(macros.assign)


def kiem_tra() -> None:
    """Mark faulty cells."""
    _press(macros.check)


def nhan() -> None:
    """File what was received."""
    _press(macros.collect)


def tong_hop() -> None:
    """Bring the output sheets up to date."""
    _press(macros.consolidate)


def xem_chua_dat() -> None:
    """Go to the sheet of what is not reached."""
    _press(macros.show(UNMET.title), stays=False)


def xem_theo_don_vi() -> None:
    """Go to the sheet of units."""
    _press(macros.show(BY_UNIT.title), stays=False)


def xem_loi() -> None:
    """Go to the sheet of findings."""
    _press(macros.show(ISSUES.title), stays=False)


def den_o_loi() -> None:
    """Go to the next marked cell."""
    _press(macros.next_fault, stays=False)


def chot_so_lieu() -> None:
    """Make a copy without functions of the add-in."""
    _press(macros.freeze_functions)


def gui() -> None:
    """Make the sending and open its draft."""
    _press(macros.submit)


def huong_dan() -> None:
    """Go to the guide."""
    _press(macros.open_guide, stays=False)


def nhat_ky() -> None:
    """Show where the log is."""
    _press(lambda _book: macros.about_log())


def gioi_thieu() -> None:
    """Say what this is."""
    _press(lambda _book: macros.about())


def _press(macro: Macro, *, stays: bool = True) -> None:
    app = calling_app()
    try:
        book = calling_book(app)
    except CannotPressError as error:
        app.alert(str(error), TITLE)
        return
    press(macro, book, stays=stays)


def _make(level: str) -> None:
    """Make a workbook and open it; no workbook need be open for that."""
    from danvan_xl.excel.press import in_words

    app: Any = xw.apps.active
    try:
        text = macros.make(app, level)
    except Exception as error:  # noqa: BLE001 - the last door: no traceback reaches an officer
        text = in_words(error)
    app.alert(text, TITLE)
