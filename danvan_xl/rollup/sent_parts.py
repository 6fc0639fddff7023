"""What a sending carries besides its sheets: the parts of its figures and its registers' counts.

It is JSON on the marker sheet, so that the level above adds up exactly what the units below have
reported, without their rows. Figures are texts of Decimals; where a listed row stood is not told.
What comes from outside is checked value by value.
"""

import datetime as dt
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from danvan_xl.reading.figure import NOTHING
from danvan_xl.reading.register_table import RegisterValue
from danvan_xl.rollup.parts import Coverage, Parts
from danvan_xl.rollup.rating import Rating
from danvan_xl.rollup.ratios import BOTTOM, COUNT, TOP, WEIGHT, quotient, ratio_rule, weight_key
from danvan_xl.rollup.register_blocks import Amount, BlockCell, BlockFigures, Days, Groups, Listed
from danvan_xl.rollup.summary_line import SummaryLine
from danvan_xl.rollup.tally import Scope, UnitFigure, rated
from danvan_xl.rollup.terms import Term
from danvan_xl.rollup.total_of_units import mean_of
from danvan_xl.schema.issues import Place
from danvan_xl.schema.output_sheets import TRACKING
from danvan_xl.schema.registers import Block, Extra, MeasureKind
from danvan_xl.schema.sheets import REGISTER_OF
from danvan_xl.vietnamese.numbers import Bound
from danvan_xl.vietnamese.periods import YEAR_END
from danvan_xl.vietnamese.text import match_key

_LARGEST_EXPONENT = 300
_NOT_OURS = (LookupError, TypeError, AttributeError, InvalidOperation, RecursionError)
_MOST_UNITS = 10_000_000


class SentFigure(NamedTuple):
    """What a sending says of one figure beside its value; see `UnitFigure`."""

    parts: Parts
    register: str = ""
    is_incomplete: bool = False
    as_of: int = 0
    ends_early: int = 0
    is_stated: bool = False


class Sent(NamedTuple):
    """What a sending carries: figures by indicator key, blocks by name of the register.

    `left_out` are registers whose tables this version of the program does not have like that.
    """

    figures: Mapping[str, SentFigure] = NOTHING
    registers: Mapping[str, tuple[BlockFigures, ...]] = NOTHING
    left_out: tuple[str, ...] = ()


def parts_text(
    lines: Iterable[SummaryLine], registers: Mapping[str, Sequence[BlockFigures]]
) -> str:
    """What a sending carries as one line of JSON."""
    figures = {line.definition.code: _figure_as_json(line) for line in lines}
    blocks = {name: list(map(_block_as_json, found)) for name, found in registers.items()}
    written = {"figures": figures, "registers": blocks}
    return json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_parts(text: str) -> Sent:
    """What a sending carries; ValueError when it is not what the program writes."""
    try:
        read = json.loads(text)
        figures = {match_key(code): _figure(found) for code, found in read["figures"].items()}
        known, left_out = {}, []
        for name, blocks in read["registers"].items():
            register = REGISTER_OF.get(name)
            if register is None or not _fits(register.blocks, blocks):
                left_out.append(register.title if register else str(name))
                continue
            pairs = zip(register.blocks, blocks, strict=True)
            known[name] = tuple(_block(*pair) for pair in pairs)
    except _NOT_OURS as error:
        raise ValueError("parts of a sending") from error
    return Sent(figures, known, tuple(left_out))


def with_parts(
    figures: Mapping[str, UnitFigure], key: str, sent: SentFigure, scope: Scope, *, month: int
) -> UnitFigure:
    """A figure read from a sending of a `month` with what it is made of.

    A ratio is that of the sums the sending tells: of the units that have both of its parts. A mean
    is exact, where a cell holds 15 digits of it. What does not fit the rows here is left out.
    """
    figure, parts = figures[key], sent.parts
    definition = scope.definitions[key]
    rule = ratio_rule(definition, scope.definitions)
    if rule is None or rule.numerator not in figures or rule.denominator not in figures:
        parts = parts._replace(ratio=None, is_uneven=False)
    if parts.weighted is not None and parts.weighted[2] != weight_key(definition):
        parts = parts._replace(weighted=None)
    figure = figure._replace(
        parts=parts,
        register=sent.register,
        as_of=sent.as_of or figure.as_of,
        ends_early=sent.ends_early or figure.ends_early,
    )
    mean = mean_of(sent.parts)
    if rule is not None and (parts.ratio is not None or parts.is_uneven):
        top, bottom = parts.ratio or (None, None)
        figure = _with_ratio(figure, sent, quotient(top, bottom, rule.factor))
    elif mean is not None:
        figure = _with_weight(figure._replace(actual=mean), parts)
    figure = rated(figure, scope)
    if sent.is_incomplete and month == scope.month:
        return figure._replace(rating=Rating.INCOMPLETE)
    return figure


def _with_ratio(figure: UnitFigure, sent: SentFigure, value: Decimal | None) -> UnitFigure:
    """A figure that is the quotient of what was sent; what the sender states stands beside it."""
    is_told = not sent.is_stated
    typed = figure.stated if figure.stated is not None else figure.actual
    sums = sent.parts.ratio
    return figure._replace(
        actual=value,
        bound=figure.bound if value is not None else Bound.EXACT,
        stated=None if is_told else typed,
        terms=() if sums is None else tuple(_sums(figure.terms, sums)),
    )


def _sums(terms: Sequence[Term], sums: tuple[Decimal, Decimal]) -> Iterator[Term]:
    """A term for each of the two sums: those of the two rows, which may be of more units."""
    for what, value in zip((TOP, BOTTOM), sums, strict=True):
        found = next((term for term in terms if term.period.startswith(what)), None)
        if found is not None:
            yield found._replace(value=value)
        elif terms:
            yield terms[0]._replace(value=value, period=f"{what} {terms[0].period}")


def _with_weight(figure: UnitFigure, parts: Parts) -> UnitFigure:
    """A mean with a term that tells what it weighs, where it is not one figure among others."""
    if parts.weighted is not None:
        what, weight = WEIGHT, parts.weighted[1]
    elif parts.mean is not None and parts.mean[1] != 1:
        what, weight = COUNT, Decimal(parts.mean[1])
    else:
        return figure
    weights = (
        term._replace(value=weight, period=f"{what} {term.period}") for term in figure.terms[:1]
    )
    return figure._replace(terms=(*figure.terms[:1], *weights))


def _figure_as_json(line: SummaryLine) -> dict[str, object]:
    parts = line.parts
    written: dict[str, object] = {
        "ratio": parts.ratio and [str(value) for value in parts.ratio],
        "mean": parts.mean and [str(parts.mean[0]), parts.mean[1]],
        "weighted": parts.weighted and [str(item) for item in parts.weighted],
        "uneven": parts.is_uneven,
        "stated": line.is_typed and (parts.ratio is not None or parts.is_uneven),
        "met": _as_text(parts.met),
        "coverage": [list(item) for item in parts.coverage],
        "missing": [parts.missing, _as_text(parts.missing_plan)] if parts.missing else None,
        "register": line.register,
        "incomplete": line.rating is Rating.INCOMPLETE,
        "as_of": line.timing.as_of or None,
        "ends_early": line.ends_early or None,
    }
    return {name: value for name, value in written.items() if value not in (None, [], "", False)}


def _as_text(number: Decimal | None) -> str | None:
    """A number as it is written; 0 is one, None is none."""
    return None if number is None else str(number)


def _figure(read: Mapping[str, Any]) -> SentFigure:
    ratio, mean, met = read.get("ratio"), read.get("mean"), read.get("met")
    weighted = read.get("weighted")
    missing, plan = read.get("missing", (0, "0"))
    parts = Parts(
        ratio=None if ratio is None else (_decimal(ratio[0]), _decimal(ratio[1])),
        mean=None if mean is None else (_decimal(mean[0]), _count(mean[1], least=1)),
        weighted=None
        if weighted is None
        else (_decimal(weighted[0]), _decimal(weighted[1]), _text(weighted[2])),
        is_uneven=read.get("uneven") is True,
        met=None if met is None else _decimal(met),
        coverage=tuple(
            Coverage(_text(level), _count(reported), _count(expected))
            for level, reported, expected in read.get("coverage", ())
        ),
        missing=_count(missing),
        missing_plan=None if plan is None else _decimal(plan),
    )
    register = _text(read.get("register", ""))
    is_incomplete, is_stated = (read.get(name) is True for name in ("incomplete", "stated"))
    as_of, ends_early = (_month(read.get(name, 0)) for name in ("as_of", "ends_early"))
    return SentFigure(parts, register, is_incomplete, as_of, ends_early, is_stated=is_stated)


def _block_as_json(figures: BlockFigures) -> dict[str, object]:
    return {
        "groups": [
            [list(labels), list(map(_cell_as_json, cells))]
            for labels, cells in figures.groups.items()
        ],
        "listed": [list(map(_value_as_json, row.values)) for row in figures.listed],
        "count": figures.listed_count,
    }


def _cell_as_json(cell: BlockCell) -> object:
    if isinstance(cell, Amount):
        return {"amount": [cell.value, cell.bound.value]}
    if isinstance(cell, Days):
        return {"days": list(cell.days)}
    return {"date": cell.isoformat()} if isinstance(cell, dt.date) else cell


def _value_as_json(value: RegisterValue) -> object:
    return {"date": value.isoformat()} if isinstance(value, dt.date) else value


def _fits(blocks: Sequence[Block], read: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the blocks of a register are those this version of the program has."""
    if len(blocks) != len(read):
        return False
    for block, found in zip(blocks, read, strict=True):
        if block.is_list and found["groups"]:
            return False
        shape = {(len(labels), len(cells)) for labels, cells in found["groups"]}
        if shape - {(len(block.by), len(block.measures))}:
            return False
    return True


def _block(block: Block, read: Mapping[str, Any]) -> BlockFigures:
    readers = [_CELLS.get(measure.kind, _none) for measure in block.measures]
    groups: Groups = {
        tuple(map(_text, labels)): tuple(
            None if cell is None else reader(cell)
            for reader, cell in zip(readers, cells, strict=True)
        )
        for labels, cells in read["groups"]
    }
    listed = tuple(
        Listed(tuple(map(_value, values)), Place(sheet=TRACKING.title))
        for values in read["listed"]
        if len(values) == _width(block)
    )
    return BlockFigures(groups, listed, _count(read["count"]))


def _width(block: Block) -> int:
    """How many values a row of a list has; its place stands beside them."""
    return sum(name != Extra.PLACE for name in block.columns)


def _sum(read: Any) -> float | Amount:
    if isinstance(read, dict):
        value, bound = read["amount"]
        return Amount(_float(value), Bound(bound))
    return _float(read)


def _date(read: Any) -> dt.date:
    return dt.date.fromisoformat(_text(read["date"]))


def _days(read: Any) -> Days:
    return Days(tuple(map(_count, read["days"])))


def _none(read: Any) -> None:
    """What is worked out in the end has no figure of its own."""
    raise ValueError(read)


def _value(read: Any) -> RegisterValue:
    if isinstance(read, dict):
        return _date(read)
    if read is None or isinstance(read, str | bool):
        return read
    return read if type(read) is int else _float(read)


def _decimal(read: Any) -> Decimal:
    value = Decimal(_text(read))
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST_EXPONENT:
        raise ValueError(read)
    return value


def _count(read: Any, least: int = 0) -> int:
    if type(read) is not int or not least <= read <= _MOST_UNITS:
        raise ValueError(read)
    return read


def _month(read: Any) -> int:
    if (month := _count(read)) > YEAR_END:
        raise ValueError(read)
    return month


def _float(read: Any) -> float:
    if type(read) is not float or not math.isfinite(read):
        raise ValueError(read)
    return read


def _text(read: Any) -> str:
    if type(read) is not str:
        raise ValueError(read)
    return read


_CELLS: Mapping[MeasureKind, Callable[[Any], BlockCell]] = {
    MeasureKind.COUNT: _count,
    MeasureKind.FILLED: _count,
    MeasureKind.ALL: _count,
    MeasureKind.SUM: _sum,
    MeasureKind.LATEST: _date,
    MeasureKind.MEDIAN: _days,
    MeasureKind.LONGEST: _days,
}
