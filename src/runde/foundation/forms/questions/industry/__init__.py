"""An industry, kept as the five-digit code of one edition. Settings: `edition` (default "SN2025").

A code is never read without its edition: another edition in a later form sets the answer aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from runde.engine.reference.api import EDITIONS, Edition, Language, UnknownIndustry, industry

from ...domain.question import Json, Question, QuestionType, Raw
from ...domain.raw import as_line
from ...domain.sentences import bad
from ...domain.typing_in import compact

USUAL_EDITION: Edition = "SN2025"
_CODE = re.compile(r"([0-9]{2})\.?([0-9]{3})(?: .*)?")


class IndustryQuestion(QuestionType):
    name = "industry"
    settings = frozenset({"edition"})
    fact_types = frozenset({"text"})
    empty = "choose"

    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        line = compact(as_line(raw)[:300])
        if not line:
            return None
        found = _CODE.fullmatch(line)
        try:
            return industry(f"{found[1]}.{found[2]}" if found else line, edition_of(question)).code
        except UnknownIndustry:
            raise bad("unknown_industry", question, language) from None

    def written(self, value: Json, question: Question) -> Raw:
        return str(value)

    def shown(self, value: Json, question: Question, language: Language) -> str:
        return f"{value} {industry(str(value), edition_of(question)).name}"

    def means_the_same(self, old: Question, new: Question) -> bool:
        return edition_of(old) == edition_of(new)

    def problems(self, question: Question) -> Iterator[str]:
        if question.settings.get("edition", USUAL_EDITION) not in EDITIONS:
            yield f"«edition» må være en av {', '.join(EDITIONS)}"


def edition_of(question: Question) -> Edition:
    edition: Edition = question.settings.get("edition", USUAL_EDITION)
    return edition
