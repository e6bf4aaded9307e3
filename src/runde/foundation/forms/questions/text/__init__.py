"""One line of text. Settings: `longest` (characters, default 200)."""

from __future__ import annotations

from collections.abc import Iterator

from runde.engine.reference.api import Language

from ...domain.question import Json, Question, QuestionType, Raw
from ...domain.raw import as_line
from ...domain.sentences import bad
from ...domain.typing_in import tidy_line

LONGEST = 200


class Text(QuestionType):
    name = "text"
    settings = frozenset({"longest"})
    fact_types = frozenset({"text"})
    longest = LONGEST
    takes_over = frozenset({"long_text"})

    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        text, limit = self.tidy(as_line(raw)), question.settings.get("longest", self.longest)
        if len(text) > limit:
            raise bad("too_long", question, language, found=len(text), limit=limit)
        return text or None

    def tidy(self, text: str) -> str:
        return tidy_line(text)

    def written(self, value: Json, question: Question) -> Raw:
        return str(value)

    def shown(self, value: Json, question: Question, language: Language) -> str:
        return str(value)

    def problems(self, question: Question) -> Iterator[str]:
        longest = question.settings.get("longest", self.longest)
        if type(longest) is not int or longest < 1:
            yield "«longest» må være et helt tall over 0"
