"""A small xã of three thôn, of which one has not reported, for tests of every output sheet."""

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.files.grid import Grid
from danvan_xl.report.compose import compose
from danvan_xl.report.tables import Table
from tests.sheets import consolidated, grid, sub_sheet, units

OWN = grid("""
    | Mã | Lĩnh vực         | Chỉ tiêu | ĐVT   | Chiều | Cộng kỳ | Năm trước | Kế hoạch | T1 |
    | K  | Kinh tế          | Thu quỹ  | triệu | Tăng  | Cộng    | 80        | 100      |    |
    | H  | Văn hóa - xã hội | Hộ nghèo | hộ    | Giảm  | Cuối kỳ | 30        | 20       |    |
""")


def thon(number: int, name: str, money: str, poor: str) -> Grid:
    """The sheet of a thôn: plan and figure of K and of H."""
    table = f"""
        | Mã | Chỉ tiêu | ĐVT   | Kế hoạch | T1 |
        | K  | Thu quỹ  | triệu | {money}       |
        | H  | Hộ nghèo | hộ    | {poor}        |
    """
    return sub_sheet(f"A.{number}", table, name)


def xa(*more: Grid) -> Consolidation:
    """Thôn Một is ahead, Thôn Hai is behind, Thôn Ba has not reported."""
    return consolidated(
        OWN,
        units("Thôn Một", "Thôn Hai", "Thôn Ba"),
        thon(1, "Thôn Một", "60 | 90", "10 | 8"),
        thon(2, "Thôn Hai", "40 | 20", "10 | 25"),
        *more,
    )


def table(name: str, result: Consolidation | None = None) -> Table:
    """The table of an output sheet, of the small xã or of another consolidation."""
    return compose(result or xa()).table(name)
