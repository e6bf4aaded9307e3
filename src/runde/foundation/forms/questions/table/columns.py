"""The columns of a table: each asked as a question of its own in every row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...domain.question import Json, Question, QuestionType
from ..choice import Choice
from ..date import Day
from ..decimal import DecimalNumber
from ..integer import Integer
from ..money import Money
from ..share import Share
from ..text import Text

_ALL: tuple[QuestionType, ...] = (
    Text(), Integer(), DecimalNumber(), Share(), Money(), Choice(), Day(),
)  # fmt: skip
COLUMN_TYPES: Mapping[str, QuestionType] = {one.name: one for one in _ALL}
SUMMED = frozenset({"integer", "decimal", "money"})
OWN = frozenset({"slug", "type", "label", "unit", "required", "errors", "sum"})
MOST_COLUMNS = 12
_SLUG = re.compile(r"[a-z][a-z0-9_]{0,29}")


def columns_of(question: Question) -> tuple[Question, ...]:
    return tuple(_column(one) for one in question.settings["columns"])


def summed_in(question: Question) -> tuple[Question, ...]:
    """The columns with a sum, in order; rules know the first by the table's own name."""
    sums = {one["slug"] for one in question.settings["columns"] if one.get("sum")}
    return tuple(column for column in columns_of(question) if column.slug in sums)


def kind_of(column: Question) -> QuestionType:
    return COLUMN_TYPES[column.type]


def cell_value(column: Question, text: str) -> Json:
    """A cell as its own type keeps it: cells are stored as text, whole numbers too."""
    return int(text) if column.type == "integer" else text


def column_problems(columns: Any) -> Iterator[str]:
    if not isinstance(columns, list) or not 1 <= len(columns) <= MOST_COLUMNS:
        yield f"«columns» må være en liste med 1–{MOST_COLUMNS} kolonner"
        return
    slugs = [one.get("slug") for one in columns if isinstance(one, dict)]
    if any(slugs.count(slug) > 1 for slug in slugs):
        yield "to kolonner har samme «slug»"
    for number, one in enumerate(columns, start=1):
        yield from (f"kolonne {number}: {problem}" for problem in _problems_in(one))


def _problems_in(column: Any) -> Iterator[str]:
    if not isinstance(column, dict) or not _is_slug(column.get("slug")):
        yield "«slug» må være små bokstaver a–z, tall og understrek"
        return
    kind = COLUMN_TYPES.get(str(column.get("type")))
    if kind is None:
        yield f"«type» må være en av {', '.join(COLUMN_TYPES)}"
        return
    if not _is_texts(column.get("label")) or not _is_texts(column.get("unit", {"nb": "-"})):
        yield "«label» eller «unit» mangler tekst på bokmål"
        return
    for name in sorted(str(name) for name in column if name not in OWN | kind.settings):
        yield f"«{name}» finnes ikke"
    if not all(isinstance(column.get(name, False), bool) for name in ("required", "sum")):
        yield "«required» og «sum» må være true eller false"
    elif column.get("sum") and kind.name not in SUMMED:
        yield "bare tall og beløp kan summeres"
    if "errors" in column:
        yield "en kolonne bruker de vanlige feiltekstene, uten «errors»"
    yield from kind.problems(_column(column))


def _column(data: Mapping[str, Any]) -> Question:
    return Question(
        slug=data["slug"],
        type=data["type"],
        label=data["label"],
        unit=data.get("unit", {}),
        required=data.get("required", True),
        settings={name: value for name, value in data.items() if name not in OWN},
    )


def _is_slug(value: Any) -> bool:
    return isinstance(value, str) and _SLUG.fullmatch(value) is not None


def _is_texts(value: Any) -> bool:
    fine = isinstance(value, dict) and all(isinstance(text, str) for text in value.values())
    return fine and bool(value.get("nb", "").strip())
