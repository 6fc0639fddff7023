"""The mail a sending goes with: how the indicators stand, told apart."""

from danvan_xl.outgoing.covering_letter import covering_letter
from danvan_xl.outgoing.drafts import Attachment
from danvan_xl.reading.manifests import Manifest, Sealed
from tests.sheets import consolidated, grid

TABLE = """
    | Mã | Chỉ tiêu | ĐVT   | Chiều | Cộng kỳ | Kế hoạch | T1 |
    | A  | Chậm     | triệu | Tăng  | Cộng    | 60       | 4  |
    | B  | Đúng     | triệu | Tăng  | Cộng    | 60       | 5  |
    | C  | Nguy cơ  | triệu | Giảm  | Cộng    | 60       | 6  |
    | D  | Quá      | triệu | Giảm  | Cộng    | 60       | 61 |
    | E  | Mở       | triệu | Tăng  | Cuối kỳ | 60       | 5  |
    | F  | Mức      | triệu | Giảm  | Cộng    | 60       | 5  |
    | G  | Xong     | triệu | Tăng  | Cộng    | 60       | 60 |
    | H  | Chưa có  | triệu | Tăng  | Cộng    | 60       |    |
"""


def body(table):
    manifest = Manifest(
        unit_code="A",
        unit_name="Xã A",
        year=2026,
        period="Tháng 1",
        month=1,
        template_version="1",
        program_version="1",
        sent_at="2026-02-02T08:00:00",
        sequence=1,
        content="0" * 64,
    )
    result = consolidated(grid(table), period="Tháng 1")
    return covering_letter(result, Sealed(manifest, ""), (), Attachment("a.xlsx", b"")).body


def test_reached_on_the_way_open_and_each_kind_of_unmet_are_counted_by_themselves():
    said = body(TABLE)

    assert (
        "2. Kết quả: 8 chỉ tiêu, trong đó 1 đạt hoặc vượt kế hoạch; 2 đúng tiến độ hoặc trong mức; "
        "1 đang thực hiện; 1 chưa đạt, 1 chậm tiến độ, 1 có nguy cơ vượt; "
        "1 chưa có số liệu hoặc không giao kế hoạch."
    ) in said
    assert "3. Chỉ tiêu: 1 chưa đạt, 1 chậm tiến độ, 1 có nguy cơ vượt:" in said
    assert "có nguy cơ vượt.\n" in said


def test_nothing_unmet_is_said_too():
    said = body("\n".join(TABLE.splitlines()[:2] + TABLE.splitlines()[3:4]))

    assert "3. Không có chỉ tiêu chưa đạt, chậm tiến độ hoặc có nguy cơ vượt." in said
