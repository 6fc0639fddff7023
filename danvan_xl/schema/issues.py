"""A person's mistake as data: what, how severe, where, and what to do about it."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.schema.messages import Code, Severity
from danvan_xl.vietnamese.printed import vietnamese_number
from danvan_xl.vietnamese.privacy import Attributed, Ours, without_names, without_personal_numbers
from danvan_xl.vietnamese.public_words import public_typed
from danvan_xl.vietnamese.shown_names import shortened, shown_words

# What may fill a message. A bare `str` may not: who makes the message says whose words it holds.
Said = Attributed | Decimal | int


class Place(NamedTuple):
    """Where something stands, and whose it is; "" where that does not apply.

    File name, sheet tab, cell in A1 form, name of the unit. Who reads a workbook gives file and
    unit, once.
    """

    file: str = ""
    sheet: str = ""
    cell: str = ""
    unit_name: str = ""

    def at(self, cell: str) -> "Place":
        """A cell of the same sheet."""
        return Place(self.file, self.sheet, cell, self.unit_name)

    def __str__(self) -> str:
        """The place as an officer reads it: "tệp a.xlsx, trang 'Chỉ tiêu', ô K12"."""
        parts = (
            f"tệp {shortened(self.file)}" if self.file else "",
            f"trang '{self.sheet}'" if self.sheet else "",
            f"ô {self.cell}" if self.cell else "",
        )
        return ", ".join(part for part in parts if part)


NOWHERE = Place()  # of what is about a consolidation as a whole, until that names its workbook
_MOST_ALIKE = 1_000  # findings of one code in one file
_LONGEST_TYPED, _LONGEST = 100, 600  # letters of what was typed, and of what the program lists


class Issue(NamedTuple):
    """One finding; what is `said` and what was `typed` fill the message and the remedy of its code.

    What was typed stays at home where it may name a person (`anonymous`).
    """

    code: Code
    place: Place
    said: tuple[tuple[str, str], ...] = ()
    typed: tuple[tuple[str, str], ...] = ()

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

    @property
    def unit_name(self) -> str:
        """The unit it is about, "" where that is not known."""
        return self.place.unit_name

    def of_unit(self, name: str) -> "Issue":
        """The same issue under the name by which the level above knows the unit."""
        return self._replace(place=self.place._replace(unit_name=name))

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """All that fills the message, by placeholder."""
        return self.said + self.typed

    def anonymous(self, known: Container[str] = ()) -> "Issue":
        """The same issue without what somebody typed, but for figures and words of public lists.

        `known` are texts that name nobody, by match key. File, tab and cell are as before.
        """
        typed = tuple((name, public_typed(text, known)) for name, text in self.typed)
        nameless = self.without_numbers_of_people()._replace(typed=typed)
        return nameless.of_unit(without_names(self.unit_name, known))

    def without_numbers_of_people(self) -> "Issue":
        """The same issue, repeating no digits of a citizen or a telephone."""
        said, typed = (
            tuple((name, without_personal_numbers(text)) for name, text in part)
            for part in (self.said, self.typed)
        )
        return self._replace(said=said, typed=typed)


def _filled(text: str, values: tuple[tuple[str, str], ...]) -> str:
    return text.format_map(dict(values)) if "{" in text else text


def issue(code: Code, place: Place, /, **values: Said) -> Issue:
    """An issue whose message is filled with `values`, each cut where nobody reads on.

    What is not marked as ours, nor a number, counts as typed.
    """
    said: list[tuple[str, str]] = []
    typed: list[tuple[str, str]] = []
    for name, value in values.items():
        text = vietnamese_number(value) if isinstance(value, Decimal) else str(value)
        is_ours = isinstance(value, Ours | Decimal | int)
        (said if is_ours else typed).append((name, _cut(name, shown_words(text))))
    return Issue(code, place, tuple(said), tuple(typed))


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
            values = {"count": Ours(count - _MOST_ALIKE), "code": Ours(code.label)}
            place = Place(file, unit_name=units[file, code])
            yield issue(Code.MORE_OF_THE_SAME, place, **values)


def _cut(name: str, text: str) -> str:
    longest = _LONGEST_TYPED if name == "value" else _LONGEST
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
