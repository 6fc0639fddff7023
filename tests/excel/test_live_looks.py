"""How the cells of an open sheet look, as Excel tells it block by block."""

from types import SimpleNamespace

from danvan_xl.excel.live_looks import live_looks


class Cells:
    """Cells as xlwings gives them: one answer where all are alike, None where they are not."""

    def __init__(self, formats, merged, rows=None, columns=None):
        self.formats, self.merges = formats, merged
        self.rows, self.columns = rows or range(len(formats)), columns or range(len(formats[0]))
        self.impl = SimpleNamespace()
        self.sheet = self

    def range(self, first, last):
        rows, columns = (range(start - 1, end) for start, end in zip(first, last, strict=True))
        return Cells(self.formats, self.merges, rows, columns)

    def _one(self, answers):
        found = set(answers)
        return found.pop() if len(found) == 1 else None

    @property
    def number_format(self):
        return self._one(self.formats[row][at] for row in self.rows for at in self.columns)

    @property
    def merge_cells(self):
        return self._one((row, at) in self.merges for row in self.rows for at in self.columns)

    @property
    def merge_area(self):
        return SimpleNamespace(get_address=lambda *_: self.merges[self.rows[0], self.columns[0]])


def test_only_numbers_shown_as_percentages_are_told():
    values = [["Mã", "T1", "T2"], ["A", 0.92, 93.0], ["B", "92%", 0.5]]
    formats = [["General"] * 3, ["General", "0%", "0.0"], ["General", "0%", "0.00%"]]

    looks = live_looks(Cells(formats, {}), values)

    assert looks.percents == {"B2": "0%", "C3": "0.00%"}
    assert looks.merged == ()


def test_numbers_shown_as_other_figures_are_told():
    values = [["T1", "T2"], [1100.0, "11"]]

    looks = live_looks(Cells([["General"] * 2, ['"11"'] * 2], {}), values)

    assert looks.misleading == {"A2": '"11"'}


def test_what_is_too_much_to_ask_about_is_not_known(monkeypatch):
    values = [[0.5, 0.6, 0.7, 0.8]]
    formats = [["0%", "0.0", "0%", "0.0"]]

    assert live_looks(Cells(formats, {}), values).is_known
    monkeypatch.setattr("danvan_xl.excel.live_looks._MOST_QUESTIONS", 3)
    assert not live_looks(Cells(formats, {}), values).is_known


def test_each_merged_area_is_told_once():
    values = [["Mã", "T1", "T2"], ["A", 30.0, None]]
    merges = dict.fromkeys(((1, 1), (1, 2)), "B2:C2")

    assert live_looks(Cells([["General"] * 3] * 2, merges), values).merged == ("B2:C2",)


def test_an_empty_sheet_has_no_looks():
    assert live_looks(Cells([["General"]], {}), []).percents == {}
