"""Translations without outside programs: gather the texts, keep the .po files in step, make the .mo files.

    .venv/bin/python tools/messages.py           bring the .po files in step with templates and code
    .venv/bin/python tools/messages.py compile   make the .mo files the site reads (part of `make setup`)

Texts are written in bokmål where they stand. `nb` holds only what we word otherwise than our packages do.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "runde"
LOCALE = SOURCE / "locale"
LANGUAGES = ("nn", "en")
PUBLIC = (
    "web/public",
    "web/applicant",
    "web/account",
    "web/links",
    "web/acting",
    "web/privacy",
    "web/uploads",
    "web/components",
    "web/templates",
)
"""What the public meets, and so is translated; work pages are in bokmål only."""

Message = tuple[str, str]
"""A text and its plural, which is empty for most."""

_STRING = r"""(u?"(?:\\.|[^"\\])*"|u?'(?:\\.|[^'\\])*')"""
_CALL = re.compile(rf"(?<![\w.])(?P<name>ngettext|gettext|_)\(\s*{_STRING}(?:\s*,\s*{_STRING})?")
_NAMES = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
_GALLERY = "gallery"


def main() -> int:
    if sys.argv[1:] == ["compile"]:
        compile_all()
        return 0
    for language in LANGUAGES:
        lacking = bring_in_step(language)
        print(f"{language}: {lacking} texts lack a translation")
    return 0


def compile_all() -> None:
    """Make each .mo that is older than its .po."""
    for path in SOURCE.rglob("locale/*/LC_MESSAGES/django.po"):
        made = path.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < path.stat().st_mtime:
            polib.pofile(str(path)).save_as_mofile(str(made))


def bring_in_step(language: str) -> int:
    """Add new texts, drop those that are gone; gives how many lack a translation."""
    path = po_path(language)
    file = polib.pofile(str(path)) if path.exists() else _new(language)
    known = {(entry.msgid, entry.msgid_plural): entry for entry in file}
    wanted = sorted(messages())
    file.clear()
    for message in wanted:
        file.append(known.get(message) or _entry(*message))
    path.parent.mkdir(parents=True, exist_ok=True)
    file.save(str(path))
    return len(untranslated(language))


def untranslated(language: str) -> list[str]:
    """Texts of the public pages without a translation, or not in the file at all."""
    file = polib.pofile(str(po_path(language)))
    done = {(entry.msgid, entry.msgid_plural) for entry in file if entry.translated()}
    return sorted(text for text, plural in messages() if (text, plural) not in done)


def po_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def messages() -> set[Message]:
    """Every text marked for translation on public pages."""
    found: set[Message] = set()
    for place in PUBLIC:
        start = SOURCE / place
        files = [start] if start.is_file() else sorted(start.rglob("*"))
        for path in files:
            if _GALLERY in path.parts:
                continue
            if path.suffix == ".py":
                found.update(in_code(path.read_text(encoding="utf-8")))
            elif path.suffix in {".html", ".txt"}:
                found.update(in_template(path.read_text(encoding="utf-8")))
    return found


def in_template(text: str) -> Iterator[Message]:
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
    for call in _CALL.finditer(templatize(text)):
        first, second = call.group(2), call.group(3)
        yield (
            ast.literal_eval(first),
            ast.literal_eval(second) if second and call["name"] == "ngettext" else "",
        )


def in_code(text: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if (
            not isinstance(node, ast.Call)
            or not isinstance(node.func, ast.Name)
            or node.func.id not in _NAMES
        ):
            continue
        values = [
            one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        if values:
            yield values[0], values[1] if node.func.id.startswith("ngettext") and len(values) > 1 else ""


def _new(language: str) -> polib.POFile:
    file = polib.POFile(wrapwidth=110)
    file.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    return file


def _entry(text: str, plural: str) -> polib.POEntry:
    if plural:
        return polib.POEntry(msgid=text, msgid_plural=plural, msgstr_plural={0: "", 1: ""})
    return polib.POEntry(msgid=text)


if __name__ == "__main__":
    raise SystemExit(main())
