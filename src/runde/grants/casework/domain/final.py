"""Decisions that carry out the appeal body's word: nobody can appeal against them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from runde.engine.typeset.api import BodyWord

from .reasons import get_reason

FINAL_CODES = frozenset({"body_granted", "body_refused"})
"""The reasons of decisions that do what the appeal body decided, and nothing else."""


@dataclass(frozen=True, slots=True)
class Final:
    """The appeal body's decision that is carried out, as frozen: its day, and where it is written."""

    decided_date: date
    reference: str


def is_final(reason_code: str) -> bool:
    return reason_code in FINAL_CODES


def code_after_body(body_result: str, outcome: str, reason_code: str) -> str:
    """The reason that follows when the body itself has changed the decision; an annulled one is decided anew."""
    if body_result != "changed":
        return reason_code
    return next(code for code in sorted(FINAL_CODES) if get_reason(code).outcome == outcome)


def word_in(snapshot: Mapping[str, Any]) -> BodyWord | None:
    """What the letter tells of it; None for a decision that can be appealed."""
    if not is_final(snapshot["outcome"]["reason_code"]):
        return None
    final = snapshot.get("final")
    if final is None:
        return BodyWord()
    return BodyWord(date.fromisoformat(final["decided_date"]), final["reference"])
