"""A share, typed in per cent and kept as a fraction: `30,5 %` is "0.305".

Settings: `least` and `most`, fractions as text (default "0" and "1"); `decimals` after the comma in the per
cent, 0–4 (default 2).
"""

from __future__ import annotations

import re
from decimal import Decimal

from runde.engine.reference.api import Language, number_text, share_text

from ...domain.bounded_decimal import BoundedDecimal
from ...domain.question import Json, Question, Raw
from ...domain.typing_in import decimals_in

_PERCENT = re.compile(r" ?(?:%|prosent|percent|per cent|pst\.?)$")


class Share(BoundedDecimal):
    name = "share"
    fact_types = frozenset({"share"})
    shift = 2
    unreadable = "not_share"
    usual_bounds = ("0", "1")
    allowed_decimals = (0, 4)
    bound = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,6})?")
    bound_is = 'en andel skrevet som tekst, for eksempel "0.3" for 30 prosent'

    def bare(self, line: str) -> str:
        return _PERCENT.sub("", line)

    def written(self, value: Json, question: Question) -> Raw:
        percent = self.typed(value).scaleb(self.shift)
        return number_text(percent, "nb", decimals_in(percent))

    def shown(self, value: Json, question: Question, language: Language) -> str:
        return self.said(self.typed(value), language)

    def said(self, number: Decimal, language: Language) -> str:
        return share_text(number, language, decimals=decimals_in(number.scaleb(self.shift)))
