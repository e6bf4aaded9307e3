"""The frame speaks nynorsk and English too: every text that is translated has a translation."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from runde.web import components

FOLDER = Path(components.__file__).parent
PAGES = FOLDER.parent / "templates"
TRANSLATED = re.compile(r'\{%\s*translate\s+"([^"]+)"')


def texts_in_templates() -> set[str]:
    files = [*(FOLDER / "templates" / "components").rglob("*.html"), PAGES / "base.html"]
    files += (PAGES / "layouts").glob("*.html")
    return {text for file in files for text in TRANSLATED.findall(file.read_text(encoding="utf-8"))}


def texts_in_code() -> set[str]:
    """What is marked with `_("…")` in the room's modules."""
    found = set()
    for file in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                found |= {part.value for part in node.args if isinstance(part, ast.Constant)}
    return {str(text) for text in found}


@pytest.mark.parametrize("language", ["nn", "en"])
def test_every_text_is_translated(language: str) -> None:
    catalogue = gettext.translation("django", FOLDER / "locale", [language])
    known = set(catalogue._catalog)  # type: ignore[attr-defined] # the only way to see what a catalogue holds
    wanted = texts_in_templates() | texts_in_code()
    assert len(wanted) > 60
    assert sorted(wanted - known) == []


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("nb", "Dette skjer når du trykker"),
        ("nn", "Dette skjer når du trykkjer"),
        ("en", "This happens when you press"),
    ],
)
def test_the_page_speaks_the_readers_language(language: str, heading: str) -> None:
    with translation.override(language):
        assert heading in render_to_string("components/consequences.html", {"content": ""})
