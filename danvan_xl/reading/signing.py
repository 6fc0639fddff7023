"""Signatures on sendings: Ed25519 keys, made, used and checked. Needs the extra `ky-so`.

A key is kept in a file of the officer's own (PEM, PKCS 8, no password); what the office above has
to know is the public half, a line of text for its sheet Đơn vị.
"""

import base64
import binascii
from pathlib import Path
from typing import TYPE_CHECKING

from danvan_xl.reading.manifests import Sealed, UnreadableManifest
from danvan_xl.reading.records import Unit
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Ours

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

HOW_TO_INSTALL = 'pip install "danvan_xl[ky-so]"'


class CannotSignError(Exception):
    """A key cannot be used; the text says in Vietnamese what and what to do."""


def make_key(path: Path) -> str:
    """Write a new private key to `path`, which must not exist, and return its public half."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with path.open("xb") as stream:
        path.chmod(0o600)
        stream.write(pem)
    return _public(key)


def sign(text: str, path: Path) -> tuple[str, str]:
    """The public key and the signature of a text, both in base64.

    Raises CannotSignError when the file holds no such key, OSError when it cannot be read.
    """
    key = _private_key(path)
    return _public(key), base64.b64encode(key.sign(text.encode())).decode()


def is_signed_by(text: str, signature: str, public_key: str) -> bool:
    """Whether a text was signed with the private half of a public key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        raw = base64.b64decode(public_key, validate=True)
        Ed25519PublicKey.from_public_bytes(raw).verify(
            base64.b64decode(signature, validate=True), text.encode()
        )
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def is_installed() -> bool:
    """Whether signatures can be made and checked on this machine."""
    from importlib.util import find_spec

    return find_spec("cryptography") is not None


def _private_key(path: Path) -> "Ed25519PrivateKey":
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise CannotSignError(_wrong_key(path)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise CannotSignError(_wrong_key(path))
    return key


def _wrong_key(path: Path) -> str:
    return (
        f"Tệp '{path}' không phải khóa ký dùng được (cần khóa Ed25519, dạng PEM, không mật khẩu). "
        "Tạo khóa bằng lệnh: danvan-xl gui --tao-khoa KHÓA.pem"
    )


def _public(key: "Ed25519PrivateKey") -> str:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def signature_trouble(
    unit: Unit, sending: Sealed | UnreadableManifest | None, place: Place
) -> Issue | None:
    """What is wrong with the signature of a unit's file, by the key it is listed with.

    Without one the signature has to be that of the key in the file itself: else the manifest was
    changed after it was signed. Where signatures cannot be checked the finding is but a warning,
    SIGNATURE_UNCHECKED.
    """
    if not unit.public_key:
        return _broken(sending, place)
    if not isinstance(sending, Sealed) or not sending.signature:
        return issue(Code.SIGNATURE_MISSING, place, name=Ours(unit.name))
    if not is_installed():
        return issue(Code.SIGNATURE_UNCHECKED, place)
    if is_signed_by(sending.text, sending.signature, unit.public_key):
        return None
    return issue(Code.SIGNATURE_WRONG, place, name=Ours(unit.name))


def _broken(sending: Sealed | UnreadableManifest | None, place: Place) -> Issue | None:
    if not isinstance(sending, Sealed) or not sending.signature or not is_installed():
        return None
    if is_signed_by(sending.text, sending.signature, sending.public_key):
        return None
    return issue(Code.SIGNATURE_BROKEN, place)
