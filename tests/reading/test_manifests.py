"""The manifest of a sending: read back as written, and what counts as a change."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_xl.files.grid import Grid
from danvan_xl.reading.manifests import (
    Manifest,
    Sealed,
    SourceFile,
    UnreadableManifest,
    content_hash,
    hash_of_text,
    is_unchanged,
    manifest_rows,
    manifest_text,
    read_manifest,
)
from tests.sheets import grid

SHEETS = (
    Grid("Chỉ tiêu", [["Mã", "T1"], ["K1", 12.0], ["", None], ["K2", dt.date(2026, 7, 5)]]),
    Grid("Thông tin", [["Mã đơn vị", "A"]]),
)
SOURCE = SourceFile("thon-1.xlsx", "ab" * 32, "A.1", "Thôn 1", "")


def packed(grids=SHEETS, parts='{"a":1}', **changed):
    """Return sheets with the manifest of a sending behind them."""
    fields = {
        "unit_code": "A",
        "unit_name": "Xã A",
        "year": 2026,
        "period": "Tháng 6",
        "month": 6,
        "template_version": "1.1",
        "program_version": "0.1.0",
        "sent_at": "2026-07-05T08:00:00",
        "sequence": 2,
        "content": content_hash(grids, parts),
        "previous": "cd" * 32,
        "sources": (SOURCE,),
    }
    text = manifest_text(Manifest(**(fields | changed)))
    rows = [["Mẫu", "1.1"], *map(list, manifest_rows(Sealed(Manifest(**fields), text, parts)))]
    return (*grids, Grid("_danvan", rows, hidden=True))


def edited(grids, title, row, column, value):
    """Return the sheets with one cell changed."""
    return tuple(
        Grid(
            grid.title,
            [
                [
                    value if (grid.title, r, c) == (title, row, column) else cell
                    for c, cell in enumerate(cells)
                ]
                for r, cells in enumerate(grid.rows)
            ],
        )
        for grid in grids
    )


def test_a_manifest_is_read_back_as_it_was_written():
    grids = packed()

    sealed = read_manifest(grids)

    assert isinstance(sealed, Sealed)
    assert sealed.manifest.sources == (SOURCE,)
    assert (sealed.manifest.sequence, sealed.manifest.previous) == (2, "cd" * 32)
    assert sealed.parts == '{"a":1}'
    assert sealed.seal == sealed.stated_seal == hash_of_text(sealed.text)
    assert is_unchanged(grids, sealed)


def test_a_manifest_longer_than_a_cell_is_put_together_again():
    many = tuple(SourceFile(f"thon-{number}.xlsx", "ab" * 32) for number in range(2_000))
    grids = packed(sources=many)

    sealed = read_manifest(grids)

    assert isinstance(sealed, Sealed)
    assert sealed.manifest.sources == many
    assert max(len(cell) for cell in grids[-1].rows[2]) <= 30_000


@pytest.mark.parametrize(
    ("title", "row", "column", "value"),
    [
        ("Chỉ tiêu", 1, 1, 13.0),
        ("Chỉ tiêu", 1, 1, ""),
        ("Chỉ tiêu", 2, 1, 0.0),
        ("Thông tin", 0, 1, "B"),
    ],
)
def test_any_changed_cell_is_a_change(title, row, column, value):
    grids = edited(packed(), title, row, column, value)

    assert not is_unchanged(grids, read_manifest(grids))


def test_a_sheet_more_and_another_part_are_changes():
    grids = packed()
    sealed = read_manifest(grids)

    assert not is_unchanged((*grids, Grid("Mới", [["a"]])), sealed)
    assert not is_unchanged(grids, sealed._replace(parts='{"a":2}'))


def test_a_figure_moved_to_another_row_is_a_change():
    moved = """
        | Mã  | T1 |
        |     |    |
        | K1  | 12 |
    """
    packed_grids = packed((grid("| Mã | T1 |\n| K1 | 12 |\n| | |"),))

    assert not is_unchanged((grid(moved), packed_grids[-1]), read_manifest(packed_grids))


def test_a_figure_moved_to_another_column_is_a_change():
    packed_grids = packed((grid("| Mã | T1 | T2 |\n| K1 | 12 | |"),))
    moved = grid("| Mã | T1 | T2 |\n| K1 | | 12 |")

    assert not is_unchanged((moved, packed_grids[-1]), read_manifest(packed_grids))


def test_sheets_that_change_their_names_are_a_change():
    """Two registers of one form say whose they are by their sheets' names alone."""
    packed_grids = packed((grid("| 1 |", "Sổ A"), grid("| 2 |", "Sổ B")))
    renamed = (grid("| 1 |", "Sổ B"), grid("| 2 |", "Sổ C"), packed_grids[-1])

    assert not is_unchanged(renamed, read_manifest(packed_grids))


@pytest.mark.parametrize(
    ("written", "saved", "same"),
    [
        (True, True, True),
        (True, False, False),
        (True, 1.0, False),
        (5.0, 5, True),
        (0.1, 0.1 + 1e-14, True),
        (0.1, 0.1 + 1e-9, False),
        (dt.date(2026, 7, 5), dt.datetime(2026, 7, 5, 8), False),
        (dt.datetime(2026, 7, 5, 8), dt.datetime(2026, 7, 5, 9), False),
        (" Xã\n A ", "Xã A", True),
    ],
)
def test_what_a_cell_says_counts_not_how_it_is_kept(written, saved, same):
    one, other = (content_hash([Grid("Sổ", [[cell]])], "") for cell in (written, saved))

    assert (one == other) is same


def test_a_changed_manifest_no_longer_has_its_seal():
    grids = packed()
    rows = [list(row) for row in grids[-1].rows]
    rows[2][1] = rows[2][1].replace('"sequence":2', '"sequence":9')
    changed = (*grids[:-1], Grid("_danvan", rows))

    sealed = read_manifest(changed)

    assert sealed.manifest.sequence == 9
    assert not is_unchanged(changed, sealed)


def test_what_another_program_saves_differently_is_no_change():
    grids = packed()
    saved = (
        Grid(
            "Thông tin",
            [["Mã đơn vị", "A\u00a0"]],
        ),
        Grid(
            "Chỉ tiêu",
            [["Mã", "T1", ""], ["K1", 12.0000000000001], [], ["K2", dt.datetime(2026, 7, 5)]],
        ),
        grids[-1],
    )

    assert is_unchanged(saved, read_manifest(saved))


def test_a_workbook_without_a_manifest_is_no_sending():
    assert read_manifest(SHEETS) is None
    assert read_manifest((*SHEETS, Grid("_danvan", [["Mẫu", "1.1"], []]))) is None


@pytest.mark.parametrize(
    "rows",
    [
        [["Bản gửi", "9"]],
        [["Bản gửi", "1"]],
        [["Bản gửi", "1"], ["Kê khai", "{"]],
        [["Bản gửi", 1.0], ["Kê khai", "[]"]],
        [["Bản gửi", "1"], ["Kê khai", '{"sources":[]}']],
    ],
)
def test_a_broken_manifest_is_told_from_none(rows):
    assert isinstance(read_manifest([Grid("_danvan", rows)]), UnreadableManifest)


@given(st.lists(st.lists(st.one_of(st.text(), st.floats(), st.none(), st.integers())), max_size=6))
def test_whatever_stands_on_the_marker_sheet_is_read_or_told(rows):
    grid = Grid("_danvan", [["Bản gửi", "1"], *rows])

    assert read_manifest([grid]) is not None


def marker(*rows):
    """Return a marker sheet of a manifest's rows, some of them replaced."""
    written = {row[0]: list(row) for row in packed()[-1].rows}
    return [Grid("_danvan", [*(written | {row[0]: list(row) for row in rows}).values()])]


@pytest.mark.parametrize("version", ["1", 1.0, "1.7"])
def test_sendings_of_one_kind_are_read_whatever_comes_behind_the_dot(version):
    assert isinstance(read_manifest(marker(("Bản gửi", version))), Sealed)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("Bản gửi", "2"), "kiểu bản gửi 2 chưa biết"),
        (("Bản gửi", "11"), "kiểu bản gửi 11 chưa biết"),
        (("Kê khai", "{}"), "phần kê khai hỏng"),
        (("Kê khai", "[]"), "phần kê khai hỏng"),
        (("Kê khai",), "phần kê khai hỏng"),
    ],
)
def test_why_a_manifest_cannot_be_read_is_said(row, reason):
    assert read_manifest(marker(row)) == UnreadableManifest(reason)


def test_a_manifest_whose_fields_are_of_another_kind_is_broken():
    text = read_manifest(packed()).text
    for before, after in (
        ('"month":6', '"month":"6"'),
        ('"month":6', '"month":true'),
        ('"unit_code":"A"', '"unit_code":5'),
        ('"sent_at":"2026-07-05T08:00:00"', '"sent_at":"sáng"'),
        ('"sources":[', '"sources":"", "khac":['),
        ('"file":"thon-1.xlsx"', '"file":null'),
        ('"file":"thon-1.xlsx",', ""),
        ('"previous":', '"truoc":'),
    ):
        broken = text.replace(before, after)

        assert broken != text
        assert read_manifest(marker(("Kê khai", broken))) == UnreadableManifest("phần kê khai hỏng")


def test_what_is_signed_is_read_with_its_signature():
    grids = packed()
    sealed = read_manifest(grids)._replace(public_key="khóa", signature="ký")

    rows = list(manifest_rows(sealed))
    found = read_manifest([Grid("_danvan", list(map(list, rows)))])

    labels = ["Bản gửi", "Kê khai", "Phần gộp", "Mã kiểm", "Khóa công khai", "Chữ ký"]
    assert [row[0] for row in rows] == labels
    assert (found.public_key, found.signature) == ("khóa", "ký")
    unsigned = list(manifest_rows(sealed._replace(signature="")))
    assert [row[0] for row in unsigned] == labels[:4]


def test_a_manifest_is_one_line_the_same_for_the_same_manifest():
    manifest = read_manifest(packed()).manifest

    text = manifest_text(manifest)

    assert text == manifest_text(manifest._replace())
    assert "\n" not in text
    assert '"unit_name":"Xã A"' in text
    assert '"sources":[{"file":"thon-1.xlsx",' in text
    assert list(json.loads(text)) == sorted(json.loads(text))
    assert manifest.sent_on == dt.datetime(2026, 7, 5, 8)


def test_text_of_a_sending_fills_cells_to_the_last_letter():
    sealed = read_manifest(packed())._replace(text="x" * 30_000, parts="y" * 30_001)

    lengths = [[len(cell) for cell in row[1:]] for row in manifest_rows(sealed)]

    assert lengths[1:3] == [[30_000], [30_000, 1]]


def test_hidden_marker_and_order_of_sheets_are_no_content():
    grids = packed()
    sealed = read_manifest(grids)

    assert is_unchanged(grids[::-1], sealed)
    assert is_unchanged(grids[:-1], sealed)
    assert not is_unchanged(grids[1:], sealed)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("year", -1),
        ("year", 99_999),
        ("sequence", -1),
        ("sequence", 2**63),
        ("unit_code", "A\0"),
        ("unit_name", "\ud800"),
        ("previous", "x" * 5_000),
    ],
)
def test_values_no_journal_could_keep_are_none_of_a_manifest(field, value):
    text = json.dumps(json.loads(read_manifest(packed()).text) | {field: value})
    rows = [["Bản gửi", "1"], ["Kê khai", text]]

    assert isinstance(read_manifest([Grid("_danvan", rows)]), UnreadableManifest)


def test_a_manifest_nested_without_end_is_unreadable():
    rows = [["Bản gửi", "1"], ["Kê khai", *["[" * 30_000] * 4]]

    assert isinstance(read_manifest([Grid("_danvan", rows)]), UnreadableManifest)
