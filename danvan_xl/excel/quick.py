"""xlwings, imported without the large libraries it looks for: half a second a press would wait."""

import sys
from typing import Any

# xlwings has converters for their tables; the buttons pass lists.
_NOT_NEEDED = ("pandas", "polars", "matplotlib", "numpy", "plotly", "PIL")


def import_xlwings() -> Any:
    """Xlwings; others may import those libraries as ever afterwards."""
    hidden = [name for name in _NOT_NEEDED if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # what makes an import fail
    try:
        import xlwings
    finally:
        for name in hidden:
            del sys.modules[name]
    return xlwings
