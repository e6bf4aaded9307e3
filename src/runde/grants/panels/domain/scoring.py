"""One assessor's sheet for one case: points with words for each criterion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .criteria import Criterion, Scale

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Score:
    """`points` None: not given yet, as in a draft."""

    key: str
    points: int | None
    words: str = ""


def scores_from(rows: Iterable[Mapping[str, Any]]) -> tuple[Score, ...]:
    return tuple(Score(str(row["key"]), row["points"], str(row["words"])) for row in rows)


def as_rows(scores: Iterable[Score]) -> list[dict[str, Any]]:
    return [{"key": one.key, "points": one.points, "words": one.words.strip()} for one in scores]


def problems_with(
    scores: Sequence[Score], criteria: Sequence[Criterion], scale: Scale
) -> dict[tuple[str, str], str]:
    """(criterion key, "points" or "words") to a sentence; empty when the sheet can be handed in."""
    given = {one.key: one for one in scores}
    problems: dict[tuple[str, str], str] = {}
    for criterion in criteria:
        score = given.get(criterion.key, Score(criterion.key, None))
        name = criterion.label
        if score.points is None or score.points not in scale.points:
            problems[criterion.key, "points"] = f"Velg hvor mange poeng du gir for «{name}»."
        if not score.words.strip():
            problems[criterion.key, "words"] = f"Skriv hvorfor du gir disse poengene for «{name}»."
        elif len(score.words) > LONGEST:
            problems[criterion.key, "words"] = f"Begrunnelsen for «{name}» kan ha høyst {LONGEST} tegn."
    return problems
