"""What only the company knows, asked on the page: the schemes' own questions, each once, read and never kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from runde.engine.reference.api import Language
from runde.engine.rules import Fact, Value
from runde.foundation.forms.api import (
    FormVersion,
    Question,
    chosen,
    form_of,
    questions_of,
    read_answers,
    typed,
)
from runde.grants.designs.api import question_for
from runde.grants.schemes.api import PublicBasis
from runde.web.applicant.questions import field_of
from runde.web.components.fields import Field

NOT_TYPED_IN = ("text", "codes")
"""Types of facts that nobody is asked to type in on their own: the form must say how."""
SIGNS_OF_DIGEST = 8


@dataclass(frozen=True)
class Asked:
    """A question with its field on the page. Schemes that ask the same, in the same words, share the field."""

    question: Question
    field_name: str

    def label(self, language: Language) -> str:
        return chosen(self.question.label, language)


@dataclass(frozen=True)
class Answers:
    """What was written on the page: as typed, what could be read of it, and a sentence where it could not."""

    raw: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Questionnaire:
    """Every fact of a scheme that a visitor can give, by the fact's name, in the form's order."""

    forms: tuple[FormVersion, ...]
    asked: Mapping[str, Asked]
    private: frozenset[str]
    """Facts that are between the company and the municipality."""

    def read(self, posted: QueryDict, language: Language) -> Answers:
        """What was typed in this scheme's fields. Fields that were not on the page are left alone."""
        there = {name: one for name, one in self.asked.items() if one.field_name in posted}
        if not there:
            return Answers()
        raw: dict[str, Any] = {name: posted.getlist(one.field_name) for name, one in there.items()}
        values: dict[str, Value] = {}
        errors: dict[str, str] = {}
        for form in self.forms:
            reading = read_answers(form, raw, require=None, language=language, asked=there)
            errors |= {name: text for name, text in reading.errors.items() if name in there}
            right = {name: one for name, one in reading.values.items() if name not in reading.errors}
            values |= {name: Value(one, _("svaret deres")) for name, one in typed(form, right).items()}
        return Answers(raw, values, errors)

    def shown(self, wanted: Iterable[str], answers: Answers) -> list[str]:
        """The facts to show a field for: those wanted that can be asked for, and those answered."""
        picked = {*wanted, *(name for name, raw in answers.raw.items() if any(raw))}
        return [name for name in self.asked if name in picked]

    def field_of(self, name: str, answers: Answers, language: Language) -> Field:
        """The question about a fact, with what was typed and what is wrong with it."""
        one, raw = self.asked[name], answers.raw.get(name, "")
        value = raw if one.question.type == "several_choices" else "".join(raw[-1:])
        made = field_of(one.question, language, value=value, error=answers.errors.get(name, ""))
        return replace(made, name=one.field_name, optional=False)


@lru_cache(maxsize=1_000)
def questionnaire_of(basis: PublicBasis) -> Questionnaire:
    facts = {fact.name: fact for fact in basis.rules.ruleset.facts}
    own = [one for one in questions_of(basis.form) if one.slug in facts and not one.personal]
    gaps = form_of(_definition_of_gaps(facts.values(), {one.slug for one in own}))
    questions = [*own, *questions_of(gaps)]
    private = frozenset(name for name, fact in facts.items() if fact.private)
    return Questionnaire(
        (basis.form, gaps), {one.slug: Asked(one, _field_name(one)) for one in questions}, private
    )


def _definition_of_gaps(facts: Iterable[Fact], have: set[str]) -> dict[str, Any]:
    """Questions for facts the scheme's form does not ask about, because they should have been known."""
    lacking = [fact for fact in facts if fact.name not in have and fact.type not in NOT_TYPED_IN]
    questions = [question_for(fact) | {"required": False} for fact in lacking]
    return {"sections": [{"slug": "gaps", "title": {"nb": ""}, "questions": questions}]}


def _field_name(question: Question) -> str:
    """The same for questions that read the same, whichever scheme they are in."""
    parts: Sequence[Any] = (
        question.type,
        dict(question.label),
        dict(question.help),
        dict(question.unit),
        dict(question.settings),
    )
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return f"{question.slug}-{hashlib.sha256(text.encode()).hexdigest()[:SIGNS_OF_DIGEST]}"
