"""The house: every room says what it is for, one name is one thing, no module is too long."""

import ast
from collections import defaultdict
from pathlib import Path

import danvan_xl

PACKAGE = Path(danvan_xl.__file__).parent
TESTS = Path(__file__).resolve().parents[1]
TOOLS = ("addin", "benchmarks", "mutation")  # beside the package, each with its tests
ADDED = "new_"  # test_new_<thing>.py: what is added to a room by declaring it, tried on a copy
OF_SEVERAL_MODULES = {
    "addin/test_names.py": "the name of a workbook passes through VBA, the functions and Python",
}
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 400
MOST_BY_PLACE = 5
# The doors name their functions after the verb or the button, which are the same words.
DOORS = ("cli/verbs", "excel/buttons.py", "excel/macros.py")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def public_names(tree: ast.Module) -> list[str]:
    """Return what a module defines for others: classes, functions, kinds of values."""
    names = [node.name for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)]
    names += [
        node.targets[0].id
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    ]
    return [name for name in names if not name.startswith("_") and not name.isupper()]


def test_every_room_says_in_its_first_line_what_it_is_for():
    for folder in {path.parent for path in MODULES}:
        said = ast.get_docstring(tree_of(folder / "__init__.py"))

        assert said, folder
        assert said != "Room.", folder


def test_a_name_is_one_thing():
    homes = defaultdict(set)
    for path in MODULES:
        home = path.relative_to(PACKAGE).as_posix()
        if not home.startswith(DOORS):
            for name in public_names(tree_of(path)):
                homes[name].add(home)
    kinds_of_values = {"ItemT", "ResultT"}  # type variables: each module has its own

    several = {name: sorted(where) for name, where in homes.items() if len(where) > 1}

    assert {name: where for name, where in several.items() if name not in kinds_of_values} == {}


def test_a_docstring_begins_with_the_thing_not_with_the_return():
    begun = [
        f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and (ast.get_docstring(node) or "").startswith(("Return", "Yield"))
    ]

    assert begun == []


def test_more_than_five_arguments_go_by_name():
    """XlsxWriter's merge_range has no names worth saying: two corners, a text and its look."""
    places = [
        f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and len(node.args) > MOST_BY_PLACE
        and not (isinstance(node.func, ast.Attribute) and node.func.attr == "merge_range")
        and not takes_any_number(node.func)
    ]

    assert places == []


def takes_any_number(called: ast.expr) -> bool:
    """Whether what is called takes any number of things of one kind."""
    return isinstance(called, ast.Name) and called.id in ("_each", "min", "max", "zip", "print")


def test_no_module_is_a_wall():
    long = {
        path.relative_to(PACKAGE).as_posix(): lines
        for path in MODULES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }

    assert long == {}


def names_to_test(folder: str) -> list[str]:
    """Return the modules, and the rooms within, that tests of a folder may be named after."""
    home = (TESTS.parent if folder in TOOLS else PACKAGE) / folder
    return [path.stem for path in home.rglob("*") if path.is_dir() or path.suffix == ".py"]


def is_named_after_a_module(path: Path) -> bool:
    """Whether a test file is test_<module>.py, or test_<module>_<what of it>.py."""
    name = path.stem.removeprefix("test_")
    return name.startswith(ADDED) or any(
        f"{name}_".startswith(f"{module}_") for module in names_to_test(path.parent.name)
    )


def test_a_test_file_stands_in_the_room_of_its_module_or_is_of_the_whole():
    files = [path.relative_to(TESTS) for path in TESTS.rglob("test_*.py")]
    odd = [
        path.as_posix()
        for path in files
        if path.parts[0] != "whole" and (len(path.parts) != 2 or not is_named_after_a_module(path))
    ]

    assert sorted(odd) == sorted(OF_SEVERAL_MODULES)
