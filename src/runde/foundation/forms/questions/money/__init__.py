"""An amount in kroner, kept as canonical text.

Settings: `least`, `above` and `most`, amounts as text; `decimals`, 0 or 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from runde.engine.reference.api import Language, amount_text, number_text

from ...domain.question import Json, Question, QuestionType, Raw
from ...domain.raw import as_line
from ...domain.sentences import bad
from ...domain.typing_in import NotANumber, compact, plain_number, read_number

MOST = Decimal("9999999999999.99")
"""As the rules: a larger amount cannot be reckoned with."""


class Money(QuestionType):
    name = "money"
    settings = frozenset({"least", "above", "most", "decimals"})
    fact_types = frozenset({"money"})

    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        line = as_line(raw)
        if not compact(line[:1000]):
            return None
        amount = self._amount(line, question, language)
        self._require_within(amount, question, language)
        return plain_number(amount)

    def written(self, value: Json, question: Question) -> Raw:
        amount = Decimal(str(value))
        return number_text(amount, "nb", 0 if amount == amount.to_integral_value() else 2)

    def typed(self, value: Json) -> Decimal:
        return Decimal(str(value))

    def shown(self, value: Json, question: Question, language: Language) -> str:
        return amount_text(Decimal(str(value)), language)

    def problems(self, question: Question) -> Iterator[str]:
        for name in ("least", "above", "most"):
            if name in question.settings and not _is_amount(question.settings[name]):
                yield f'«{name}» må være et beløp skrevet som tekst, for eksempel "0"'
        if question.settings.get("decimals", 2) not in (0, 2):
            yield "«decimals» må være 0 eller 2"

    def _amount(self, line: str, question: Question, language: Language) -> Decimal:
        try:
            amount = read_number(line)
        except NotANumber:
            raise bad("not_money", question, language) from None
        if abs(amount) > MOST:
            return amount  # too high, whatever its decimals; the next check says so
        decimals = question.settings.get("decimals", 2)
        if amount != amount.quantize(Decimal(1).scaleb(-decimals)) or _typed_decimals(line) > 2:
            raise bad("decimals", question, language)
        return amount

    def _require_within(self, amount: Decimal, question: Question, language: Language) -> None:
        least, above = _limit(question, "least"), _limit(question, "above")
        most = min(_limit(question, "most") or MOST, MOST)
        if above is not None and amount <= above:
            raise bad("not_above", question, language, limit=amount_text(above, language))
        if (least is not None and amount < least) or amount < -MOST:
            raise bad(
                "too_low", question, language, limit=amount_text(-MOST if least is None else least, language)
            )
        if amount > most:
            raise bad("too_high", question, language, limit=amount_text(most, language))


def _typed_decimals(line: str) -> int:
    """Digits after the comma: with three, the comma may have been meant to part thousands."""
    _, _, after = compact(line).partition(",")
    return len([sign for sign in after if sign.isdigit()])


def _limit(question: Question, name: str) -> Decimal | None:
    value = question.settings.get(name)
    return None if value is None else Decimal(value)


def _is_amount(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,13}(\.[0-9]{1,2})?", value) is not None
