"""`giao`: the plan carried down, one workbook per unit."""

from pathlib import Path

import click

from danvan_xl.cli.options import (
    DATA_ERRORS,
    DONE,
    PATH,
    CannotDoError,
    json_option,
    progress_bar,
    say,
)
from danvan_xl.cli.words import VietnameseCommand


@click.command("giao", cls=VietnameseCommand, short_help="Giao chỉ tiêu: làm sổ cho từng đơn vị.")
@click.argument("workbook", metavar="SỔ_CẤP_TRÊN", type=PATH)
@click.option(
    "-o",
    "--ra",
    "folder",
    type=PATH,
    metavar="THƯ_MỤC",
    help="Nơi ghi sổ của các đơn vị.",
)
@click.option(
    "--email", default="", metavar="ĐỊA_CHỈ", help="Ghi sẵn Nơi nhận (email) trong sổ của đơn vị."
)
@click.option(
    "--cho-phep-lech",
    "allow_difference",
    is_flag=True,
    help="Vẫn giao khi tổng giao cho các đơn vị khác kế hoạch.",
)
@json_option
@click.pass_context
def giao(
    ctx: click.Context,
    workbook: Path,
    folder: Path | None,
    email: str,
    allow_difference: bool,
    as_json: bool,
) -> None:
    """Giao chỉ tiêu cho các đơn vị: mỗi đơn vị một sổ, kế hoạch ghi sẵn và khóa.

    Sổ đã có số liệu không bao giờ bị ghi đè: kế hoạch đổi thì ghi thêm một sổ cập nhật giữ mọi số
    đã ghi.
    """
    from danvan_xl.jobs.assign import assign_files
    from danvan_xl.screens.assigned import assigned_as_json, render_assigned

    if folder is None:
        raise CannotDoError("Thiếu thư mục kết quả. Ghi thêm: danvan-xl giao … -o THƯ_MỤC")
    with progress_bar("Đang ghi") as progress:
        assigned = assign_files(
            workbook, folder, email, allow_difference=allow_difference, progress=progress
        )
    say(render_assigned(assigned), assigned_as_json(assigned), as_json)
    ctx.exit(DATA_ERRORS if assigned.has_errors else DONE)
