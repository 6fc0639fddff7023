"""A chain of offices for tests: workbooks of many units with figures of every kind of roll-up."""

import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from danvan_xl.consolidation.consolidation import Consolidation, consolidate_book
from danvan_xl.consolidation.many import Means
from danvan_xl.consolidation.packed_submissions import pack_submission
from danvan_xl.consolidation.submissions import submission_in
from danvan_xl.files.cells_xml import NO_FORMULAS
from danvan_xl.files.grid import Cell, Grid
from danvan_xl.files.opening import OpenedBook
from danvan_xl.inbox.received import Received
from danvan_xl.vietnamese.periods import parse_period

MONTHS = 6
HEADER = [
    "Mã",
    "Lĩnh vực",
    "Chỉ tiêu",
    "ĐVT",
    "Chiều",
    "Cộng kỳ",
    "Tổng hợp",
    "Nguồn",
    "Kế hoạch",
    *(f"T{month}" for month in range(1, 13)),
]
# Code, ĐVT, Chiều, Cộng kỳ, Tổng hợp, Nguồn: every way months and units combine.
INDICATORS = (
    ("F1", "việc", "Tăng", "Cộng", "Cộng", ""),
    ("F2", "vụ", "Giảm", "Cộng", "Cộng", ""),
    ("S1", "hộ", "Tăng", "Cuối kỳ", "Cộng", ""),
    ("X1", "người", "Tăng", "Lớn nhất", "Cộng", ""),
    ("A1", "điểm", "Tăng", "Bình quân", "Cộng", ""),
    ("M1", "điểm", "Tăng", "Cuối kỳ", "Bình quân", ""),
    ("W1", "điểm", "Tăng", "Cuối kỳ", "Bình quân", "bình quân theo S1"),
    ("L1", "việc", "Tăng", "Cộng", "Lớn nhất", ""),
    ("N1", "việc", "Tăng", "Cộng", "Nhỏ nhất", ""),
    ("D1", "việc", "Tăng", "Cộng", "Đếm đạt", ""),
    ("R1", "%", "Tăng", "Cộng", "Tỷ số", "tỷ số F1/S1"),
)
CODES = tuple(item[0] for item in INDICATORS)
_RARE: tuple[Cell, ...] = ("", "", "KPS", "trên 30")


def unit_grid(random_: random.Random) -> Grid:
    """Return the sheet Chỉ tiêu of a unit at the bottom, with gaps, estimates and KAD among it."""
    rows: list[Sequence[Cell]] = [HEADER]
    for code, measure, *rules, source in INDICATORS:
        plan: Cell = float(random_.randint(5, 400))
        months = [_figure(random_) for _ in range(MONTHS)]
        is_ratio = source.startswith("tỷ số")
        if code in ("M1", "W1"):  # a mean has no estimate that could be told from a figure
            months = [cell if isinstance(cell, float) else "" for cell in months]
        if is_ratio or random_.random() < 0.05:
            months = [""] * MONTHS
        if random_.random() < 0.04 and not is_ratio:
            plan, months = "KAD", [""] * MONTHS
        definition = [code, "Kinh tế", f"Chỉ tiêu {code}", measure, *rules, source]
        rows.append([*definition, "" if is_ratio else plan, *months])
    return Grid("Chỉ tiêu", rows)


def _figure(random_: random.Random) -> Cell:
    if random_.random() < 0.08:
        return random_.choice(_RARE)
    return float(random_.randint(0, 90)) if random_.random() < 0.8 else random_.randint(1, 99) / 10


def office_grid(plans: Mapping[str, float]) -> Grid:
    """Return the sheet Chỉ tiêu of an office that types no figures of its own."""
    rows = [HEADER]
    rows += [
        [code, "Kinh tế", f"Chỉ tiêu {code}", measure, *rules, source, plans.get(code, "")]
        for code, measure, *rules, source in INDICATORS
    ]
    return Grid("Chỉ tiêu", rows)


def info_grid(code: str, name: str, level: str, **fields: Cell) -> Grid:
    rows: list[Sequence[Cell]] = [
        ["Mã đơn vị", code],
        ["Tên đơn vị", name],
        ["Cấp", level],
        ["Năm", 2026.0],
        ["Kỳ báo cáo", "6 tháng"],
        ["Độ mật", "Thường"],
    ]
    return Grid("Thông tin", [*rows, *([key.replace("_", " "), v] for key, v in fields.items())])


def units_grid(units: Iterable[tuple[str, str]], level: str) -> Grid:
    rows = [["Mã", "Tên đơn vị", "Cấp"], *([code, name, level] for code, name in units)]
    return Grid("Đơn vị", rows)


def opened(file: str, *grids: Grid) -> OpenedBook:
    return OpenedBook(file, file.rjust(64, "0"), grids, lambda _title: NO_FORMULAS)


def consolidated(
    office: OpenedBook,
    units: Sequence[OpenedBook],
    *,
    monthly: bool = False,
    period: str = "6 tháng",
) -> Consolidation:
    """Return the consolidation of an office and opened workbooks, without files."""
    received = [Received(Path(unit.file), unit.file) for unit in units]
    by_name = {unit.file: unit for unit in units}

    def read_all(function, items, _lost) -> Iterable[object]:  # type: ignore[no-untyped-def]
        return [submission_in(by_name[item.name], function.scope) for item in items]

    def read_many(function, items, lost) -> Iterable[object]:  # type: ignore[no-untyped-def]
        return map(pack_submission, read_all(function, items, lost))

    chosen, means = parse_period(period), Means(read_all, read_many)
    return consolidate_book(office, received, (), chosen, means, monthly=monthly)
