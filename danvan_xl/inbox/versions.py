"""Which of several files of one unit is the newest."""

import datetime as dt
from typing import NamedTuple


class Version(NamedTuple):
    """What tells how new a file is; the newest of several is the greatest.

    The day decides (of packing, or Ngày lập), then a sending passes a workbook and a file a sheet
    in the superior's own workbook, then the time and number of the sending, then `order`.
    """

    day: dt.date
    is_sending: bool
    is_file: bool
    moment: dt.datetime
    sequence: int
    order: tuple[object, ...]


def version_of(
    prepared_on: dt.date | None,
    sent_at: dt.datetime | None,
    sequence: int,
    order: tuple[object, ...],
    *,
    is_file: bool = True,
) -> Version:
    """How new a file is; `sent_at` is None for what is no sending."""
    day = sent_at.date() if sent_at else prepared_on or dt.date.min
    moment = sent_at or dt.datetime.combine(day, dt.time())
    return Version(
        day=day,
        is_sending=sent_at is not None,
        is_file=is_file,
        moment=moment,
        sequence=sequence,
        order=order,
    )
