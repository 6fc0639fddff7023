"""A workbook that is packed quickly: XlsxWriter offers no choice of how hard to compress."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import xlsxwriter.workbook
from xlsxwriter.exceptions import FileCreateError
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


@contextmanager
def packed(
    path: Path, options: dict[str, Any], kind: type[Workbook] = QuickWorkbook
) -> Iterator[Workbook]:
    """A workbook that is at `path` when the block has ended well; OSError when it cannot be.

    It is packed in memory first: to a disk that is full, XlsxWriter would not let go of the file.
    """
    content: Any = io.BytesIO()  # XlsxWriter takes it, whatever its annotations say
    workbook = kind(content, options)
    yield workbook
    try:
        workbook.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error
    path.write_bytes(content.getbuffer())


class _QuickZip(ZipFile):
    """A ZIP file whose parts, from memory or from disk, are compressed at `_LEVEL`."""

    def write(self, *args: Any, **options: Any) -> None:
        """Pack a file."""
        super().write(*args, **{**options, "compresslevel": _LEVEL})

    def writestr(self, *args: Any, **options: Any) -> None:
        """Pack what is in memory."""
        super().writestr(*args, **{**options, "compresslevel": _LEVEL})
