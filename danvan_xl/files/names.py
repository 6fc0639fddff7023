"""Names for files made of words that came from outside, good on Windows and on a memory stick."""

import re
import unicodedata
from pathlib import PurePosixPath

TEMPORARY_PREFIX = ".~"  # of files that are being written
LOCK_PREFIX = "~$"  # of what Excel puts beside a workbook that is open
OPEN_ELSEWHERE = ".~lock."  # likewise of LibreOffice, which puts a "#" behind it
STORE_NAME = ".danvan-xl.sqlite"  # what is remembered of an inbox
LOCK_NAME = ".danvan-xl.lock"  # held while something is written into a folder
LONGEST_NAME = 80  # letters; leaves room for a folder of some depth within Windows' 260
_MOST_BYTES = 200  # a Vietnamese letter takes up to 3 bytes, and other systems count bytes
_FORBIDDEN = re.compile(r'[\\/:*?"<>|�]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.I)
_WITHOUT_NAME = "khong-ten"


def safe_name(text: str, longest: int = LONGEST_NAME) -> str:
    """The text `text` as a file name without its suffix, safe on every system and never empty.

    Vietnamese letters stay; what Windows forbids becomes "-"; control and invisible characters go;
    no name begins or ends with a dot or a space, and none is a device's (CON, COM1).
    """
    kept = "".join(map(_kept, unicodedata.normalize("NFC", text)))
    name = _trimmed(" ".join(_FORBIDDEN.sub("-", kept).split()))
    name = _trimmed(_cut(name, longest))
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return name or _WITHOUT_NAME


def safe_stem(name: str) -> str:
    """The name of a file in a folder ("T6/thon-1.xlsx") as one safe name: "T6_thon-1".

    Where that is too long, the folders go first.
    """
    path = PurePosixPath(name)
    flat = "_".join((*(part for part in path.parts[:-1] if part not in ("/", "..")), path.stem))
    return safe_name(flat[-LONGEST_NAME:])


def safe_suffix(name: str) -> str:
    """The ending of a name in small letters, without the spaces somebody left behind it."""
    stem, dot, ending = name.rstrip().rpartition(".")
    return f".{ending.lower()}" if dot and stem and "/" not in ending else ""


def _kept(char: str) -> str:
    """A character that may stand in a name, a space for white space, "" for others."""
    if char.isspace():
        return " "
    return "" if unicodedata.category(char).startswith("C") else char


def _trimmed(name: str) -> str:
    return name.strip(" .")


def _cut(name: str, longest: int) -> str:
    """The beginning of a name that is neither too many letters nor too many bytes."""
    return name[:longest].encode()[:_MOST_BYTES].decode(errors="ignore")
