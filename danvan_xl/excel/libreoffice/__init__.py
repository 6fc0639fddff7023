"""An engine of xlwings over LibreOffice Calc: the macros of the add-in run there unchanged.

It stands on the BSD part of xlwings alone (its base classes), and on LibreOffice's own Python
bridge, UNO.
"""

from typing import Any

from danvan_xl.excel.quick import import_xlwings


def install_engine() -> Any:
    """Make LibreOffice the active engine of xlwings and return the module xlwings.

    Raises OfficeError where LibreOffice or its Python bridge is missing.
    """
    xlwings = import_xlwings()
    from danvan_xl.excel.libreoffice.application import Engine

    if Engine.name not in [engine.name for engine in xlwings.engines]:
        xlwings.engines.add(xlwings.Engine(impl=Engine()))
    engines: Any = xlwings.engines
    engines.active = engines[Engine.name]
    return xlwings
