"""The chart of the measures: how time and memory grow with the number of workbooks."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.cases import OURS, Measured

_STYLES = ("o-", "s--", "^-.", "D:", "v-", "P--", "X-.")


def can_draw() -> bool:
    """Whether the library that draws is installed."""
    return find_spec("matplotlib") is not None


def draw(measured: Sequence[Measured], path: Path) -> None:
    """Write the chart as SVG; equal measures give equal files."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "danvan-xl", "font.size": 10}):
        figure = Figure(figsize=(10, 5), layout="constrained")
        time, memory = figure.subplots(1, 2)
        _panel(time, "Thời gian (giây)", measured, lambda item: item.median)
        _panel(memory, "Bộ nhớ, mọi tiến trình (MiB)", measured, lambda item: item.memory)
        handles, labels = time.get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, format="svg", metadata={"Date": None})


def _panel(
    axes: Any, title: str, measured: Sequence[Measured], value: Callable[[Measured], float | None]
) -> None:
    """Draw one figure of every contestant against the number of workbooks, both logarithmic."""
    points: dict[str, dict[int, float]] = {}
    for item in measured:
        if item.case.count and (found := value(item)) is not None:
            points.setdefault(item.case.name, {})[item.case.count] = found
    for index, (name, own) in enumerate(points.items()):
        width = 2.4 if name == OURS else 1.3
        axes.plot(own.keys(), own.values(), _STYLES[index % len(_STYLES)], lw=width, label=name)
    counts = sorted({count for own in points.values() for count in own})
    axes.set(title=title, xlabel="Số sổ", xscale="log", yscale="log")
    axes.set_xticks(counts, [f"{count:,}".replace(",", ".") for count in counts])
    axes.xaxis.minorticks_off()
    axes.yaxis.set_major_formatter(lambda number, _: f"{number:g}".replace(".", ","))
    axes.grid(visible=True, alpha=0.3)
