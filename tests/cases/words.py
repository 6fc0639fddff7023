"""What of the words in a register the office above gets to read, in a sending."""

from functools import partial
from pathlib import Path

from danvan_xl.consolidation.consolidation import consolidate_book
from danvan_xl.outgoing.sending import package
from danvan_xl.report.tables import TrackedSheet
from danvan_xl.vietnamese.periods import PERIODS
from tests.cases.case import Case, Section
from tests.register_sheets import TARGETS, printed
from tests.sheets import book, grid, info

_TASKS = "| Nhiệm vụ | Đơn vị chủ trì | Hạn |"
_PETITIONS = "| Ngày tiếp nhận | Nội dung | Cơ quan giải quyết | Hạn giải quyết |"
_MODELS = "| Mã mô hình | Tên mô hình | Lĩnh vực | Loại | Trạng thái |"
_GIFTS = "| Ngày | Nội dung | Loại | ĐVT | Kết quả |"
_PROJECTS = "| Dự án | Hạng mục | ĐVT | Tổng số | Đã hoàn thành | Vướng mắc |"


def _sent(title: str, table: str, rows: str, _folder: Path) -> str:
    """Return a table of sheet Sổ theo dõi as it stands in the sending, its rows in one line."""
    kept = grid(rows, title)
    about = info(Mã_đơn_vị="A", Tên_đơn_vị="Xã A", Năm=2026, Độ_mật="Thường")
    result = consolidate_book(book(about, TARGETS, kept), (), period=PERIODS[-1], monthly=True)
    (sheet,) = [item for item in package(result).report.sheets if isinstance(item, TrackedSheet)]
    tables = [item for register in sheet.registers for item in register.tables]
    (found,) = [item for item in tables if item.title.startswith(table)]
    rows_told = printed(found).splitlines()[1:]
    return "<br>".join(row.strip("| ").replace(" | ", " · ") for row in rows_told)


SECTION = Section(
    "Chữ ở lại đơn vị",
    "Trang Sổ theo dõi trong bản gửi cấp trên: số đếm, ngày, lựa chọn trong danh sách; chữ người "
    'gõ ở lại, thành "…" hoặc "khác".',
    [
        Case(
            "Nhiệm vụ quá hạn có tên người trong việc phải làm",
            partial(
                _sent,
                "Nhiệm vụ",
                "Nhiệm vụ quá hạn",
                _TASKS + "\n| Vận động hộ ông Nguyễn Văn A bàn giao đất | UBND xã | 01/03/2026 |",
            ),
        ),
        Case(
            "Đơn vị chủ trì là một cơ quan, viết tắt; và là tên một người",
            partial(
                _sent,
                "Nhiệm vụ",
                "Nhiệm vụ theo đơn vị chủ trì",
                _TASKS + "\n| Việc 1 | Hội PN xã | 01/03/2026 |"
                "\n| Việc 2 | đồng chí Nguyễn Văn A | 01/03/2026 |"
                "\n| Việc 3 | Công an xã A | 01/03/2026 |",
            ),
        ),
        Case(
            "Cơ quan giải quyết ghi kèm tên người",
            partial(
                _sent,
                "Kiến nghị",
                "Kiến nghị theo cơ quan",
                _PETITIONS + "\n| 05/01/2026 | Kênh sạt lở | UBND xã (đ/c B) | 01/03/2026 |"
                "\n| 06/01/2026 | Đèn đường hỏng | UBND xã | 01/03/2026 |",
            ),
        ),
        Case(
            "Lĩnh vực ghi khác danh sách",
            partial(
                _sent,
                "Dân vận khéo",
                "Mô hình theo lĩnh vực",
                _MODELS + "\n| M1 | Đường hoa | nhà ông A | Mô hình | Hiệu quả |"
                "\n| M2 | Camera an ninh | Kinh tế | Mô hình | Hiệu quả |",
            ),
        ),
        Case(
            "Nội dung huy động có tên người góp",
            partial(
                _sent,
                "Huy động",
                "Kết quả huy động theo nội dung",
                _GIFTS + "\n| 05/01/2026 | Ông A hiến đất | Hiến đất | m2 | 100 |"
                "\n| 06/01/2026 | Bà B hiến đất | Hiến đất | m2 | 50 |",
            ),
        ),
        Case(
            "ĐVT không phải là đơn vị tính: số không được cộng với thứ khác",
            partial(
                _sent,
                "Huy động",
                "Kết quả huy động theo loại",
                _GIFTS + "\n| 05/01/2026 | Làm đường | Hiện vật | bao xi măng | 100 |"
                "\n| 06/01/2026 | Làm đường | Hiện vật | của bà B | 50 |",
            ),
        ),
        Case(
            "Hai hạng mục của một dự án không bị cộng làm một",
            partial(
                _sent,
                "Dự án",
                "Tiến độ dự án",
                _PROJECTS + "\n| Đường tránh | Đất ông A | thửa | 20 | 12 | |"
                "\n| Đường tránh | Đất bà B | thửa | 10 | 1 | |",
            ),
        ),
        Case(
            "Vướng mắc có tên người",
            partial(
                _sent,
                "Dự án",
                "Vướng mắc",
                _PROJECTS + "\n| Đường tránh | Thửa 12 | thửa | 20 | 12 | Ông A chưa nhận tiền |",
            ),
        ),
    ],
)
