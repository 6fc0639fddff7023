"""A person's mistake as data: what, how severe, where, and what to do about it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from danvan_xl.schema.messages import Code, Severity
from danvan_xl.vietnamese.privacy import HIDDEN, without_personal_numbers


class Place(NamedTuple):
    """Where something stands: file name, sheet tab, cell in A1 form; "" where it does not apply."""

    file: str = ""
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        """The place as an officer reads it: "tệp a.xlsx, trang 'Chỉ tiêu', ô K12"."""
        parts = (
            f"tệp {self.file}" if self.file else "",
            f"trang '{self.sheet}'" if self.sheet else "",
            f"ô {self.cell}" if self.cell else "",
        )
        return ", ".join(part for part in parts if part)


NOWHERE = Place()
_ABOUT_MODELS = (
    Code.MODEL_REPORTED_TWICE,
    Code.MODEL_CODE_CLASH,
    Code.MODEL_NAMES_ALIKE,
    Code.MODEL_STATES_DIFFER,
)
_NAMES_OF_MODELS = ("name", "other")
_MOST_ALIKE = 1_000  # findings of one code in one file
_LONGEST_TYPED, _LONGEST = 100, 600  # letters of what was typed, and of what the program lists


class Issue(NamedTuple):
    """One finding; `values` fill the message and the remedy of its code."""

    code: Code
    place: Place = NOWHERE
    values: tuple[tuple[str, str], ...] = ()
    unit_name: str = ""

    @property
    def severity(self) -> Severity:
        """How bad it is, from the catalogue."""
        return self.code.severity

    @property
    def message(self) -> str:
        """What is wrong, in Vietnamese."""
        return _filled(self.code.text, self.values)

    @property
    def remedy(self) -> str:
        """What to do, in Vietnamese."""
        return _filled(self.code.remedy, self.values)

    def within(self, file: str, unit_name: str) -> "Issue":
        """The same issue with the file and the unit it was found in."""
        place = self.place._replace(file=self.place.file or file)
        return self._replace(place=place, unit_name=self.unit_name or unit_name)

    def anonymous(self) -> "Issue":
        """The same issue without what somebody typed, as far as it may name a person."""
        typed = _NAMES_OF_MODELS if self.code in _ABOUT_MODELS else ("value",)
        values = tuple(
            (name, _anonymous(text) if name in typed else without_personal_numbers(text))
            for name, text in self.values
        )
        return self._replace(values=values)


def _filled(text: str, values: tuple[tuple[str, str], ...]) -> str:
    return text.format_map(dict(values)) if "{" in text else text


def _anonymous(text: str) -> str:
    """A typed text when it is one word or a figure; several words may be a name."""
    has_words = sum(word.isalpha() for word in text.split()) > 1
    return HIDDEN if has_words else without_personal_numbers(text)


def issue(code: Code, place: Place = NOWHERE, /, **values: object) -> Issue:
    """An issue whose message is filled with `values`, each cut where nobody reads on."""
    return Issue(
        code, place, tuple((name, _cut(name, str(value))) for name, value in values.items())
    )


def without_endless(issues: Iterable[Issue]) -> Iterator[Issue]:
    """The findings; of those of one code in one file no more than anybody reads.

    The rest is counted in a note of its own at the end.
    """
    met: Counter[tuple[str, Code]] = Counter()
    units: dict[tuple[str, Code], str] = {}
    for item in issues:
        key = (item.place.file, item.code)
        met[key] += 1
        units.setdefault(key, item.unit_name)
        if met[key] <= _MOST_ALIKE:
            yield item
    for (file, code), count in met.items():
        if count > _MOST_ALIKE:
            values = {"count": count - _MOST_ALIKE, "code": code.label}
            more = issue(Code.MORE_OF_THE_SAME, Place(file), **values)
            yield more.within("", units[file, code])


def _cut(name: str, text: str) -> str:
    longest = _LONGEST_TYPED if name == "value" else _LONGEST
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
