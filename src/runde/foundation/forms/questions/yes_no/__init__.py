"""Yes or no."""

from __future__ import annotations

from runde.engine.reference.api import Language

from ...domain.question import Json, Question, QuestionType, Raw
from ...domain.raw import as_line
from ...domain.sentences import bad

YES = frozenset({"yes", "ja", "true"})
NO = frozenset({"no", "nei", "false"})
WORDS: dict[Language, tuple[str, str]] = {"nb": ("Ja", "Nei"), "nn": ("Ja", "Nei"), "en": ("Yes", "No")}


class YesNo(QuestionType):
    name = "yes_no"
    fact_types = frozenset({"boolean"})
    empty = "choose"

    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        word = as_line(raw).strip().lower()
        if not word:
            return None
        if word not in YES | NO:
            raise bad("unknown_choice", question, language)
        return word in YES

    def written(self, value: Json, question: Question) -> Raw:
        return "yes" if value else "no"

    def shown(self, value: Json, question: Question, language: Language) -> str:
        return WORDS[language][not value]
