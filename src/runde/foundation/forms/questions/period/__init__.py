"""From one day to another, both included, kept as {"from", "to"} in ISO text.

Settings, as ISO text: `earliest`, `latest`. Posted as two fields, "<slug>-from" and "<slug>-to". The rules know the
days as `<slug>_from` and `<slug>_to`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from runde.engine.reference.api import Language, date_text

from ...domain.question import BadAnswer, Json, Posted, Question, QuestionType, Raw
from ...domain.raw import as_pair
from ...domain.sentences import sentence
from ..date import Day

ENDS = ("from", "to")
_DAY = Day()


class Period(QuestionType):
    name = "period"
    settings = frozenset({"earliest", "latest"})

    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        days: dict[str, str] = {}
        wrong: dict[str, str] = {}
        for end, line in zip(ENDS, as_pair(raw, ENDS), strict=True):
            try:
                day = _DAY.read(line, question, language)
            except BadAnswer as error:
                wrong[end] = error.sentence
            else:
                days |= {} if day is None else {end: str(day)}
        if not days and not wrong:
            return None
        wrong |= self._told(days, wrong, question, language)
        if wrong:
            raise BadAnswer(" ".join(dict.fromkeys(wrong.values())), wrong)
        return days

    def written(self, value: Json, question: Question) -> Raw:
        days = _days(value)
        return {end: str(_DAY.written(days[end], question)) for end in ENDS}

    def named(self, value: Json, question: Question) -> dict[str, Any]:
        return {f"{question.slug}_{end}": date.fromisoformat(day) for end, day in _days(value).items()}

    def facts(self, question: Question) -> dict[str, frozenset[str]]:
        return {f"{question.slug}_{end}": frozenset({"date"}) for end in ENDS}

    def shown(self, value: Json, question: Question, language: Language) -> str:
        return "–".join(date_text(date.fromisoformat(_days(value)[end]), language) for end in ENDS)

    def gathered(self, posted: Posted, question: Question) -> Raw:
        return {end: "".join(posted.get(f"{question.slug}-{end}", [])[-1:]) for end in ENDS}

    def problems(self, question: Question) -> Iterator[str]:
        yield from _DAY.problems(question)

    def _told(
        self, days: dict[str, str], wrong: dict[str, str], question: Question, language: Language
    ) -> dict[str, str]:
        lacking = [end for end in ENDS if end not in days and end not in wrong]
        if lacking:
            return {lacking[0]: sentence("half_period", question, language)}
        if not wrong and days["to"] < days["from"]:
            return {"to": sentence("period_order", question, language)}
        return {}


def _days(value: Json) -> dict[str, str]:
    if not isinstance(value, dict):
        raise TypeError(f"a period is kept as two days, not {value!r}")
    return {end: value[end] for end in ENDS}
