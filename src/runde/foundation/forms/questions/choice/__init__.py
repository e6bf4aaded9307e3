"""One of several options. Settings: `options` [{value, label}]."""

from __future__ import annotations

from collections.abc import Iterator

from runde.engine.reference.api import Language
from runde.engine.rules import ValueType, declared_type

from ...domain.options import labels_of, option_problems
from ...domain.question import Json, Question, QuestionType, Raw, chosen
from ...domain.raw import as_line
from ...domain.sentences import bad


class Choice(QuestionType):
    name = "choice"
    settings = frozenset({"options"})
    fact_types = frozenset({"text"})
    empty = "choose"
    takes_over = frozenset({"several_choices"})

    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        picked = as_line(raw).strip()
        if picked and picked not in labels_of(question):
            raise bad("unknown_choice", question, language)
        return picked or None

    def written(self, value: Json, question: Question) -> Raw:
        return str(value)

    def shown(self, value: Json, question: Question, language: Language) -> str:
        return chosen(labels_of(question).get(str(value), {}), language) or str(value)

    def value_types(self, question: Question) -> dict[str, ValueType]:
        return {question.slug: declared_type("text", None, "", labels_of(question))}

    def problems(self, question: Question) -> Iterator[str]:
        yield from option_problems(question)
