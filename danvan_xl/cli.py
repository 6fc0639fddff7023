"""The command line: a thin door. A verb converts arguments, calls one job, shows the result."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

import click

from danvan_xl.cli_words import HELP_OPTIONS, VietnameseGroup, sentence_for

DONE, DATA_ERRORS, FAILED = 0, 1, 2
_MANY_FILES = 20
# A run keeps nearly all it makes: to look for garbage at Python's own pace costs 20 ms.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000


class CannotDoError(click.ClickException):
    """A job that could not be done; the message is one Vietnamese sentence."""

    exit_code = FAILED


class PeriodName(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.4 only
    """Kỳ báo cáo as a person writes it."""

    name = "KỲ"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> object:
        """Return the period meant."""
        from danvan_xl.periods import parse_period  # keeps --help quick

        period = parse_period(str(value))
        if period is None:
            self.fail(
                f"không hiểu kỳ '{value}'; ghi Tháng 1 … Tháng 12, Quý I … Quý IV, "
                "6 tháng, 9 tháng hoặc Năm.",
                param,
                ctx,
            )
        return period


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


_output = click.option(
    "-o",
    "--ra",
    "output",
    type=click.Path(path_type=Path),
    metavar="TỆP",
    help="Tệp kết quả (.xlsx).",
)
_json = click.option(
    "--json", "as_json", is_flag=True, help="In kết quả dạng JSON cho chương trình khác."
)
_period = click.option(
    "--ky", "period", type=PeriodName(), metavar="KỲ", help="Kỳ báo cáo, thay cho kỳ ghi trong sổ."
)


@commands.command("mau")
@_output
@click.option("--ma", "code", default="", metavar="MÃ", help="Mã đơn vị.")
@click.option("--ten", "name", default="", metavar="TÊN", help="Tên đơn vị, ví dụ 'Xã Phổ Phong'.")
@click.option(
    "--cap",
    "level",
    default="Xã",
    metavar="CẤP",
    help="Thôn, Xã, Huyện, Tỉnh, Trung ương, Khối/Đoàn thể.",
)
@click.option(
    "--nam",
    "year",
    type=click.IntRange(1990, 2099),
    metavar="NĂM",
    help="Năm kế hoạch; mặc định năm nay.",
)
@click.option(
    "--chi-tieu",
    "catalogue",
    type=click.Path(path_type=Path),
    metavar="TỆP",
    help="Danh mục chỉ tiêu (CSV, UTF-8); mặc định danh mục có sẵn của cấp.",
)
@click.option(
    "--bo-tieu-chi",
    "criteria",
    metavar="TÊN",
    help="Bộ tiêu chí ghi sẵn ở trang Tiêu chí, ví dụ 'Nông thôn mới 2026-2030 (nhóm 1)'.",
)
@_json
def mau(output: Path | None, as_json: bool, **wanted: Any) -> None:
    """Tạo sổ mẫu để điền."""
    from danvan_xl.blank_books import Wanted, blank_book  # --help must be quick
    from danvan_xl.overwriting import why_not_a_template
    from danvan_xl.writing.template import write_workbook

    path = _xlsx(output, "mau")
    _spare(path, why_not_a_template(path))
    book = blank_book(Wanted(**wanted))
    write_workbook(path, book.contents)
    count = len(book.contents.targets)
    message = f"Đã tạo sổ {path} với {count} chỉ tiêu. Mở bằng Excel, điền trang Thông tin trước."
    given = book.criteria
    if given is not None:
        message += f" Trang Tiêu chí ghi sẵn bộ {given.name} ({given.decision})."
    lines = [message, *(f"Kiểm tra lại {remark}." for remark in book.remarks)]
    made = {"output": str(path), "indicators": count, "remarks": list(book.remarks)}
    _say("\n".join(lines), made | {"criteria": given.name if given else ""}, as_json)


@commands.command("kiem-tra", short_help="Kiểm tra số liệu trong sổ, không ghi gì.")
@click.argument(
    "paths", metavar="ĐƯỜNG_DẪN...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@_period
@_json
@click.pass_context
def kiem_tra(ctx: click.Context, paths: tuple[Path, ...], period: object, as_json: bool) -> None:
    """Kiểm tra số liệu trong sổ (tệp hoặc thư mục), không ghi gì vào tệp."""
    from danvan_xl.checking import check_paths
    from danvan_xl.periods import Period
    from danvan_xl.writing.screens import checked_as_json, render_checked

    checked = check_paths(paths, period if isinstance(period, Period) else None)
    _say(render_checked(checked), checked_as_json(checked), as_json)
    ctx.exit(DATA_ERRORS if checked.has_errors else DONE)


@commands.command("tong-hop", short_help="Tổng hợp sổ và thư mục nhận.")
@click.argument("workbook", metavar="SỔ", type=click.Path(path_type=Path))
@click.argument("folder", metavar="[THƯ_MỤC_NHẬN]", required=False, type=click.Path(path_type=Path))
@_output
@_period
@_json
@click.pass_context
def tong_hop(
    ctx: click.Context,
    workbook: Path,
    folder: Path | None,
    output: Path | None,
    period: object,
    as_json: bool,
) -> None:
    """Tổng hợp sổ, các trang đơn vị trong sổ và mọi sổ trong thư mục nhận."""
    from danvan_xl.jobs import consolidate_files, save_summary
    from danvan_xl.overwriting import why_not_a_summary
    from danvan_xl.periods import Period
    from danvan_xl.writing.screens import render_summary, result_as_json

    path = _xlsx(output, "tong-hop")
    if path.resolve() == workbook.resolve():
        raise CannotDoError(f"Tệp kết quả trùng với sổ {workbook}; chọn tên khác sau -o.")
    _spare(path, why_not_a_summary(path))
    with _progress_bar() as progress:
        chosen = period if isinstance(period, Period) else None
        job = consolidate_files(workbook, folder, chosen, (path,), _preparing(progress))
    gc.freeze()  # all that was read is needed to the end; no use in looking for garbage in it
    save_summary(job, path)
    shown = result_as_json(job.result, path) if as_json else {}
    _say("" if as_json else render_summary(job.result, path), shown, as_json)
    ctx.exit(DATA_ERRORS if job.result.has_errors else DONE)


@commands.command("vi-du", short_help="Làm ví dụ trên số liệu thật.")
@click.option(
    "-o",
    "--ra",
    "folder",
    default="vi-du",
    type=click.Path(path_type=Path),
    metavar="THƯ_MỤC",
    help="Nơi ghi ví dụ.",
)
@_json
def vi_du(folder: Path, as_json: bool) -> None:
    """Làm ví dụ trên số liệu thật của bốn địa phương: tạo sổ, điền, tổng hợp, in kết quả."""
    from danvan_xl.examples import run_examples
    from danvan_xl.writing.screens import render_summary, result_as_json

    shown: dict[str, object] = {}
    for example in run_examples(folder):
        text = render_summary(example.job.result, example.output)
        shown[example.title] = result_as_json(example.job.result, example.output)
        if not as_json:
            _say(f"\n=== {example.title} ===\n{text}", {}, as_json)
    if as_json:
        _say("", shown, as_json)


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
    from danvan_xl.blank_books import CannotMakeError
    from danvan_xl.consolidation import CannotConsolidateError
    from danvan_xl.indicators import CatalogueError

    return (CannotConsolidateError, CatalogueError, CannotMakeError)


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    if "--json" in sys.argv[1:]:
        _say("", {"error": sentence}, as_json=True)
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


def _xlsx(output: Path | None, verb: str) -> Path:
    """Return the output path; one that is missing or no .xlsx is refused before any work."""
    if output is None:
        raise CannotDoError(f"Thiếu tệp kết quả. Ghi thêm: danvan-xl {verb} … -o TÊN_TỆP.xlsx")
    if output.suffix.lower() != ".xlsx":
        raise CannotDoError(f"Tệp kết quả '{output}' phải có đuôi .xlsx.")
    if not output.parent.is_dir():
        raise CannotDoError(
            f"Không có thư mục '{output.parent}'. Tạo thư mục trước hoặc sửa đường dẫn sau -o."
        )
    if output.is_dir():
        raise CannotDoError(f"'{output}' là thư mục; ghi tên tệp .xlsx sau -o.")
    return output


def _spare(path: Path, why: str) -> None:
    """Refuse to write over a file that is not the program's own."""
    if why:
        raise CannotDoError(f"'{path}' đã có và {why}, không ghi đè. Chọn tên khác sau -o.")


def _say(text: str, data: object, as_json: bool) -> None:
    """Print the table, or one JSON object in its place."""
    if as_json:
        import json  # few ask for it

        text = json.dumps(data, ensure_ascii=False, indent=1)
    click.echo(text)


def _preparing(progress: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Return the same callback, which also loads the writer while other processes go on reading."""

    def prepare(done: int, count: int) -> None:
        import danvan_xl.writing.summary  # noqa: F401 - for the job that follows

        progress(done, count)

    return prepare


@contextmanager
def _progress_bar() -> Iterator[Callable[[int, int], None]]:
    """Yield a callback (done, all) that draws a bar on a terminal while many files are read."""
    bar = None

    def progress(_done: int, count: int) -> None:
        nonlocal bar
        if count < _MANY_FILES or not sys.stderr.isatty():
            return
        if bar is None:
            bar = click.progressbar(length=count, label="Đang đọc", file=sys.stderr)
            bar.__enter__()
        bar.update(1)

    try:
        yield progress
    finally:
        if bar is not None:
            bar.__exit__(None, None, None)
