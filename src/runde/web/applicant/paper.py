"""The form as one applicant is to fill it: the parts with the questions asked of them, and which are shown now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from runde.engine.reference.api import Language
from runde.foundation.forms.api import (
    FormVersion,
    Question,
    Stage,
    chosen,
    hidden_questions,
    read_answers,
    sections_of,
    written_answers,
)

SHORT = 8
"""A form with no more questions than this goes straight from part to part; a longer one has a list of its parts."""

Progress = Literal["done", "started", "waiting", "optional"]


@dataclass(frozen=True)
class Part:
    """One page of the application. `shown` are the questions to be answered now, `questions` all it may come to ask."""

    slug: str
    titles: Mapping[str, str]
    reasons: Mapping[str, str]
    questions: tuple[Question, ...]
    shown: tuple[Question, ...]

    @property
    def slugs(self) -> list[str]:
        return [one.slug for one in self.questions]

    @property
    def shown_slugs(self) -> list[str]:
        return [one.slug for one in self.shown]

    def title(self, language: Language) -> str:
        return chosen(self.titles, language)

    def why(self, language: Language) -> str:
        return chosen(self.reasons, language)


class Paper:
    """`known` is what the register says, by name; a question it answers is not asked."""

    def __init__(
        self, form: FormVersion, answers: Mapping[str, Any], known: Mapping[str, Any] | None = None
    ) -> None:
        self.form, self.answers, self.known = form, answers, known or {}
        self.hidden = hidden_questions(form, answers, self.known)
        sections = sections_of(form, Stage.SUBMIT)
        self.all_parts = [
            self._part(one.slug, one.title, one.why, one.questions)
            for one in sections
            if not is_declarations(one.questions)
        ]
        self.parts = [one for one in self.all_parts if one.shown]
        self.statements = [
            question for one in sections if is_declarations(one.questions) for question in one.questions
        ]

    def _part(
        self, slug: str, title: Mapping[str, str], why: Mapping[str, str], questions: Iterable[Question]
    ) -> Part:
        asked = tuple(one for one in questions if self.known.get(one.slug) is None)
        return Part(slug, title, why, asked, tuple(one for one in asked if one.slug not in self.hidden))

    @property
    def is_short(self) -> bool:
        asked = [one for part in self.parts for one in part.shown if one.type != "information"]
        return len(asked) <= SHORT

    @property
    def steps(self) -> int:
        """The parts, and the page where one looks over and sends."""
        return len(self.parts) + 1

    def find(self, slug: str) -> Part | None:
        """The part, also when none of its questions are shown now; None for one the form does not have."""
        return next((one for one in self.all_parts if one.slug == slug), None)

    def place(self, slug: str) -> int:
        """From 0, among the parts that are shown; -1 for one that is not."""
        return next((place for place, one in enumerate(self.parts) if one.slug == slug), -1)

    def before(self, slug: str) -> Part | None:
        place = self.place(slug)
        return self.parts[place - 1] if place > 0 else None

    def after(self, slug: str) -> Part | None:
        """The next part that is shown, in the form's order; None when sending comes next."""
        order = [one.slug for one in self.all_parts]
        later = order[order.index(slug) + 1 :] if slug in order else order
        return next((one for one in self.parts if one.slug in later), None)

    def part_of(self, question: str) -> Part | None:
        return next((part for part in self.parts if question in part.slugs), None)

    def progress(self, unread: Collection[str], language: Language) -> dict[str, Progress]:
        """How far each part has come: done when nothing it demands before sending lacks."""
        raw = written_answers(self.form, self.answers)
        reading = read_answers(
            self.form, raw, require=Stage.SUBMIT, language=language, known=self.known, stored=self.answers
        )
        wrong = {*reading.errors, *unread}
        return {part.slug: self._progress(part, wrong) for part in self.parts}

    def _progress(self, part: Part, wrong: Collection[str]) -> Progress:
        is_begun = any(slug in self.answers for slug in part.shown_slugs)
        if any(slug in wrong for slug in part.shown_slugs):
            return "started" if is_begun else "waiting"
        return "done" if is_begun or any(_is_demanded(one) for one in part.shown) else "optional"


def _is_demanded(question: Question) -> bool:
    return question.required and question.type != "information"


def is_declarations(questions: Iterable[Question]) -> bool:
    """Statements are ticked on the page where one sends, not on a page of their own."""
    return all(one.type == "declaration" for one in questions)
