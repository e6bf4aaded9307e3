"""What a draft lacks before it can be published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from runde.engine.reference.api import LANGUAGES, UnknownFigure, legal_reference
from runde.engine.rules import CompiledRuleSet, RuleError, RuleSet
from runde.foundation.forms.api import fact_types_in, questions_in
from runde.grants.schemes.api import LANGUAGE_LABELS, listed, scheme_problems

from .content import Content, compiled_of, content_problems
from .parts import PartKey, parts_of, said


def readiness_problems(content: Content, on: date) -> Iterator[str]:
    """Every lack, each a sentence with what to do; nothing when the content can be published that day."""
    faults = content_problems(content)
    if faults:
        yield from faults
        return
    compiled = compiled_of(content)
    ruleset = compiled.ruleset
    yield from scheme_problems(
        content["texts"], content["legal_basis"], ruleset, fact_types_in(content["form"])
    )
    yield from _rule_problems(compiled, on)
    yield from _law_problems(content, on)
    yield from _form_problems(content)
    yield from _translation_problems(content, ruleset)


def _rule_problems(compiled: CompiledRuleSet, on: date) -> Iterator[str]:
    ruleset = compiled.ruleset
    if not any(criterion.in_force(on) for criterion in ruleset.criteria):
        yield "Ordningen har ingen krav som gjelder nå. Legg til minst ett."
    if not ruleset.amount:
        yield "Ordningen har ingen beregning av beløpet. Legg til radene som gir tilskuddet."
    lacking = [
        one for one in ruleset.parameters if one.on(on) is None and one.name in compiled.rules.used_names()
    ]
    for parameter in lacking:
        yield f"«{parameter.label['nb']}» har ingen verdi. Fyll den ut."
    if lacking:
        return
    try:
        compiled.requirements(on)
    except RuleError as error:
        yield from (problem.sentence() for problem in error.problems)


def _law_problems(content: Content, on: date) -> Iterator[str]:
    for key in content["legal_basis"].get("references", ()):
        try:
            legal_reference(key, on, "nb")
        except UnknownFigure:
            yield f"Lovhenvisningen «{key}» finnes ikke, eller loven gjelder ikke nå. Ta den bort."


def _form_problems(content: Content) -> Iterator[str]:
    kinds = {question.type for question in questions_in(content["form"])}
    if "account_number" not in kinds:
        yield "Skjemaet spør ikke om kontonummer. Uten det kan pengene ikke betales ut."
    if "declaration" not in kinds:
        yield "Skjemaet mangler en erklæring om at opplysningene er riktige."


def _translation_problems(content: Content, ruleset: RuleSet) -> Iterator[str]:
    """Sentences of rules and questions the public meets, that lack a language."""
    parts = parts_of(content)
    lacking: dict[PartKey, set[str]] = {}
    for path in ruleset.missing_translations():
        key = _part_at(path.split("."))
        if key is not None and ".codes." not in path:
            lacking.setdefault(key, set()).add(path.rsplit(".", 1)[1])
    for section in content["form"]["sections"]:
        for question in section["questions"]:
            missing = {language for language in LANGUAGES if not question["label"].get(language, "").strip()}
            if missing:
                lacking.setdefault(PartKey("question", question["slug"]), set()).update(missing)
    for key, languages in lacking.items():
        words = listed([LANGUAGE_LABELS[one] for one in LANGUAGES if one in languages])
        sentence = f"{said(key, parts.get(key, ''))} mangler tekst på {words}."
        yield sentence[:1].upper() + sentence[1:]
    yield from _section_problems(content["form"]["sections"])


def _section_problems(sections: list[dict[str, Any]]) -> Iterator[str]:
    for section in sections:
        missing = [one for one in LANGUAGES if not section["title"].get(one, "").strip()]
        if missing:
            words = listed([LANGUAGE_LABELS[one] for one in missing])
            yield f"Delen «{section['title']['nb']}» i skjemaet mangler tittel på {words}."


_KINDS = {"criteria": "criterion", "facts": "fact", "derived": "derived", "amount": "amount"}


def _part_at(path: list[str]) -> PartKey | None:
    """The part a path such as `criteria.industry.texts.not_met.nn` belongs to; None for what the public never meets."""
    kind = _KINDS.get(path[0])
    return PartKey(kind, path[1]) if kind and len(path) > 2 else None
