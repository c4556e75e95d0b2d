"""The house: a room imports only from the floors below it, and no module grows into two."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "valuecreation"
FLOORS = {
    "errors": 0, "words": 0, "findings": 0, "codebook": 0, "text": 0, "stats": 0,
    "cues": 0, "instruments": 0, "guide": 0,
    "study": 1, "result": 1,
    "io": 2, "plots": 2, "events": 2,
    "analyses": 3,
    "widgets": 5, "reporting": 5,
}  # fmt: skip
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem != "__init__")
FROM_BELOW = {
    "errors": (),
    "words": ("errors",),
    "findings": ("errors", "words"),
    "text": ("errors", "words"),
    "cues": ("errors", "words"),
    "instruments": ("errors", "words", "findings", "codebook"),
    "guide": ("errors", "words", "findings", "codebook"),
    "stats": ("errors",),
}


def imports(path: Path) -> set[str]:
    """Return the rooms that a module imports, leaving out what only a type checker sees."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    unseen = {
        id(node)
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and getattr(branch.test, "id", "") == "TYPE_CHECKING"
        for node in ast.walk(branch)
    }
    rooms = set()
    for node in ast.walk(tree):
        if id(node) in unseen:
            continue
        names = (
            [node.module]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in getattr(node, "names", [])]
            if isinstance(node, ast.Import)
            else []
        )
        rooms |= {name.split(".")[1] for name in names if name and name.startswith("valuecreation.")}
    return rooms


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_from_below(path):
    own = room(path)
    for other in imports(path) - {own}:
        assert FLOORS[other] <= FLOORS[own], f"{own} (floor {FLOORS[own]}) imports {other} (floor {FLOORS[other]})"
        if FLOORS[other] == FLOORS[own] == 0 and own in FROM_BELOW:
            assert other in FROM_BELOW[own]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_says_what_it_is_about_and_stays_one_idea(path):
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), f"{path.name} has no first line that says what it is about"
    assert len(text.splitlines()) <= 400


def test_statistics_know_nothing_of_studies_and_tables_of_words():
    for path in (PACKAGE / "stats").glob("*.py"):
        assert imports(path) <= {"errors", "stats"}
