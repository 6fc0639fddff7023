"""Signatures on sendings: keys are kept for their owner alone, and hold for one text."""

import base64
import os
import stat
from pathlib import Path

import pytest

from danvan_xl.reading import signing
from danvan_xl.reading.manifests import Manifest, Sealed, UnreadableManifest, manifest_text
from danvan_xl.reading.records import Unit
from danvan_xl.reading.signing import (
    CannotSignError,
    is_signed_by,
    make_key,
    sign,
    signature_trouble,
)
from danvan_xl.schema.issues import Place
from danvan_xl.schema.messages import Code, Severity

PLACE = Place("thon-1.xlsx")


def test_a_signature_holds_for_its_text_and_key_alone(tmp_path):
    public = make_key(tmp_path / "a.pem")
    other = make_key(tmp_path / "b.pem")

    key, signature = sign("kê khai", tmp_path / "a.pem")

    assert key == public
    assert len(base64.b64decode(key)) == 32
    assert is_signed_by("kê khai", signature, public)
    assert not is_signed_by("kê khai.", signature, public)
    assert not is_signed_by("kê khai", signature, other)
    assert not is_signed_by("kê khai", "không phải", public)
    assert not is_signed_by("kê khai", signature, "ngắn")


@pytest.mark.parametrize("odd", ["\n", "!", " ", "é"])
def test_a_signature_and_a_key_hold_letter_for_letter(tmp_path, odd):
    public = make_key(tmp_path / "a.pem")
    _, signature = sign("kê khai", tmp_path / "a.pem")

    assert not is_signed_by("kê khai", f"{signature[:9]}{odd}{signature[9:]}", public)
    assert not is_signed_by("kê khai", signature, f"{public[:9]}{odd}{public[9:]}")


def test_a_key_is_never_written_over(tmp_path):
    make_key(tmp_path / "a.pem")

    with pytest.raises(FileExistsError):
        make_key(tmp_path / "a.pem")


def test_a_file_that_is_no_key_is_told(tmp_path):
    path = tmp_path / "a.pem"
    path.write_text("không phải khóa", "utf-8")

    with pytest.raises(CannotSignError, match="Ed25519"):
        sign("kê khai", path)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a file for its owner by other means")
def test_a_key_can_be_read_by_its_owner_alone(tmp_path):
    before = os.umask(0)
    try:
        make_key(tmp_path / "a.pem")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "a.pem").stat().st_mode) == 0o600


def test_a_key_of_another_kind_or_with_a_password_is_told(tmp_path):
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    curve = ec.generate_private_key(ec.SECP256R1())
    locked = ed25519.Ed25519PrivateKey.generate()
    for key, how in ((curve, NoEncryption()), (locked, BestAvailableEncryption(b"1"))):
        path = tmp_path / "k.pem"
        path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how))

        with pytest.raises(CannotSignError, match=r"k\.pem.*--tao-khoa"):
            sign("kê khai", path)


MANIFEST = Manifest(
    unit_code="A.1",
    unit_name="Thôn 1",
    year=2026,
    period="Tháng 6",
    month=6,
    template_version="1.1",
    program_version="0.1.0",
    sent_at="2026-07-05T08:00:00",
    sequence=1,
    content="ab" * 32,
)


def sending(key: Path | None = None) -> Sealed:
    """Return a sending, signed where there is a key."""
    text = manifest_text(MANIFEST)
    public, signature = sign(text, key) if key else ("", "")
    return Sealed(MANIFEST, text, public_key=public, signature=signature)


def said(unit: Unit, sent: Sealed | UnreadableManifest | None) -> Code | None:
    found = signature_trouble(unit, sent, PLACE)
    assert found is None or found.place == PLACE
    assert found is None or dict(found.values) == {"name": "Thôn 1"}
    return found.code if found else None


def test_the_signature_of_a_unit_whose_key_is_known_is_asked_for_and_checked(tmp_path):
    public = make_key(tmp_path / "a.pem")
    make_key(tmp_path / "b.pem")
    known = Unit("A.1", "Thôn 1", 2, public_key=public)
    signed = sending(tmp_path / "a.pem")

    assert said(known, signed) is None
    assert said(known, sending(tmp_path / "b.pem")) is Code.SIGNATURE_WRONG
    assert said(known, signed._replace(text=signed.text + " ")) is Code.SIGNATURE_WRONG
    assert said(known, sending()) is Code.SIGNATURE_MISSING
    assert said(known, None) is Code.SIGNATURE_MISSING
    assert said(known, UnreadableManifest("hỏng")) is Code.SIGNATURE_MISSING
    assert said(Unit("A.1", "Thôn 1", 2), None) is None


def test_where_signatures_cannot_be_checked_it_is_but_a_warning(tmp_path, monkeypatch):
    public = make_key(tmp_path / "a.pem")
    signed = sending(tmp_path / "a.pem")
    monkeypatch.setattr(signing, "is_installed", lambda: False)

    found = signature_trouble(Unit("A.1", "Thôn 1", 2, public_key=public), signed, PLACE)

    assert (found.code, found.severity) == (Code.SIGNATURE_UNCHECKED, Severity.WARNING)


def test_cryptography_is_looked_for_without_loading_it():
    assert signing.is_installed()
