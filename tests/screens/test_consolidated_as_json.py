"""The consolidation for other programs: what is unmet is told apart there too."""

from pathlib import Path

from danvan_xl.report.compose import compose
from danvan_xl.screens.consolidated_as_json import result_as_json
from tests.report.xa import xa


def test_what_is_unmet_is_counted_kind_by_kind_of_the_whole_and_of_each_unit():
    result = xa()

    told = result_as_json(result, compose(result), Path("a.xlsx"))

    assert told["unmet"] == {"missed": 1, "behind": 0, "at_risk": 0}
    assert [unit["unmet"]["missed"] for unit in told["units"]] == [0, 2, 0]
    assert told["message"].startswith("Đã tổng hợp 2/3 đơn vị; chỉ tiêu: 1 chưa đạt; ")
