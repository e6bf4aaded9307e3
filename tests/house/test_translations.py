"""What the public meets stands in bokmål, nynorsk and English. Work pages are in bokmål only."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import polib
import pytest
from django.template.base import Lexer, TokenType
from django.utils.translation import gettext, ngettext, override

import runde

ROOT = Path(__file__).resolve().parents[2]
SOURCE = Path(runde.__file__).parent
OTHERS = ("nn", "en")

TRANSLATING = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
TRANSLATED_TAGS = {"translate", "trans", "blocktranslate", "blocktrans"}
WORDLESS_TAGS = {"extends", "include", "load", "url", "static", "icon", "if", "elif", "comment"}
READ_ALOUD = re.compile(r'\s(?:aria-label|title|alt|placeholder|value)="([^"]*)"')
SILENT = re.compile(r"<(script|style)\b.*?</\1>|<meta\b[^>]*>|<[^>]*>", re.DOTALL)
QUOTED = re.compile(r'(\w*=)?"([^"]*)"')
WORDS = re.compile(r"[A-Za-zÆØÅæøå]{3}")
SENTENCE = re.compile(r"[ÆØÅæøå]|^[A-Z][a-zæøå]+ [a-zæøå]")
PLACEHOLDER = re.compile(r"%\((\w+)\)s")

SAME_EVERYWHERE = {"Runde", "PDF", "Bokmål", "Nynorsk", "English"}
"""Names, and languages in their own words."""

BOKMÅL_ONLY = {
    "web/applicant/access.py": "refusals are one sentence in bokmål, on every floor",
    "web/applicant/after/attaching.py": "refusals, as above",
    "web/applicant/after/errand.py": "a refusal, as above",
    "web/applicant/after/reading.py": "a refusal, as above",
    "web/applicant/views/status.py": "a refusal, as above",
    "web/uploads/application.py": "refusals, as above",
    "web/uploads/views.py": "a refusal that only a broken program meets",
    "web/uploads/subjects.py": "what a programmer is told, who gave two owners to the same files",
    "web/entrance.py": "a refusal that only staff meet",
    "web/failures.py": "the page that shows refusals; speaks as they do",
}
"""Public code that says something in bokmål alone, and why. Take a line away when it is no longer so."""


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


messages = _tool()


def public_files(*endings: str) -> list[Path]:
    places = [SOURCE / place for place in (*messages.PUBLIC, "web/failures.py", "web/entrance.py")]
    found = {path for place in places for path in ([place] if place.is_file() else place.rglob("*"))}
    return sorted(path for path in found if path.suffix in endings and "gallery" not in path.parts)


def bare_words(template: str) -> Iterator[str]:
    """Text a template shows or has read aloud that is not marked for translation."""
    shown, inside = [], False
    for token in Lexer(template).tokenize():
        if token.token_type is TokenType.TEXT:
            shown.append("" if inside else token.contents)
        elif token.token_type is TokenType.VAR:
            shown.append("0")
        elif token.token_type is TokenType.BLOCK:
            name = token.contents.split()[0]
            inside = (inside or name.startswith("blocktrans")) and not name.startswith("endblocktrans")
            yield from () if name in TRANSLATED_TAGS | WORDLESS_TAGS else _words_handed_to(token.contents)
            shown.append("0")
    text = "".join(shown)
    for piece in [*READ_ALOUD.findall(text), *SILENT.sub("\n", text).splitlines()]:
        if not _is_markup(piece) and WORDS.search(_without_names(piece)):
            yield piece.strip()


def _words_handed_to(tag: str) -> Iterator[str]:
    """Strings given to a tag that read as words: with a space, or with a letter only Norwegian has."""
    for keyword, text in QUOTED.findall(tag):
        looks_like_words = re.search(r"[ÆØÅæøå]|\w \w", text) or (not keyword and re.match(r"[A-Z]", text))
        if looks_like_words:
            yield text


def _is_markup(piece: str) -> bool:
    """Attributes that a tag's conditions have cut loose, and values a program reads."""
    return "=" in piece or re.fullmatch(r"\s*[a-z0]*\s*", piece) is not None


def _without_names(piece: str) -> str:
    return re.sub("|".join(SAME_EVERYWHERE), "", piece)


def bare_sentences(code: str) -> Iterator[tuple[int, str]]:
    """Strings in code that read as words for people and are not handed to gettext."""
    tree = ast.parse(code)
    passed = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) or _translates(node)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in passed:
            continue
        if SENTENCE.search(node.value) and node.value not in SAME_EVERYWHERE:
            yield node.lineno, node.value


def _translates(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATING


def lacking(data: Any, place: str = "") -> Iterator[str]:
    """Paths to texts that stand in bokmål without the other languages."""
    if isinstance(data, Mapping):
        if "nb" in data:
            yield from (f"{place}.{language}" for language in OTHERS if not data.get(language))
        for name, below in data.items():
            yield from lacking(below, f"{place}.{name}")
    elif isinstance(data, list):
        for number, below in enumerate(data):
            yield from lacking(below, f"{place}[{number}]")


@pytest.mark.parametrize("language", OTHERS)
def test_every_public_text_is_translated(language: str) -> None:
    assert len(messages.messages()) > 100
    assert messages.untranslated(language) == [], "Run tools/messages.py and fill in what is new."


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_what_is_filled_in(language: str) -> None:
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(messages.po_path(language)))
        for said, text in _forms(entry)
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(said))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_site_gives_the_translations_that_are_written(language: str) -> None:
    """What is compiled is what is written: a file made before the last change answers with old words."""
    file = polib.pofile(str(messages.po_path(language)))
    with override(language):
        wrong = [
            entry.msgid
            for entry in file
            if not entry.obsolete
            and (
                gettext(entry.msgid)
                if not entry.msgid_plural
                else ngettext(entry.msgid, entry.msgid_plural, 1)
            )
            != (entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr)
        ]
    assert wrong == [], "Run tools/messages.py compile."


def _forms(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Each form as it is said in bokmål and in the translation."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return list(zip((entry.msgid, entry.msgid_plural), entry.msgstr_plural.values(), strict=True))


def test_no_public_template_shows_words_that_are_not_marked_for_translation() -> None:
    files = public_files(".html", ".txt")
    assert len(files) > 50
    assert [
        f"{path.relative_to(SOURCE)}: {words}"
        for path in files
        for words in bare_words(path.read_text(encoding="utf-8"))
    ] == []


def test_no_public_code_speaks_bokmål_alone_unless_listed() -> None:
    found = {
        f"{path.relative_to(SOURCE)}:{line}: {text}": str(path.relative_to(SOURCE))
        for path in public_files(".py")
        for line, text in bare_sentences(path.read_text(encoding="utf-8"))
    }
    assert [place for place, file in found.items() if file not in BOKMÅL_ONLY] == []
    assert sorted(set(BOKMÅL_ONLY) - set(found.values())) == [], "These are translated now: unlist them."


def test_texts_kept_as_data_stand_in_all_languages() -> None:
    files = [path for path in sorted(SOURCE.rglob("*.json")) if "assets" not in path.parts]
    assert len(files) > 10
    assert [
        f"{path.relative_to(SOURCE)}{place}"
        for path in files
        for place in lacking(json.loads(path.read_text(encoding="utf-8")))
    ] == []


def test_letters_have_the_same_texts_in_each_language() -> None:
    folders = {path.parent for path in (SOURCE / "engine/typeset").rglob("texts.nb.json")}
    assert len(folders) > 3
    wrong = []
    for folder in sorted(folders):
        keys = {language: set(_texts(folder, language)) for language in ("nb", *OTHERS)}
        wrong += [f"{folder.name}.{one}" for one in OTHERS if keys[one] != keys["nb"]]
    assert wrong == []


def _texts(folder: Path, language: str) -> dict[str, Any]:
    texts: dict[str, Any] = json.loads((folder / f"texts.{language}.json").read_text(encoding="utf-8"))
    return texts


@pytest.mark.parametrize(
    "template",
    [
        "<p>Velkommen hit</p>",
        '{% heading "Saker" %}',
        '{% button go aria_label="Send inn søknaden" %}',
        '<a aria-label="Hovedmeny">{{ name }}</a>',
    ],
)
def test_words_that_are_not_marked_are_found(template: str) -> None:
    assert list(bare_words(template)) != []


@pytest.mark.parametrize(
    "template",
    [
        '{% translate "Velkommen hit" as words %}{% heading words %}',
        "<p>{% blocktranslate %}Velkommen {{ name }}{% endblocktranslate %} · Runde</p>",
        '<div class="ds-card" data-size="sm">{{ text }}</div>{% button go icon="MagnifyingGlass" %}',
    ],
)
def test_words_that_are_marked_pass(template: str) -> None:
    assert list(bare_words(template)) == []


def test_a_sentence_in_code_is_found_unless_it_is_handed_to_gettext() -> None:
    code = 'from x import gettext as _\ndef f():\n    """Viser siden."""\n    return _("Vi er her"), "Vi er der"\n'
    assert list(bare_sentences(code)) == [(4, "Vi er der")]


def test_a_text_without_a_language_is_found() -> None:
    assert list(lacking({"a": [{"nb": "Ja", "nn": "Ja", "en": ""}]})) == [".a[0].en"]
