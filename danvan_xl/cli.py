"""The command line: a thin door. Verbs (danvan_xl.verbs) convert arguments and call one job."""

import gc
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click

from danvan_xl.cli_options import DONE, FAILED, say
from danvan_xl.cli_words import HELP_OPTIONS, VietnameseGroup, sentence_for
from danvan_xl.verbs.giao import giao
from danvan_xl.verbs.gui import gui
from danvan_xl.verbs.kiem_tra import kiem_tra
from danvan_xl.verbs.mau import mau
from danvan_xl.verbs.nhan import nhan
from danvan_xl.verbs.tong_hop import tong_hop
from danvan_xl.verbs.vi_du import vi_du

# A run keeps nearly all it makes: to look for garbage at Python's own pace costs 20 ms.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000


@click.group(cls=VietnameseGroup, context_settings=HELP_OPTIONS)
@click.version_option(
    None,
    "--version",
    package_name="danvan_xl",
    help="Xem phiên bản.",
    message="danvan-xl %(version)s",
)
def commands() -> None:
    """Sổ kế hoạch công tác dân vận: tạo sổ, kiểm tra, tổng hợp số liệu các đơn vị.

    Kết thúc với mã 0: xong; 1: xong nhưng số liệu có lỗi; 2: không làm được.
    """


for verb in (mau, giao, kiem_tra, nhan, tong_hop, gui, vi_du):
    commands.add_command(verb)


def console() -> NoReturn:
    """Run as the command does, then leave at once.

    The system takes a finished program's memory back faster than Python does object by object.
    """
    code: object = DONE
    try:
        main()
    except SystemExit as stop:
        code = stop.code
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else DONE)


def main() -> None:
    """Run the program: errors end in one Vietnamese sentence and exit code 2, never a traceback."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = commands.main(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(FAILED)
    except click.ClickException as error:
        _fail(sentence_for(error))
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _fail("Đã dừng theo yêu cầu; không tệp nào bị ghi dở.")
    except OSError as error:
        _fail(_os_sentence(error))
    except _expected_errors() as error:
        _fail(str(error))
    except Exception:  # noqa: BLE001  # the last door: our mistake must not reach an officer raw
        _fail(_unexpected_sentence())
    sys.exit(code if isinstance(code, int) else DONE)


def _expected_errors() -> tuple[type[Exception], ...]:
    """Return the errors whose text is already the sentence to show."""
    from danvan_xl.assigning import CannotAssignError
    from danvan_xl.blank_books import CannotMakeError
    from danvan_xl.collecting import CannotCollectError
    from danvan_xl.consolidation import CannotConsolidateError
    from danvan_xl.divisions import DivisionsError
    from danvan_xl.indicators import CatalogueError
    from danvan_xl.signing import CannotSignError
    from danvan_xl.submit_job import CannotSubmitError

    return (
        CannotConsolidateError,
        CatalogueError,
        CannotMakeError,
        CannotAssignError,
        DivisionsError,
        CannotSignError,
        CannotSubmitError,
        CannotCollectError,
    )


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    if "--json" in sys.argv[1:]:
        say("", {"error": sentence}, as_json=True)
    sys.exit(FAILED)


def _unexpected_sentence() -> str:
    """Keep what happened in a log for the makers and return the sentence for the officer."""
    import tempfile
    import traceback

    log = Path(tempfile.gettempdir()) / "danvan-xl-loi.log"
    with suppress(OSError):
        log.write_text(traceback.format_exc(), encoding="utf-8")
    return (
        "Chương trình gặp lỗi chưa biết; không tệp nào bị ghi dở. "
        f"Gửi tệp {log} cho người hỗ trợ kèm sổ đang làm."
    )


def _os_sentence(error: OSError) -> str:
    """Return what the operating system refused, for a person."""
    name = str(error.filename or "")
    if Path(name).name.startswith(".~"):  # the temporary file beside the one that was asked for
        name = str(Path(name).parent)
    if isinstance(error, IsADirectoryError):
        return f"'{name}' là thư mục; ghi đường dẫn của một tệp."
    if isinstance(error, PermissionError):
        return (
            f"Không ghi hoặc đọc được '{name}': không có quyền, hoặc tệp đang mở trong Excel. "
            "Đóng tệp rồi làm lại."
        )
    if isinstance(error, FileNotFoundError):
        return f"Không thấy '{name}'. Kiểm tra lại đường dẫn; thư mục phải có sẵn."
    return f"Không đọc hoặc ghi được '{name}' ({error.strerror}). Kiểm tra ổ đĩa rồi làm lại."
