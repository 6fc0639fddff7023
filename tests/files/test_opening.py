"""What a file that cannot be read is called."""

import io
import zipfile

import pytest

from danvan_xl.files.opening import open_bytes_unguarded
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.messages import Code

_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_SECRET = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"


def document(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in {"mimetype": _KIND, **parts}.items():
            archive.writestr(name, text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"content.xml": "\x07\x12", "META-INF/manifest.xml": _SECRET}, Code.FILE_ENCRYPTED),
        ({"encrypted-package": "\x07", "META-INF/manifest.xml": _SECRET}, Code.FILE_ENCRYPTED),
        ({"content.xml": "\x07\x12"}, Code.FILE_UNREADABLE),
    ],
)
def test_an_open_document_with_a_password_is_not_called_broken(parts, code):
    opened = open_bytes_unguarded(document(parts), "so.ods")

    assert isinstance(opened, Issue)
    assert opened.code is code
