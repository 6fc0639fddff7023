"""The registers of the made-up workbooks: headers as the templates have them, rows at random."""

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.catalogue import DEEDS, OFFICES, OUTCOMES, PARTNERS, PLACES
from danvan_xl.schema.columns import WORK_FIELDS

Value = str | int | float | dt.datetime
Maker = Callable[[random.Random], Value]

_KINDS = ("Mô hình", "Điển hình tập thể", "Điển hình cá nhân")
_STATES = ("Đăng ký", "Đang thực hiện", "Hiệu quả", "Được công nhận", "Nhân rộng", "Dừng")
_MEANS = (
    "Hội nghị",
    "Loa truyền thanh",
    "Mạng xã hội, trang tin",
    "Sinh hoạt chi bộ, chi hội",
    "Vận động cá biệt",
    "Vận động gián tiếp",
    "Khác",
)
_ORIGINS = ("Tiếp dân", "Đối thoại", "Giao ban", "Tiếp xúc cử tri", "Đơn thư", "Khác")
_GIFTS = ("Tiền", "Hiến đất", "Ngày công", "Hiện vật", "Công trình")
_MEASURES = ("triệu đồng", "m2", "công", "cái", "km")


@dataclass(frozen=True, slots=True)
class Register:
    """One register: its columns with what makes their values, and lists offered by position."""

    title: str
    columns: tuple[tuple[str, Maker], ...]
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)


def _deed(rng: random.Random) -> str:
    number = rng.randint(1, 40)
    return f"{rng.choice(DEEDS)} {rng.choice(PLACES)} số {number} {rng.choice(PARTNERS)}"


def _result(rng: random.Random) -> str:
    return f"{rng.randint(10, 100)}% {rng.choice(OUTCOMES)}"


def _note(rng: random.Random) -> str:
    return rng.choice(OUTCOMES).capitalize() if rng.random() < 0.3 else ""


def _day(rng: random.Random, first: int = 0, last: int = 270) -> dt.datetime:
    return dt.datetime(2026, 1, 1) + dt.timedelta(days=rng.randrange(first, last))


def _begun(rng: random.Random) -> dt.datetime:
    return _day(rng, 0, 120)


def _due(rng: random.Random) -> dt.datetime:
    return _day(rng, 120, 260)


def _done(rng: random.Random) -> Value:
    return _day(rng, 120, 270) if rng.random() < 0.7 else ""


def _one_of(values: Sequence[str]) -> Maker:
    return lambda rng: rng.choice(values)


def _count(most: int) -> Maker:
    return lambda rng: rng.randint(1, most)


def _money(rng: random.Random) -> float:
    return rng.randint(5, 5000) / 10


def _model_code(rng: random.Random) -> str:
    return f"DVK{rng.randrange(10**8):08d}"


def _document_number(rng: random.Random) -> str:
    return f"{rng.randint(1, 400):02d}-{rng.choice(('CV', 'KH', 'HD', 'BC'))}/ĐU"


_office = _one_of(OFFICES)
_work_field = _one_of(WORK_FIELDS)

REGISTERS = (
    Register(
        "Nhiệm vụ",
        (
            ("Lĩnh vực", _work_field),
            ("Nhiệm vụ", _deed),
            ("Đơn vị chủ trì", _office),
            ("Phối hợp", _office),
            ("Bắt đầu", _begun),
            ("Hạn", _due),
            ("Ngày hoàn thành", _done),
            ("Tiến độ (%)", _count(100)),
            ("Kết quả", _result),
            ("Ghi chú", _note),
        ),
        {0: WORK_FIELDS},
    ),
    Register(
        "Dân vận khéo",
        (
            ("Mã mô hình", _model_code),
            ("Tên mô hình", _deed),
            ("Lĩnh vực", _work_field),
            ("Loại", _one_of(_KINDS)),
            ("Đơn vị chủ trì", _office),
            ("Năm đăng ký", lambda rng: rng.randint(2023, 2026)),
            ("Trạng thái", _one_of(_STATES)),
            ("Số hộ tham gia", _count(300)),
            ("Kinh phí (triệu đồng)", _money),
            ("Kết quả", _result),
            ("Ghi chú", _note),
        ),
        {2: WORK_FIELDS, 3: _KINDS, 6: _STATES},
    ),
    Register(
        "Tuyên truyền",
        (
            ("Ngày", _day),
            ("Hình thức", _one_of(_MEANS)),
            ("Nội dung", _deed),
            ("Số cuộc", _count(5)),
            ("Lượt người", _count(400)),
            ("Đơn vị chủ trì", _office),
            ("Ghi chú", _note),
        ),
        {1: _MEANS},
    ),
    Register(
        "Kiến nghị",
        (
            ("Ngày tiếp nhận", _begun),
            ("Lĩnh vực", _work_field),
            ("Nội dung", _deed),
            ("Nguồn tiếp nhận", _one_of(_ORIGINS)),
            ("Cơ quan giải quyết", _office),
            ("Hạn giải quyết", _due),
            ("Ngày giải quyết", _done),
            ("Kết quả", _result),
            ("Ghi chú", _note),
        ),
        {1: WORK_FIELDS, 3: _ORIGINS},
    ),
    Register(
        "Huy động",
        (
            ("Ngày", _day),
            ("Nội dung", _deed),
            ("Loại", _one_of(_GIFTS)),
            ("ĐVT", _one_of(_MEASURES)),
            ("Kế hoạch", _money),
            ("Kết quả", _money),
            ("Số hộ", _count(200)),
            ("Giá trị (triệu đồng)", _money),
            ("Ghi chú", _note),
        ),
        {2: _GIFTS},
    ),
    Register(
        "Văn bản",
        (
            ("Số, ký hiệu", _document_number),
            ("Ngày ban hành", _begun),
            ("Cơ quan ban hành", _office),
            ("Trích yếu", _deed),
            ("Yêu cầu", _result),
            ("Hạn", _due),
            ("Ngày hoàn thành", _done),
            ("Ghi chú", _note),
        ),
    ),
)
