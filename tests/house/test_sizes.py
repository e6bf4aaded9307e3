"""At some size a function or a file holds a second idea. The larger ones are listed, with what holds them together."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import runde

SOURCE = Path(runde.__file__).parent
LONGEST_FUNCTION, LONGEST_FILE = 60, 400

LONGER: dict[str, str] = {
    "grants/casework/api.py": "A door: names and nothing else, one line each.",
}
"""File, or file and function, and why it stands as one. Migrations are not counted: they are lists of what was."""


def counted_files() -> list[Path]:
    return [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]


def too_long(name: str, source: str) -> Iterator[str]:
    if len(source.splitlines()) > LONGEST_FILE:
        yield name
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > LONGEST_FUNCTION:
            yield f"{name} {node.name}"


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_no_function_or_file_has_grown_a_second_idea() -> None:
    files = counted_files()
    assert len(files) > 200
    found = [
        name
        for path in files
        for name in too_long(path.relative_to(SOURCE).as_posix(), path.read_text(encoding="utf-8"))
    ]
    assert found == sorted(LONGER), (
        "Look for the second idea, or list it in LONGER with what holds it together."
    )


def test_the_check_can_fail() -> None:
    function = "def long():\n" + "    step()\n" * LONGEST_FUNCTION
    assert list(too_long("a.py", function)) == ["a.py long"]
    assert list(too_long("b.py", "step()\n" * (LONGEST_FILE + 1))) == ["b.py"]
    assert list(too_long("c.py", "def short():\n    step()\n")) == []
