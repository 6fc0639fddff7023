"""A workbook that is packed quickly: XlsxWriter offers no choice of how hard to compress."""

from typing import Any
from zipfile import ZipFile

import xlsxwriter.workbook
from xlsxwriter.workbook import Workbook

# A quarter of the time of zlib's own choice, for a file a fifth larger.
_LEVEL = 2


class QuickWorkbook(Workbook):
    """A workbook of XlsxWriter whose parts are compressed at `_LEVEL`."""

    def _store_workbook(self) -> None:
        """Write the file; XlsxWriter looks its kind of ZIP file up in its own module."""
        module: Any = xlsxwriter.workbook
        usual = module.ZipFile
        module.ZipFile = _QuickZip
        try:
            super()._store_workbook()
        finally:
            module.ZipFile = usual


class _QuickZip(ZipFile):
    """A ZIP file whose parts, from memory or from disk, are compressed at `_LEVEL`."""

    def write(self, *args: Any, **options: Any) -> None:
        """Pack a file."""
        super().write(*args, **{**options, "compresslevel": _LEVEL})

    def writestr(self, *args: Any, **options: Any) -> None:
        """Pack what is in memory."""
        super().writestr(*args, **{**options, "compresslevel": _LEVEL})
