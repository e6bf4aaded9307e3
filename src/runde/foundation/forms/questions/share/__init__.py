"""A share, typed in per cent and kept as a fraction: `30,5 %` is "0.305".

Settings: `least` and `most`, fractions as text (default "0" and "1"); `decimals` after the comma in the per
cent, 0–4 (default 2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from runde.engine.reference.api import Language, number_text, share_text

from ...domain.question import Json, Question, QuestionType, Raw
from ...domain.raw import as_line
from ...domain.sentences import bad
from ...domain.typing_in import NotANumber, canonical, compact, decimals_in, read_decimal

DECIMALS = 2
MOST_DECIMALS = 4
_PERCENT = re.compile(r" ?(?:%|prosent|percent|per cent|pst\.?)$")
_FRACTION = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,6})?")


class Share(QuestionType):
    name = "share"
    settings = frozenset({"least", "most", "decimals"})
    fact_types = frozenset({"share"})

    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        line = compact(as_line(raw)[:1000])
        if not line:
            return None
        percent = self._percent(line, question, language)
        self._require_within(percent / 100, question, language)
        return canonical(percent.scaleb(-2))

    def written(self, value: Json, question: Question) -> Raw:
        percent = self.typed(value).scaleb(2)
        return number_text(percent, "nb", decimals_in(percent))

    def typed(self, value: Json) -> Decimal:
        return Decimal(str(value))

    def shown(self, value: Json, question: Question, language: Language) -> str:
        return _text(self.typed(value), language)

    def problems(self, question: Question) -> Iterator[str]:
        for name in ("least", "most"):
            if name in question.settings and not _is_fraction(question.settings[name]):
                yield f'«{name}» må være en andel skrevet som tekst, for eksempel "0.3" for 30 prosent'
        decimals = question.settings.get("decimals", DECIMALS)
        if type(decimals) is not int or not 0 <= decimals <= MOST_DECIMALS:
            yield f"«decimals» må være et helt tall fra 0 til {MOST_DECIMALS}"

    def _percent(self, line: str, question: Question, language: Language) -> Decimal:
        try:
            percent = read_decimal(_PERCENT.sub("", line))
        except NotANumber:
            raise bad("not_share", question, language) from None
        decimals = question.settings.get("decimals", DECIMALS)
        if decimals_in(percent) > decimals:
            raise bad("too_many_decimals", question, language, limit=decimals)
        return percent

    def _require_within(self, share: Decimal, question: Question, language: Language) -> None:
        least, most = (
            Decimal(question.settings.get(name, usual)) for name, usual in (("least", "0"), ("most", "1"))
        )
        if share < least:
            raise bad("too_low", question, language, limit=_text(least, language))
        if share > most:
            raise bad("too_high", question, language, limit=_text(most, language))


def _text(share: Decimal, language: Language) -> str:
    return share_text(share, language, decimals=decimals_in(share.scaleb(2)))


def _is_fraction(value: object) -> bool:
    return isinstance(value, str) and _FRACTION.fullmatch(value) is not None
