"""A number with decimals, kept as canonical text. Settings: `least` and `most` as text, `decimals` 1–8 (default 2)."""

from __future__ import annotations

import re
from decimal import Decimal

from runde.engine.reference.api import Language, number_text

from ...domain.bounded_decimal import BoundedDecimal
from ...domain.question import Json, Question, Raw, chosen
from ...domain.typing_in import decimals_in

MOST = 10**12 - 1
"""As the rules: a longer number cannot be reckoned with."""


class DecimalNumber(BoundedDecimal):
    name = "decimal"
    fact_types = frozenset({"decimal"})
    unreadable = "not_decimal"
    usual_bounds = (str(-MOST), str(MOST))
    allowed_decimals = (1, 8)
    bound = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,8})?")
    bound_is = 'et tall skrevet som tekst, for eksempel "0.5"'
    takes_over = frozenset({"integer"})

    def written(self, value: Json, question: Question) -> Raw:
        number = self.typed(value)
        return number_text(number, "nb", decimals_in(number))

    def shown(self, value: Json, question: Question, language: Language) -> str:
        unit, text = chosen(question.unit, language), self.said(self.typed(value), language)
        return f"{text} {unit}" if unit else text

    def said(self, number: Decimal, language: Language) -> str:
        return number_text(number, language, decimals_in(number))
