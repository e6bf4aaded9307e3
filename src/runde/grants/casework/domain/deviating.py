"""Why somebody goes another way than a criterion says, or than like cases went: codes to count, words to weigh."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from runde.grants.precedents.api import Departure, Missed

from .lines import Line
from .reasons import get_reason

LIST = Path(__file__).with_name("deviating.json")


@dataclass(frozen=True, slots=True)
class Why:
    """A coded reason with its label by language (nb, nn, en)."""

    code: str
    label: Mapping[str, str]


def list_deviation_reasons() -> tuple[Why, ...]:
    return _listed("deviations")


def list_departure_reasons() -> tuple[Why, ...]:
    return _listed("departures")


def get_why(code: str) -> Why:
    """Either kind, by its code. Raises LookupError."""
    for one in (*list_deviation_reasons(), *list_departure_reasons()):
        if one.code == code:
            return one
    raise LookupError(code)


def is_weighed(line: Line) -> bool:
    """Whether an officer has weighed the case by hand; a ranking has its own reasons, the same for all."""
    return get_reason(line.reason_code).by_hand


def deviated_from(line: Line, missed: Sequence[Missed]) -> tuple[Missed, ...]:
    """The criteria a grant goes past: those that are not met, and those nobody can tell of."""
    return tuple(missed) if line.outcome == "granted" and is_weighed(line) else ()


def kept_deviations(line: Line, missed: Sequence[Missed]) -> list[dict[str, Any]]:
    """The reasons that are about criteria in fact deviated from, as they are stored."""
    about = {one.slug for one in deviated_from(line, missed)}
    return [
        {"criterion": one.criterion, "code": one.code, "words": one.words.strip()}
        for one in line.deviations
        if one.criterion in about
    ]


def deviation_problems(line: Line, missed: Sequence[Missed]) -> dict[str, str]:
    """By criterion, what must be said before it can be deviated from; nothing when all is said."""
    said = {one.criterion: one for one in line.deviations}
    found = {}
    for one in deviated_from(line, missed):
        given = said.get(one.slug)
        if given is None or given.code not in _codes("deviations"):
            found[one.slug] = f"Velg hvorfor dere går forbi kravet «{one.label}»."
        elif not given.words.strip():
            found[one.slug] = f"Skriv med egne ord hvorfor dere går forbi kravet «{one.label}»."
    return found


def departure_problem(line: Line, departure: Departure | None) -> str | None:
    """What must be said before like cases can be departed from."""
    if departure is None:
        return None
    if line.departure_code not in _codes("departures"):
        return f"{departure.sentence} Velg hvorfor denne saken blir avgjort annerledes."
    if not line.departure_words.strip():
        return f"{departure.sentence} Skriv med egne ord hvorfor denne saken blir avgjort annerledes."
    return None


def _codes(kind: str) -> set[str]:
    return {one.code for one in _listed(kind)}


@cache
def _listed(kind: str) -> tuple[Why, ...]:
    rows = json.loads(LIST.read_text(encoding="utf-8"))[kind]
    return tuple(Why(row["code"], row["label"]) for row in rows)
