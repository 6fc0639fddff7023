"""The worksheet functions as Excel sees them: names, help for the wizard, ranges as rows.

The add-in's VBA is generated from these signatures; xlwings takes annotations for converters, so
there are none but Any. Nothing is worked out here.
"""

from typing import Any

import xlwings as xw

from danvan_xl.excel import values as functions
from danvan_xl.files.grid import CellRows

_CATEGORY = "Dân vận"


@xw.func(category=_CATEGORY)
@xw.arg("thuc_hien", ndim=2, doc="Số thực hiện: ô hoặc vùng.")
@xw.arg("ke_hoach", ndim=2, doc="Kế hoạch: ô hoặc vùng cùng cỡ.")
@xw.arg("chieu", ndim=2, doc="Tăng (mặc định), Giảm hoặc Bằng.")
def DV_TYLE(thuc_hien: Any, ke_hoach: Any, chieu: Any = None) -> Any:  # noqa: N802
    """Tỷ lệ hoàn thành kế hoạch; 1 là 100%."""
    return functions.share(thuc_hien, ke_hoach, _optional(chieu))


@xw.func(category=_CATEGORY)
@xw.arg("thuc_hien", ndim=2, doc="Số thực hiện lũy kế: ô hoặc vùng.")
@xw.arg("ke_hoach", ndim=2, doc="Kế hoạch năm: ô hoặc vùng cùng cỡ.")
@xw.arg("thang", ndim=2, doc="Tháng của kỳ báo cáo, 1 đến 12; để trống là cả năm.")
@xw.arg("chieu", ndim=2, doc="Tăng (mặc định), Giảm hoặc Bằng.")
@xw.arg("cong_ky", ndim=2, doc="Cộng (mặc định), Cuối kỳ, Lớn nhất hoặc Bình quân.")
@xw.arg(
    "den_ky", ndim=2, doc="Số phải đạt đến kỳ theo KH quý I, 6 tháng, 9 tháng; trống: chia đều."
)
def DV_DANHGIA(  # noqa: N802
    thuc_hien: Any,
    ke_hoach: Any,
    thang: Any = None,
    chieu: Any = None,
    cong_ky: Any = None,
    den_ky: Any = None,
) -> Any:
    """Đánh giá: Vượt, Đạt, Đúng tiến độ, Trong mức, Chậm tiến độ, Có nguy cơ vượt, Chưa đạt."""
    options = map(_optional, (thang, chieu, cong_ky, den_ky))
    return functions.rating(thuc_hien, ke_hoach, *options)


@xw.func(category=_CATEGORY)
@xw.arg("thuc_hien", ndim=2, doc="Số thực hiện: ô hoặc vùng.")
@xw.arg("ke_hoach", ndim=2, doc="Kế hoạch: ô hoặc vùng cùng cỡ.")
@xw.arg("chieu", ndim=2, doc="Tăng (mặc định), Giảm hoặc Bằng.")
def DV_CONTHIEU(thuc_hien: Any, ke_hoach: Any, chieu: Any = None) -> Any:  # noqa: N802
    """Còn thiếu bao nhiêu để đạt kế hoạch; đã đạt thì 0."""
    return functions.missing(thuc_hien, ke_hoach, _optional(chieu))


@xw.func(category=_CATEGORY)
@xw.arg("nam_nay", ndim=2, doc="Số năm nay: ô hoặc vùng.")
@xw.arg("nam_truoc", ndim=2, doc="Số năm trước: ô hoặc vùng cùng cỡ.")
def DV_SOSANH(nam_nay: Any, nam_truoc: Any) -> Any:  # noqa: N802
    """Năm nay so với năm trước; 1 là 100%."""
    return functions.growth(nam_nay, nam_truoc)


@xw.func(category=_CATEGORY)
@xw.arg("vung", ndim=2, doc="Vùng số, kể cả số gõ bằng chữ như 'trên 30', 'KPS'.")
def DV_TONG(vung: Any) -> Any:  # noqa: N802
    """Tổng của vùng, hiểu số gõ bằng chữ; vùng trống thì trống."""
    return functions.total(vung)


@xw.func(category=_CATEGORY)
@xw.arg("chu", ndim=2, doc="Ô hoặc vùng ghi số bằng chữ: '1.507,5', 'trên 30', '25/24'.")
def DV_SO(chu: Any) -> Any:  # noqa: N802
    """Số trong chữ."""
    return functions.numbers(chu)


@xw.func(category=_CATEGORY)
@xw.arg("vung", ndim=2, doc="Bảng có hàng tiêu đề, có cột Đánh giá (hoặc Kế hoạch và Thực hiện).")
def DV_CHUADAT(vung: Any) -> Any:  # noqa: N802
    """Các dòng chưa đạt, chậm tiến độ hoặc có nguy cơ vượt của bảng."""
    return functions.unmet(vung)


@xw.func(category=_CATEGORY)
@xw.arg("chu", ndim=2, doc="Ô hoặc vùng chữ gõ bằng phông TCVN3 (.VnTime) hay VNI.")
def DV_UNICODE(chu: Any) -> Any:  # noqa: N802
    """Chữ phông cũ (TCVN3, VNI) thành Unicode."""
    return functions.unicode_text(chu)


def _optional(cells: Any) -> CellRows:
    """An argument nobody gave as one blank cell."""
    return [[None]] if cells is None else cells
