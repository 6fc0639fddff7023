"""Plans as people write them: "từ 85% trở lên", "> 95", "85-90%", "giữ vững 19", "mỗi thôn 01".

Here the words around the number are taken apart; the number itself is read like any other figure,
and what the words ask for is decided by Chiều elsewhere.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from danvan_xl.vietnamese.measures import Likeness, compare_measures, is_share
from danvan_xl.vietnamese.numbers import Bound, CellRole, State, TypedNumber, parse_typed
from danvan_xl.vietnamese.text import bare_key, match_key, tidy

PLAN_WORDS_FILE = Path(__file__).parents[1] / "data" / "ke-hoach.toml"


class PlanWord(StrEnum):
    """What the words around the number of a plan ask for."""

    NONE = ""
    AT_LEAST = "≥"
    AT_MOST = "≤"
    ABOVE = ">"
    BELOW = "<"


class PlanDoubt(StrEnum):
    """Why a plan says no one number that is to be reached."""

    NO_NUMBER = "no number"
    CHANGE = "a change, not a level"
    EACH = "for each unit or month"
    SEVERAL = "several numbers"
    WORDS = "words nobody knows"
    PERCENT = "a share of a row that is none"


class WrittenPlan(NamedTuple):
    """The text of a plan taken apart.

    `number` is the part that is read as a figure ("1.500 hộ"), `upper` the other end of a range.
    With a `doubt` there is no number. `is_not_given` tells of "-": the target is not assigned.
    """

    number: str = ""
    word: PlanWord = PlanWord.NONE
    upper: str = ""
    doubt: PlanDoubt | None = None
    is_not_given: bool = False


_LONGEST = 200  # of a text that says a plan
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_SIGN = re.compile(r"(?<![\w)])[+\-−](?=\d)")
_LONE_DASH = re.compile(r"[-–—−]\s+")
_SYMBOLS = (
    (re.compile(r">\s*=|=\s*>|⩾"), "≥"),
    (re.compile(r"<\s*=|=\s*<|⩽"), "≤"),
)
_ALONE = re.compile(r"([≥≤><~≈/])")
_AROUND = " \t:;,.()[]=\"'“”"
_NUMBER = r"\d[\d.,]*(?:[ \u00a0]\d{3}(?!\d))*(?:,\d+)?"
# "85-90%", "85% đến 90%", "1.500 hộ - 2.000 hộ".
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<unit>[^\d\-–—÷~]*?)\s*(?:-|–|—|÷|~|->|đến|tới)\s*"
    rf"(?P<high>{_NUMBER})\s*(?P<rest>[^\d]*)",
    re.IGNORECASE,
)
_BARE_RANGE = re.compile(_RANGE.pattern.replace("đến|tới", "den|toi"), re.IGNORECASE)
_A_YEAR = re.compile(r"\s*/\s*(?:1 )?năm$", re.IGNORECASE)
_NEVER_WITH_A_RANGE = frozenset({"about", "at_least", "at_most", "above", "beyond", "below"})
_WORD_OF = {
    "from": PlanWord.AT_LEAST,
    "at_least": PlanWord.AT_LEAST,
    "at_most": PlanWord.AT_MOST,
    "above": PlanWord.ABOVE,
    "beyond": PlanWord.ABOVE,
    "below": PlanWord.BELOW,
    "about": PlanWord.NONE,
}


def written_plan(raw: str, measure: str) -> WrittenPlan:
    """A plan's text taken apart, with the doubts that the ĐVT of its row raises."""
    apart = take_apart(raw)
    typed = parse_typed(apart.number, CellRole.PLAN)
    if typed.state is not State.NUMBER:
        return apart
    doubt = _doubt_by(apart, typed, measure)
    if doubt is not None:
        return WrittenPlan(doubt=doubt)
    if typed.percent and typed.unit and typed.planned is None:  # "95% số hộ"
        return apart._replace(number=_to_percent(apart.number), upper=_to_percent(apart.upper))
    return apart


@lru_cache(maxsize=4096)
def take_apart(raw: str) -> WrittenPlan:
    """The words and the number of a plan's text; text that says neither stays as it is."""
    text = tidy(raw)
    words = _words()
    if match_key(text) in words.not_given:
        return WrittenPlan(is_not_given=True)
    if match_key(text) in words.unclear:
        return WrittenPlan(doubt=PlanDoubt.NO_NUMBER)
    if not _DIGIT.search(text):
        is_said = parse_typed(
            text, CellRole.PLAN
        ).state is not State.UNREADABLE or not _LETTER.search(text)
        is_said = is_said or text.startswith("#")  # of a formula that shows an error
        doubt = _hazard_in(text, PlanDoubt.NO_NUMBER)
        return WrittenPlan(text) if is_said else WrittenPlan(doubt=doubt)
    if len(text) > _LONGEST:
        return WrittenPlan(doubt=PlanDoubt.WORDS)
    for pattern, symbol in _SYMBOLS:
        text = pattern.sub(symbol, text)
    return _with_number(text)


def is_plan_language(raw: str) -> bool:
    """Whether a plan's text has no words but those that plans are written with."""
    return all(_DIGIT.search(word) or word in _words().vocabulary for word in _tokens(tidy(raw)))


def _to_percent(text: str) -> str:
    """A percentage without the words that say of what."""
    number, sign, _ = text.partition("%")
    return number + sign


def _doubt_by(apart: WrittenPlan, typed: TypedNumber, measure: str) -> PlanDoubt | None:
    percent = is_share(measure)
    if typed.share is not None and percent:
        return None
    if typed.planned is not None and (percent or typed.planned not in (typed.value, typed.other)):
        return PlanDoubt.SEVERAL
    if typed.percent and not percent:
        return PlanDoubt.PERCENT
    if apart.number.startswith("+") and not percent:
        return PlanDoubt.CHANGE  # "+20": more by 20 than there are
    if "/" in typed.unit and not _is_of(typed.unit, measure):
        return PlanDoubt.EACH
    return None


def _is_of(unit: str, measure: str) -> bool:
    likeness = (compare_measures(words, measure) for words in (unit, f"{unit}/năm"))
    return Likeness.SAME in likeness


class _Words(NamedTuple):
    """The word lists, each phrase as a tuple of its words' match keys; `bare` without marks."""

    before: Mapping[tuple[str, ...], str]
    bare_before: Mapping[tuple[str, ...], str]
    after: Mapping[tuple[str, ...], str]
    bare_after: Mapping[tuple[str, ...], str]
    hazards: Mapping[tuple[str, ...], PlanDoubt]
    not_given: frozenset[str]
    unclear: frozenset[str]
    vocabulary: frozenset[str]


@cache
def _words() -> _Words:
    read = tomllib.loads(PLAN_WORDS_FILE.read_text(encoding="utf-8"))
    before, after = _phrases(read["before"]), _phrases(read["after"])
    hazards = {phrase: PlanDoubt[kind.upper()] for phrase, kind in _phrases(read["hazard"]).items()}
    known = [*before, *after, *hazards]
    known += [_tokens(phrase) for phrase in (*read["not_given"], *read["unclear"])]
    return _Words(
        before=before,
        bare_before={tuple(map(_bare, phrase)): kind for phrase, kind in before.items()},
        after=after,
        bare_after={tuple(map(_bare, phrase)): kind for phrase, kind in after.items()},
        hazards=hazards,
        not_given=frozenset(map(match_key, read["not_given"])),
        unclear=frozenset(map(match_key, read["unclear"])),
        vocabulary=frozenset(word for phrase in known for word in phrase),
    )


def _phrases(lists: Mapping[str, Iterable[str]]) -> dict[tuple[str, ...], str]:
    return {_tokens(phrase): kind for kind, phrases in lists.items() for phrase in phrases}


def _bare(word: str) -> str:
    return bare_key(word) or word


def _tokens(text: str) -> tuple[str, ...]:
    """The words of a text by match key, each sign of comparison one of them."""
    spaced = (word.strip(_AROUND + "-–—") for word in _ALONE.sub(r" \1 ", text).split())
    return tuple(match_key(word) for word in spaced if word)


def _with_number(text: str) -> WrittenPlan:
    """A text with at least one digit, taken apart."""
    first = _DIGIT.search(text)
    assert first is not None  # asked before
    start = first.start()
    if sign := _SIGN.search(text[: start + 1]):
        start = sign.start()
    elif _LONE_DASH.fullmatch(text[:start]):
        return WrittenPlan(doubt=PlanDoubt.CHANGE)  # "- 20": less by 20, or a dash before it
    kinds = _kinds_before(text[:start], is_bare=text.isascii())
    if kinds is None:
        return WrittenPlan(doubt=_hazard_in(text, PlanDoubt.WORDS))
    core = text[start:].rstrip(_AROUND.replace(")", ""))
    core, behind = _without_words_behind(core, is_bare=text.isascii())
    core = _A_YEAR.sub("", core)  # a plan is of a year anyway
    kinds += behind
    if span := (_BARE_RANGE if text.isascii() else _RANGE).fullmatch(core):
        return _range(span, frozenset(kinds), text)
    doubt = _hazard_behind(core)
    return WrittenPlan(doubt=doubt) if doubt is not None else _number(core, kinds)


def _number(core: str, kinds: list[str]) -> WrittenPlan:
    """One number, and what the words around it, none of them of a level, ask for."""
    typed = parse_typed(core, CellRole.PLAN)
    if typed.state is not State.NUMBER:
        several = len(re.findall(_NUMBER, core)) > 1
        return WrittenPlan(doubt=PlanDoubt.SEVERAL) if several else WrittenPlan(core)
    if typed.planned not in (None, typed.value, typed.other) and typed.share is None:
        return WrittenPlan(doubt=PlanDoubt.SEVERAL)
    if typed.bound is not Bound.EXACT:  # "95+"
        kinds = [*kinds, _BOUND_KINDS[typed.bound]]
        core = core.rstrip("+ ")
    if "beyond" in kinds and typed.percent:
        return WrittenPlan(doubt=PlanDoubt.CHANGE)
    words = {_WORD_OF[kind] for kind in kinds} or {PlanWord.NONE}
    if len(words) > 1:
        return WrittenPlan(doubt=PlanDoubt.WORDS)
    return WrittenPlan(core, words.pop())


_BOUND_KINDS = {Bound.AT_LEAST: "at_least", Bound.AT_MOST: "at_most", Bound.ABOUT: "about"}


def _range(span: re.Match[str], kinds: frozenset[str], text: str) -> WrittenPlan:
    """A plan with two ends; a word that bounds them would leave two readings."""
    unit, rest = span["unit"].strip(), span["rest"].strip()
    alike = not unit or match_key(unit) == match_key(rest)
    if kinds & _NEVER_WITH_A_RANGE or not alike or _hazard_behind(f"1 {rest}") is not None:
        return WrittenPlan(doubt=_hazard_in(text, PlanDoubt.SEVERAL))
    low, high = f"{span['low']} {rest}".strip(), f"{span['high']} {rest}".strip()
    ends = [parse_typed(end, CellRole.PLAN) for end in (low, high)]
    if any(end.value is None or end.planned is not None for end in ends):
        return WrittenPlan(doubt=PlanDoubt.SEVERAL)
    return WrittenPlan(low, upper=high)


def _kinds_before(text: str, *, is_bare: bool) -> list[str] | None:
    """What the words before the number ask for, without those of a level; None: not known."""
    words = _words()
    known = words.bare_before if is_bare else words.before
    tokens, kinds = _tokens(text), []
    while tokens:
        size = next((n for n in range(min(5, len(tokens)), 0, -1) if tokens[:n] in known), 0)
        if not size:
            return None
        kinds.append(known[tokens[:size]])
        tokens = tokens[size:]
    return [kind for kind in kinds if kind != "level"]


def _without_words_behind(core: str, *, is_bare: bool) -> tuple[str, list[str]]:
    """The number without "trở lên" and the like behind it, and what these ask for."""
    words = _words()
    known = words.bare_after if is_bare else words.after
    parts = core.split(" ")
    for size in (3, 2, 1):
        tail = _tokens(" ".join(parts[-size:]))
        if len(parts) > size and tail in known:
            return " ".join(parts[:-size]).rstrip(_AROUND), [known[tail]]
    return core, []


def _hazard_behind(core: str) -> PlanDoubt | None:
    """Whether words behind a number make it a change, or one of many; "/" may be of a measure."""
    number = re.match(rf"[+\-−]?{_NUMBER}", core)
    behind = core[number.end() :] if number else core
    if "/" in behind and (_DIGIT.search(behind) or not re.search(r"\w\s*/\s*\w", behind)):
        behind = behind.replace("/", " ")
    doubt = next(_hazards(_tokens(behind.replace("/", "⁄"))), None)
    known = _words().after
    tokens = _tokens(behind)
    pairs = (tokens[at : at + 2] for at in range(len(tokens)))
    return doubt or (PlanDoubt.WORDS if any(pair in known for pair in pairs) else None)


def _hazard_in(text: str, otherwise: PlanDoubt) -> PlanDoubt:
    return next(_hazards(_tokens(text)), otherwise)


def _hazards(tokens: tuple[str, ...]) -> Iterator[PlanDoubt]:
    hazards = _words().hazards
    for at in range(len(tokens)):
        for size in (1, 2, 3):
            if (found := hazards.get(tokens[at : at + size])) is not None:
                yield found
