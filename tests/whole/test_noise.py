"""What shouts at right figures is as wrong as what is silent at wrong ones."""

import re
import sys
from pathlib import Path

import pytest

from danvan_xl.cli.main import main
from danvan_xl.schema.indicators import default_indicators_path, read_indicators
from danvan_xl.schema.options import MonthRule
from danvan_xl.vietnamese.measures import is_share
from tests.offices import edited, fill, say_about

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")
FINDING = re.compile(r"^(?:Lỗi|Cảnh báo|Ghi nhận) [A-Z]+\d+", re.MULTILINE)
MOST = 5
FLOWS = ((3, 1, 4, 2, 5, 2), (2, 2, 3, 1, 2, 4), (1, 4, 2, 6, 3, 1))
STOCKS = ((40, 41, 41, 43, 44, 44), (30, 30, 31, 31, 33, 34), (20, 21, 21, 22, 22, 23))


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the program; returns what it printed."""

    def call(*arguments: object) -> str:
        monkeypatch.setattr(sys, "argv", ["danvan-xl", *map(str, arguments)])
        with pytest.raises(SystemExit):
            main()
        return capsys.readouterr().out

    return call


@pytest.fixture
def office(run, tmp_path):
    """A fresh workbook of a xã, half of it planned and given to three thôn that fill it in."""
    workbook, inbox = tmp_path / "so-xa.xlsx", tmp_path / "Nhan"
    about = ("--ma", "21433", "--ten", "Xã Lân Phong", "--cap", "Xã", "--nam", "2026")
    run("mau", "-o", workbook, *about, "--so-thon", "3")
    say_about(workbook, Kỳ_báo_cáo="6 tháng")
    stocks = {item.code: item.month_rule is MonthRule.LAST for item in typed_by_hand()}
    with edited(workbook) as book:
        for title, plans in (
            ("Chỉ tiêu", {"Kế hoạch": 180}),
            ("Giao chỉ tiêu", {f"21433.{number}": 60 for number in (1, 2, 3)}),
        ):
            rows = list(book[title].iter_rows())
            (header,) = [row for row in rows if row[0].value == "Mã"]
            columns = {str(cell.value): cell.column - 1 for cell in header}
            for row in rows:
                for name, plan in plans.items():
                    if row[0].value in stocks:
                        row[columns[name]].value = plan
    run("giao", workbook, "-o", inbox)
    for number, (flows, levels) in enumerate(zip(FLOWS, STOCKS, strict=True), start=1):
        (path,) = inbox.glob(f"*21433.{number}*.xlsx")
        say_about(path, Kỳ_báo_cáo="6 tháng")
        months = {
            f"{code}_T{month}": value
            for code, is_stock in stocks.items()
            for month, value in enumerate(levels if is_stock else flows, start=1)
        }
        fill(path, **months)
    return workbook, inbox


def typed_by_hand():
    """Every other indicator that is no total, no part, no share and is typed by hand."""
    known = read_indicators(default_indicators_path("Xã"))
    totals = {item.code.partition(".")[0] for item in known if "." in item.code}
    plain = [
        item
        for item in known
        if item.code not in totals
        and "." not in item.code
        and not item.source
        and not is_share(item.measure)
    ]
    return plain[::2]


def test_right_figures_are_told_little_about(run, office, tmp_path):
    workbook, inbox = office

    for said in (
        run("kiem-tra", workbook, inbox),
        run("kiem-tra", inbox, "--so", workbook),
        run("tong-hop", workbook, inbox, "-o", tmp_path / "th.xlsx"),
    ):
        lines = FINDING.findall(said)
        assert 0 < len(lines) <= MOST, said
        assert not [line for line in lines if not line.startswith("Ghi nhận")], said


def test_nothing_is_told_of_a_workbook_nobody_has_begun(run, tmp_path):
    path: Path = tmp_path / "so.xlsx"
    run("mau", "-o", path, "--ma", "21433", "--ten", "Xã Lân Phong", "--cap", "Xã")

    assert set(FINDING.findall(run("kiem-tra", path))) <= {"Ghi nhận KH01"}
