"""What is opened of what comes from outside, and how a packing is refused."""

from functools import partial

from danvan_xl.schema.issues import Said
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.word_lists import word_lists

LIMITS_OF_PARCELS = word_lists("gioi-han-goi.toml")
MEGABYTE = 2**20
MOST_MEMBERS: int = LIMITS_OF_PARCELS["so_tep"]  # in one archive, or attached to one mail
LARGEST_FILE: int = LIMITS_OF_PARCELS["mot_tep_mb"] * MEGABYTE  # bytes, unpacked
LARGEST_TOTAL: int = LIMITS_OF_PARCELS["mot_tep_nen_mb"] * MEGABYTE  # of one archive, unpacked


class RefusedError(Exception):
    """A packing, or a file in it, that is not opened; `values` fill the words of `code`."""

    def __init__(self, code: Code, **values: Said) -> None:
        super().__init__(code.label)
        self.code = code
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        """How it is made again in another process."""
        return partial(RefusedError, self.code, **self.values), ()


def too_large(name: str, most: int) -> RefusedError:
    """The refusal of something larger than `most` bytes."""
    size = Ours(f"{most // MEGABYTE} MB")
    return RefusedError(Code.PARCEL_TOO_LARGE, name=Typed(name), most=size)
