"""How long, how many files and how much may be spent on one parcel, and on one source of `nhan`.

Each file has limits of its own; a thousand slow ones would still take hours together.
"""

from time import monotonic
from typing import NamedTuple

from danvan_xl.inbox.parcel_limits import LIMITS_OF_PARCELS, MEGABYTE
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.printed import vietnamese_number
from danvan_xl.vietnamese.privacy import Ours, Typed


class Allowance(NamedTuple):
    """What may be spent: seconds, and more for each file; files; bytes unpacked.

    `code` is what is said where it did not suffice.
    """

    code: Code
    seconds: int
    seconds_each: float
    files: int
    size: int


def _allowance(code: Code, name: str) -> Allowance:
    data = LIMITS_OF_PARCELS[name]
    return Allowance(
        code, data["giay"], data["giay_moi_tep"], data["so_tep"], data["mb"] * MEGABYTE
    )


PARCEL = _allowance(Code.PARCEL_GIVEN_UP, "goi")
SOURCE = _allowance(Code.SOURCE_GIVEN_UP, "nguon")


class Budget:
    """What has been spent of an allowance since it was given, and the files left when it was gone.

    `way` is how the parcel or source is called; a parcel's is `within` that of its source.
    """

    def __init__(self, allowance: Allowance, way: str = "", within: "Budget | None" = None) -> None:
        self._allowance, self._way, self._within = allowance, way, within
        self._since = monotonic()
        self._files = self._size = self._left = 0
        self._first_left = ""
        self._reason = ""

    def spend(self, size: int = 0) -> None:
        """Note that a file of so many bytes was opened."""
        self._files += 1
        self._size += size
        if self._within is not None:
            self._within.spend(size)

    def leaves(self, name: str, count: int = 1) -> bool:
        """Whether a file, or `count` from it on, must be left as nothing more may be spent.

        They are counted.
        """
        if self._within is not None and self._within.leaves(f"{self._way} › {name}", count):
            return True
        self._reason = self._reason or self._why_spent()
        if self._reason:
            self._first_left = self._first_left or name
            self._left += count
        return bool(self._reason)

    def given_up(self) -> tuple[Issue, ...]:
        """What is said of the files that were left; nothing where none was."""
        if not self._left:
            return ()
        values = {
            "reason": Ours(self._reason),
            "count": Ours(vietnamese_number(self._left)),
            "first": Typed(self._first_left),
        }
        return (issue(self._allowance.code, Place(file=self._way), **values),)

    def _why_spent(self) -> str:
        allowed = self._allowance
        seconds = allowed.seconds + allowed.seconds_each * self._files
        if monotonic() - self._since > seconds:
            return f"đọc quá lâu (hơn {vietnamese_number(allowed.seconds)} giây)"
        if self._files >= allowed.files:
            return f"có quá nhiều tệp (hơn {vietnamese_number(allowed.files)})"
        if self._size > allowed.size:
            return f"mở ra quá lớn (hơn {vietnamese_number(allowed.size // MEGABYTE)} MB)"
        return ""
