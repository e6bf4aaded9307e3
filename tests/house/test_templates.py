"""Every template is there for something, and nothing asks for a template that is not there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import allauth

import runde

SOURCE = Path(runde.__file__).parent
PACKAGES = Path(allauth.__file__).parent
"""Where our packages keep the pages that ours stand in for."""

ENDINGS = ("*.html", "*.txt")
TEMPLATE_NAME = re.compile(r"[a-z_*]+(?:/[a-z_*]+)*/[a-z_*]+\.(?:html|txt)")
ASKS = re.compile(r"""\{%\s*(?:extends|include)\s+["']([^"']+)["']""")
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", re.DOTALL)


def templates_in(root: Path) -> dict[str, Path]:
    """Each template by the name it is asked for with."""
    return {
        path.relative_to(folder).as_posix(): path
        for folder in root.rglob("templates")
        if folder.is_dir() and not _inside_templates(folder, root)
        for ending in ENDINGS
        for path in folder.rglob(ending)
    }


def _inside_templates(folder: Path, root: Path) -> bool:
    return "templates" in folder.relative_to(root).parts[:-1]


def asked_for_in_template(text: str) -> set[str]:
    return set(ASKS.findall(COMMENT.sub("", text)))


def asked_for_in_code(text: str) -> set[str]:
    """Names of templates in strings; a part that is filled in while running becomes `*`."""
    return {name for name in _strings(ast.parse(text)) if TEMPLATE_NAME.fullmatch(name)}


def _strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def in_use(ours: dict[str, Path], roots: Iterable[str]) -> set[str]:
    """The templates that the roots lead to, through each other."""
    waiting, reached = {name for root in roots for name in ours if fnmatchcase(name, root)}, set[str]()
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting |= (asked_for_in_template(ours[name].read_text(encoding="utf-8")) & ours.keys()) - reached
    return reached


def asked_for_by_code() -> dict[str, str]:
    """Each name that code asks for, and the file that does."""
    return {
        name: str(path.relative_to(SOURCE))
        for path in sorted(SOURCE.rglob("*.py"))
        for name in asked_for_in_code(path.read_text(encoding="utf-8"))
    }


def test_no_template_is_unused() -> None:
    ours, theirs = templates_in(SOURCE), templates_in(PACKAGES)
    assert len(ours) > 60
    reached = in_use(ours, [*asked_for_by_code(), *theirs])
    assert sorted(ours.keys() - reached) == [], "Nothing leads to these templates: use them or remove them."


def test_no_template_asks_for_one_that_is_not_there() -> None:
    ours = templates_in(SOURCE)
    known = ours.keys() | templates_in(PACKAGES).keys()
    wrong = [
        f"{name}: {asked}"
        for name, path in sorted(ours.items())
        for asked in sorted(asked_for_in_template(path.read_text(encoding="utf-8")) - known)
    ]
    assert wrong == []


def test_no_code_asks_for_a_template_that_is_not_there() -> None:
    known = templates_in(SOURCE).keys() | templates_in(PACKAGES).keys()
    wrong = [
        f"{file}: {asked}"
        for asked, file in sorted(asked_for_by_code().items())
        if not any(fnmatchcase(name, asked) for name in known)
    ]
    assert wrong == []


def test_a_name_is_found_in_a_template_and_not_in_its_comments() -> None:
    text = '{# {% include "a/gone.html" %} #}{% extends "layouts/work.html" %}{% include \'a/_part.html\' %}'
    assert asked_for_in_template(text) == {"layouts/work.html", "a/_part.html"}


def test_a_name_that_is_filled_in_while_running_stands_for_all_it_may_be() -> None:
    code = 'page = f"field/{shape}.html"\nother = "not a template"\nplain = "a/b.html"'
    assert asked_for_in_code(code) == {"field/*.html", "a/b.html"}


def test_a_template_that_only_an_unused_one_asks_for_is_unused_too(tmp_path: Path) -> None:
    texts = {"a/page.html": '{% include "a/_part.html" %}', "a/_part.html": "", "a/lost.html": ""}
    texts["a/lost.html"] = '{% include "a/_lost_too.html" %}'
    texts["a/_lost_too.html"] = ""
    for name, text in texts.items():
        (tmp_path / "templates" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "templates" / name).write_text(text, encoding="utf-8")
    assert in_use(templates_in(tmp_path), ["a/page.html"]) == {"a/page.html", "a/_part.html"}
