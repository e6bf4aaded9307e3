"""The texts of a form beside the questions' own words, and which of them lack a language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from runde.engine.reference.api import LANGUAGES
from runde.grants.schemes.api import LANGUAGE_LABELS, listed

from .lacks import Lack

Form = Mapping[str, Any]
Texts = Mapping[str, str]

OWN_FIELDS = {"help": "Hjelpeteksten", "unit": "Enheten"}


def form_text_lacks(form: Form) -> Iterator[Lack]:
    """Titles, reasons, help, units, options, columns and own words for mistakes; labels are told elsewhere."""
    labels = {one["slug"]: one["label"]["nb"] for part in form["sections"] for one in part["questions"]}
    for section in form["sections"]:
        yield from _section_lacks(section)
        for question in section["questions"]:
            yield from _question_lacks(question)
    for check in form.get("checks", ()):
        what = f"Kontrollen ved «{labels.get(check['at'], check['at'])}»"
        yield from _lack(what, [check["message"]], f"form.questions.{check['at']}.checks")


def _section_lacks(section: Mapping[str, Any]) -> Iterator[Lack]:
    name = section["title"]["nb"]
    missing = _missing([section["title"]])
    if missing:
        told = f"Delen «{name}» i skjemaet mangler tittel på {_named(missing)}."
        yield Lack(told, f"form.sections.{section['slug']}.title", missing[0])
    yield from _lack(f"Forklaringen i delen «{name}»", [section.get("why", {})], _at_section(section))


def _at_section(section: Mapping[str, Any]) -> str:
    return f"form.sections.{section['slug']}"


def _question_lacks(question: Mapping[str, Any]) -> Iterator[Lack]:
    where, name = f"form.questions.{question['slug']}", f"spørsmålet «{question['label']['nb']}»"
    for field, word in OWN_FIELDS.items():
        yield from _lack(f"{word} til {name}", [question.get(field, {})], f"{where}.{field}")
    options = [one["label"] for one in question.get("options", ())]
    yield from _lack(f"Valgene i {name}", options, f"{where}.options")
    yield from _lack(f"Kolonnene i {name}", list(_column_texts(question)), f"{where}.columns")
    yield from _lack(f"De egne feiltekstene i {name}", list(question.get("errors", {}).values()), where)


def _column_texts(question: Mapping[str, Any]) -> Iterator[Texts]:
    for column in question.get("columns", ()):
        yield column["label"]
        yield column.get("unit", {})
        yield from (one["label"] for one in column.get("options", ()))


def _lack(what: str, texts: list[Texts], place: str) -> Iterator[Lack]:
    missing = _missing([one for one in texts if any(one.values())])
    if missing:
        yield Lack(f"{what} mangler tekst på {_named(missing)}.", place)


def _missing(texts: list[Texts]) -> list[str]:
    return [one for one in LANGUAGES if any(not text.get(one, "").strip() for text in texts)]


def _named(languages: list[str]) -> str:
    return listed([LANGUAGE_LABELS[one] for one in languages])
