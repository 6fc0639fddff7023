"""What a workbook says goes into a new one as people saw it."""

import io

import pytest
import xlsxwriter

from danvan_xl.files.opening import open_bytes_unguarded
from danvan_xl.outgoing.carrying import typed_in
from danvan_xl.reading.workbook import read_book
from danvan_xl.vietnamese.numbers import parse_typed

HEAD = ("Mã", "Chỉ tiêu", "ĐVT", "Kế hoạch", "T1", "T2", "T3")


def carried(cells, merged=()):
    """Return what is carried over of a row in %; `cells` are (cell, value, format)."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Chỉ tiêu")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ("A", "Tỷ lệ", "%"))
        for area in merged:
            sheet.merge_range(area, "")
        for cell, value, code in cells:
            sheet.write(cell, value, workbook.add_format({"num_format": code}))
    opened = open_bytes_unguarded(stream.getvalue(), "so.xlsx")
    return typed_in(opened, read_book(opened))


@pytest.mark.parametrize(
    ("value", "text"), [(0.92, "92%"), (0.925, "92,5%"), (0.92125, "92,1250%"), (0, "0%")]
)
def test_a_number_shown_as_a_percentage_is_carried_as_it_is_seen(value, text):
    content = carried([("E2", value, "0%"), ("D2", 0.95, "0%")])

    row = content.contents.targets[0]
    assert row.months[0] == text
    assert row.indicator.plan == 95
    assert parse_typed(text).other is None


def test_what_a_merge_covers_is_not_carried_and_is_named():
    content = carried([("E2", 90, "0"), ("F2", 7, "0")], merged=("E2:G2",))

    assert content.contents.targets[0].months[:2] == (90, None)
    assert ("F2", "7") in {(item.place.cell, item.text) for item in content.loose}
