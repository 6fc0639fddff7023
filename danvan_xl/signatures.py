"""Whether what a unit sends bears the signature that its key in sheet Đơn vị asks for."""

from danvan_xl.issues import Issue, Place, issue
from danvan_xl.manifests import Sealed, UnreadableManifest
from danvan_xl.messages import Code
from danvan_xl.records import Unit
from danvan_xl.signing import is_installed, is_signed_by


def signature_trouble(
    unit: Unit, sending: Sealed | UnreadableManifest | None, place: Place
) -> Issue | None:
    """Return what is wrong with the signature of a unit's file; None for a unit without a key.

    Where signatures cannot be checked the finding is but a warning, SIGNATURE_UNCHECKED.
    """
    if not unit.public_key:
        return None
    if not isinstance(sending, Sealed) or not sending.signature:
        return issue(Code.SIGNATURE_MISSING, place, name=unit.name)
    if not is_installed():
        return issue(Code.SIGNATURE_UNCHECKED, place)
    if is_signed_by(sending.text, sending.signature, unit.public_key):
        return None
    return issue(Code.SIGNATURE_WRONG, place, name=unit.name)
