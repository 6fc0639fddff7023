"""The Python door: the same result as pandas tables."""

import numpy as np
import pandas as pd
import pytest
from python_calamine import load_workbook

import danvan_xl
from danvan_xl.consolidation.consolidation import CannotConsolidateError
from tests.on_disk import HEADER, save, thon_file, xa_file
from tests.sheets import grid, info

ROW = "| K | Kinh tế | Chỉ tiêu | cái | 10 | {} | | |"
OWN = (
    "| K | Kinh tế | Chỉ tiêu | cái | 20 | | | |",
    "| L | Kinh tế | Chưa ai báo cáo | cái | 20 | | | |",
)


@pytest.fixture
def result(tmp_path):
    """A xã with one of its two thôn reporting."""
    workbook = xa_file(tmp_path, *OWN)
    thon_file(tmp_path / "Nhan", 1, ROW.format(9))
    return danvan_xl.consolidate(workbook, tmp_path / "Nhan")


def test_totals_are_indexed_by_code_and_missing_is_not_zero(result):
    totals = result.totals

    assert totals.index.tolist() == ["K", "L"]
    assert totals.loc["K", ["plan", "actual", "completion"]].tolist() == [20, 9, 0.45]
    assert np.isnan(totals.loc["L", "actual"])
    assert totals.loc["L", "rating"] == "Chưa báo cáo"


def test_units_are_indexed_by_unit_and_code(result):
    assert result.units.loc[("A.1", "K"), "actual"] == 9


def test_submissions_name_who_has_not_reported(result):
    assert result.submissions["status"].to_dict() == {"A.1": "Đã nộp", "A.2": "Chưa nộp"}


def test_issues_and_sources_have_their_places(result):
    assert set(result.issues["severity"]) <= {"Lỗi", "Cảnh báo", "Ghi nhận"}
    assert result.sources[["file", "sheet", "cells"]].to_numpy().tolist() == [
        ["thon-1.xlsx", "Chỉ tiêu", "F2"]
    ]


def test_tables_group_as_pandas_users_expect(result):
    grouped = result.totals.groupby("work_field")[["plan", "actual"]].sum(min_count=1)

    assert grouped.loc["Kinh tế"].tolist() == [40, 9]


def test_tables_without_rows_keep_their_columns_and_types(tmp_path):
    result = danvan_xl.consolidate(xa_file(tmp_path, *OWN, thon=()))

    for table in (result.units, result.submissions, result.sources):
        assert len(table) == 0
    assert result.sources["value"].dtype == np.dtype("float64")
    assert isinstance(result.submissions.index, pd.Index)


def test_the_summary_can_be_saved(result, tmp_path):
    result.save(tmp_path / "th.xlsx")

    assert load_workbook(str(tmp_path / "th.xlsx")).sheet_names[0] == "Tổng hợp"
    assert result.message.startswith("Đã tổng hợp 1/2 đơn vị")


def test_the_period_is_a_word(tmp_path):
    workbook = xa_file(tmp_path, *OWN)

    assert danvan_xl.consolidate(workbook, period="Quý I").consolidation.period.month == 3
    with pytest.raises(ValueError, match="tuần 3"):
        danvan_xl.consolidate(workbook, period="tuần 3")


def test_a_workbook_that_is_none_is_an_exception_with_a_sentence(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")

    with pytest.raises(CannotConsolidateError, match="Không đọc được tệp"):
        danvan_xl.consolidate(tmp_path / "a.xlsx")


def test_the_package_has_no_other_names():
    with pytest.raises(AttributeError):
        danvan_xl.something_else  # noqa: B018


def test_registers_come_as_one_row_for_each_figure(tmp_path):
    register = grid(
        """
        | Ngày       | Hình thức | Nội dung | Số cuộc |
        | 05/03/2026 | Hội nghị  | a        | trên 3  |
        | 06/03/2026 | Hội nghị  | b        | 4       |
        """,
        "Tuyên truyền",
    )
    about = info(Mã_đơn_vị="A", Tên_đơn_vị="Xã A", Năm=2026, Kỳ_báo_cáo="Năm")
    targets = grid("\n".join([HEADER, *OWN]))
    table = danvan_xl.consolidate(save(tmp_path / "so.xlsx", about, targets, register)).registers

    assert table[["register", "group", "measure", "value", "text"]].to_numpy().tolist()[:1] == [
        ["Tuyên truyền", "Hội nghị", "Số cuộc", 7.0, "≥ 7"]
    ]
    assert danvan_xl.consolidate(xa_file(tmp_path, *OWN)).registers.empty
