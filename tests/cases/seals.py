"""The seal and the signature of a sending: what each of them shows, and what it does not."""

import warnings
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from danvan_xl.consolidation.one_workbook import CheckedFiles, check_paths
from danvan_xl.inbox.collecting import CollectingOrder, collect
from danvan_xl.reading.signing import make_key, sign
from danvan_xl.schema.sheets import MARKER_SHEET
from danvan_xl.screens.consolidated import render_checked
from tests.cases.case import Case, Section, told
from tests.offices import edited
from tests.sendings import PACKED_AT, XA, resealed, sending

_OF_A_SEAL = ("GN01", "GN02", "GN03", "GN04", "GN60", "GN61", "GN62")
_Make = Callable[[Path], list[Path]]


def _answered(make: _Make, folder: Path, against: bool = False) -> str:
    """Return what kiem-tra says of a sending, and whether nhan counts it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl, of the print areas of our template
        made = make(folder)
    checked = check_paths(made, above=folder / XA if against else None, today=PACKED_AT.date())
    order = CollectingOrder(tuple(made), folder / "Nhan", folder / XA, now=PACKED_AT)
    got = collect(order)
    counted = f"Nhận: tính {len(got.counted)}/{len(got.filed)}"
    found = (*checked.issues, *got.issues)
    lines = [told([item]) for item in found if item.code.label in _OF_A_SEAL]
    said = "<br>".join(dict.fromkeys(lines)) or told(())
    return "<br>".join((*_seals(checked), counted, said))


def _seals(checked: CheckedFiles) -> list[str]:
    lines = render_checked(checked).splitlines()
    return [line.strip() for line in lines if line.strip().startswith("Dấu ")]


def _as_packed(folder: Path) -> list[Path]:
    return [sending(folder)]


def _typed_over(folder: Path) -> list[Path]:
    made = sending(folder)
    with edited(made) as book:
        book["Chỉ tiêu"]["K9"] = 99
    return [made]


def _computed_again(folder: Path) -> list[Path]:
    return [resealed(sending(folder), cells={"K9": 99})]


def _another(label: str, value: object, folder: Path) -> list[Path]:
    return [resealed(sending(folder), info={label: value})]


def _another_month(folder: Path) -> list[Path]:
    return [resealed(sending(folder), manifest={"month": 3})]


def _seal_taken_off(folder: Path) -> list[Path]:
    made = sending(folder)
    with edited(made) as book:
        for row in book[MARKER_SHEET].iter_rows():
            if row[0].value == "Mã kiểm":
                row[1].value = None
    return [made]


def _key(folder: Path, name: str = "khoa.pem") -> Path:
    make_key(folder / name)
    return folder / name


def _list_key(folder: Path, public: dict[str, str]) -> None:
    """Write public keys of thôn into sheet Đơn vị of the xã."""
    with edited(folder / XA) as book:
        sheet = book["Đơn vị"]
        (head,) = [row for row in sheet.iter_rows() if row[0].value == "Mã"]
        column = next((cell.column for cell in head if cell.value == "Khóa công khai"), 8)
        sheet.cell(head[0].row, column).value = "Khóa công khai"
        for row in sheet.iter_rows(min_row=head[0].row + 1):
            if row[0].value in public:
                sheet.cell(row[0].row, column).value = public[row[0].value]


def _public(key: Path) -> str:
    return sign("", key)[0]


def _signed(folder: Path) -> list[Path]:
    return [sending(folder, key=_key(folder))]


def _signed_and_listed(folder: Path) -> list[Path]:
    made = _signed(folder)
    _list_key(folder, {"21433.1": _public(folder / "khoa.pem")})
    return made


def _signed_and_changed(folder: Path) -> list[Path]:
    return [resealed(_signed(folder)[0], cells={"K9": 99})]


def _signed_by_a_stranger(folder: Path) -> list[Path]:
    made = _signed_and_listed(folder)[0]
    return [resealed(made, cells={"K9": 99}, key=_key(folder, "la.pem"))]


def _one_key_for_two(folder: Path) -> list[Path]:
    key = _key(folder)
    return [sending(folder, 1, key), sending(folder, 2, key)]


def _one_key_listed_twice(folder: Path) -> list[Path]:
    made = _one_key_for_two(folder)
    _list_key(folder, dict.fromkeys(("21433.1", "21433.2"), _public(folder / "khoa.pem")))
    return made


def _in_a_zip(folder: Path) -> list[Path]:
    made = _computed_again(folder)[0]
    with zipfile.ZipFile(folder / "gui.zip", "w") as packed:
        packed.write(made, made.name)
    return [folder / "gui.zip"]


def _in_a_mail(folder: Path) -> list[Path]:
    return [sending(folder).with_suffix(".eml")]


def _folder_of_sendings(folder: Path) -> list[Path]:
    sending(folder)
    sending(folder, 2)
    return [folder / "Gui"]


def _case(what: str, make: _Make, against: bool = False) -> Case:
    return Case(what, partial(_answered, make, against=against))


SECTION = Section(
    "Dấu và chữ ký của bản gửi",
    "Thôn 1 (mã 21433.1) gửi bản 6 tháng năm 2026 do lệnh gui lập; `kiem-tra`, rồi `nhan` bản ấy.",
    [
        _case("Bản gửi còn nguyên", _as_packed),
        _case("Sửa một số sau khi đóng gói", _typed_over),
        _case("Sửa một số rồi tính lại dấu: không có chữ ký thì không ai thấy", _computed_again),
        _case("Xóa dấu (Mã kiểm) trong bản gửi", _seal_taken_off),
        _case("Thông tin ghi mã khác bản kê khai", partial(_another, "Mã_đơn_vị", "21433.2")),
        _case("Thông tin ghi tên khác bản kê khai", partial(_another, "Tên_đơn_vị", "Thôn 2")),
        _case("Thông tin ghi năm khác bản kê khai", partial(_another, "Năm", 2025)),
        _case("Thông tin ghi kỳ khác bản kê khai", partial(_another, "Kỳ_báo_cáo", "Quý I")),
        _case("Bản kê khai ghi 6 tháng nhưng tháng 3", _another_month),
        _case("Bản gửi có chữ ký, sổ xã chưa ghi khóa", _signed),
        _case("Bản gửi có chữ ký, sổ xã ghi đúng khóa", _signed_and_listed, against=True),
        _case("Có chữ ký, sửa một số rồi tính lại dấu", _signed_and_changed),
        _case("Sửa, tính lại dấu, ký bằng khóa lạ", _signed_by_a_stranger, against=True),
        _case("Hai thôn ký bằng một khóa", _one_key_for_two),
        _case("Trang Đơn vị ghi một khóa cho hai thôn", _one_key_listed_twice, against=True),
        _case("Bản gửi đã sửa, nằm trong tệp .zip", _in_a_zip),
        _case("Bản gửi trong thư .eml do gui lập", _in_a_mail),
        _case("Cả thư mục của lệnh gui", _folder_of_sendings),
    ],
)
