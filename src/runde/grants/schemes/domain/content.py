"""What a scheme must say before it can be published, and whether its form can feed its rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from runde.engine.reference.api import LANGUAGES
from runde.engine.rules import RuleSet

TEXT_LABELS: Mapping[str, str] = {
    "name": "Navnet",
    "summary": "Sammendraget",
    "purpose": "Formålet",
    "who": "Hvem som kan søke",
    "how_much": "Hvor mye det kan gis",
    "time_needed": "Hvor lang tid det tar å søke",
    "needed": "Hva søkeren trenger",
    "treatment": "Hva som skjer med søknaden",
    "conditions": "Vilkår",
}
"""The texts of a scheme and what people call them."""

TEXT_LISTS = ("needed", "treatment", "conditions")
REQUIRED_TEXTS = tuple(name for name in TEXT_LABELS if name not in TEXT_LISTS)
LANGUAGE_LABELS: Mapping[str, str] = {"nb": "bokmål", "nn": "nynorsk", "en": "engelsk"}


def scheme_problems(
    texts: Any, legal_basis: Any, ruleset: RuleSet, answers: Mapping[str, frozenset[str]]
) -> list[str]:
    """All that keeps a scheme from being published, beside rules and form that cannot run."""
    return [*text_problems(texts), *legal_problems(legal_basis), *fit_problems(ruleset, answers)]


def text_problems(texts: Any) -> Iterator[str]:
    """Texts that lack, in any of the languages the public meets."""
    return (sentence for _, sentence in text_lacks(texts))


def text_lacks(texts: Any) -> Iterator[tuple[str, str]]:
    """The same with where each stands: "name", "needed.0"; "" for all of it."""
    if not isinstance(texts, Mapping):
        yield "", "Tekstene må være et objekt."
        return
    for name in REQUIRED_TEXTS:
        yield from ((name, one) for one in _lacking(texts.get(name), TEXT_LABELS[name]))
    for name in TEXT_LISTS:
        items = texts.get(name, [])
        if not isinstance(items, list):
            yield name, f"«{TEXT_LABELS[name]}» må være en liste."
            continue
        for place, item in enumerate(items):
            label = f"{TEXT_LABELS[name]}, punkt {place + 1},"
            yield from ((f"{name}.{place}", one) for one in _lacking(item, label))


def legal_problems(legal_basis: Any) -> Iterator[str]:
    if not isinstance(legal_basis, Mapping) or not isinstance(legal_basis.get("references"), list):
        yield "Rettsgrunnlaget må ha «guidelines» og «references»."
        return
    yield from _lacking(legal_basis.get("guidelines"), "Navnet på retningslinjene")


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


def _lacking(texts: Any, label: str) -> Iterator[str]:
    given = texts if isinstance(texts, Mapping) else {}
    lacking = [language for language in LANGUAGES if not str(given.get(language) or "").strip()]
    if lacking:
        yield f"{label} mangler på {listed([LANGUAGE_LABELS[one] for one in lacking])}."


def listed(words: Sequence[str]) -> str:
    """ "bokmål, nynorsk og engelsk"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} og {words[-1]}"
