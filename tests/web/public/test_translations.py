"""Every text the public meets is there in nynorsk and English, with the same blanks to fill."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import polib
import pytest

ROOT = Path(__file__).resolve().parents[3]
BLANKS = re.compile(r"%\(\w+\)s|%d|</?\w+>")


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.mark.parametrize("language", ["nn", "en"])
def test_nothing_is_untranslated(tool: ModuleType, language: str) -> None:
    assert tool.untranslated(language) == [], "Run tools/messages.py, and translate what it adds."


@pytest.mark.parametrize("language", ["nn", "en"])
def test_a_translation_has_the_same_blanks(tool: ModuleType, language: str) -> None:
    file = polib.pofile(str(tool.po_path(language)))
    wrong = [
        entry.msgid
        for entry in file
        if not entry.msgid_plural
        and sorted(BLANKS.findall(entry.msgid)) != sorted(BLANKS.findall(entry.msgstr))
    ]
    assert wrong == []


def test_texts_are_found_in_templates_and_code(tool: ModuleType) -> None:
    template = (
        "{% load i18n %}{% translate 'En' %}{% blocktranslate with a=b %}To {{ a }}{% endblocktranslate %}"
    )
    assert set(tool.in_template(template)) == {("En", ""), ("To %(a)s", "")}
    code = 'x = _("Tre"); y = ngettext("%(n)s sak", "%(n)s saker", n); z = other("Fire")'
    assert set(tool.in_code(code)) == {("Tre", ""), ("%(n)s sak", "%(n)s saker")}
