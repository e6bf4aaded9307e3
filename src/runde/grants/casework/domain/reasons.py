"""The coded reasons: a list kept as data, so that reasons can be counted, compared and translated."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("reasons.json")


@dataclass(frozen=True, slots=True)
class Reason:
    """`label` is for the officer's choice, `sentence` for the letter; both by language (nb, nn, en).

    Not `by_hand`: it follows from something else than an officer's weighing of one case, such as a ranking.
    """

    code: str
    outcome: str
    lanes: frozenset[str]
    needs_words: bool
    label: Mapping[str, str]
    sentence: Mapping[str, str]
    by_hand: bool = True


class UnknownReason(LookupError):
    """No reason with this code."""


def get_reason(code: str) -> Reason:
    """Raises UnknownReason."""
    try:
        return _by_code()[code]
    except KeyError:
        raise UnknownReason(code) from None


def list_reasons(outcome: str, lane: str) -> list[Reason]:
    """The reasons an officer may choose for an outcome in a lane, in the order of the list."""
    fitting = (one for one in _by_code().values() if one.outcome == outcome and lane in one.lanes)
    return [one for one in fitting if one.by_hand]


@cache
def _by_code() -> dict[str, Reason]:
    rows = json.loads(LIST.read_text(encoding="utf-8"))["reasons"]
    return {row["code"]: Reason(**{**row, "lanes": frozenset(row["lanes"])}) for row in rows}
