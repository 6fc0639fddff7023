"""What is attached to a mail is found whether or not it has a name."""

from base64 import encodebytes

import pytest

from danvan_xl.inbox.mails import read_mail
from tests.on_disk import thon_file
from tests.parcels import archive
from tests.program import running

HEAD = b"From: a@b.vn\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"


def with_parts(*parts: tuple[bytes, bytes]) -> bytes:
    """Return a mail with parts of (headers, content)."""
    return HEAD + b"".join(b"--b\n%b\n\n%b\n" % part for part in parts) + b"--b--\n"


@pytest.mark.parametrize(
    ("headers", "names"),
    [
        (b"Content-Type: application/octet-stream", ["tệp không tên 1"]),
        (b"Content-Type: image/png", ["tệp không tên 1"]),
        (b"Content-Type: text/plain\nContent-Disposition: attachment", ["tệp không tên 1"]),
        (b'Content-Type: application/x; name=""', ["tệp không tên 1"]),
        (b'Content-Type: application/x; name="a.xlsx"', ["a.xlsx"]),
        (b"Content-Type: text/plain", []),
        (b"Content-Type: text/html\nContent-Disposition: inline", []),
    ],
)
def test_a_part_without_a_name_is_a_file_unless_it_is_the_text_of_the_mail(headers, names):
    found = read_mail(with_parts((headers, b"x"))).attachments

    assert [name for name, _ in found] == names


def test_a_workbook_without_a_name_is_filed_and_pictures_are_noted(monkeypatch, capsys, tmp_path):
    row = "| K | Kinh tế | Chỉ tiêu | cái | 10 | 9 | 1 | 2 |"
    book = thon_file(tmp_path / "x", 1, row, Kỳ_báo_cáo="Quý I").read_bytes()
    packed = archive(
        [
            ("Bao cao/a.txt", b"x"),
            ("__MACOSX/Bao cao/._thon-1.xlsx", b"\0\5\x16\7"),
            ("Bao cao/._thon-1.xlsx", b"\0\5\x16\7"),
            ("Bao cao/.DS_Store", b"\0"),
        ]
    )
    coded = b"Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64"
    (tmp_path / "thu.eml").write_bytes(
        with_parts(
            (b"Content-Type: text/plain", b"Kinh gui"),
            (coded, encodebytes(book)),
            (coded, encodebytes(book)),
            (b"Content-Type: image/png; name=logo.png", b"\x89PNG"),
            (b'Content-Type: application/pdf; name="a\xff.pdf"', b"%PDF-1.7"),
            (coded + b"\nContent-Disposition: attachment; filename=a.zip", encodebytes(packed)),
        )
    )

    run = running(monkeypatch, capsys)
    code, out, err = run("nhan", tmp_path / "thu.eml", "--vao", tmp_path / "Nhan")

    assert (code, err) == (0, "")
    assert [entry["way"] for entry in out["filed"]] == ["thu.eml › tệp không tên 1"]
    assert [(item["code"], item["file"]) for item in out["issues"]] == [
        ("TEP39", "thu.eml › tệp không tên 2"),
        ("TEP04", "thu.eml › logo.png"),
        ("TEP04", "thu.eml › a�.pdf"),
        ("TEP04", "thu.eml › a.zip › Bao cao/a.txt"),
        ("TEP33", "thu.eml › a.zip"),
    ]
