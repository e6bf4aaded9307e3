"""Something to read, with no answer: the label is the heading and the help the text."""

from __future__ import annotations

from runde.engine.reference.api import Language

from ...domain.question import Json, Posted, Question, QuestionType, Raw


class Information(QuestionType):
    name = "information"
    has_answer = False

    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        return None

    def written(self, value: Json, question: Question) -> Raw:
        return ""

    def shown(self, value: Json, question: Question, language: Language) -> str:
        return ""

    def gathered(self, posted: Posted, question: Question) -> Raw:
        return ""
