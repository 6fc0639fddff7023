"""Whatever may stand where a program expects its own JSON."""

from typing import Any

from hypothesis import strategies as st

# Days beside the first and the last there are, odd clocks, names no disk takes, half letters.
ODD_TEXTS = (
    *("", " ", "\0", "\ud800", "a\ud800b", "../../x", "/etc/passwd", "C:\\x", "CON", "x" * 5_000),
    *("0001-01-01", "9999-12-31", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"),
    *("2026-07-05T08:00:00+07:00", "2026-07-05T08:00:00", "20260705", "2026-W01-1", "24:00"),
    *("Tháng 13", "Tháng 6", "T06", "Q9", "6T", "CN", "NaN", "1e999", "10" * 3_000, "ab" * 32),
)
ODD_NUMBERS = (0, -1, 13, 2026, 10_000, 2**63, 10**400, float("inf"), float("nan"), 0.5)
ODD_SHAPES = (None, True, [], {}, [None], ["\ud800"], [1], {"a": 1}, [[]])
ODD = st.sampled_from((*ODD_TEXTS, *ODD_NUMBERS, *ODD_SHAPES))
_NUMBERS = st.one_of(st.integers(-(10**30), 10**30), st.floats())
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), _NUMBERS, ODD, st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=8,
)


def places_in(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value within a value of JSON."""
    found = [way] if way else []
    if isinstance(value, dict | list):
        steps = list(value) if isinstance(value, dict) else list(range(len(value)))
        for step in steps:
            found += places_in(value[step], (*way, step))
    return found


@st.composite
def changed(draw: st.DrawFn, value: Any) -> Any:
    """Draw the same JSON with one to three of its values others, or gone."""
    for _ in range(draw(st.integers(1, 3))):
        ways = places_in(value)
        if not ways:
            return draw(VALUES)
        way = draw(st.sampled_from(ways))
        value = _replaced(value, way, draw(st.one_of(st.just(_GONE), ODD, ODD, VALUES)))
    return value


_GONE = object()


def _replaced(value: Any, way: tuple[Any, ...], new: Any) -> Any:
    step, *rest = way
    copy = value.copy()
    if rest:
        copy[step] = _replaced(value[step], tuple(rest), new)
    elif new is _GONE:
        del copy[step]
    else:
        copy[step] = new
    return copy
