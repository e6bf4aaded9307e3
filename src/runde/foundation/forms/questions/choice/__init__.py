"""One of several options, or several with `several`. Settings: `options` [{value, label}], `several`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from runde.engine.reference.api import Language

from ...domain.question import Json, Question, QuestionType, Raw, chosen
from ...domain.raw import as_line, as_list
from ...domain.sentences import bad


class Choice(QuestionType):
    name = "choice"
    settings = frozenset({"options", "several"})
    fact_types = frozenset({"text", "codes"})

    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        several = bool(question.settings.get("several"))
        picked = as_list(raw if several else as_line(raw))
        if not set(picked) <= set(_labels(question)):
            raise bad("unknown_choice", question, language)
        if several:
            return sorted(picked) or None
        return picked[0] if picked else None

    def written(self, value: Json, question: Question) -> Raw:
        return list(value) if isinstance(value, list) else str(value)

    def typed(self, value: Json) -> Any:
        return frozenset(value) if isinstance(value, list) else value

    def shown(self, value: Json, question: Question, language: Language) -> str:
        values = value if isinstance(value, list) else [str(value)]
        labels = _labels(question)
        return ", ".join(chosen(labels.get(one, {}), language) or one for one in values)

    def problems(self, question: Question) -> Iterator[str]:
        options = question.settings.get("options")
        if not isinstance(options, list) or not options:
            yield "«options» må være en liste med minst ett valg"
            return
        fine = [option for option in options if _is_option(option)]
        if len(fine) != len(options):
            yield "hvert valg må ha «value» og «label» på bokmål"
        elif len({option["value"] for option in fine}) != len(fine):
            yield "to valg har samme «value»"


def _labels(question: Question) -> dict[str, Any]:
    return {option["value"]: option["label"] for option in question.settings["options"]}


def _is_option(option: Any) -> bool:
    if not isinstance(option, dict) or not isinstance(option.get("label"), dict):
        return False
    value = option.get("value")
    return isinstance(value, str) and value == value.strip() != "" and bool(option["label"].get("nb"))
