"""Numbers with decimals, kept as canonical text and held between two bounds: the ground of several kinds."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar

from runde.engine.reference.api import Language

from .question import Json, Question, QuestionType, Raw
from .raw import as_line
from .sentences import bad
from .typing_in import NotANumber, canonical, compact, decimals_in, read_decimal

LONGEST_TYPED = 1000


class BoundedDecimal(QuestionType):
    """Settings: `least` and `most`, as text in the unit that is kept; `decimals` in the one that is typed.

    `shift` is how many places the point is moved from what is typed to what is kept: 2 where per cent is typed and
    a fraction kept.
    """

    settings = frozenset({"least", "most", "decimals"})
    shift: ClassVar[int] = 0
    unreadable: ClassVar[str]
    usual_bounds: ClassVar[tuple[str, str]]
    usual_decimals: ClassVar[int] = 2
    allowed_decimals: ClassVar[tuple[int, int]]
    bound: ClassVar[re.Pattern[str]]
    bound_is: ClassVar[str]
    """What a bound in the settings must be, for the person who makes the form."""

    @abstractmethod
    def said(self, number: Decimal, language: Language) -> str:
        """A kept number in words, without the question's own unit."""

    def bare(self, line: str) -> str:
        """What was typed without the signs of its unit."""
        return line

    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        line = compact(as_line(raw)[:LONGEST_TYPED])
        if not line:
            return None
        number = self._number(line, question, language).scaleb(-self.shift)
        self._require_within(number, question, language)
        return canonical(number)

    def typed(self, value: Json) -> Decimal:
        return Decimal(str(value))

    def scale(self, question: Question) -> int:
        return self._decimals(question) + self.shift

    def problems(self, question: Question) -> Iterator[str]:
        for name in ("least", "most"):
            value = question.settings.get(name, "0")
            if not isinstance(value, str) or not self.bound.fullmatch(value):
                yield f"«{name}» må være {self.bound_is}"
        fewest, most = self.allowed_decimals
        decimals = question.settings.get("decimals", self.usual_decimals)
        if type(decimals) is not int or not fewest <= decimals <= most:
            yield f"«decimals» må være et helt tall fra {fewest} til {most}"

    def _decimals(self, question: Question) -> int:
        return int(question.settings.get("decimals", self.usual_decimals))

    def _number(self, line: str, question: Question, language: Language) -> Decimal:
        try:
            number = read_decimal(self.bare(line))
        except NotANumber:
            raise bad(self.unreadable, question, language) from None
        if decimals_in(number) > self._decimals(question):
            raise bad("too_many_decimals", question, language, limit=self._decimals(question))
        return number

    def _require_within(self, number: Decimal, question: Question, language: Language) -> None:
        least, most = (
            Decimal(question.settings.get(name, usual))
            for name, usual in zip(("least", "most"), self.usual_bounds, strict=True)
        )
        if number < least:
            raise bad("too_low", question, language, limit=self.said(least, language))
        if number > most:
            raise bad("too_high", question, language, limit=self.said(most, language))
