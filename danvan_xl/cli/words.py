"""click speaking Vietnamese: headings of the help pages, and one sentence for every wrong call."""

from typing import Any

import click

_HEADINGS = {"Options": "Tùy chọn", "Commands": "Các lệnh", "Usage: ": "Cách dùng: "}
HELP_OPTIONS = {"help_option_names": ["-h", "--help"], "max_content_width": 96}


class VietnameseFormatter(click.HelpFormatter):
    """Help pages with Vietnamese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        words = args.replace("[OPTIONS]", "[TÙY CHỌN]").replace("COMMAND [ARGS]...", "LỆNH …")
        super().write_usage(prog, words, prefix or _HEADINGS["Usage: "])

    def write_heading(self, heading: str) -> None:
        """Write a heading in Vietnamese."""
        super().write_heading(_HEADINGS.get(heading, heading))


class VietnameseContext(click.Context):
    """A context whose help pages are Vietnamese."""

    formatter_class = VietnameseFormatter


class _HelpInVietnamese(click.Command):
    context_class = VietnameseContext

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """--help, explained in Vietnamese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Xem hướng dẫn này."
        return option


class VietnameseCommand(_HelpInVietnamese):
    """One verb."""


class VietnameseGroup(_HelpInVietnamese, click.Group):
    """The program with its verbs."""

    command_class = VietnameseCommand


def sentence_for(error: click.ClickException) -> str:
    """What was wrong with the call, in one Vietnamese sentence with a remedy."""
    help_hint = ""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        help_hint = f" Xem cách dùng: {error.ctx.command_path} --help"
    return f"{_what(error)}{help_hint}"


def _what(error: click.ClickException) -> str:
    if isinstance(error, click.MissingParameter):
        return f"Thiếu {_name(error.param)}."
    if isinstance(error, click.NoSuchOption):
        guess = f" Có phải {error.possibilities[0]}?" if error.possibilities else ""
        return f"Không có tùy chọn {error.option_name}.{guess}"
    if isinstance(error, click.BadOptionUsage):
        return f"Tùy chọn {error.option_name} cần một giá trị đi kèm."
    if isinstance(error, click.BadParameter):
        return _bad_value(error)
    return _plain_usage(error.message)


def _bad_value(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    name = _name(error.param)
    if isinstance(kind, click.IntRange):
        return f"{name[:1].upper()}{name[1:]} phải là số từ {kind.min} đến {kind.max}."
    return f"Giá trị của {name} không dùng được: {error.message}"


def _plain_usage(message: str) -> str:
    """The sentence for the two wrong calls click tells apart only by its words."""
    if message.startswith("No such command"):
        return f"Không có lệnh {message.split()[3].rstrip('.')}."
    if message.startswith("Got unexpected"):
        return "Có tham số thừa: đường dẫn có dấu cách phải đặt trong ngoặc kép."
    return message


def _name(parameter: Any) -> str:
    """How a parameter is called on the command line."""
    if isinstance(parameter, click.Option):
        return f"tùy chọn {'/'.join(parameter.opts)}"
    if isinstance(parameter, click.Parameter):
        return f"tham số {(parameter.metavar or parameter.human_readable_name).rstrip('.')}"
    return "tham số"
