"""How cells look in LibreOffice: letters, lines, and rules that change the look."""

from typing import Any

from xlwings import base_classes

from danvan_xl.excel.libreoffice.asked import AskedCells

_BOLD, _PLAIN = 150.0, 100.0
# Sides as xlwings names them, and the parts of UNO's table border.
_SIDES = {
    "edge_top": "TopLine",
    "edge_bottom": "BottomLine",
    "edge_left": "LeftLine",
    "edge_right": "RightLine",
    "inside_horizontal": "HorizontalLine",
    "inside_vertical": "VerticalLine",
}
_WEIGHTS = {"hairline": 2, "thin": 26, "medium": 53, "thick": 88}  # hundredths of a millimetre


def colour(value: Any) -> int:
    """A colour as one number, from "#FF0000", (255, 0, 0), or Excel's own number."""
    if isinstance(value, int):  # blue comes first there
        red, green, blue = value & 255, (value >> 8) & 255, (value >> 16) & 255
    elif isinstance(value, str):
        red, green, blue = bytes.fromhex(value.lstrip("#"))
    else:
        red, green, blue = map(int, value)
    return (red << 16) | (green << 8) | blue


def rgb_of(number: int) -> tuple[int, int, int] | None:
    """A colour as red, green and blue; None where there is none."""
    return None if number < 0 else ((number >> 16) & 255, (number >> 8) & 255, number & 255)


class CalcFont(base_classes.Font):
    """The letters of a range."""

    def __init__(self, cells: AskedCells) -> None:
        self._range = cells

    @property
    def api(self) -> Any:
        """The cells of UNO."""
        return self._range.cells_of_uno

    @property
    def bold(self) -> bool:
        """Whether they are bold."""
        return bool(self.api.CharWeight > _PLAIN)

    @bold.setter
    def bold(self, value: bool) -> None:
        self.api.CharWeight = _BOLD if value else _PLAIN

    @property
    def italic(self) -> bool:
        """Whether they slope."""
        return bool(self.api.CharPosture.value == "ITALIC")

    @italic.setter
    def italic(self, value: bool) -> None:
        uno = self._range.sheet.book.app.office.uno
        self.api.CharPosture = uno.Enum("com.sun.star.awt.FontSlant", "ITALIC" if value else "NONE")

    @property
    def size(self) -> float:
        """Their size in points."""
        return float(self.api.CharHeight)

    @size.setter
    def size(self, value: float) -> None:
        self.api.CharHeight = float(value)

    @property
    def name(self) -> str:
        """The font."""
        return str(self.api.CharFontName)

    @name.setter
    def name(self, value: str) -> None:
        self.api.CharFontName = value

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Their colour."""
        return rgb_of(self.api.CharColor)

    @color.setter
    def color(self, value: Any) -> None:
        self.api.CharColor = colour(value)


class Borders(base_classes.Borders):
    """The lines of a range, all sides together or one by one."""

    def __init__(self, cells: AskedCells) -> None:
        self.parent = cells

    @property
    def api(self) -> Any:
        """The cells of UNO."""
        return self.parent.cells_of_uno

    def __getitem__(self, side: str) -> "Border":
        return Border(self.parent, (side,))

    def _all(self) -> "Border":
        return Border(self.parent, tuple(_SIDES))

    @property
    def weight(self) -> str | None:
        """How thick all lines are; None where they differ."""
        return self._all().weight

    @weight.setter
    def weight(self, value: str) -> None:
        self._all().weight = value

    @property
    def line_style(self) -> str | None:
        """What all lines are like; None where they differ."""
        return self._all().line_style

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        self._all().line_style = value

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The colour of all lines; None where they differ."""
        return self._all().color

    @color.setter
    def color(self, value: Any) -> None:
        self._all().color = value

    def set(self, which: Any = "all", **look: Any) -> None:
        """Give sides a look."""
        given = (which,) if isinstance(which, str) else tuple(which)
        sides = tuple(side for side in given if side in _SIDES) or tuple(_SIDES)
        border = Border(self.parent, sides)
        for name, value in look.items():
            if value is not base_classes._UNSET:  # noqa: SLF001 - xlwings' own mark for "not given"
                setattr(border, name, value)

    def clear(self, which: Any = "everything") -> None:
        """Take lines away."""
        self.set(which, line_style=None)


class Border(base_classes.Border):
    """Some sides of a range."""

    def __init__(self, cells: AskedCells, sides: tuple[str, ...]) -> None:
        self._range = cells
        self._sides = sides

    @property
    def api(self) -> Any:
        """The cells of UNO."""
        return self._range.cells_of_uno

    def _lines(self) -> list[Any]:
        border = self.api.TableBorder2
        return [getattr(border, _SIDES[side]) for side in self._sides]

    def _change(self, **parts: int) -> None:
        border = self.api.TableBorder2
        for side in self._sides:
            line = getattr(border, _SIDES[side])
            for name, value in parts.items():
                setattr(line, name, value)
            setattr(border, _SIDES[side], line)
            setattr(border, f"Is{_SIDES[side]}Valid", True)
        self.api.TableBorder2 = border

    @property
    def line_style(self) -> str | None:
        """The word "continuous", or None for no line."""
        return "continuous" if all(line.LineWidth for line in self._lines()) else None

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        width = _WEIGHTS["thin"] if value else 0
        self._change(LineStyle=0, LineWidth=width, OuterLineWidth=width)

    @property
    def weight(self) -> str | None:
        """How thick the lines are; None where they differ or are none."""
        widths = {line.LineWidth for line in self._lines()}
        if len(widths) > 1 or not any(widths):
            return None
        width = widths.pop()
        return min(_WEIGHTS, key=lambda name: abs(_WEIGHTS[name] - width))

    @weight.setter
    def weight(self, value: str) -> None:
        width = _WEIGHTS[value]
        self._change(LineStyle=0, LineWidth=width, OuterLineWidth=width)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The colour of the lines; None where they differ."""
        colours = {line.Color for line in self._lines()}
        return rgb_of(colours.pop()) if len(colours) == 1 else None

    @color.setter
    def color(self, value: Any) -> None:
        self._change(Color=colour(value))


class ConditionalFormats:
    """The rules of a range by which its cells change their look."""

    def __init__(self, cells: AskedCells) -> None:
        self._range = cells

    @property
    def api(self) -> Any:
        """The rules of UNO for these cells."""
        return self._range.cells_of_uno.ConditionalFormat

    def __len__(self) -> int:
        return int(self.api.Count)

    def clear(self) -> None:
        """Take the rules away."""
        rules = self.api
        rules.clear()
        self._range.cells_of_uno.ConditionalFormat = rules
