"""One or more of several options. Settings: `options` [{value, label}], `least`, `most` (how many)."""

from __future__ import annotations

from collections.abc import Iterator

from runde.engine.reference.api import Language
from runde.engine.rules import ValueType, declared_type

from ...domain.options import labels_of, option_problems
from ...domain.question import Json, Question, QuestionType, Raw, chosen
from ...domain.raw import as_list
from ...domain.sentences import bad


class SeveralChoices(QuestionType):
    name = "several_choices"
    settings = frozenset({"options", "least", "most"})
    fact_types = frozenset({"codes"})
    empty = "choose"
    takes_over = frozenset({"choice"})

    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        picked = as_list(raw)
        if not set(picked) <= set(labels_of(question)):
            raise bad("unknown_choice", question, language)
        least, most = question.settings.get("least", 0), question.settings.get("most")
        if picked and len(picked) < least:
            raise bad("too_few_choices", question, language, limit=least)
        if most is not None and len(picked) > most:
            raise bad("too_many_choices", question, language, limit=most)
        return sorted(picked) or None

    def written(self, value: Json, question: Question) -> Raw:
        return self._values(value)

    def typed(self, value: Json) -> frozenset[str]:
        return frozenset(self._values(value))

    def shown(self, value: Json, question: Question, language: Language) -> str:
        labels = labels_of(question)
        return ", ".join(chosen(labels.get(one, {}), language) or one for one in self._values(value))

    def value_types(self, question: Question) -> dict[str, ValueType]:
        return {question.slug: declared_type("codes", None, "", labels_of(question))}

    def problems(self, question: Question) -> Iterator[str]:
        yield from option_problems(question)
        for name in ("least", "most"):
            value = question.settings.get(name, 1)
            if type(value) is not int or value < 1:
                yield f"«{name}» må være et helt tall over 0"

    def _values(self, value: Json) -> list[str]:
        return [str(one) for one in value] if isinstance(value, list) else [str(value)]
