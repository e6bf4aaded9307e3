"""A Norwegian account number, kept as eleven digits."""

from __future__ import annotations

import re

from runde.engine.reference.api import Language, format_account, is_valid_account

from ...domain.question import Json, Question, QuestionType, Raw
from ...domain.raw import as_line
from ...domain.sentences import bad
from ...domain.typing_in import compact


class AccountNumber(QuestionType):
    name = "account_number"
    fact_types = frozenset({"text"})

    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        digits = re.sub(r"[\s.\-]", "", compact(as_line(raw)[:200]))
        if not digits:
            return None
        if not re.fullmatch(r"[0-9]{11}", digits):
            raise bad("account_digits", question, language)
        if not is_valid_account(digits):
            raise bad("account_check", question, language)
        return digits

    def written(self, value: Json, question: Question) -> Raw:
        return format_account(str(value))

    def shown(self, value: Json, question: Question, language: Language) -> str:
        return format_account(str(value))
