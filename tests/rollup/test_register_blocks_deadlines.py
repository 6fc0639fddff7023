"""Registers of things that are due: tasks, petitions, dialogues, documents, at the reporting date.

The figures beside each sheet are counted by hand.
"""

import pytest

from danvan_xl.rollup.register_blocks import MOST_LISTED
from danvan_xl.schema.messages import Code
from tests.register_sheets import kept, lines, of_unit, printed, tables, turned
from tests.sheets import found, units

ON_THE_14TH = {"period": "Tháng 6", "own": {"Chốt_số_liệu": "Ngày 14"}}

TASKS = """
    | Lĩnh vực | Nhiệm vụ   | Đơn vị chủ trì | Hạn        | Ngày hoàn thành |
    | Kinh tế  | Họp dân    | MTTQ           | 10/03/2026 | 10/03/2026      |
    | Kinh tế  | Vận động   | Hội Nông dân   | 10/03/2026 | 11/03/2026      |
    | Kinh tế  | Rà soát    | MTTQ           | 14/06/2026 |                 |
    | Kinh tế  | Tập huấn   | mttq           | 13/06/2026 |                 |
    |          | Kiểm tra   |                | 01/06/2026 |                 |
    | Quốc phòng - an ninh | Tuần tra | Công an | 20/06/2026 |            |
    | Quốc phòng - an ninh | Giao quân | Công an | 01/06/2026 | 20/06/2026 |
    | Quốc phòng - an ninh | Năm ngoái | Công an | 01/12/2025 | 10/12/2025 |
"""


def test_tasks_are_counted_by_field_as_they_stand_on_the_reporting_date():
    table = tables(kept("Nhiệm vụ", TASKS, **ON_THE_14TH))["Nhiệm vụ theo lĩnh vực"]

    assert turned(table) == lines("""
        | Lĩnh vực       | Kinh tế | Quốc phòng - an ninh | (chưa ghi) | Tổng cộng |
        | Tổng số        | 4       | 2                    | 1          | 7         |
        | Xong đúng hạn  | 1       | 0                    | 0          | 1         |
        | Xong chậm      | 1       | 0                    | 0          | 1         |
        | Đang thực hiện | 1       | 1                    | 0          | 2         |
        | Quá hạn        | 1       | 1                    | 1          | 3         |
        | Đã xong        | 2       | 0                    | 0          | 2         |
        | Tỷ lệ đã xong  | 50,00%  | 0,00%                | 0,00%      | 28,57%    |
    """)


def test_tasks_are_counted_by_who_leads_them_however_it_is_written():
    table = tables(kept("Nhiệm vụ", TASKS, **ON_THE_14TH))["Nhiệm vụ theo đơn vị chủ trì"]

    assert turned(table) == lines("""
        | Đơn vị chủ trì | Công an | Hội Nông dân | MTTQ   | (chưa ghi) | Tổng cộng |
        | Tổng số        | 2       | 1            | 3      | 1          | 7         |
        | Xong đúng hạn  | 0       | 0            | 1      | 0          | 1         |
        | Xong chậm      | 0       | 1            | 0      | 0          | 1         |
        | Đang thực hiện | 1       | 0            | 1      | 0          | 2         |
        | Quá hạn        | 1       | 0            | 1      | 1          | 3         |
        | Đã xong        | 0       | 1            | 1      | 0          | 2         |
        | Tỷ lệ đã xong  | 0,00%   | 100,00%      | 33,33% | 0,00%      | 28,57%    |
    """)


def test_overdue_tasks_are_listed_longest_first_with_their_place():
    table = tables(kept("Nhiệm vụ", TASKS, **ON_THE_14TH))["Nhiệm vụ quá hạn (3)"]

    assert printed(table) == lines("""
        | Đơn vị | Nhiệm vụ | Đơn vị chủ trì | Hạn | Số ngày quá hạn | Nơi ghi |
        | Xã A | Kiểm tra  |         | 01/06/2026 | 13 | Nhiệm vụ!D6 |
        | Xã A | Giao quân | Công an | 01/06/2026 | 13 | Nhiệm vụ!D8 |
        | Xã A | Tập huấn  | mttq    | 13/06/2026 | 1  | Nhiệm vụ!D5 |
    """)


@pytest.mark.parametrize(
    ("scope", "standing"),
    [
        (ON_THE_14TH, "Đang thực hiện"),
        ({"period": "Tháng 6"}, "Quá hạn"),
        ({"period": "Tháng 5"}, "Đang thực hiện"),
        ({"period": "Quý II", "own": {"Chốt_số_liệu": "Ngày 14"}}, "Đang thực hiện"),
    ],
)
def test_what_is_due_on_the_20th_of_june_stands_by_the_day_the_month_closes(scope, standing):
    sheet = "| Nhiệm vụ | Đơn vị chủ trì | Hạn |\n| Tuần tra | Công an | 20/06/2026 |"
    (table, *_) = tables(kept("Nhiệm vụ", sheet, **scope)).values()

    assert f"| {standing} | 1 |" in turned(table)


def test_what_is_due_on_the_last_day_is_not_overdue_and_what_was_done_on_it_is_done():
    sheet = """
        | Nhiệm vụ | Đơn vị chủ trì | Hạn        | Ngày hoàn thành |
        | a        | MTTQ           | 14/06/2026 |                 |
        | b        | MTTQ           | 01/06/2026 | 14/06/2026      |
        | c        | MTTQ           | 30/06/2026 | 15/06/2026      |
    """
    (table, *_) = tables(kept("Nhiệm vụ", sheet, **ON_THE_14TH)).values()

    assert "| Xong chậm | 1 |" in turned(table)
    assert "| Đang thực hiện | 2 |" in turned(table)
    assert "| Quá hạn | 0 |" in turned(table)


PETITIONS = """
    | Ngày tiếp nhận | Lĩnh vực | Nội dung | Cơ quan giải quyết | Hạn giải quyết | Ngày giải quyết |
    | 01/03/2026 | Kinh tế | riêng 1 | UBND xã | 20/03/2026 | 05/03/2026 |
    | 01/03/2026 | Kinh tế | riêng 2 | UBND xã | 20/03/2026 | 21/03/2026 |
    | 01/03/2026 | Kinh tế | riêng 3 | Công an | 20/03/2026 | 08/03/2026 |
    | 01/06/2026 | Kinh tế | riêng 4 | Công an | 20/06/2026 |            |
    | 01/06/2026 | Kinh tế | riêng 5 | Công an | 10/06/2026 | 16/06/2026 |
    | 02/02/2026 | Quốc phòng - an ninh | riêng 6 | Công an | 05/05/2026 |  |
    | 15/06/2026 | Quốc phòng - an ninh | riêng 7 | Công an | 20/06/2026 | 16/06/2026 |
    | 10/12/2025 | Quốc phòng - an ninh | riêng 8 | Công an | 10/01/2026 | 20/01/2026 |
    | 01/11/2025 | Quốc phòng - an ninh | riêng 9 | Công an | 10/12/2025 | 14/12/2025 |
"""


def test_petitions_are_counted_by_field_with_the_days_they_took():
    # Kinh tế: 4, 20 and 7 days. Quốc phòng: the 41 days of one that came the year before.
    table = tables(kept("Kiến nghị", PETITIONS, **ON_THE_14TH))["Kiến nghị theo lĩnh vực"]

    assert turned(table) == lines("""
        | Lĩnh vực                      | Kinh tế | Quốc phòng - an ninh | Tổng cộng |
        | Tổng số                       | 5       | 2                    | 7         |
        | Năm trước chuyển sang         | 0       | 1                    | 1         |
        | Đã tiếp nhận                  | 5       | 1                    | 6         |
        | Giải quyết đúng hạn           | 2       | 0                    | 2         |
        | Giải quyết chậm               | 1       | 1                    | 2         |
        | Đang giải quyết               | 1       | 0                    | 1         |
        | Quá hạn                       | 1       | 1                    | 2         |
        | Số ngày giải quyết (trung vị) | 7       | 41                   | 13.5      |
        | Số ngày giải quyết (dài nhất) | 20      | 41                   | 41        |
    """)


def test_petitions_are_counted_by_who_has_to_resolve_them():
    table = tables(kept("Kiến nghị", PETITIONS, **ON_THE_14TH))["Kiến nghị theo cơ quan giải quyết"]

    assert turned(table) == lines("""
        | Cơ quan giải quyết            | Công an | UBND xã | Tổng cộng |
        | Tổng số                       | 5       | 2       | 7         |
        | Năm trước chuyển sang         | 1       | 0       | 1         |
        | Đã tiếp nhận                  | 4       | 2       | 6         |
        | Giải quyết đúng hạn           | 1       | 1       | 2         |
        | Giải quyết chậm               | 1       | 1       | 2         |
        | Đang giải quyết               | 1       | 0       | 1         |
        | Quá hạn                       | 2       | 0       | 2         |
        | Số ngày giải quyết (trung vị) | 24      | 12      | 13.5      |
        | Số ngày giải quyết (dài nhất) | 41      | 20      | 41        |
    """)


def test_overdue_petitions_are_listed_without_what_people_asked_for():
    table = tables(kept("Kiến nghị", PETITIONS, **ON_THE_14TH))["Kiến nghị quá hạn (2)"]

    assert turned(table) == lines("""
        | Đơn vị             | Xã A                 | Xã A         |
        | Lĩnh vực           | Quốc phòng - an ninh | Kinh tế      |
        | Cơ quan giải quyết | Công an              | Công an      |
        | Ngày tiếp nhận     | 02/02/2026           | 01/06/2026   |
        | Hạn giải quyết     | 05/05/2026           | 10/06/2026   |
        | Số ngày quá hạn    | 40                   | 4            |
        | Nơi ghi            | Kiến nghị!E7         | Kiến nghị!E6 |
    """)


def test_a_petition_without_a_deadline_is_never_late():
    sheet = """
        | Ngày tiếp nhận | Nội dung | Cơ quan giải quyết | Hạn giải quyết | Ngày giải quyết |
        | 01/03/2026     | a        | UBND xã            |                | 05/03/2026      |
        | 01/03/2026     | b        | UBND xã            |                |                 |
    """
    table = tables(kept("Kiến nghị", sheet))["Kiến nghị theo cơ quan giải quyết"]

    assert "| Giải quyết, không ghi hạn | 1 |" in turned(table)
    assert "| Đang giải quyết | 1 |" in turned(table)
    assert "| Quá hạn | 0 |" in turned(table)


def test_the_median_of_several_units_is_that_of_all_their_petitions():
    head = "| Ngày tiếp nhận | Nội dung | Cơ quan giải quyết | Hạn giải quyết | Ngày giải quyết |"
    row = "| 01/03/2026 | a | UBND xã | 30/03/2026 | {:02d}/03/2026 |"
    result = kept(
        "Kiến nghị",
        "\n".join([head, row.format(2), row.format(3)]),
        units("Thôn Một"),
        *of_unit(1, "Kiến nghị", "\n".join([head, row.format(11), row.format(21)])),
    )

    # 1, 2, 10 and 20 days: the mean of the two medians would be 8.25.
    table = tables(result)["Kiến nghị theo lĩnh vực"]
    assert "| Số ngày giải quyết (trung vị) | 6 |" in turned(table)


def test_a_petition_resolved_before_it_came_has_no_length():
    sheet = """
        | Ngày tiếp nhận | Nội dung | Cơ quan giải quyết | Hạn giải quyết | Ngày giải quyết |
        | 10/03/2026     | a        | UBND xã            | 20/03/2026     | 05/03/2026      |
        | 10/03/2026     | b        | UBND xã            | 20/03/2026     | 10/03/2026      |
    """
    result = kept("Kiến nghị", sheet)

    assert found(result.issues, Code.DAYS_OUT_OF_ORDER) == ["E2"]
    table = tables(result)["Kiến nghị theo lĩnh vực"]
    assert "| Số ngày giải quyết (dài nhất) | 0 |" in turned(table)


DIALOGUES = """
    | Loại | Ngày dự kiến | Ngày tổ chức | Số người dự | Số ý kiến | Số ý kiến đã giải quyết |
    | Đối thoại      | 10/03/2026 | 10/03/2026 | 50 | 8 | 6 |
    | Đối thoại      | 10/05/2026 | 12/05/2026 | 40 | 4 | 4 |
    | Đối thoại      | 10/11/2026 |            |    |   |   |
    | Tiếp dân       |            | 15/04/2026 | 3  | 3 |   |
    | Tiếp dân       | 15/05/2026 |            |    |   |   |
    | Giao ban tháng | 31/01/2026 |            |    |   |   |
"""


def test_dialogues_planned_are_held_against_those_that_took_place():
    table = tables(kept("Đối thoại", DIALOGUES, **ON_THE_14TH))[
        "Đối thoại, giao ban, tiếp dân theo loại"
    ]

    assert turned(table) == lines("""
        | Loại                   | Đối thoại | Giao ban tháng | Tiếp dân | Tổng cộng |
        | Theo kế hoạch          | 3         | 1              | 1        | 5         |
        | Đã tổ chức             | 2         | 0              | 1        | 3         |
        | Tổ chức đúng ngày      | 1         | 0              | 0        | 1         |
        | Tổ chức muộn           | 1         | 0              | 0        | 1         |
        | Tổ chức ngoài kế hoạch | 0         | 0              | 1        | 1         |
        | Chưa đến ngày          | 1         | 0              | 0        | 1         |
        | Không tổ chức          | 0         | 1              | 1        | 2         |
        | Số người dự            | 90        |                | 3        | 93        |
        | Số ý kiến              | 12        |                | 3        | 15        |
        | Đã giải quyết          | 10        |                |          | 10        |
        | Tỷ lệ giải quyết       | 83,33%    |                |          | 66,67%    |
    """)


def test_dialogues_that_did_not_take_place_are_listed():
    table = tables(kept("Đối thoại", DIALOGUES, **ON_THE_14TH))[
        "Cuộc không tổ chức theo kế hoạch (2)"
    ]

    assert printed(table) == lines("""
        | Đơn vị | Loại           | Ngày dự kiến | Số ngày quá hạn | Nơi ghi      |
        | Xã A   | Giao ban tháng | 31/01/2026   | 134             | Đối thoại!B7 |
        | Xã A   | Tiếp dân       | 15/05/2026   | 30              | Đối thoại!B6 |
    """)


def test_the_opinions_of_a_dialogue_held_after_the_reporting_date_do_not_count_yet():
    sheet = """
        | Loại      | Ngày dự kiến | Ngày tổ chức | Số người dự | Số ý kiến |
        | Đối thoại | 10/03/2026   | 10/03/2026   | 50          | 8         |
        | Đối thoại | 20/06/2026   | 20/06/2026   | 70          | 9         |
    """
    (table, *_) = tables(kept("Đối thoại", sheet, **ON_THE_14TH)).values()

    assert "| Đã tổ chức | 1 |" in turned(table)
    assert "| Số người dự | 50 |" in turned(table)
    assert "| Số ý kiến | 8 |" in turned(table)


DOCUMENTS = """
    | Số, ký hiệu | Ngày ban hành | Cơ quan ban hành | Trích yếu | Hạn | Ngày hoàn thành |
    | 02-CV/ĐU | 05/03/2026 | Đảng ủy   | Về hòa giải | 30/03/2026 | 30/03/2026 |
    | 03-CV/ĐU | 05/03/2026 | Đảng ủy   | Về tổ       | 30/03/2026 | 01/04/2026 |
    | 04-CV/ĐU | 05/03/2026 | Đảng ủy   | Về đất      | 10/06/2026 |            |
    | 05-CV/ĐU | 05/03/2026 | Đảng ủy   | Để biết     |            |            |
    | 11-KH/TU | 05/04/2026 | Tỉnh ủy   | Về loa      | 30/06/2026 |            |
    | 12-KH/TU | 05/04/2026 | Tỉnh ủy   | Về phim     |            | 08/04/2026 |
    | 13-KH/TU | 20/06/2026 | Tỉnh ủy   | Tuần sau    | 25/06/2026 |            |
    | 99-KH/TU | 05/04/2025 | Tỉnh ủy   | Năm ngoái   | 30/06/2025 | 01/06/2025 |
"""


def test_documents_are_counted_by_who_issued_them():
    table = tables(kept("Văn bản", DOCUMENTS, **ON_THE_14TH))["Văn bản theo cơ quan ban hành"]

    assert turned(table) == lines("""
        | Cơ quan ban hành    | Đảng ủy | Tỉnh ủy | Tổng cộng |
        | Tổng số             | 4       | 2       | 6         |
        | Xong đúng hạn       | 1       | 0       | 1         |
        | Xong chậm           | 1       | 0       | 1         |
        | Xong, không ghi hạn | 0       | 1       | 1         |
        | Đang thực hiện      | 1       | 1       | 2         |
        | Quá hạn             | 1       | 0       | 1         |
    """)


def test_overdue_documents_are_listed():
    table = tables(kept("Văn bản", DOCUMENTS, **ON_THE_14TH))["Văn bản quá hạn (1)"]

    assert turned(table) == lines("""
        | Đơn vị           | Xã A       |
        | Số, ký hiệu      | 04-CV/ĐU   |
        | Cơ quan ban hành | Đảng ủy    |
        | Trích yếu        | Về đất     |
        | Hạn              | 10/06/2026 |
        | Số ngày quá hạn  | 4          |
        | Nơi ghi          | Văn bản!E4 |
    """)


def test_of_a_very_long_list_the_longest_overdue_are_shown_and_the_rest_counted():
    head = "| Nhiệm vụ | Đơn vị chủ trì | Hạn |"
    count = MOST_LISTED + 10
    rows = "\n".join(f"| Việc {number} | MTTQ | 01/03/2026 |" for number in range(count))
    table = tables(kept("Nhiệm vụ", f"{head}\n{rows}"))[f"Nhiệm vụ quá hạn ({count})"]

    assert len(table.rows) == MOST_LISTED
    assert [note.startswith("Còn 10 dòng nữa") for note in table.notes] == [True]
