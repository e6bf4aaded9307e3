"""A first form and first texts for rules that have none: every fact the applicant must give becomes a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from runde.engine.rules import Fact, RuleSet

from .blank import blank_content

QUESTION_TYPES = {
    "money": "money",
    "integer": "integer",
    "decimal": "decimal",
    "share": "share",
    "boolean": "yes_no",
    "date": "date",
    "text": "text",
    "codes": "several_choices",
}
"""The kind of question that gives each type of fact; a fact of another type has none yet."""


def content_for(ruleset: RuleSet, slug: str) -> dict[str, Any]:
    """Content for the rules alone: what only people can write is left out."""
    blank = blank_content(ruleset.title["nb"], slug)
    return {
        **blank,
        "texts": blank["texts"] | {"name": dict(ruleset.title)},
        "rules": ruleset.to_dict(),
        "form": form_for(ruleset, blank["form"]),
    }


def form_for(ruleset: RuleSet, form: Mapping[str, Any]) -> dict[str, Any]:
    """The form with a first section that asks for every fact from the applicant."""
    facts = [fact for fact in ruleset.facts if fact.source == "answer" and fact.type in QUESTION_TYPES]
    questions = [question_for(fact) for fact in facts]
    title = {"nb": "Om virksomheten", "nn": "Om verksemda", "en": "About the business"}
    first = [{"slug": "about", "title": title, "questions": questions}] if questions else []
    return {**form, "sections": [*first, *form["sections"]]}


def question_for(fact: Fact) -> dict[str, Any]:
    """The question that gives a fact, in the fact's own words."""
    question: dict[str, Any] = {
        "slug": fact.name,
        "type": QUESTION_TYPES[fact.type],
        "label": dict(fact.question or fact.label),
    }
    if fact.type in ("text", "codes") and fact.codes:
        options = [{"value": code, "label": dict(texts)} for code, texts in fact.codes.items()]
        question |= {"type": "several_choices" if fact.type == "codes" else "choice", "options": options}
    if fact.type in ("decimal", "share"):
        question |= _decimals(fact)
    if fact.type == "money":
        question["unit"] = {"nb": "kroner", "nn": "kroner", "en": "NOK"}
    return question


def _decimals(fact: Fact) -> dict[str, int]:
    """As many as the rules can take, in the per cent that is typed in where the fact is a share."""
    typed = fact.value_type.scale - (2 if fact.type == "share" else 0)
    return (
        {"decimals": min(max(typed, 0), 4)} if fact.type == "share" else {"decimals": min(max(typed, 1), 8)}
    )
