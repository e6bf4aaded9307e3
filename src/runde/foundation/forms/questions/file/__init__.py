"""Files handed in with the form, kept as a list of their ids. What a file is, is judged where it is received.

Settings: `most` (files, default 1) and `kinds`, some of those below (default all of them).
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from runde.engine.reference.api import Language

from ...domain.question import Json, Question, QuestionType, Raw, Texts, chosen
from ...domain.raw import as_list
from ...domain.sentences import bad

KINDS = ("pdf", "image", "document", "spreadsheet")
USUAL_MOST = 1
ONE: Texts = {"nb": "1 fil", "nn": "1 fil", "en": "1 file"}
SEVERAL: Texts = {"nb": "{count} filer", "nn": "{count} filer", "en": "{count} files"}


class File(QuestionType):
    name = "file"
    settings = frozenset({"most", "kinds"})
    empty = "attach"

    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        ids = as_list(raw)
        if not all(_is_id(one) for one in ids):
            raise bad("unknown_file", question, language)
        most = question.settings.get("most", USUAL_MOST)
        if len(ids) > most:
            raise bad("too_many_files", question, language, limit=most)
        return ids or None

    def written(self, value: Json, question: Question) -> Raw:
        return _ids(value)

    def shown(self, value: Json, question: Question, language: Language) -> str:
        count = len(_ids(value))
        return chosen(ONE if count == 1 else SEVERAL, language).format(count=count)

    def problems(self, question: Question) -> Iterator[str]:
        most = question.settings.get("most", USUAL_MOST)
        if type(most) is not int or most < 1:
            yield "«most» må være et helt tall over 0"
        kinds = question.settings.get("kinds", list(KINDS))
        if not isinstance(kinds, list) or not kinds or not all(one in KINDS for one in kinds):
            yield f"«kinds» må være en liste med noen av {', '.join(KINDS)}"


def _ids(value: Json) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
