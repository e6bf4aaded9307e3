"""A whole number. Settings: `least`, `most`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from runde.engine.reference.api import Language, number_text

from ...domain.question import Json, Question, QuestionType, Raw, chosen
from ...domain.raw import as_line
from ...domain.sentences import bad
from ...domain.typing_in import NotANumber, compact, plain_number, read_number

MOST_DIGITS = 12
"""As the rules: a longer number cannot be reckoned with."""


class Integer(QuestionType):
    name = "integer"
    settings = frozenset({"least", "most"})
    fact_types = frozenset({"integer"})
    takes_over = frozenset({"decimal"})

    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        line = as_line(raw)
        if not compact(line[:1000]):
            return None
        number = self._number(line, question, language)
        self._require_within(number, question, language)
        return int(number)

    def written(self, value: Json, question: Question) -> Raw:
        return str(value)

    def shown(self, value: Json, question: Question, language: Language) -> str:
        unit = chosen(question.unit, language)
        text = number_text(Decimal(int(str(value))), language)
        return f"{text} {unit}" if unit else text

    def problems(self, question: Question) -> Iterator[str]:
        for name in ("least", "most"):
            if name in question.settings and type(question.settings[name]) is not int:
                yield f"«{name}» må være et helt tall"

    def _number(self, line: str, question: Question, language: Language) -> Decimal:
        try:
            number = read_number(line)
        except NotANumber:
            raise bad("not_integer", question, language) from None
        if number != number.to_integral_value() or len(plain_number(abs(number))) > MOST_DIGITS:
            raise bad("not_integer", question, language)
        return number

    def _require_within(self, number: Decimal, question: Question, language: Language) -> None:
        least, most = question.settings.get("least"), question.settings.get("most")
        if least is not None and number < least:
            raise bad("too_low", question, language, limit=number_text(least, language))
        if most is not None and number > most:
            raise bad("too_high", question, language, limit=number_text(most, language))
