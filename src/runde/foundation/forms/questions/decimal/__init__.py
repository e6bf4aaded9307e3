"""A number with decimals, kept as canonical text. Settings: `least` and `most` as text, `decimals` 1–8 (default 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from runde.engine.reference.api import Language, number_text

from ...domain.question import Json, Question, QuestionType, Raw, chosen
from ...domain.raw import as_line
from ...domain.sentences import bad
from ...domain.typing_in import NotANumber, canonical, compact, decimals_in, read_decimal

DECIMALS = 2
MOST_DECIMALS = 8
MOST = Decimal(10) ** 12 - 1
"""As the rules: a longer number cannot be reckoned with."""

_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,8})?")


class DecimalNumber(QuestionType):
    name = "decimal"
    settings = frozenset({"least", "most", "decimals"})
    fact_types = frozenset({"decimal"})

    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        line = compact(as_line(raw)[:1000])
        if not line:
            return None
        number = self._number(line, question, language)
        self._require_within(number, question, language)
        return canonical(number)

    def written(self, value: Json, question: Question) -> Raw:
        number = self.typed(value)
        return number_text(number, "nb", decimals_in(number))

    def typed(self, value: Json) -> Decimal:
        return Decimal(str(value))

    def shown(self, value: Json, question: Question, language: Language) -> str:
        unit, text = chosen(question.unit, language), _text(self.typed(value), language)
        return f"{text} {unit}" if unit else text

    def problems(self, question: Question) -> Iterator[str]:
        for name in ("least", "most"):
            if name in question.settings and not _is_number(question.settings[name]):
                yield f'«{name}» må være et tall skrevet som tekst, for eksempel "0.5"'
        decimals = question.settings.get("decimals", DECIMALS)
        if type(decimals) is not int or not 1 <= decimals <= MOST_DECIMALS:
            yield f"«decimals» må være et helt tall fra 1 til {MOST_DECIMALS}"

    def _number(self, line: str, question: Question, language: Language) -> Decimal:
        try:
            number = read_decimal(line)
        except NotANumber:
            raise bad("not_decimal", question, language) from None
        decimals = question.settings.get("decimals", DECIMALS)
        if decimals_in(number) > decimals:
            raise bad("too_many_decimals", question, language, limit=decimals)
        return number

    def _require_within(self, number: Decimal, question: Question, language: Language) -> None:
        least, most = (
            Decimal(question.settings.get(name, usual)) for name, usual in (("least", -MOST), ("most", MOST))
        )
        if number < least:
            raise bad("too_low", question, language, limit=_text(least, language))
        if number > most:
            raise bad("too_high", question, language, limit=_text(most, language))


def _text(number: Decimal, language: Language) -> str:
    return number_text(number, language, decimals_in(number))


def _is_number(value: object) -> bool:
    return isinstance(value, str) and _NUMBER.fullmatch(value) is not None
