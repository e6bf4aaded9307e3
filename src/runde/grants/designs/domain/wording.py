"""Edits of what a draft says and asks: its texts, its address, the questions of its form. Content in, content out.

Each raises DraftRefused with sentences when the result could not stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from runde.engine.reference.api import LANGUAGES
from runde.engine.rules import Fact
from runde.foundation.forms.api import Json

from .content import Content, content_problems
from .edits import remove_assumption, remove_criterion, remove_rule_part, set_fact
from .forming import without_question
from .refusals import DraftRefused
from .text_paths import Path, texts_at, with_texts

Texts = Mapping[str, str]


def set_text(content: Content, path: Path, language: str, text: str) -> Content:
    """One language of a text; see `set_texts` for paths."""
    return set_texts(content, path, {**texts_at(content, path), language: text})


def set_texts(content: Content, path: Path, texts: Texts) -> Content:
    """A text in its languages, by path.

    ("texts", "name"), ("texts", "needed", 0), ("legal_basis", "guidelines"), ("rules", "title"),
    ("rules", "criteria", slug, "requirement" | "met" | "not_met" | "unknown"),
    ("rules", "facts" | "parameters" | "derived" | "amount", name, "label" | "question"),
    ("form", "sections", slug, "title" | "why"), ("form", "questions", slug, "label" | "help").
    A list item one past the last is added; one left empty in every language is removed.
    """
    spoken: dict[str, str] = {
        language: texts[language].strip() for language in LANGUAGES if language in texts
    }
    return _judged(with_texts(content, path, spoken))


def set_slug(content: Content, slug: str) -> Content:
    """The address the scheme gets when it is published for the first time."""
    return _judged({**content, "slug": slug})


def set_legal_references(content: Content, references: Sequence[str]) -> Content:
    """The topics of law its letters refer to, as the reference room names them."""
    return _judged({**content, "legal_basis": {**content["legal_basis"], "references": list(references)}})


def set_example(content: Content, answers: Mapping[str, Json]) -> Content:
    """The answers of the worked example the public sees, as a form stores them; none takes the example away."""
    texts = {key: one for key, one in content["texts"].items() if key != "example"}
    return _judged({**content, "texts": texts | ({"example": dict(answers)} if answers else {})})


def set_question(content: Content, section: str, question: Mapping[str, Any]) -> Content:
    """Add a question, last in a section, or put it in the place of the one with its slug.

    `question` is as in a form's definition. Raises DraftRefused for a section that is not there.
    """
    form = content["form"]
    standing = any(
        one["slug"] == question.get("slug") for part in form["sections"] for one in part["questions"]
    )
    sections = [_with_question(part, section, question, standing) for part in form["sections"]]
    if sections == form["sections"] and not standing:
        raise DraftRefused([f"Skjemaet har ingen del som heter «{section[:60]}»."])
    return _judged({**content, "form": {**form, "sections": sections}})


def set_section(content: Content, slug: str, title: Texts, question: Mapping[str, Any]) -> Content:
    """A new section of the form with its first question, just before the account number."""
    form = content["form"]
    sections = list(form["sections"])
    place = next((at for at, part in enumerate(sections) if _asks_for_account(part)), len(sections))
    sections.insert(place, {"slug": slug, "title": dict(title), "questions": [dict(question)]})
    return _judged({**content, "form": {**form, "sections": sections}})


def ask_for(content: Content, fact: Fact, section: str, question: Mapping[str, Any]) -> Content:
    """A fact only the applicant knows: the fact and the question that gives it, in one edit."""
    return set_fact(set_question(content, section, {**question, "slug": fact.name}), fact)


def remove_part(content: Content, kind: str, name: str) -> Content:
    """Take a part out. Whether others use it is judged when the draft is changed, and by the rules themselves."""
    if kind == "criterion":
        return remove_criterion(content, name)
    if kind == "assumption":
        return remove_assumption(content, name)
    if kind == "source":
        return {**content, "sources": [one for one in content["sources"] if one["name"] != name]}
    if kind == "example":
        return {**content, "texts": {key: one for key, one in content["texts"].items() if key != "example"}}
    if kind == "question":
        return without_question(content, name)
    return remove_rule_part(content, kind, name)


def _with_question(
    part: Mapping[str, Any], section: str, question: Mapping[str, Any], standing: bool
) -> dict[str, Any]:
    if standing:
        kept = [dict(question) if one["slug"] == question["slug"] else one for one in part["questions"]]
        return {**part, "questions": kept}
    added = [dict(question)] if part["slug"] == section else []
    return {**part, "questions": [*part["questions"], *added]}


def _asks_for_account(part: Mapping[str, Any]) -> bool:
    return any(one["type"] == "account_number" for one in part["questions"])


def _judged(content: Content) -> Content:
    problems = content_problems(content)
    if problems:
        raise DraftRefused(problems)
    return content
