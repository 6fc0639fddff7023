"""`cai-dat`: the Excel add-in for this user."""

import click

from danvan_xl.cli.options import DATA_ERRORS, DONE, CannotDoError, json_option, say
from danvan_xl.cli.words import VietnameseCommand

_IN_A_LOCKED_OFFICE = """
Nếu máy cơ quan khóa chặt, nhờ quản trị máy:
- Cho thư mục XLSTART ở trên là vị trí tin cậy (Trust Center > Trusted Locations).
- Bỏ chặn tệp nếu chép từ mạng: bấm chuột phải vào tệp > Thuộc tính > Bỏ chặn.
- Cho phần mềm diệt vi-rút bỏ qua thư mục chứa Python của danvan_xl.
Đóng hết Excel rồi mở lại: thẻ "Dân vận" nằm cạnh thẻ Trang đầu.
Tự kiểm tra: danvan-xl cai-dat --kiem-tra"""


@click.command("cai-dat", cls=VietnameseCommand, short_help="Cài thẻ Dân vận vào Excel.")
@click.option("--go", "removes", is_flag=True, help="Gỡ phần bổ trợ và cấu hình đã cài.")
@click.option("--kiem-tra", "tests", is_flag=True, help="Tự kiểm tra máy và bản đã cài.")
@json_option
@click.pass_context
def cai_dat(ctx: click.Context, removes: bool, tests: bool, as_json: bool) -> None:
    """Cài phần bổ trợ Excel cho người dùng này; không cần quyền quản trị."""
    from danvan_xl.jobs.install import install, uninstall
    from danvan_xl.jobs.machine import this_machine

    machine = this_machine()
    if removes and tests:
        raise CannotDoError("Chọn một trong hai: --go hoặc --kiem-tra.")
    if tests:
        ctx.exit(_self_test(as_json))
    if removes:
        removed = [str(path) for path in uninstall(machine)]
        text = "\n".join(f"Đã gỡ {path}" for path in removed) or "Chưa cài nên không có gì để gỡ."
        say(text, {"removed": removed}, as_json)
        return
    done = install(machine)
    lines = [f"Đã cài {done.addin}", f"Cấu hình: {done.settings}", *done.remarks]
    data = {"addin": str(done.addin), "settings": str(done.settings), "remarks": list(done.remarks)}
    say("\n".join(lines) + "\n" + _IN_A_LOCKED_OFFICE, data, as_json)


def _self_test(as_json: bool) -> int:
    """Print every check; return the exit code."""
    from danvan_xl.jobs.machine import this_machine
    from danvan_xl.jobs.self_test import self_test

    machine = this_machine()
    checks = self_test(machine)
    words = {True: "được", False: "CHƯA ĐƯỢC", None: ""}
    lines = [f"{words[item.is_good]:<10} {item.what}: {item.found}" for item in checks]
    if not machine.is_windows:
        lines.append("Máy này không phải Windows nên không kiểm tra Excel.")
    say("\n".join(lines), {"checks": [item._asdict() for item in checks]}, as_json)
    return DONE if all(item.is_good is not False for item in checks) else DATA_ERRORS
