"""The findings on the screen: folded by kind, in full when that is asked for."""

from decimal import Decimal

import pytest

from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.screens.findings import findings_folded, findings_listed, findings_shown
from danvan_xl.vietnamese.privacy import Ours, Typed

SHEET = Place("a.xlsx", "Chỉ tiêu")


def unreadable(value: str, place: Place) -> Issue:
    return issue(Code.NUMBER_UNREADABLE, place, value=Typed(value))


def hidden(file: str) -> Issue:
    return issue(Code.SHEET_HIDDEN, Place(file, "Phụ lục"))


ALIKE = [hidden("a.xlsx"), hidden("b.xlsx")]
SEVERAL = [unreadable(f"chữ {row}", SHEET.at(f"K{row}")) for row in range(5, 12)]
ELSEWHERE = [
    unreadable("nhiều", SHEET.at("K5")),
    unreadable("nhiều", SHEET.at("L5")),
    unreadable("nhiều", Place("a.xlsx", "Thôn 1", "K6")),
    unreadable("nhiều", Place("b.xlsx", "Chỉ tiêu", "K5")),
]
REMEDY = "Nhập số theo dạng 1.234,5; không có thì ghi KPS, không áp dụng thì ghi KAD."


@pytest.mark.parametrize(
    ("issues", "line"),
    [
        (
            [unreadable("nhiều", SHEET.at("K5"))],
            (
                "Lỗi SO01: 'nhiều' không phải là số; coi như chưa có số. "
                f"Ở tệp a.xlsx, trang 'Chỉ tiêu', ô K5. → {REMEDY}"
            ),
        ),
        (
            ELSEWHERE,
            (
                "Lỗi SO01 (4 chỗ): 'nhiều' không phải là số; coi như chưa có số. "
                "Ở tệp a.xlsx, trang 'Chỉ tiêu', ô K5, L5; trang 'Thôn 1', ô K6; "
                f"tệp b.xlsx, trang 'Chỉ tiêu', ô K5. → {REMEDY}"
            ),
        ),
        (
            SEVERAL,
            (
                "Lỗi SO01 (7 chỗ), ví dụ: 'chữ 5' không phải là số; coi như chưa có số. "
                f"Ở tệp a.xlsx, trang 'Chỉ tiêu', ô K5, K6, K7, K8, K9 và 2 chỗ nữa. → {REMEDY}"
            ),
        ),
        (
            ALIKE,
            (
                "Ghi nhận TR07 (2 chỗ): Trang này đang ẩn; vẫn đọc. Ở tệp a.xlsx, trang 'Phụ lục'; "
                "tệp b.xlsx, trang 'Phụ lục'. → Không cần làm gì; nếu không dùng nữa thì xóa trang."
            ),
        ),
    ],
)
def test_a_kind_is_one_line_its_words_said_once_and_its_places_after_them(issues, line):
    assert findings_folded(issues) == [line]


def test_errors_come_before_warnings_and_notes_are_not_left_out():
    warning = issue(Code.SHARE_OVER_100, SHEET.at("K9"), value=Decimal(120))

    lines = findings_folded([hidden("a.xlsx"), warning, unreadable("nhiều", SHEET.at("K5"))])

    assert [line[: line.index(":")] for line in lines] == [
        "Lỗi SO01",
        "Cảnh báo SO08",
        "Ghi nhận TR07",
    ]


def test_what_is_folded_away_is_said_to_be_had_in_full():
    hint = "Xem từng chỗ: ghi thêm --chi-tiet."

    assert findings_shown(SEVERAL, in_full=False)[-1] == hint
    assert len(findings_shown(ELSEWHERE, in_full=False)) == 1
    assert findings_shown(SEVERAL, in_full=True) == findings_listed(SEVERAL)
    assert len(findings_listed(SEVERAL)) == len(SEVERAL)
    assert findings_listed(SEVERAL)[6].startswith(
        "Lỗi SO01: tệp a.xlsx, trang 'Chỉ tiêu', ô K11: 'chữ 11' không phải là số"
    )


def test_two_findings_at_one_place_that_differ_are_said_to_be_had_in_full():
    pair = [
        issue(Code.UNIT_WITHOUT_YEARS, Place("a.xlsx"), name=Ours(name), years=Ours("2024"))
        for name in ("Thôn 1", "Thôn 2")
    ]

    assert findings_shown(pair, in_full=False)[-1] == "Xem từng chỗ: ghi thêm --chi-tiet."


def test_sheets_that_need_different_changes_are_told_each():
    def account(sheet: str, change: str) -> Issue:
        values = {"account": Typed(f"Hàng 5 của {sheet}"), "smallest": Typed(change)}
        return issue(Code.SHEET_ACCOUNT, Place("a.xlsx", sheet), **values)

    lines = findings_folded(
        [account("B1", "đổi"), account("B2", "thêm"), account("X", "thôi"), account("Y", "thôi")]
    )

    assert [line.partition(":")[0] for line in lines] == [
        "Ghi nhận TR09",
        "Ghi nhận TR09",
        "Ghi nhận TR09 (2 chỗ), ví dụ",
    ]


def test_what_would_command_the_terminal_is_not_printed():
    assert "\x1b" not in "".join(findings_folded([unreadable("\x1b[2J", SHEET.at("K5"))]))
