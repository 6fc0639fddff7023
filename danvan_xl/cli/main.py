"""The command line: a thin door. Verbs (danvan_xl.cli.verbs) convert arguments and call one job."""

import gc
import os
import sys
from typing import NoReturn

import click

from danvan_xl.cli.options import DONE, FAILED, say
from danvan_xl.cli.verbs.cai_dat import cai_dat
from danvan_xl.cli.verbs.chuyen_ma import chuyen_ma
from danvan_xl.cli.verbs.giao import giao
from danvan_xl.cli.verbs.gui import gui
from danvan_xl.cli.verbs.kiem_tra import kiem_tra
from danvan_xl.cli.verbs.mau import mau
from danvan_xl.cli.verbs.nhan import nhan
from danvan_xl.cli.verbs.tong_hop import tong_hop
from danvan_xl.cli.verbs.vi_du import vi_du
from danvan_xl.cli.words import HELP_OPTIONS, VietnameseGroup, sentence_for
from danvan_xl.vietnamese.shown_names import on_screen

# A run keeps nearly all it makes: to look for garbage at Python's own pace costs 4 % of a
# rerun over thousands of workbooks.
_OBJECTS_BETWEEN_COLLECTIONS = 1_000_000


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


for verb in (mau, giao, kiem_tra, nhan, tong_hop, gui, vi_du, cai_dat, chuyen_ma):
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
    except Exception as error:  # noqa: BLE001  # the last door: no mistake reaches an officer raw
        from danvan_xl.jobs.failures import sentence_of

        _fail(sentence_of(error))
    sys.exit(code if isinstance(code, int) else DONE)


def _fail(sentence: str) -> NoReturn:
    click.echo(on_screen(sentence), err=True)
    if "--json" in sys.argv[1:]:
        say("", {"error": sentence}, as_json=True)
    sys.exit(FAILED)
