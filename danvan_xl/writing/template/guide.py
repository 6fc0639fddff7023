"""Sheet Hướng dẫn: what to do, in the order in which it is done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from danvan_xl.outgoing.contents import Contents
from danvan_xl.rollup.rating import SEE_SUMMARY
from danvan_xl.schema.registers import Register
from danvan_xl.writing.styles import (
    BAD_FILL,
    BAD_INK,
    GOOD_FILL,
    GOOD_INK,
    GROUP_FILL,
    HEADER_FILL,
    INPUT_FILL,
    MUTE_FILL,
    MUTE_INK,
    TITLE_ROW_HEIGHT,
    WAIT_FILL,
    WAIT_INK,
    Styles,
)
from danvan_xl.writing.template.inputs import CHANGES_ALLOWED, print_on_a4
from danvan_xl.writing.template.register_choices import registers_of
from danvan_xl.writing.wrapping import line_count, row_height

GUIDE_TITLE = "Hướng dẫn"
_WIDTHS = (23, 84)
_PRINT_SCALE = 90  # two pages that can be read at arm's length
_HEADING = "SỔ KẾ HOẠCH CÔNG TÁC DÂN VẬN"
_SUBHEADING = "Hướng dẫn ghi sổ (in được hai trang này để cạnh bàn làm việc)"


@dataclass(frozen=True, slots=True)
class Hint:
    """One line: a short label, drawn as `look` says, and what is to be known about it."""

    label: str
    text: str
    look: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A group of lines under a heading."""

    heading: str
    hints: tuple[Hint, ...]


def _look(**properties: object) -> tuple[tuple[str, object], ...]:
    return tuple(properties.items())


_FIRST_STEPS = (
    Hint(
        "Bước 1",
        "Đầu năm: mở trang Thông tin, ghi mã, tên đơn vị, năm, đơn vị cấp trên. Chỉ ghi một lần.",
    ),
)
_UNIT_STEPS = (
    Hint(
        "Bước 2", "Mở trang Đơn vị: mỗi dòng một đơn vị trực thuộc phải báo cáo, mỗi đơn vị một mã."
    ),
    Hint(
        "Bước 3",
        "Mở trang Chỉ tiêu: ghi Kế hoạch của cả năm. "
        "Cần thêm chỉ tiêu thì ghi vào các dòng trống cuối bảng.",
    ),
    Hint(
        "Bước 4",
        "Mở trang Giao chỉ tiêu: mỗi đơn vị một cột, ghi phần kế hoạch giao cho đơn vị đó. "
        "Cột Chênh lệch bằng 0 là đã giao hết.",
    ),
)
_PLAIN_STEPS = (
    Hint("Bước 2", "Mở trang Chỉ tiêu: ghi Kế hoạch của cả năm (nếu cấp trên chưa ghi sẵn)."),
)
# What is different where the office above has already filled in the plan.
_GIVEN_INFO = Hint(
    "Bước 1",
    "Đầu năm: mở trang Thông tin, xem lại mã, tên, năm cấp trên đã ghi sẵn; "
    "ghi Chức vụ người lập. Chỉ ghi một lần.",
)
_GIVEN_PLANS = (
    "Mở trang Chỉ tiêu: Kế hoạch cấp trên giao đã ghi sẵn ở các ô xám, đã khóa. "
    "Đơn vị tự đặt thêm chỉ tiêu thì ghi vào các dòng trống cuối bảng."
)
_MONTHLY = (
    "Hằng tháng: mở trang Chỉ tiêu, ghi số của riêng tháng đó vào cột T1 … T12. "
    "Không cộng dồn; sổ tự cộng. Chỉ tiêu chậm hoặc chưa đạt: ghi Nguyên nhân, Giải pháp."
)
_SENDING = (
    "Đến kỳ báo cáo: ở trang Thông tin chọn Kỳ báo cáo, ghi Ngày lập; xem lại cột Đánh giá; "
    "bấm Lưu (Ctrl+S) rồi gửi cả tệp này cho đơn vị cấp trên."
)
# Which of the further steps is about plans: without units below, with them.
_ABOUT_PLANS = (0, 1)
_MEANINGS = Section(
    "Ý NGHĨA MÀU Ô",
    (
        Hint(
            "1.234,5",
            "Ô vàng nhạt: ô để ghi. Số lẻ dùng dấu phẩy, hàng nghìn không cần gõ dấu chấm.",
            _look(bg_color=INPUT_FILL),
        ),
        Hint(
            "1.234,5",
            "Ô trắng hoặc xám: sổ tự tính, không cần ghi (đã khóa, không đặt mật khẩu).",
            _look(bg_color=GROUP_FILL),
        ),
        Hint(
            "T6",
            "Đầu cột xanh đậm: tháng của kỳ báo cáo đang chọn.",
            _look(bg_color="#9DC3E6", bold=True, align="center"),
        ),
        Hint(
            "trên 30",
            "Ô ghi số ước hoặc chữ: cấp trên vẫn nhận và tự tính. "
            f"Trong sổ này, Lũy kế của dòng đó để trống, Đánh giá ghi {SEE_SUMMARY}.",
            _look(bg_color=WAIT_FILL, font_color=WAIT_INK, italic=True),
        ),
        Hint(
            "25",
            "Số gạch ngang: số của tháng sau kỳ báo cáo, chưa tính vào Lũy kế.",
            _look(font_color=MUTE_INK, font_strikeout=True),
        ),
    ),
)
_MARKS = Section(
    "GHI GÌ KHI KHÔNG CÓ SỐ",
    (
        Hint("Để trống", "Chưa báo cáo. Ô trống không được hiểu là số 0."),
        Hint("0, KPS hoặc -", "Không phát sinh trong tháng: tính là 0."),
        Hint("KAD", "Chỉ tiêu không áp dụng cho đơn vị: không tính đơn vị này khi tổng hợp."),
        Hint(
            "trên 30",
            "Số ước (trên, hơn, gần, khoảng …): tính là 30 và đánh dấu ước. "
            "Nên thay bằng số đúng khi có.",
        ),
    ),
)
_GOOD = _look(bg_color=GOOD_FILL, font_color=GOOD_INK, align="center")
_BAD = _look(bg_color=BAD_FILL, font_color=BAD_INK, bold=True, align="center")
_WAIT = _look(bg_color=WAIT_FILL, font_color=WAIT_INK, align="center")
_MUTE = _look(bg_color=MUTE_FILL, font_color=MUTE_INK, align="center")
_RATINGS = Section(
    "CỘT ĐÁNH GIÁ",
    (
        Hint("Vượt, Đạt", "Lũy kế đã vượt hoặc bằng kế hoạch cả năm.", _GOOD),
        Hint(
            "Đúng tiến độ",
            "Chưa hết năm, lũy kế theo kịp phần kế hoạch của số tháng đã qua.",
            _GOOD,
        ),
        Hint(
            "Chậm tiến độ",
            "Chưa hết năm, lũy kế thấp hơn phần kế hoạch của số tháng đã qua.",
            _BAD,
        ),
        Hint("Trong mức", "Chỉ tiêu càng ít càng tốt: chưa hết năm, còn trong mức.", _GOOD),
        Hint(
            "Có nguy cơ vượt",
            "Chỉ tiêu càng ít càng tốt: cao hơn phần của số tháng đã qua, chưa vượt cả năm.",
            _BAD,
        ),
        Hint(
            "Chưa đạt",
            "Hết năm mà chưa đạt; hoặc chỉ tiêu càng ít càng tốt đã vượt mức cả năm.",
            _BAD,
        ),
        Hint(
            "Đang thực hiện", "Chỉ tiêu tính theo số cuối kỳ, chưa đạt nhưng chưa hết năm.", _MUTE
        ),
        Hint("Chưa báo cáo", "Chưa ghi số tháng nào.", _WAIT),
        Hint(
            "Không rõ kế hoạch",
            "Ô Kế hoạch ghi chữ không rõ là số nào nên không đánh giá.",
            _WAIT,
        ),
        Hint("Không giao", "Chưa có kế hoạch nên không đánh giá.", _MUTE),
        Hint(
            SEE_SUMMARY,
            "Ô ghi số ước hoặc chữ, sổ không tự tính được: xem ở bản tổng hợp.",
            _WAIT,
        ),
    ),
)
_NOTES = Section(
    "LƯU Ý",
    (
        Hint(
            "Không ghi tên người",
            "Chỉ ghi con số. Không ghi họ tên, số căn cước, tôn giáo, ý kiến của công dân vào sổ.",
        ),
        Hint("Độ mật", "Số liệu mật không gửi bằng tệp này."),
        Hint(
            "Sửa công thức",
            "Lỡ xóa công thức: chép lại ô cùng cột ở dòng trên hoặc dưới. "
            "Cấp trên luôn tự tính lại từ số đã ghi.",
        ),
    ),
)


def write_guide(sheet: Worksheet, styles: Styles, contents: Contents) -> None:
    """Write the instructions for the level of the workbook."""
    print_on_a4(sheet, GUIDE_TITLE, landscape=False)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, 1, _HEADING, styles(bold=True, font_size=18, align="center"))
    sheet.set_row(0, TITLE_ROW_HEIGHT + 8)
    sheet.merge_range(1, 0, 1, 1, _SUBHEADING, styles(italic=True, align="center"))
    row = 3
    for section in _sections(contents):
        if section is _MEANINGS:
            sheet.set_h_pagebreaks([row])  # how to fill it in; then what marks and colours mean
        row = _write_section(sheet, styles, row, section)
    sheet.print_area(0, 0, row, 1)
    sheet.set_print_scale(_PRINT_SCALE)
    sheet.protect("", CHANGES_ALLOWED)
    sheet.activate()


def _sections(contents: Contents) -> Iterator[Section]:
    steps = list(_first_steps(contents))
    for text in (_MONTHLY, _SENDING):
        steps.append(Hint(f"Bước {len(steps) + 1}", text))
    yield Section("CÁC BƯỚC", tuple(steps))
    if contents.has_units:
        yield _CONSOLIDATING
    if registers := registers_of(contents):
        yield Section("CÁC SỔ THEO DÕI", tuple(_about(registers)))
    yield from (_MEANINGS, _MARKS, _RATINGS, _NOTES)


def _first_steps(contents: Contents) -> tuple[Hint, ...]:
    """What is done at the beginning of the year."""
    further = _UNIT_STEPS if contents.has_units else _PLAIN_STEPS
    if not contents.plans_are_given:
        return _FIRST_STEPS + further
    at = _ABOUT_PLANS[contents.has_units]
    given = (Hint(step.label, _GIVEN_PLANS) if i == at else step for i, step in enumerate(further))
    return (_GIVEN_INFO, *given)


def _about(registers: Sequence[Register]) -> Iterator[Hint]:
    """What each register is for, what is taken from it and what stays with the unit."""
    for register in registers:
        yield Hint(register.title, register.sheet.help)
    yield Hint(
        "Tự lấy số",
        "Chỉ tiêu có cột Nguồn ghi tên sổ (đếm …, tổng …) tự lấy số từ sổ đó: "
        "chỉ ghi vào sổ theo dõi, không ghi lại ở trang Chỉ tiêu.",
    )
    private = "; ".join(
        f"{register.title} ({', '.join(headers)})"
        for register in registers
        if (headers := [column.header for column in register.sheet.columns if column.private])
    )
    if private:
        yield Hint("Không gửi lên", f"Các cột chỉ đơn vị giữ, không đưa lên cấp trên: {private}.")


_CONSOLIDATING = Section(
    "TỔNG HỢP SỐ CỦA CÁC ĐƠN VỊ",
    (
        Hint("Nơi để tệp", "Để sổ các đơn vị gửi về vào thư mục Nhan, cạnh tệp này."),
        Hint(
            "Máy có bộ Dân vận",
            "Bấm Tổng hợp trên thẻ Dân vận của Excel, hoặc chạy: "
            "danvan-xl tong-hop <tệp này> Nhan -o <tệp kết quả>",
        ),
        Hint(
            "Thôn không có máy",
            "Xã ghi thay: mỗi thôn một trang giống trang Chỉ tiêu, "
            "đầu trang ghi mã của thôn cạnh chữ 'Mã đơn vị:'.",
        ),
    ),
)


def _write_section(sheet: Worksheet, styles: Styles, row: int, section: Section) -> int:
    """Write a section from `row` on; return the row after it and the gap below."""
    heading = styles.cell(bold=True, bg_color=HEADER_FILL)
    sheet.merge_range(row, 0, row, 1, section.heading, heading)
    sheet.set_row(row, 22)
    for offset, hint in enumerate(section.hints, start=1):
        look: dict[str, object] = {"bold": True, "indent": 1, **dict(hint.look), "text_wrap": True}
        sheet.write_string(row + offset, 0, hint.label, styles.cell(**look))
        sheet.write_string(row + offset, 1, hint.text, styles.cell(text_wrap=True, indent=1))
        lines = max(
            line_count(text, width, bold=column == 0)
            for column, (text, width) in enumerate(
                zip((hint.label, hint.text), _WIDTHS, strict=True)
            )
        )
        sheet.set_row(row + offset, max(21, row_height(lines) + 3))
    sheet.set_row(row + len(section.hints) + 1, 8)
    return row + len(section.hints) + 2
