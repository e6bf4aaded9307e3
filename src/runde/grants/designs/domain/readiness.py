"""What a draft lacks before it can be published, and where in it that is mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from runde.engine.reference.api import LANGUAGES, UnknownFigure, legal_reference
from runde.engine.rules import CompiledRuleSet, RuleError, RuleSet
from runde.foundation.forms.api import fact_types_in, questions_in
from runde.grants.schemes.api import LANGUAGE_LABELS, fit_problems, legal_problems, listed, text_lacks

from .content import Content, compiled_of, content_problems
from .form_texts import form_text_lacks
from .lacks import Lack
from .parts import PartKey, parts_of, said


def lacks_in(content: Content, on: date) -> Iterator[Lack]:
    """Nothing when the content can be published that day."""
    faults = content_problems(content)
    if faults:
        yield from (Lack(fault, fault.partition(":")[0]) for fault in faults)
        return
    compiled = compiled_of(content)
    yield from _text_lacks(content)
    yield from _fit_lacks(content, compiled.ruleset)
    yield from _rule_lacks(compiled, on)
    yield from _law_lacks(content, on)
    yield from _form_lacks(content)
    yield from _translation_lacks(content, compiled.ruleset)


def _text_lacks(content: Content) -> Iterator[Lack]:
    texts, legal = content["texts"], content["legal_basis"]
    for name, told in text_lacks(texts):
        step, _, place = name.partition(".")
        found = texts.get(step, [] if place else {})
        yield Lack(told, f"texts.{name}", _first_lacking(found[int(place)] if place else found))
    for told in legal_problems(legal):
        yield Lack(told, "legal_basis.guidelines", _first_lacking(legal.get("guidelines", {})))


def _first_lacking(texts: Any) -> str:
    given = texts if isinstance(texts, Mapping) else {}
    return next((one for one in LANGUAGES if not str(given.get(one) or "").strip()), "")


def _fit_lacks(content: Content, ruleset: RuleSet) -> Iterator[Lack]:
    return (Lack(told, "form.questions") for told in fit_problems(ruleset, fact_types_in(content["form"])))


def _rule_lacks(compiled: CompiledRuleSet, on: date) -> Iterator[Lack]:
    ruleset = compiled.ruleset
    if not any(criterion.in_force(on) for criterion in ruleset.criteria):
        yield Lack("Ordningen har ingen krav som gjelder nå. Legg til minst ett.", "rules.criteria")
    if not ruleset.amount:
        told = "Ordningen har ingen beregning av beløpet. Legg til radene som gir tilskuddet."
        yield Lack(told, "rules.amount")
    lacking = [
        one for one in ruleset.parameters if one.on(on) is None and one.name in compiled.rules.used_names()
    ]
    for parameter in lacking:
        told = f"«{parameter.label['nb']}» har ingen verdi. Fyll den ut."
        yield Lack(told, f"rules.parameters.{parameter.name}")
    if lacking:
        return
    try:
        compiled.requirements(on)
    except RuleError as error:
        yield from (Lack(problem.sentence(), "rules.criteria") for problem in error.problems)


def _law_lacks(content: Content, on: date) -> Iterator[Lack]:
    for key in content["legal_basis"].get("references", ()):
        try:
            legal_reference(key, on, "nb")
        except UnknownFigure:
            told = f"Lovhenvisningen «{key}» finnes ikke, eller loven gjelder ikke nå. Ta den bort."
            yield Lack(told, "legal_basis.references")


def _form_lacks(content: Content) -> Iterator[Lack]:
    for section in content["form"]["sections"]:
        if not section["questions"]:
            told = f"Delen «{section['title']['nb']}» i skjemaet har ingen spørsmål. Legg til ett, eller slett delen."
            yield Lack(told, f"form.sections.{section['slug']}")
    kinds = {question.type for question in questions_in(content["form"])}
    if "account_number" not in kinds:
        told = "Skjemaet spør ikke om kontonummer. Uten det kan pengene ikke betales ut."
        yield Lack(told, "form.questions")
    if "declaration" not in kinds:
        yield Lack("Skjemaet mangler en erklæring om at opplysningene er riktige.", "form.questions")


def _translation_lacks(content: Content, ruleset: RuleSet) -> Iterator[Lack]:
    """Sentences of rules and questions the public meets, that lack a language."""
    parts = parts_of(content)
    lacking: dict[PartKey, dict[str, str]] = {}
    for path, language in (*_in_rules(ruleset), *_in_questions(content)):
        key = _part_at(path)
        if key is not None:
            lacking.setdefault(key, {}).setdefault(language, path)
    for key, places in lacking.items():
        languages = [one for one in LANGUAGES if one in places]
        words = listed([LANGUAGE_LABELS[one] for one in languages])
        sentence = f"{said(key, parts.get(key, ''))} mangler tekst på {words}."
        yield Lack(sentence[:1].upper() + sentence[1:], places[languages[0]], languages[0])
    yield from form_text_lacks(content["form"])


def _in_rules(ruleset: RuleSet) -> Iterator[tuple[str, str]]:
    """`criteria.industry.texts.not_met.nn` as ("rules.criteria.industry.not_met", "nn")."""
    for found in ruleset.missing_translations():
        if ".codes." not in found:
            path, _, language = found.rpartition(".")
            yield f"rules.{path.replace('.texts.', '.')}", language


def _in_questions(content: Content) -> Iterator[tuple[str, str]]:
    for section in content["form"]["sections"]:
        for question in section["questions"]:
            for language in LANGUAGES:
                if not question["label"].get(language, "").strip():
                    yield f"form.questions.{question['slug']}.label", language


_KINDS = {
    "criteria": "criterion",
    "facts": "fact",
    "derived": "derived",
    "amount": "amount",
    "questions": "question",
}


def _part_at(path: str) -> PartKey | None:
    """The part a path such as `rules.criteria.industry.not_met` is in; None for what the public never meets."""
    _, kind, name, *_rest = (*path.split("."), "", "")
    return PartKey(_KINDS[kind], name) if kind in _KINDS and name else None
