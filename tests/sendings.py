"""Sendings made by `gui`, and what somebody does to them who knows how seals are computed."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

from danvan_xl.files.opening import open_unguarded
from danvan_xl.jobs.assign import assign_files
from danvan_xl.jobs.submit import SendingOrder, submit
from danvan_xl.reading.manifests import Sealed, content_hash, manifest_rows, read_manifest
from danvan_xl.reading.signing import sign
from danvan_xl.schema.sheets import MARKER_SHEET
from danvan_xl.writing.template.workbook import write_workbook
from tests.offices import OFFICE, fill, say_about

PACKED_AT = dt.datetime(2026, 7, 5, 8)
XA = "so-xa.xlsx"


def sending(folder: Path, number: int = 1, key: Path | None = None) -> Path:
    """Return what thôn `number` of the xã in a folder sends for half a year."""
    if not (folder / XA).exists():
        write_workbook(folder / XA, OFFICE)
        assign_files(folder / XA, folder / "Giao")
    path = folder / f"Giao/DV_21433.{number}_2026.xlsx"
    fill(path, K=33, K_T6=number, H=8, H_T6=7)
    say_about(path, Kỳ_báo_cáo="6 tháng", Độ_mật="Thường")
    return submit(SendingOrder(path, folder / "Gui", key=key), PACKED_AT).path


def resealed(
    path: Path,
    info: Mapping[str, object] | None = None,
    cells: Mapping[str, object] | None = None,
    manifest: Mapping[str, Any] | None = None,
    key: Path | None = None,
) -> Path:
    """Change a sending, and compute its seal again: as who knows how would do, without a trace.

    `info` are fields of Thông tin by label, `cells` those of Chỉ tiêu, `manifest` what the
    manifest says; a signature stays what it was unless there is a key to sign with.
    """
    changed = path.with_stem(f"{path.stem}-sua")
    book = openpyxl.load_workbook(path, data_only=True)
    for name, value in (cells or {}).items():
        book["Chỉ tiêu"][name] = value
    book.save(changed)
    say_about(changed, **(info or {}))
    opened = open_unguarded(changed)
    sealed = read_manifest(opened.grids)
    assert isinstance(sealed, Sealed)
    fields = json.loads(sealed.text) | {"content": content_hash(opened.grids, sealed.parts)}
    text = json.dumps(fields | dict(manifest or {}), ensure_ascii=False)
    again = sealed._replace(text=text)
    if key is not None:
        public_key, signature = sign(text, key)
        again = again._replace(public_key=public_key, signature=signature)
    book = openpyxl.load_workbook(changed)
    rows = {row[0]: row[1:] for row in manifest_rows(again)}
    for line in book[MARKER_SHEET].iter_rows():
        if line[0].value in rows:
            for at, value in enumerate(rows[line[0].value], start=1):
                book[MARKER_SHEET].cell(line[0].row, at + 1).value = value
    book.save(changed)
    return changed
