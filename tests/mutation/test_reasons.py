"""Reasons are found by what a line says, so that they are still there when it has moved."""

import pytest

from mutation.mutants import Change
from mutation.reasons import Key, key_of, outdated, read_reasons, reason_of

HEAD = "Tệp;Hàm;Trước;Sau;Lý do\n"
ROW = "danvan_xl/a.py;f;x > 1;x >= 1;x không bao giờ là 1\n"
KEY = Key("danvan_xl/a.py", "f", "x > 1", "x >= 1")


def reasons_of(path, text):
    file = path / "reasons.csv"
    file.write_text(text, "utf-8")
    return read_reasons(file)


def test_the_reasons_that_are_kept_are_whole():
    assert all(key.file.startswith("danvan_xl/") for key in read_reasons())


def test_a_reason_is_found_on_whichever_line_its_change_stands(tmp_path):
    reasons = reasons_of(tmp_path, HEAD + ROW)

    for line in (5, 50):
        assert reasons[key_of(Change(KEY.file, "f", line, "x > 1", "x >= 1"))]
    assert key_of(Change(KEY.file, "g", 5, "x > 1", "x >= 1")) not in reasons


@pytest.mark.parametrize(
    ("before", "after", "is_known"),
    [
        ("zip(a, b, strict=True)", "zip(a, b, strict=False)", True),
        ("zip(a, b, strict=True)", "zip(a, b, )", True),
        ("strict=True,", "strict=None,", True),
        ("strict=True", "", True),
        ("zip(a, b, strict=True)", "zip(b, strict=True)", False),
        ("x > 1", "x >= 1", False),
    ],
)
def test_sequences_of_one_length_need_no_reason_of_their_own(before, after, is_known):
    assert bool(reason_of(Change(KEY.file, "g", 5, before, after), {})) is is_known


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Tệp;Hàm\n", "cột phải là"),
        (HEAD + ROW.replace("x không bao giờ là 1", ""), "dòng 2: thiếu ô"),
        (HEAD + "a;b\n", "dòng 2: thiếu ô"),
        (HEAD + ROW + ROW, "dòng 3: trùng"),
    ],
)
def test_a_row_that_is_not_whole_or_there_twice_is_refused(tmp_path, text, wrong):
    with pytest.raises(ValueError, match=wrong):
        reasons_of(tmp_path, text)


def test_a_reason_for_a_line_that_is_gone_is_told(tmp_path):
    (tmp_path / "danvan_xl").mkdir()
    code = tmp_path / "danvan_xl" / "a.py"
    code.write_text("def f(x):\n    return (\n        x > 1\n    )\n")

    assert outdated({KEY: "vì"}, tmp_path) == []
    code.write_text("def f(x):\n    return x > 2\n")
    assert outdated({KEY: "vì"}, tmp_path) == [KEY]
    code.unlink()
    assert outdated({KEY: "vì"}, tmp_path) == [KEY]
