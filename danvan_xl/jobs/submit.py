"""`gui` on disk: consolidate, refuse what must not go out, write the sending and its mail draft.

Nothing is ever sent from here.
"""

import datetime as dt
from collections.abc import Iterator
from glob import escape as glob_escape
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.files.apart import open_book
from danvan_xl.files.folder_lock import folder_lock
from danvan_xl.files.names import safe_name
from danvan_xl.files.opening import OpenedBook, open_unguarded
from danvan_xl.inbox.superseded import about_dated_back
from danvan_xl.inbox.versions import Version, is_dated_back
from danvan_xl.jobs.consolidate import Reading, consolidate_files
from danvan_xl.outgoing.covering_letter import covering_letter
from danvan_xl.outgoing.drafts import Attachment, draft_as_eml, parse_addresses
from danvan_xl.outgoing.sending import Package, error_count, package, why_not_to_send
from danvan_xl.reading.info import read_info
from danvan_xl.reading.manifests import (
    Manifest,
    Sealed,
    content_hash,
    manifest_text,
    read_manifest,
)
from danvan_xl.reading.signing import HOW_TO_INSTALL, is_installed, sign
from danvan_xl.schema.issues import Issue, Place
from danvan_xl.schema.messages import Code, Severity
from danvan_xl.schema.sheets import TEMPLATE_VERSION
from danvan_xl.vietnamese.periods import Period
from danvan_xl.vietnamese.text import match_key

_NAMED_ERRORS = 5


class CannotSubmitError(Exception):
    """A workbook cannot be sent; the text says in Vietnamese why and what to do."""


class SendingOrder(NamedTuple):
    """What is to be sent, where it is put, to whom, and how.

    `inbox` is the folder of received files (None: the workbook's own Thư mục nhận), `to` replaces
    Nơi nhận (email), `key` is a file with a private key, `despite_errors` sends with Lỗi in it.
    """

    workbook: Path
    folder: Path
    inbox: Path | None = None
    period: Period | None = None
    to: str = ""
    key: Path | None = None
    despite_errors: bool = False


class Earlier(NamedTuple):
    """A sending that was made before, where it stands, and its Ngày lập."""

    sealed: Sealed
    path: Path
    prepared_on: dt.date | None = None

    def says(self, content: str, wanted: SendingOrder) -> bool:
        """Whether it says just what a new one would, signed if that is wanted."""
        is_signed = bool(self.sealed.signature)
        return self.sealed.manifest.content == content and (is_signed or wanted.key is None)


class Submitted(NamedTuple):
    """A sending on disk with its mail draft; `is_new` is false where nothing had changed.

    `remarks` are what is odd about the sending itself.
    """

    path: Path
    draft: Path
    sealed: Sealed
    result: Consolidation
    to: tuple[str, ...]
    is_new: bool
    remarks: tuple[Issue, ...] = ()


def submit(wanted: SendingOrder, now: dt.datetime, opened: OpenedBook | None = None) -> Submitted:
    """The sending made of a workbook, and its draft, both written to the folder.

    `opened` is the workbook as it stands open in a spreadsheet program, saved or not. A sending
    that would say what the last one says is not made again. Raises CannotSubmitError,
    CannotConsolidateError, CannotSignError, FolderBusyError, or OSError when a file cannot be
    written.
    """
    _check(wanted)
    reading = Reading(today=now.date())
    job = consolidate_files(
        wanted.workbook, wanted.inbox, wanted.period, reading=reading, monthly=True, opened=opened
    )
    result = job.result
    _allow(result, wanted)
    to = _addresses(wanted.to or result.book.info.recipient_email)
    wanted.folder.mkdir(exist_ok=True)
    with folder_lock(wanted.folder):  # or two runs would make the same lần of it
        earlier = _earlier(wanted.folder, result)
        path, sealed, is_new = _written(wanted, result, earlier, now)
        draft = path.with_suffix(".eml")
        _write_draft(draft, result, sealed, (path, to))
    return Submitted(
        path=path,
        draft=draft,
        sealed=sealed,
        result=result,
        to=to,
        is_new=is_new,
        remarks=tuple(_dated_back(path, sealed, result, earlier)),
    )


def _check(wanted: SendingOrder) -> None:
    """Refuse what can be refused before any work."""
    folder = wanted.folder
    if folder.exists() and not folder.is_dir():
        raise CannotSubmitError(f"'{folder}' là tệp; ghi tên một thư mục sau -o.")
    if not folder.exists() and not folder.parent.is_dir():
        raise CannotSubmitError(
            f"Không có thư mục '{folder.parent}'. Tạo thư mục trước hoặc sửa đường dẫn sau -o."
        )
    if wanted.key is not None and not is_installed():
        raise CannotSubmitError(f"Ký số cần thêm một thư viện. Cài bằng lệnh: {HOW_TO_INSTALL}")


def _allow(result: Consolidation, wanted: SendingOrder) -> None:
    """Refuse what must not go out: secret figures always, figures with Lỗi unless told to."""
    if why := why_not_to_send(result):
        raise CannotSubmitError(f"Không gửi được {wanted.workbook.name}: {why}.")
    errors = [item for item in result.issues if item.severity is Severity.ERROR]
    if not errors or wanted.despite_errors:
        return
    named = "\n".join(
        f"- {item.code.label}: {f'{item.place}: ' if str(item.place) else ''}{item.message} "
        f"→ {item.remedy}"
        for item in errors[:_NAMED_ERRORS]
    )
    rest = len(errors) - _NAMED_ERRORS
    more = f"\n… và {rest} lỗi nữa (xem bằng lệnh kiem-tra)." if rest > 0 else ""
    raise CannotSubmitError(
        f"Chưa gửi: số liệu còn {len(errors)} lỗi. Sửa lỗi rồi gửi lại, hoặc thêm --van-gui để gửi "
        f"kèm lỗi.\n{named}{more}"
    )


def _addresses(text: str) -> tuple[str, ...]:
    found = parse_addresses(text)
    if found.wrong:
        raise CannotSubmitError(
            f"'{found.wrong[0]}' không phải là địa chỉ thư. Sửa Nơi nhận (email) ở trang Thông tin "
            "hoặc địa chỉ sau --den."
        )
    return found.known


def _earlier(folder: Path, result: Consolidation) -> list[Earlier]:
    """The unit's sendings of the year that stand in the folder, the last one last."""
    info = result.book.info
    found: list[Earlier] = []
    for path in sorted(folder.glob(f"{glob_escape(_stem(result))}_*.xlsx")):
        opened = open_book(path)
        sealed = None if isinstance(opened, Issue) else read_manifest(opened.grids)
        if isinstance(opened, Issue) or not isinstance(sealed, Sealed):
            continue
        unit, year = match_key(sealed.manifest.unit_code), sealed.manifest.year
        if (unit, year) == (match_key(info.unit_code), info.year):
            found.append(Earlier(sealed, path, read_info(opened.grids)[0].prepared_on))
    return sorted(found, key=lambda item: item.sealed.manifest.sequence)


def _written(
    wanted: SendingOrder, result: Consolidation, earlier: list[Earlier], now: dt.datetime
) -> tuple[Path, Sealed, bool]:
    """Write the sending unless the last one says the same; return where it is and its manifest."""
    from danvan_xl.files.atomic import creating  # only who writes waits for XlsxWriter
    from danvan_xl.writing.summary.sending import write_sending

    wrapped = package(result)
    content = _content(wrapped, now.date())
    last = earlier[-1] if earlier else None
    if last is not None and last.says(content, wanted):
        return last.path, last.sealed, False
    manifest = _manifest(result, wrapped, content, earlier, now)
    sealed = _sealed(manifest, wrapped, wanted.key)
    name = f"{_stem(result)}_{result.period.slug}_lan{manifest.sequence}.xlsx"
    path = wanted.folder / name
    taken = f"'{path}' đã có và không phải bản gửi của sổ này; đổi tên tệp đó."
    if path.exists():
        raise CannotSubmitError(taken)
    try:
        with creating(path) as temporary:
            write_sending(temporary, wrapped, sealed, now.date())
    except FileExistsError as error:
        raise CannotSubmitError(taken) from error
    return path, sealed, True


def _content(wrapped: Package, day: dt.date) -> str:
    """The hash of what the cells of a sending will say, as a reader will find them."""
    from danvan_xl.writing.summary.sending import write_sending

    with TemporaryDirectory(prefix="danvan-") as folder:
        path = Path(folder) / "ban-gui.xlsx"
        write_sending(path, wrapped, None, day)
        opened = open_unguarded(path)
    assert not isinstance(opened, Issue)  # what was just written can be read
    return content_hash(opened.grids, wrapped.parts)


def _manifest(
    result: Consolidation, wrapped: Package, content: str, earlier: list[Earlier], now: dt.datetime
) -> Manifest:
    info, last = result.book.info, earlier[-1] if earlier else None
    assert info.year is not None  # else it was refused
    return Manifest(
        unit_code=info.unit_code,
        unit_name=info.unit_name,
        year=info.year,
        period=result.period.label,
        month=result.period.month,
        template_version=TEMPLATE_VERSION,
        program_version=version("danvan_xl"),
        sent_at=now.replace(microsecond=0, tzinfo=None).isoformat(),
        sequence=last.sealed.manifest.sequence + 1 if last else 1,
        content=content,
        previous=last.sealed.seal if last else "",
        sources=wrapped.sources,
        earlier=tuple(
            item.sealed.seal
            for item in earlier
            if item.sealed.manifest.period == result.period.label
        ),
    )


def _dated_back(
    path: Path, sealed: Sealed, result: Consolidation, earlier: list[Earlier]
) -> Iterator[Issue]:
    """A warning where a sending is dated before the last one: the clock went back, or Ngày lập did.

    Of another period Ngày lập may well be an earlier one.
    """
    before = [item for item in earlier if item.sealed.seal != sealed.seal]
    if not before:
        return
    last = before[-1]
    is_alike = last.sealed.manifest.period == sealed.manifest.period
    mine = Version(
        path.name,
        prepared_on=result.book.info.prepared_on if is_alike else None,
        sent_at=sealed.manifest.packed_at,
    )
    followed = Version(
        last.path.name, prepared_on=last.prepared_on, sent_at=last.sealed.manifest.packed_at
    )
    if is_dated_back(mine, followed):
        place = Place(path.name, unit_name=sealed.manifest.unit_name)
        yield about_dated_back(Code.OWN_SENDING_DATED_BACK, place, mine, followed)


def _sealed(manifest: Manifest, wrapped: Package, key: Path | None) -> Sealed:
    text = manifest_text(manifest)
    sealed = Sealed(manifest, text, wrapped.parts)
    if key is None:
        return sealed
    public_key, signature = sign(text, key)
    return sealed._replace(public_key=public_key, signature=signature)


def _write_draft(
    path: Path, result: Consolidation, sealed: Sealed, sent: tuple[Path, tuple[str, ...]]
) -> None:
    """Write the mail draft beside the sending it goes with."""
    from danvan_xl.files.atomic import replacing

    file, to = sent
    attachment = Attachment(file.name, file.read_bytes())
    draft = covering_letter(result, sealed, to, attachment, error_count(result))
    with replacing(path) as temporary:
        temporary.write_bytes(draft_as_eml(draft))


def _stem(result: Consolidation) -> str:
    info = result.book.info
    return f"BC_{safe_name(info.unit_code)}_{info.year}"
