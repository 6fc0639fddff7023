"""danvan_xl: dân vận plans and figures of Vietnamese communes, kept in the workbook they know.

`danvan_xl.consolidate(workbook, folder)` does the main job; see danvan_xl.api. It is loaded when
first asked for, because the command line must start quickly.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from danvan_xl.api import Result, consolidate

__all__ = ["Result", "consolidate"]


def __getattr__(name: str) -> Any:
    """A name of the Python door."""
    if name in __all__:
        from danvan_xl import api  # see above

        return getattr(api, name)
    raise AttributeError(f"module 'danvan_xl' has no attribute {name!r}")
