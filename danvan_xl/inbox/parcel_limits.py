"""What is opened of what comes from outside, and how a packing is refused."""

from functools import partial

from danvan_xl.schema.issues import Said
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Ours, Typed

MOST_MEMBERS = 1_000  # in one archive, or attached to one mail
LARGEST_FILE = 100 * 2**20  # bytes, unpacked
LARGEST_TOTAL = 2**30  # bytes of one archive, unpacked


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
    return RefusedError(Code.PARCEL_TOO_LARGE, name=Typed(name), most=Ours(f"{most // 2**20} MB"))
