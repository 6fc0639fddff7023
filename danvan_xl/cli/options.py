"""What the verbs of the command line share: options, the exit codes, how a result is shown."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import NamedTuple

import click

from danvan_xl.vietnamese.shown_names import on_screen

_MANY_FILES = 20
# What a terminal takes for orders, or turns the way of writing by.
_UNSEEN = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
DONE, DATA_ERRORS, FAILED = 0, 1, 2
PATH = click.Path(readable=False, path_type=Path)  # who reads a file says why it cannot be read


class CannotDoError(click.ClickException):
    """A job that could not be done; the message is one Vietnamese sentence."""

    exit_code = FAILED


class PeriodName(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.4 only
    """Kỳ báo cáo as a person writes it."""

    name = "KỲ"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> object:
        """The period meant."""
        from danvan_xl.vietnamese.periods import parse_period  # keeps --help quick

        period = parse_period(str(value))
        if period is None:
            self.fail(
                f"không hiểu kỳ '{value}'; ghi Tháng 1 … Tháng 12, Quý I … Quý IV, "
                "6 tháng, 9 tháng hoặc Năm.",
                param,
                ctx,
            )
        return period


class FolderName(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.4 only
    """A folder, or the address of one (s3://…)."""

    name = "THƯ_MỤC"

    def convert(
        self, value: object, _param: click.Parameter | None, _ctx: click.Context | None
    ) -> object:
        """A path or an address."""
        from danvan_xl.files.addresses import parse_address

        return parse_address(str(value)) or Path(str(value))


output_option = click.option(
    "-o",
    "--ra",
    "output",
    type=PATH,
    metavar="TỆP",
    help="Tệp kết quả (.xlsx).",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="In kết quả dạng JSON cho chương trình khác."
)
period_option = click.option(
    "--ky", "period", type=PeriodName(), metavar="KỲ", help="Kỳ báo cáo, thay cho kỳ ghi trong sổ."
)


class AskedScreen(NamedTuple):
    """How the officer wants to see what was found: each finding in full, or as JSON."""

    in_full: bool
    as_json: bool


def screen_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options on what is shown, which `command` gets as one: `screen`."""

    @click.option(
        "--chi-tiet", "in_full", is_flag=True, help="Kể từng lỗi, cảnh báo, ghi nhận, không gộp."
    )
    @json_option
    @wraps(command)
    def call(*args: object, in_full: bool, as_json: bool, **options: object) -> None:
        command(*args, screen=AskedScreen(in_full, as_json), **options)

    return call


class YearRange(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.4 only
    """Several years: 2021-2023."""

    name = "NĂM-NĂM"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> object:
        """The years meant."""
        from danvan_xl.consolidation.several_years import MOST_YEARS, parse_years

        years = parse_years(str(value))
        if years is None:
            self.fail(
                f"không hiểu giai đoạn '{value}'; ghi năm đầu-năm cuối, ví dụ 2021-2023, "
                f"từ 2 đến {MOST_YEARS} năm.",
                param,
                ctx,
            )
        return years


class AskedReading(NamedTuple):
    """How the officer wants received files to be read, and of which years."""

    is_anew: bool
    cluster: str
    last_year: Path | None
    years: range | None


def reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options on what is read and how, which `command` gets as one: `asked`."""

    @click.option(
        "--doc-lai",
        "is_anew",
        is_flag=True,
        help="Đọc lại mọi tệp, không dùng kết quả đã nhớ của lần trước.",
    )
    @click.option(
        "--cum",
        "cluster",
        default="",
        metavar="ĐỊA_CHỈ",
        help="Đọc bằng cụm máy Dask ở địa chỉ này, ví dụ tcp://10.0.0.5:8786.",
    )
    @click.option(
        "--nam-truoc",
        "last_year",
        type=PATH,
        metavar="THƯ_MỤC",
        help="Tính cột Năm trước từ các sổ năm trước trong thư mục này.",
    )
    @click.option(
        "--giai-doan",
        "years",
        type=YearRange(),
        metavar="NĂM-NĂM",
        help="Tổng hợp nhiều năm thành một, ví dụ 2021-2023.",
    )
    @wraps(command)
    def call(
        *args: object,
        is_anew: bool,
        cluster: str,
        last_year: Path | None,
        years: range | None,
        **options: object,
    ) -> None:
        if last_year is not None and years is not None:
            raise CannotDoError("Không dùng --nam-truoc cùng --giai-doan. Bỏ một trong hai.")
        if options.get("period") is not None and years is not None:
            raise CannotDoError("--giai-doan tính trọn các năm nên không dùng cùng --ky.")
        command(*args, asked=AskedReading(is_anew, cluster, last_year, years), **options)

    return call


def xlsx_path(output: Path | None, verb: str) -> Path:
    """The output path; one that is missing, no .xlsx or open is refused before any work."""
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
    from danvan_xl.files.in_use import refuse_if_open

    refuse_if_open(output)
    return output


def spare(path: Path, why: str) -> None:
    """Refuse to write over a file that is not the program's own."""
    if why:
        raise CannotDoError(f"'{path}' đã có và {why}, không ghi đè. Chọn tên khác sau -o.")


def say(text: str, data: object, as_json: bool) -> None:
    """Print the table, or one JSON object in its place."""
    if as_json:
        import json  # few ask for it

        text = json.dumps(data, ensure_ascii=False, indent=1)
        text = _UNSEEN.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
    click.echo(on_screen(text))


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A callback (done, all) that draws a bar on a terminal while there are many files."""
    bar = None

    def progress(_done: int, count: int) -> None:
        nonlocal bar
        if count < _MANY_FILES or not sys.stderr.isatty():
            return
        if bar is None:
            bar = click.progressbar(length=count, label=label, file=sys.stderr)
            bar.__enter__()
        bar.update(1)

    try:
        yield progress
    finally:
        if bar is not None:
            bar.__exit__(None, None, None)
