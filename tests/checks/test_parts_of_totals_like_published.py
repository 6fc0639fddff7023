"""Tables in the style of published reports: right ones are left alone, each slip is told."""

import random
from collections.abc import Callable
from decimal import Decimal

import pytest

from danvan_xl.files.grid import Cell, Grid
from danvan_xl.schema.messages import Code, Severity
from tests.sheets import consolidated

D = Decimal
HEADER = [
    "Mã",
    "Chỉ tiêu",
    "ĐVT",
    "Chiều",
    "Cộng kỳ",
    "Tổng hợp",
    "Nguồn",
    "Năm trước",
    "Kế hoạch",
    "T12",
]
SECTORS = ("Nông nghiệp", "Công nghiệp - xây dựng", "Thương mại - dịch vụ")
FIELDS = ("Trong đó: kinh tế", "Văn hóa - xã hội", "Quốc phòng - an ninh", "Xây dựng Đảng")
Table = dict[str, list[Cell]]


def vietnamese(value: Decimal | int) -> str:
    return f"{value:,f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def share(part: int, whole: int, digits: int) -> Decimal:
    return (D(part) / whole * 100).quantize(D(1).scaleb(-digits))


def table(seed: int) -> Table:
    """Return the right table of an invented locality, by code, its figures as officers write."""
    chance, rows = random.Random(seed), Table()

    def either(value: Decimal | int) -> Cell:
        return chance.choice((float(value), vietnamese(value)))

    def put(
        code: str, name: str, measure: str, figure: Cell, plan: Cell = "", **more: Cell
    ) -> None:
        rules = [more.get(key, "") for key in ("less", "rule", "source", "last")]
        rows[code] = [code, name, measure, rules[0], "Cuối kỳ", *rules[1:], plan, figure]

    digits = chance.randrange(3)
    exact = [chance.uniform(50, 900) for _ in SECTORS]
    rounded = [D(item).quantize(D(1).scaleb(-digits)) for item in exact]
    coarse = D(sum(exact)).quantize(D(1).scaleb(-max(digits - 1, 0)))
    put("A", "Tổng giá trị sản xuất", "tỷ đồng", either(coarse))
    put("C", "Cơ cấu kinh tế", "%", 100.0, rule="Không")
    for at, (name, value, whole) in enumerate(zip(SECTORS, rounded, exact, strict=True), 1):
        part = D(whole / sum(exact) * 100).quantize(D("0.1"))
        put(f"A.{at}", name, "tỷ đồng", either(value))
        put(f"C.{at}", f"Tỷ trọng {name}", "%", f"{vietnamese(part)}%", rule="Không")
    budget = chance.randrange(3 * 10**9, 9 * 10**9)
    put("B", "Thu ngân sách", "đồng", either(budget), float(budget // 10 * 9))
    put("B.1", "Trong đó: phí, lệ phí", "đồng", either(budget // 5))
    put("B.2", "Trong đó: đất công ích", "đồng", either(budget // 3))
    homes = chance.randrange(900, 4000)
    good = homes * chance.randrange(70, 97) // 100
    stated = vietnamese(share(good, homes, chance.choice((1, 2))))
    put("E", "Số hộ", "hộ", either(homes))
    put("F", "Hộ đạt gia đình văn hóa", "hộ", either(good))
    put("G", "Tỷ lệ gia đình văn hóa", "%", f"{stated}%", rule="Tỷ số", source="tỷ số F/E")
    men = homes * 2 - chance.randrange(50)
    put("H", "Nhân khẩu", "khẩu", f"hơn {vietnamese(homes * 4 // 100 * 100)}")
    put("H.1", "Trong đó: nam", "khẩu", either(men))
    put("H.2", "Nữ", "khẩu", either(homes * 4 - men))
    put("H.3", "Dân tộc thiểu số", "khẩu", either(homes // 3))
    due, came = chance.randrange(8, 40), chance.randrange(0, 3)
    put("K", "Tuyển quân", "thanh niên", f"{due + came:02d}/{due:02d}", float(due))
    put("L", "Khám tuyển", "thanh niên", f"{due * 5 + 3}/{due * 6}", float(due * 6))
    models = [chance.randrange(1, 40) for _ in FIELDS]
    put("M", "Mô hình Dân vận khéo", "mô hình", either(sum(models)))
    for at, (name, count) in enumerate(zip(FIELDS, models, strict=True), 1):
        put(f"M.{at}", name, "mô hình", f"{count:02d} mô hình")
    put("N", "Hội nghị tuyên truyền", "cuộc", "trên 50")
    put("N.1", "Cấp xã", "cuộc", "trên 20")
    put("N.2", "Cấp thôn", "cuộc", "trên 30")
    put("P", "Nhân dân đóng góp", "tỷ đồng", "hơn 2,5 tỷ đồng")
    put("P.1", "Trong đó: tiền mặt", "tỷ đồng", either(D("1.27")))
    put("Q", "Tham gia bảo hiểm y tế", "%", "95,6%", "≥ 95", rule="Không", last=91.2)
    put("R", "Tiêu chí nông thôn mới", "tiêu chí", "19/19", "giữ vững 19", last=19.0)
    put("S", "Hiến đất", "m²", f"{vietnamese(chance.randrange(1001, 9000))} m2")
    return rows


Slip = Callable[[Table], None]


def put(code: str, figure: Callable[[Table], Cell]) -> Slip:
    """Return a slip: another figure at the end of a row."""

    def slip(rows: Table) -> None:
        rows[code][-1] = figure(rows)

    return slip


def number(rows: Table, code: str) -> float:
    figure = rows[code][-1]
    if isinstance(figure, float):
        return figure
    return float(str(figure).split()[0].strip("%").replace(".", "").replace(",", "."))


def due_of(rows: Table, code: str) -> int:
    return int(float(str(rows[code][-2])))


SLIPS = {
    "Σ of counted parts": ("M", put("M", lambda rows: number(rows, "M") + 3)),
    "rounded total": ("A", put("A", lambda rows: number(rows, "A") + 7)),
    "part above total": ("B.1", put("B.1", lambda rows: number(rows, "B") + 1)),
    "some above total": ("B", put("B.1", lambda rows: number(rows, "B") * 3 // 4)),
    "shares of a whole": ("C", put("C.1", lambda rows: number(rows, "C.1") + 2)),
    "ratio": ("G", put("G", lambda rows: number(rows, "G") - 3)),
    "men and women": ("H", put("H.1", lambda rows: number(rows, "H.1") - 500)),
    "some above all": ("H.3", put("H.3", lambda rows: number(rows, "H.1") * 3)),
    "stated share": (
        "K",
        put("K", lambda rows: f"{due_of(rows, 'K')}/{due_of(rows, 'K')} đạt 104%"),
    ),
    "plan of a pair": ("L", put("L", lambda rows: f"9/{due_of(rows, 'L') + 1}")),
    "estimates": ("N", put("N", lambda rows: "trên 100")),
    "money": ("P.1", put("P.1", lambda rows: 11.5)),
    "percent above 1000": ("Q", put("Q", lambda rows: "956%")),
    "fraction for percent": ("Q", put("Q", lambda rows: 0.956)),
    "ten times": ("R", put("R", lambda rows: 190.0)),
    "two numbers": ("S", put("S", lambda rows: "1.200 - 1.500 m2")),
    "a letter": ("E", put("E", lambda rows: "1O25")),
    "a negative count": ("M.2", put("M.2", lambda rows: -4.0)),
    "half a model": ("M.2", put("M.2", lambda rows: 2.5)),
}


def told(rows: Table) -> set[str]:
    """Return the codes of the rows of which something is said that asks for a look."""
    lines = list(rows.values())
    result = consolidated(Grid("Chỉ tiêu", [HEADER, *lines]))
    about = (
        int("".join(filter(str.isdigit, item.place.cell)))
        for item in result.issues
        if item.severity is not Severity.NOTE
        and item.code not in (Code.ACTUAL_WITHOUT_PLAN, Code.WORK_FIELD_MISSING)
    )
    return {str(lines[row - 2][0]) for row in about}


@pytest.mark.parametrize("seed", range(25))
def test_right_tables_are_left_alone(seed):
    assert told(table(seed)) == set()


@pytest.mark.parametrize(("seed", "slip"), list(enumerate(SLIPS)))
def test_each_slip_is_told_at_its_row(seed, slip):
    code, change = SLIPS[slip]
    rows = table(seed)
    change(rows)

    assert code in told(rows)
