"""The page of what was measured: the share caught by module, and every change that was not."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mutation.mutants import Change, Fate, Tried
from mutation.reasons import Key, reason_of

NO_TEST = "chưa có phép thử"
_PLACE = "danvan_xl/"
_HOW = """\
Trang này do `make dot-bien` viết, đừng sửa tay. Nó đo phép thử, không đo chương trình: mutmut sửa
một chỗ trong mã (`>=` thành `>`, bỏ một tham số, đổi một chữ…), chạy các phép thử có đi qua hàm ấy,
rồi trả lại. Phép thử nào cũng qua là chỗ sửa sống sót: hoặc còn thiếu phép thử, hoặc sửa thế không
đổi điều gì ai thấy được.

Mẫu lấy ngẫu nhiên nhưng luôn như nhau với cùng số lượng và cùng mã; xem thêm bằng
`make dot-bien DOT_BIEN="--count 2000 --minutes 90"`. Lý do ghi ở `mutation/reasons.csv`, nhận theo
nội dung dòng chứ không theo số dòng, nên chạy lại vẫn còn."""


class Share(NamedTuple):
    """How many of the mutants that were tried were caught."""

    caught: int
    tried: int

    def __str__(self) -> str:
        """The share as "87,5 %"."""
        return f"{100 * self.caught / self.tried:.1f} %".replace(".", ",") if self.tried else "–"


def share_of(tried: Iterable[Tried]) -> Share:
    """The share caught of those that could be tried."""
    fates = Counter(item.fate for item in tried)
    return Share(fates[Fate.CAUGHT], fates[Fate.CAUGHT] + fates[Fate.SURVIVED])


def render(tried: Sequence[Tried], existing: int, reasons: Mapping[Key, str]) -> str:
    """The page about mutants that were tried, of so many that exist."""
    survivors = sorted((item.change for item in tried if item.change is not None), key=_place_of)
    known = [change for change in survivors if reason_of(change, reasons)]
    whole = share_of(tried)
    told = (
        f"Thử {whole.tried} trong {existing} chỗ sửa được, phép thử thấy {whole.caught}: {whole}."
    )
    untried = sum(item.fate is Fate.UNTRIED for item in tried)
    lines = ["# Phép thử có thấy mã bị sửa không", "", _HOW, "", told]
    if known:
        counted = Share(whole.caught, whole.tried - len(known))
        lines += [f"Không kể {len(known)} chỗ có lý do dưới đây: {counted}."]
    if untried:
        lines += [f"Hết giờ khi còn {untried} chỗ chưa thử, là những chỗ có nhiều phép thử nhất."]
    lines += [
        "",
        "| Mô-đun | Đã thử | Phát hiện | Tỷ lệ |",
        "|---|---:|---:|---:|",
        *_modules(tried),
    ]
    lines += ["", "## Chỗ sửa sống sót", ""]
    for file in dict.fromkeys(change.file for change in survivors):
        lines += [f"### {file.removeprefix(_PLACE)}", ""]
        lines += ["| Dòng | Hàm | Trước | Sau | Lý do |", "|---:|---|---|---|---|"]
        lines += [_row(change, reasons) for change in survivors if change.file == file]
        lines += [""]
    return "\n".join(lines).rstrip() + "\n"


def _place_of(change: Change) -> tuple[str, int, str]:
    return change.file, change.line, change.after


def _modules(tried: Sequence[Tried]) -> list[str]:
    of_file: dict[str, list[Tried]] = {}
    for item in sorted(tried):
        of_file.setdefault(item.file, []).append(item)
    shares = {file: share_of(items) for file, items in of_file.items()}
    return [
        f"| `{file.removeprefix(_PLACE)}` | {share.tried} | {share.caught} | {share} |"
        for file, share in shares.items()
    ]


def _row(change: Change, reasons: Mapping[Key, str]) -> str:
    reason = reason_of(change, reasons) or NO_TEST
    before, after = map(_code, _apart(change.before, change.after))
    return f"| {change.line} | `{change.function}` | {before} | {after} | {reason} |"


def _apart(before: str, after: str, around: int = 24) -> tuple[str, str]:
    """Two long texts, cut to where they differ and a little around it."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    first, last = max(start - around, 0), max(end - around, 0)
    return tuple(  # type: ignore[return-value]
        f"{'…' if first else ''}{text[first : len(text) - last]}{'…' if last else ''}"
        for text in (before, after)
    )


def _code(text: str) -> str:
    """A text as code in a table: a bar would end the cell, a back quote the code."""
    shown = text.replace("|", "\\|") or " "
    return f"`` {shown} ``" if "`" in shown else f"`{shown}`"
