"""What a scheme must say before it can be published, and whether its form can feed its rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from runde.engine.reference.api import LANGUAGES
from runde.engine.rules import RuleSet

REQUIRED_TEXTS = ("name", "summary", "purpose", "who", "how_much", "time_needed")
TEXT_LISTS = ("needed", "treatment", "conditions")


def text_problems(texts: Any) -> Iterator[str]:
    """Texts that lack, in any of the languages the public meets."""
    if not isinstance(texts, Mapping):
        yield "Tekstene må være et objekt."
        return
    for name in REQUIRED_TEXTS:
        yield from _lacking(texts.get(name), name)
    for name in TEXT_LISTS:
        items = texts.get(name, [])
        if not isinstance(items, list):
            yield f"Teksten «{name}» må være en liste."
            continue
        for number, item in enumerate(items, start=1):
            yield from _lacking(item, f"{name} {number}")


def legal_problems(legal_basis: Any) -> Iterator[str]:
    if not isinstance(legal_basis, Mapping) or not isinstance(legal_basis.get("references"), list):
        yield "Rettsgrunnlaget må ha «guidelines» og «references»."
        return
    yield from _lacking(legal_basis.get("guidelines"), "guidelines")


def fit_problems(ruleset: RuleSet, answers: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Facts the rules need from the applicant that the form does not ask for, or asks for as another kind.

    `answers` holds each question's slug with the types of facts it can give.
    """
    for fact in ruleset.facts:
        if fact.source != "answer":
            continue
        label = fact.label["nb"]
        if fact.name not in answers:
            yield f"Reglene bruker «{label}» ({fact.name}), men skjemaet spør ikke om det."
        elif fact.type not in answers[fact.name]:
            yield f"Spørsmålet om «{label}» ({fact.name}) gir ikke det reglene trenger: {fact.type}."


def _lacking(texts: Any, name: str) -> Iterator[str]:
    given = texts if isinstance(texts, Mapping) else {}
    lacking = [language for language in LANGUAGES if not str(given.get(language) or "").strip()]
    if lacking:
        yield f"Teksten «{name}» mangler på {', '.join(lacking)}."
