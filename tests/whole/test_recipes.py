"""The recipes of the page on the architecture are true: who follows them gets what they promise."""

import tomllib

import pytest

from tests.recipes import PAGE, ROOT, follow

RECIPES = (
    "Thêm một cột hoặc một trang",
    "Thêm một kiểm tra",
    "Thêm một trang kết quả",
    "Thêm một lệnh",
)


@pytest.mark.parametrize("recipe", RECIPES)
def test_who_follows_a_recipe_gets_what_it_promises(recipe, tmp_path):
    told = follow(recipe, tmp_path)

    assert any(command.expected for command in told), "it promises nothing"
    for command in told:
        at = 0
        for line in command.expected:
            words = " ".join(line.split())
            printed = " ".join(command.printed.split())
            assert words in printed[at:], f"{command.command}\n{command.printed}"
            at = printed.index(words, at)


def test_the_rooms_stand_on_the_page_in_their_order():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = contracts["contracts"][0]["layers"]
    rooms = [name.strip() for layer in reversed(layers) for name in layer.split("|")]
    lines = PAGE.read_text("utf-8").split("\n## ", 1)[0].splitlines()
    told = [line.split("`")[1] for line in lines if line.startswith("| `")]
    doors = {"__main__", "cli", "excel", "api", "frames"}

    assert sorted(told) == sorted(set(rooms) - doors)
    order = [room for room in rooms if room not in doors and room not in ("inbox", "checks")]
    assert [room for room in told if room in order] == order
