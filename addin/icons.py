"""The ribbon's icons, drawn: a few filled shapes each on 32 × 32 points, as PNG bytes."""

import struct
import zlib
from collections.abc import Callable

SIZE = 32
_FINE = 4  # points are looked at 4 × 4 times, so that edges are smooth
_BLUE, _RED, _GREEN, _GOLD = (31, 78, 121), (192, 0, 0), (56, 142, 60), (230, 160, 0)
_GREY, _WHITE = (110, 110, 110), (255, 255, 255)

Colour = tuple[int, int, int]
Shape = tuple[Colour, Callable[[float, float], bool]]


def box(colour: Colour, left: float, top: float, right: float, bottom: float) -> Shape:
    """A filled rectangle."""
    return colour, lambda x, y: left <= x < right and top <= y < bottom


def disc(colour: Colour, x0: float, y0: float, radius: float, hole: float = 0) -> Shape:
    """A filled circle, or a ring."""
    return colour, lambda x, y: hole**2 <= (x - x0) ** 2 + (y - y0) ** 2 < radius**2


def line(colour: Colour, x1: float, y1: float, x2: float, y2: float, width: float = 3) -> Shape:
    """A thick line with round ends."""

    def holds(x: float, y: float) -> bool:
        length = (x2 - x1) ** 2 + (y2 - y1) ** 2
        along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length
        along = min(1.0, max(0.0, along))
        across = (x - x1 - along * (x2 - x1)) ** 2 + (y - y1 - along * (y2 - y1)) ** 2
        return across < (width / 2) ** 2

    return colour, holds


_SHEET = (box(_BLUE, 5, 3, 27, 29), box(_WHITE, 7, 5, 25, 27))
_LINES = tuple(box(_GREY, 10, y, 22, y + 2) for y in (9, 14, 19))
_ARROW_DOWN = (
    line(_GREEN, 16, 5, 16, 20),
    line(_GREEN, 10, 15, 16, 21),
    line(_GREEN, 22, 15, 16, 21),
)
_ARROW_RIGHT = (
    line(_GREEN, 4, 16, 26, 16),
    line(_GREEN, 20, 10, 26, 16),
    line(_GREEN, 20, 22, 26, 16),
)
_TRAY = (box(_BLUE, 3, 20, 6, 29), box(_BLUE, 26, 20, 29, 29), box(_BLUE, 3, 26, 29, 29))
ICONS: dict[str, tuple[Shape, ...]] = {
    "tao_so": (*_SHEET, box(_GREEN, 14, 9, 18, 23), box(_GREEN, 9, 14, 23, 18)),
    "giao": (
        box(_BLUE, 11, 3, 21, 10),
        *(box(_GREEN, x, 22, x + 7, 29) for x in (2, 12.5, 23)),
        *(line(_GREY, 16, 10, x, 22, 2) for x in (5.5, 16, 26.5)),
    ),
    "kiem_tra": (*_SHEET, line(_GREEN, 10, 16, 15, 22, 4), line(_GREEN, 15, 22, 23, 10, 4)),
    "nhan": (*_TRAY, *_ARROW_DOWN),
    "tong_hop": (
        *(box(_BLUE, x, y, x + 6, 29) for x, y in ((4, 19), (13, 11), (22, 4))),
        line(_GOLD, 5, 15, 14, 7, 3),
        line(_GOLD, 14, 7, 26, 2.5, 3),
    ),
    "chua_dat": (disc(_RED, 16, 16, 13), box(_WHITE, 14, 7, 18, 18), disc(_WHITE, 16, 23, 2.4)),
    "theo_don_vi": tuple(
        box(colour, x, y, x + 7, y + 7)
        for y in (3, 12, 21)
        for x, colour in ((4, _BLUE), (13, _GREEN if y != 12 else _RED), (22, _GOLD))
    ),
    "loi": (*_SHEET, *_LINES, disc(_RED, 24, 24, 7), box(_WHITE, 20, 23, 28, 25)),
    "den_o_loi": (box(_RED, 19, 9, 29, 23), box(_WHITE, 21, 11, 27, 21), *_ARROW_RIGHT),
    "chot": (
        disc(_BLUE, 16, 12, 8, 5),
        box(_GOLD, 6, 14, 26, 29),
        box(_BLUE, 14.5, 18, 17.5, 25),
    ),
    "gui": (
        box(_BLUE, 2, 7, 30, 26),
        box(_WHITE, 4, 9, 28, 24),
        line(_BLUE, 4, 9, 16, 18, 2.4),
        line(_BLUE, 28, 9, 16, 18, 2.4),
    ),
    "huong_dan": (box(_BLUE, 4, 5, 28, 28), box(_WHITE, 6, 7, 15, 26), box(_WHITE, 17, 7, 26, 26)),
    "nhat_ky": (*_SHEET, *_LINES),
    "gioi_thieu": (disc(_BLUE, 16, 16, 13), disc(_WHITE, 16, 9, 2.4), box(_WHITE, 14, 13, 18, 25)),
}


def png(name: str) -> bytes:
    """An icon as the bytes of a PNG file, the same on every computer: not compressed."""
    rows = b"".join(b"\0" + _row(ICONS[name], y) for y in range(SIZE))
    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _row(shapes: tuple[Shape, ...], y: int) -> bytes:
    return b"".join(bytes(_point(shapes, x, y)) for x in range(SIZE))


def _point(shapes: tuple[Shape, ...], x: int, y: int) -> tuple[int, int, int, int]:
    """Red, green, blue and opacity of one point, the mean of what lies in it."""
    inside = [
        colour
        for fine_y in range(_FINE)
        for fine_x in range(_FINE)
        if (colour := _colour(shapes, x + (fine_x + 0.5) / _FINE, y + (fine_y + 0.5) / _FINE))
    ]
    if not inside:
        return 0, 0, 0, 0
    red, green, blue = (round(sum(part) / len(inside)) for part in zip(*inside, strict=True))
    return red, green, blue, round(255 * len(inside) / _FINE**2)


def _colour(shapes: tuple[Shape, ...], x: float, y: float) -> Colour | None:
    """The colour of the topmost shape at a place."""
    return next((colour for colour, holds in reversed(shapes) if holds(x, y)), None)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
