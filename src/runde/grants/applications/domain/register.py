"""What the register says of an applicant, as questions and conditions meet it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from runde.foundation.forms.api import Question

from .values import REGISTER_FACTS, from_plain

Plain = Mapping[str, Mapping[str, Any]]
"""Register facts as stored: see `values.to_plain`."""


@dataclass(frozen=True, slots=True)
class FactChange:
    """A register fact that is another now than when the applicant was shown it; None where nothing is known."""

    fact: str
    was: Any
    now: Any


def known_facts(plain: Plain) -> dict[str, Any]:
    """The facts the register knows, by the names rules and conditions use, as Python values."""
    return {name: one.value for name, one in from_plain(plain).items() if one.value is not None}


def still_asked(questions: Iterable[Question], known: Collection[str]) -> tuple[Question, ...]:
    """The questions to ask: not those about a fact the register knows already."""
    return tuple(one for one in questions if one.slug not in REGISTER_FACTS or one.slug not in known)


def changes_between(seen: Plain, now: Plain) -> tuple[FactChange, ...]:
    """Every fact with another value, by name."""
    was_known, is_known = from_plain(seen), from_plain(now)
    names = sorted(was_known.keys() | is_known.keys())
    pairs = [
        (
            name,
            was_known[name].value if name in was_known else None,
            is_known[name].value if name in is_known else None,
        )
        for name in names
    ]
    return tuple(FactChange(name, was, now) for name, was, now in pairs if was != now)
