"""`mau --don-vi` and `--so-thon`: units from the official list, thôn coded by their commune."""

import json
import sys

import openpyxl
import pytest

from danvan_xl.cli.main import main
from danvan_xl.outgoing.unit_lists import find_commune, find_province, provinces

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")


@pytest.fixture
def mau(tmp_path, monkeypatch, capsys):
    """Make a template; returns (exit code, output as JSON, the units in its sheet Đơn vị)."""

    def call(*options: str) -> tuple[int, dict, list[tuple]]:
        path = tmp_path / "so.xlsx"
        path.unlink(missing_ok=True)
        monkeypatch.setattr(sys, "argv", ["danvan-xl", "mau", "-o", str(path), *options, "--json"])
        with pytest.raises(SystemExit) as stop:
            main()
        out = json.loads(capsys.readouterr().out)
        rows = list(openpyxl.load_workbook(path)["Đơn vị"].values) if path.exists() else []
        head = next((at for at, row in enumerate(rows) if row[0] == "Mã"), 0)
        units = [row[:3] for row in rows[head + 1 :] if row[0]]
        return int(stop.value.code or 0), out, units

    return call


def test_the_country_has_34_provinces_and_3321_communes():
    assert len(provinces()) == 34
    assert sum(len(province.communes) for province in provinces()) == 3321
    codes = [commune.code for province in provinces() for commune in province.communes]
    assert len(set(codes)) == 3321
    assert {len(code) for code in codes} == {5}


def test_a_province_gets_its_communes_by_name_or_code(mau):
    code, out, units = mau("--cap", "Tỉnh", "--ten", "Quảng Ngãi", "--don-vi")

    assert (code, out["unit_code"], out["units"]) == (0, "51", 96)
    assert ("21433", "Xã Lân Phong", "Xã") in units
    assert mau("--cap", "Tỉnh", "--ma", "51", "--don-vi")[2] == units


def test_the_centre_gets_its_provinces(mau):
    _, _, units = mau("--cap", "Trung ương", "--ten", "Ban Dân vận", "--don-vi")

    assert len(units) == 34
    assert units[0] == ("01", "Thành phố Hà Nội", "Tỉnh")


def test_thon_are_coded_by_their_commune(mau):
    code, _, units = mau("--ma", "21433", "--ten", "Xã Lân Phong", "--so-thon", "3")

    assert code == 0
    assert units == [(f"21433.{n}", f"Thôn {n}", "Thôn") for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--so-thon", "3"], "Chưa có mã xã"),
        (["--cap", "Tỉnh", "--ma", "51", "--so-thon", "3"], "cấp Xã"),
        (["--cap", "Tỉnh", "--don-vi"], "Ghi thêm --ma hoặc --ten"),
        (["--cap", "Thôn", "--ma", "1", "--don-vi"], "không có cấp Thôn"),
        (["--cap", "Tỉnh", "--ten", "Quảng Ngải", "--don-vi"], "Có phải 'Tỉnh Quảng Ngãi' (51)?"),
        (["--ten", "Xã Tân Lập", "--don-vi"], "Ghi mã sau --ma"),
        (["--ma", "99999", "--don-vi"], "không có mã '99999'"),
    ],
)
def test_a_unit_that_cannot_be_told_is_one_sentence(mau, options, words):
    code, out, units = mau(*options)

    assert (code, units) == (2, [])
    assert words in out["error"]


def test_names_are_found_as_people_write_them():
    assert find_province("", "Hà Nội").code == "01"
    assert find_province("", "TP. Hồ Chí Minh").name == "Thành phố Hồ Chí Minh"
    assert find_province("1", "").code == "01"
    assert find_commune("4", "").code == "00004"


def test_codes_are_those_of_the_decree_not_of_its_draft():
    """The draft had other codes for 123 communes: 00226 was Kim Liên, 00331 Yên Sở."""
    assert find_commune("00226", "").name == "Phường Văn Miếu - Quốc Tử Giám"
    assert find_commune("", "Phường Kim Liên").code == "00229"
    assert find_commune("01558", "").name == "Xã Hạ Lang"
    assert find_commune("00331", "").name == "Phường Hoàng Mai"
