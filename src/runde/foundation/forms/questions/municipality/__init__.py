"""A municipality, kept as its number of four digits. Settings: `among`, the numbers one may choose from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from runde.engine.reference.api import Language, Municipality, list_municipalities

from ...domain.question import Json, Question, QuestionType, Raw
from ...domain.raw import as_line
from ...domain.sentences import bad
from ...domain.typing_in import tidy_line


class MunicipalityQuestion(QuestionType):
    name = "municipality"
    settings = frozenset({"among"})
    fact_types = frozenset({"text"})
    empty = "choose"

    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        line = tidy_line(as_line(raw)[:200])
        if not line:
            return None
        among = question.settings.get("among")
        meant = [one for one in _numbers_by_words().get(line.casefold(), ()) if among is None or one in among]
        if len(meant) != 1:
            raise bad("unknown_municipality", question, language)
        return meant[0]

    def written(self, value: Json, question: Question) -> Raw:
        return str(value)

    def shown(self, value: Json, question: Question, language: Language) -> str:
        found = _by_number().get(str(value))
        return found.name if found else str(value)

    def problems(self, question: Question) -> Iterator[str]:
        among = question.settings.get("among", list(_by_number())[:1])
        known = isinstance(among, list) and all(isinstance(one, str) and one in _by_number() for one in among)
        if not among or not known:
            yield "«among» må være en liste med kommunenummer som er i bruk, fire siffer hvert"


@cache
def _numbers_by_words() -> dict[str, list[str]]:
    """By number, by name, or by both: "3103", "moss", "3103 moss". Some names are shared."""
    found: dict[str, list[str]] = {}
    for one in _by_number().values():
        for words in (one.number, one.name, f"{one.number} {one.name}"):
            found.setdefault(words.casefold(), []).append(one.number)
    return found


@cache
def _by_number() -> dict[str, Municipality]:
    """Those whose number no reform has ended."""
    return {one.number: one for one in list_municipalities(date.max)}
