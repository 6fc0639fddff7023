"""The page of measures: what was done on which machine, the figures, the promises."""

import datetime as dt
import statistics
from collections.abc import Mapping, Sequence

from benchmarks.cases import Measured
from benchmarks.contestants import CONTESTANTS
from benchmarks.instructions import counter
from benchmarks.machine import describe_machine
from benchmarks.promises import Promise, promises

_WAYS = """\
Mỗi lần chạy là một tiến trình mới, các bên chạy xen kẽ sau một lần chạy thử; thời gian tính từ lúc
gọi lệnh đến lúc tệp kết quả đã ghi xong. Tổng của từng chỉ tiêu được đối chiếu trước khi tính.
CPU cộng mọi lõi, mọi tiến trình. Bộ nhớ là mức cao nhất của mọi tiến trình cộng lại, phần dùng
chung tính một lần, đo ở một lần chạy riêng. Dòng chỉ có một lần chạy thì không chạy thử trước.

Sổ do `python -m benchmarks.generate` tạo: khoảng mười trang, 60 chỉ tiêu, sổ theo dõi 40 đến 150
dòng, có định dạng, danh sách chọn, công thức kèm giá trị. Mỗi lần chạy danvan-xl bắt đầu khi thư
mục nhận chưa có gì được nhớ từ lần trước, trừ dòng ghi "chạy lại".

Các cách làm khác chỉ đọc mọi trang và cộng: không kiểm tra, không gộp sổ theo dõi, không nguồn,
không ghi tệp. Dòng "chỉ đọc" không cả cộng: mức thấp nhất của một chương trình Python một luồng."""
_COLUMNS = (
    "Việc",
    "Cách làm",
    "Trung vị (s)",
    "Nhanh nhất - chậm nhất (s)",
    "CPU (s)",
    "Bộ nhớ (MiB)",
    "Số lần",
)


def render(
    measured: Sequence[Measured],
    up_to: Mapping[str, int],
    command: str = "make bench",
    chart: str | None = None,
) -> str:
    """The page; `chart` is the picture's place beside it, `command` what makes it again."""
    lines = ["# Hiệu năng", "", f"Đo ngày {dt.date.today():%d/%m/%Y} bằng `{command}`.", _WAYS, ""]
    lines += [f"- {line}" for line in [*_left_out(measured, up_to), *describe_machine()]]
    if chart:
        lines += ["", f"![Thời gian và bộ nhớ theo số sổ]({chart})"]
    lines += [
        "",
        f"| {' | '.join(_COLUMNS)} |",
        "|---|---|---:|---:|---:|---:|---:|",
        *map(_row, measured),
        *_instructions(measured),
        "",
        "| Mức phải đạt | Đo được | Mức | Kết quả |",
        "|---|---:|---:|---|",
        *map(_promise_row, promises(measured)),
    ]
    return "\n".join(lines) + "\n"


def _left_out(measured: Sequence[Measured], up_to: Mapping[str, int]) -> list[str]:
    """A sentence for each contestant that was not there, or not for every count."""
    most = max((item.case.count for item in measured), default=0)
    said = []
    for item in CONTESTANTS:
        if item.missing:
            said.append(f"Không đo {item.name}: máy chưa cài {', '.join(item.missing)}")
        elif up_to.get(item.key, most) < most:
            said.append(f"{item.name} chạy lâu: chỉ đo đến {up_to[item.key]} sổ")
    return said


def _instructions(measured: Sequence[Measured]) -> list[str]:
    """The table of instruction counts, none when they were not asked for."""
    counted = [item for item in measured if item.instructions is not None]
    if not counted:
        return []
    return [
        "",
        f"Số lệnh máy, đếm bằng {counter()}, không phụ thuộc máy đang bận hay rỗi:",
        "",
        "| Việc | Cách làm | Triệu lệnh |",
        "|---|---|---:|",
        *(
            f"| {item.case.job} | {item.case.name} | {(item.instructions or 0) / 1e6:.0f} |"
            for item in counted
        ),
    ]


def _row(item: Measured) -> str:
    memory = "không đo được" if item.memory is None else _figure(item.memory, 0)
    spread = f"{_time(min(item.seconds))} - {_time(max(item.seconds))}"
    cpu = _time(statistics.median(item.cpu))
    cells = (item.case.job, item.case.name, _time(item.median), spread, cpu, memory)
    return f"| {' | '.join(cells)} | {len(item.seconds)} |"


def _promise_row(promise: Promise) -> str:
    sign = "≥" if promise.at_least else "≤"
    places = 0 if promise.unit == "MiB" else 2
    value, limit = _figure(promise.value, places), _figure(promise.limit, places)
    kept = "Đạt" if promise.is_kept else "Chưa đạt"
    return f"| {promise.text} | {value} {promise.unit} | {sign} {limit} {promise.unit} | {kept} |"


def _time(seconds: float) -> str:
    return _figure(seconds, 3 if seconds < 10 else 1)


def _figure(value: float, places: int) -> str:
    return f"{value:.{places}f}".replace(".", ",")
