"""What goes wrong, in one Vietnamese sentence: the same on the command line and in Excel."""

import traceback

from danvan_xl.files.faults import reason_of, write_down
from danvan_xl.files.in_use import StillOpenError


def sentence_of(error: Exception) -> str:
    """The sentence for the officer; what nobody expected is kept in a log for the makers."""
    if isinstance(error, OSError) and not isinstance(error, StillOpenError):
        return _os_sentence(error)
    return str(error) if isinstance(error, _expected_errors()) else _unexpected_sentence(error)


def _expected_errors() -> tuple[type[Exception], ...]:
    """The errors whose text is already the sentence to show."""
    from danvan_xl.consolidation.consolidation import CannotConsolidateError
    from danvan_xl.files.folder_lock import FolderBusyError
    from danvan_xl.inbox.collecting import CannotCollectError
    from danvan_xl.jobs.install import CannotInstallError
    from danvan_xl.jobs.recode import CannotRecodeError
    from danvan_xl.jobs.submit import CannotSubmitError
    from danvan_xl.outgoing.assigning import CannotAssignError
    from danvan_xl.outgoing.blank import CannotMakeError
    from danvan_xl.outgoing.unit_lists import DivisionsError
    from danvan_xl.reading.signing import CannotSignError
    from danvan_xl.schema.indicators import CatalogueError

    return (
        StillOpenError,
        FolderBusyError,
        CannotConsolidateError,
        CatalogueError,
        CannotMakeError,
        CannotAssignError,
        DivisionsError,
        CannotSignError,
        CannotSubmitError,
        CannotCollectError,
        CannotInstallError,
        CannotRecodeError,
    )


def _unexpected_sentence(error: Exception) -> str:
    log = write_down("".join(traceback.format_exception(error)))
    return (
        "Chương trình gặp lỗi chưa biết; không tệp nào bị ghi dở. "
        f"Gửi tệp {log} cho người hỗ trợ kèm sổ đang làm."
    )


def _os_sentence(error: OSError) -> str:
    """What the operating system refused, for a person."""
    name = str(error.filename or "")
    if isinstance(error, IsADirectoryError):
        return f"'{name}' là thư mục; ghi đường dẫn của một tệp."
    if isinstance(error, PermissionError):
        return (
            f"Không ghi hoặc đọc được '{name}': không có quyền, hoặc tệp đang mở trong Excel. "
            "Đóng tệp rồi làm lại."
        )
    if isinstance(error, FileNotFoundError):
        return f"Không thấy '{name}'. Kiểm tra lại đường dẫn; thư mục phải có sẵn."
    return f"Không đọc hoặc ghi được '{name}': {reason_of(error)}. Kiểm tra ổ đĩa rồi làm lại."
