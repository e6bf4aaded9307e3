"""A statement the applicant stands behind by ticking it. The label is the statement, in jeg-form."""

from __future__ import annotations

from runde.engine.reference.api import Language

from ...domain.question import Json, Question, QuestionType, Raw, Texts, chosen
from ...domain.raw import as_line

TICKED = frozenset({"yes", "on", "true", "1", "ja"})
WORDS: Texts = {"nb": "Bekreftet", "nn": "Stadfesta", "en": "Confirmed"}


class Declaration(QuestionType):
    name = "declaration"
    fact_types = frozenset({"boolean"})
    empty = "confirm"

    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        return True if as_line(raw).strip().lower() in TICKED else None

    def written(self, value: Json, question: Question) -> Raw:
        return "yes" if value else ""

    def shown(self, value: Json, question: Question, language: Language) -> str:
        return chosen(WORDS, language)

    def means_the_same(self, old: Question, new: Question) -> bool:
        """Nobody stands behind a statement in other words than those that were ticked."""
        return old.label == new.label
