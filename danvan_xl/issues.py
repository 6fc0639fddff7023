"""A person's mistake as data: what, how severe, where, and what to do about it."""

from typing import NamedTuple

from danvan_xl.messages import Code, Severity


class Place(NamedTuple):
    """Where something stands: file name, sheet tab, cell in A1 form; "" where it does not apply."""

    file: str = ""
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        """Return the place as an officer reads it: "tệp a.xlsx, trang 'Chỉ tiêu', ô K12"."""
        parts = (
            f"tệp {self.file}" if self.file else "",
            f"trang '{self.sheet}'" if self.sheet else "",
            f"ô {self.cell}" if self.cell else "",
        )
        return ", ".join(part for part in parts if part)


NOWHERE = Place()


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
        return self.code.text.format_map(dict(self.values))

    @property
    def remedy(self) -> str:
        """What to do, in Vietnamese."""
        return self.code.remedy.format_map(dict(self.values))

    def within(self, file: str, unit_name: str) -> "Issue":
        """Return the same issue with the file and the unit it was found in."""
        place = self.place._replace(file=self.place.file or file)
        return self._replace(place=place, unit_name=self.unit_name or unit_name)


def issue(code: Code, place: Place = NOWHERE, /, **values: object) -> Issue:
    """Return an issue whose message is filled with `values`."""
    return Issue(code, place, tuple((name, str(value)) for name, value in values.items()))
