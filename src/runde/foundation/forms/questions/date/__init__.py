"""A day, kept as ISO text. Settings, as ISO text: `earliest`, `latest`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from runde.engine.reference.api import Language, date_text

from ...domain.question import Json, Question, QuestionType, Raw
from ...domain.raw import as_line
from ...domain.sentences import bad
from ...domain.typing_in import compact

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january jan", "februar february feb", "mars march mar", "april apr", "mai may",
            "juni june jun", "juli july jul", "august aug", "september sep sept", "oktober october okt oct",
            "november nov", "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_NUMBERS = re.compile(r"([0-9]{1,2})[ ./-]+([0-9]{1,2})[ ./-]+([0-9]{4})")
_WORDS = re.compile(r"([0-9]{1,2})\.? ?([a-z]+)\.? ([0-9]{4})")


class Day(QuestionType):
    name = "date"
    settings = frozenset({"earliest", "latest"})
    fact_types = frozenset({"date"})

    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        line = compact(as_line(raw)[:200])
        if not line:
            return None
        day = read_day(line)
        if day is None:
            raise bad("not_date", question, language)
        self._require_within(day, question, language)
        return day.isoformat()

    def written(self, value: Json, question: Question) -> Raw:
        day = self.typed(value)
        return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"

    def typed(self, value: Json) -> date:
        return date.fromisoformat(str(value))

    def shown(self, value: Json, question: Question, language: Language) -> str:
        return date_text(self.typed(value), language)

    def problems(self, question: Question) -> Iterator[str]:
        for name in ("earliest", "latest"):
            value = question.settings.get(name)
            if value is not None and (
                not isinstance(value, str) or not _ISO.fullmatch(value) or not read_day(value)
            ):
                yield f"«{name}» må være en dato, åååå-mm-dd"

    def _require_within(self, day: date, question: Question, language: Language) -> None:
        earliest, latest = question.settings.get("earliest"), question.settings.get("latest")
        if earliest and day < date.fromisoformat(earliest):
            raise bad(
                "too_early", question, language, limit=date_text(date.fromisoformat(earliest), language)
            )
        if latest and day > date.fromisoformat(latest):
            raise bad("too_late", question, language, limit=date_text(date.fromisoformat(latest), language))


def read_day(text: str) -> date | None:
    """The day a Norwegian means: `14.12.2026`, `14. desember 2026`, `2026-12-14`; None for anything else."""
    if found := _ISO.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := _NUMBERS.fullmatch(text):
        return _day(found[3], found[2], found[1])
    if (found := _WORDS.fullmatch(text)) and found[2] in _MONTHS:
        return _day(found[3], str(_MONTHS[found[2]]), found[1])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
