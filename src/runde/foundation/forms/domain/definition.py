"""A form's definition: plain data in, checked sections and questions out.

Shape, every text {"nb", "nn", "en"} with nb always there:

    {"sections": [{"slug", "title", "why"?, "questions": [
        {"slug", "type", "label", "help"?, "required"?, "required_if"?: {"question", "is"}, "unit"?,
         "personal"?, "errors"?: {mistake: texts}, …the type's own settings}]}],
     "comparisons"?: [{"question", "operator": "<" | "<=" | ">" | ">=", "other", "error"}]}
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..questions import QUESTION_TYPES
from .question import Json, Question, QuestionType, Texts

OWN = frozenset({"slug", "type", "label", "help", "required", "required_if", "unit", "personal", "errors"})


@dataclass(frozen=True, slots=True)
class Section:
    slug: str
    title: Texts
    why: Texts
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two answers that must stand in an order; `error` is shown at `question` when they do not."""

    question: str
    operator: str
    other: str
    error: Texts


@dataclass(frozen=True, slots=True)
class Condition:
    """The question must be answered when another has this answer."""

    question: str
    equals: Json


@dataclass(frozen=True, slots=True)
class Definition:
    sections: tuple[Section, ...]
    comparisons: tuple[Comparison, ...]
    conditions: Mapping[str, Condition]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)

    def question(self, slug: str) -> Question:
        """Raises KeyError for a question the form does not have."""
        for question in self.questions:
            if question.slug == slug:
                return question
        raise KeyError(slug)


def type_of(question: Question) -> QuestionType:
    return QUESTION_TYPES[question.type]


def digest_of(definition: Any) -> str:
    """The SHA-256, in hex, of the definition as text with one spelling."""
    text = json.dumps(definition, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def definition_of(data: Any) -> Definition:
    """Read a definition that was checked when it was published."""
    questions = [one for section in data["sections"] for one in section["questions"]]
    return Definition(
        sections=tuple(_section(section) for section in data["sections"]),
        comparisons=tuple(Comparison(**one) for one in data.get("comparisons", ())),
        conditions={
            one["slug"]: Condition(one["required_if"]["question"], one["required_if"]["is"])
            for one in questions
            if "required_if" in one
        },
    )


def _section(data: Mapping[str, Any]) -> Section:
    return Section(
        data["slug"], data["title"], data.get("why", {}), tuple(question_of(one) for one in data["questions"])
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
    )
