"""What is held small says the same as what it was made of."""

import pickle
from decimal import Decimal

from danvan_xl.consolidation.unit_reports import Status, UnitReport
from danvan_xl.reading.records import Unit
from danvan_xl.rollup.packed import pack, unpack
from danvan_xl.rollup.packed_figures import PackedFigures
from danvan_xl.rollup.packed_registers import pack_report
from danvan_xl.rollup.rating import Rating
from danvan_xl.rollup.register_blocks import BlockFigures
from danvan_xl.rollup.register_reports import RegisterReport
from danvan_xl.rollup.tally import UnitFigure
from danvan_xl.rollup.terms import Term

D = Decimal
TERM = Term("Thôn 1", "T1-T3", D(8), "Chỉ tiêu", "K8:M8", "a.xlsx", "f" * 64)
FIGURES = {
    "k": UnitFigure(
        "k", D(9), D(8), rating=Rating.BEHIND, completion=D("0.888"), terms=(TERM, TERM)
    ),
    "l": UnitFigure("l", actual=D(3)),
    "m": UnitFigure("m", D(5), D(5), rating=Rating.REACHED, completion=D(1)),
}
BLOCK = BlockFigures({("Khác",): (3, None)}, (), 3)


def report(figures):
    return UnitReport(Unit("A.1", "Thôn 1", 2), Status.SUBMITTED, None, figures)


def test_figures_and_what_a_table_shows_of_them_are_the_same():
    packed = PackedFigures(FIGURES)
    sent = pickle.loads(pickle.dumps(packed))

    for held in (packed, sent):
        assert dict(held.items()) == held.open() == FIGURES
        assert list(held.values()) == list(FIGURES.values())
        assert held["k"].terms == (TERM, TERM)
        assert (len(held), list(held)) == (3, ["k", "l", "m"])
        assert report(held).shares() == report(FIGURES).shares()
        assert report(held).share_texts() == report(FIGURES).share_texts()
    assert report(FIGURES).share_texts() == {"k": "88,80%", "l": "", "m": "100,00%"}


def test_figures_that_differ_have_other_tokens():
    one, other = PackedFigures(FIGURES), PackedFigures(FIGURES | {"m": UnitFigure("m")})

    assert one.token() == PackedFigures(dict(FIGURES)).token()
    assert one.token() != other.token()


def test_registers_are_opened_as_they_were_also_without_some_of_them():
    packed = pack_report(RegisterReport({"outreach": (BLOCK,), "teams": (BLOCK, BLOCK)}))

    assert packed.open_figures() == ({"outreach": (BLOCK,), "teams": (BLOCK, BLOCK)}, ())
    assert packed.without({"teams"}).open_figures() == ({"outreach": (BLOCK,)}, ())
    assert packed.without({"documents"}) is packed
    assert packed.without(frozenset()) is packed


def test_what_is_packed_is_smaller_and_the_same():
    rows = [("Thôn 1", 1.5, None)] * 500

    assert unpack(pack(rows)) == rows
    assert len(pack(rows)) < len(pickle.dumps(rows)) / 5
