"""A form's definition: plain data in, checked sections and questions out.

Shape, every text {"nb", "nn", "en"} with nb always there, EXPR an expression in the rule language over the
questions' slugs and the names in `known`:

    {"sections": [{"slug", "title", "why"?, "shown_if"?: EXPR, "questions": [
        {"slug", "type", "label", "help"?, "required"?, "required_if"?: EXPR, "shown_if"?: EXPR, "required_from"?,
         "unit"?, "personal"?, "keep_months"?, "errors"?: {mistake: texts}, …the type's own settings}]}],
     "checks"?: [{"slug", "check": EXPR, "at": question slug, "message": texts}],
     "known"?: {name: type of fact}}

Unknown while answers lack: `shown_if` hides, `required_if` does not demand, a check is no mistake.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from runde.engine.canonical import canonical_json
from runde.engine.rules import Condition, ValueType, compile_condition, declared_type

from ..questions import QUESTION_TYPES
from .question import Question, QuestionType, Stage, Texts

OWN = frozenset(
    {
        "slug", "type", "label", "help", "required", "required_if", "shown_if", "required_from", "unit", "personal",
        "keep_months", "errors",
    }
)  # fmt: skip
APPLIED = (Stage.DRAFT, Stage.SUBMIT)
"""The stages whose questions make up the application; each later stage asks its own."""


@dataclass(frozen=True, slots=True)
class Section:
    slug: str
    title: Texts
    why: Texts
    questions: tuple[Question, ...]
    shown_if: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """Something answers must keep between them; `message` is shown at `question` when it is known not to hold."""

    slug: str
    condition: Condition
    question: str
    message: Texts


@dataclass(frozen=True)
class Definition:
    """`shown_if` has the conditions of each question that is not always shown, its section's first, in an order
    where each comes after those its conditions rest on."""

    sections: tuple[Section, ...]
    checks: tuple[Check, ...] = ()
    shown_if: Mapping[str, tuple[Condition, ...]] = field(default_factory=dict)
    required_if: Mapping[str, Condition] = field(default_factory=dict)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def by_slug(self) -> Mapping[str, Question]:
        return {question.slug: question for question in self.questions}

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """The question behind each name that conditions may use; names of the register are not among them."""
        return owners_of(self.questions)

    def question(self, slug: str) -> Question:
        """Raises KeyError for a question the form does not have."""
        return self.by_slug[slug]


def stages_of(stage: Stage) -> tuple[Stage, ...]:
    """The stages whose questions are asked together with those of `stage`."""
    return APPLIED if stage in APPLIED else (stage,)


def type_of(question: Question) -> QuestionType:
    return QUESTION_TYPES[question.type]


def digest_of(definition: Any) -> str:
    """The SHA-256, in hex, of the definition as text with one spelling."""
    text = canonical_json(definition)
    return hashlib.sha256(text.encode()).hexdigest()


def definition_of(data: Any) -> Definition:
    """Read a definition that was checked when it was published."""
    sections = tuple(_section(section) for section in data["sections"])
    questions = [question for section in sections for question in section.questions]
    types = types_in(questions, data.get("known", {}))
    return Definition(
        sections=sections,
        checks=tuple(
            Check(one["slug"], compile_condition(one["check"], types), one["at"], one["message"])
            for one in data.get("checks", ())
        ),
        shown_if=_in_order(dict(_shown_if(sections, types)), questions),
        required_if={
            one.slug: compile_condition(one.required_if, types) for one in questions if one.required_if
        },
    )


def types_in(questions: Iterable[Question], known: Mapping[str, str]) -> dict[str, ValueType]:
    """The names that conditions may use. A question goes before a known fact of the same name."""
    types = {name: declared_type(kind, None, "", {}) for name, kind in known.items()}
    for question in questions:
        types |= type_of(question).value_types(question)
    return types


def owners_of(questions: Iterable[Question]) -> dict[str, str]:
    """The question behind each name that conditions may use."""
    return {name: one.slug for one in questions for name in type_of(one).facts(one)}


def _shown_if(
    sections: Iterable[Section], types: Mapping[str, ValueType]
) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    for section in sections:
        for question in section.questions:
            written = [one for one in (section.shown_if, question.shown_if) if one]
            if written:
                yield question.slug, tuple(compile_condition(one, types) for one in written)


def _in_order(
    conditions: dict[str, tuple[Condition, ...]], questions: Iterable[Question]
) -> dict[str, tuple[Condition, ...]]:
    owner = owners_of(questions)
    leans = {
        slug: {owner.get(name, "") for condition in listed for name in condition.names}
        for slug, listed in conditions.items()
    }
    return {slug: conditions[slug] for slug in in_order(leans)}


def in_order(leans: Mapping[str, Iterable[str]]) -> list[str]:
    """Each after those it leans on, as far as that can be; those in a circle are left out."""
    placed: dict[str, None] = {}
    waiting = dict(leans)
    while ready := [slug for slug, on in waiting.items() if not (set(on) & waiting.keys())]:
        for slug in ready:
            placed[slug] = None
            del waiting[slug]
    return list(placed)


def _section(data: Mapping[str, Any]) -> Section:
    return Section(
        data["slug"],
        data["title"],
        data.get("why", {}),
        tuple(question_of(one) for one in data["questions"]),
        data.get("shown_if", ""),
    )


def question_of(data: Mapping[str, Any]) -> Question:
    return Question(
        slug=data["slug"],
        type=data["type"],
        label=data["label"],
        help=data.get("help", {}),
        required=data.get("required", "required_if" not in data),
        personal=data.get("personal", False),
        unit=data.get("unit", {}),
        errors=data.get("errors", {}),
        settings={name: value for name, value in data.items() if name not in OWN},
        required_from=Stage(data.get("required_from", Stage.SUBMIT)),
        shown_if=data.get("shown_if", ""),
        required_if=data.get("required_if", ""),
        keep_months=data.get("keep_months"),
    )
