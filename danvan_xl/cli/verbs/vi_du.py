"""`vi-du`: the worked example."""

from pathlib import Path

import click

from danvan_xl.cli.options import PATH, json_option, say
from danvan_xl.cli.words import VietnameseCommand


@click.command("vi-du", cls=VietnameseCommand, short_help="Làm ví dụ trên số liệu thật.")
@click.option(
    "-o",
    "--ra",
    "folder",
    default="vi-du",
    type=PATH,
    metavar="THƯ_MỤC",
    help="Nơi ghi ví dụ.",
)
@json_option
def vi_du(folder: Path, as_json: bool) -> None:
    """Làm ví dụ trên số liệu thật của bốn địa phương: tạo sổ, điền, tổng hợp, in kết quả."""
    from danvan_xl.jobs.example import run_examples
    from danvan_xl.screens.consolidated import render_summary
    from danvan_xl.screens.consolidated_as_json import result_as_json

    shown: dict[str, object] = {}
    for example in run_examples(folder):
        text = render_summary(example.job.result, example.report, example.output)
        shown[example.title] = result_as_json(example.job.result, example.report, example.output)
        if not as_json:
            say(f"\n=== {example.title} ===\n{text}", {}, as_json)
    if as_json:
        say("", shown, as_json)
