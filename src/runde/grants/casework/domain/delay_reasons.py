"""Why an answer takes longer, as a list kept as data: said in provisional replies, and counted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .words import in_language

LIST = Path(__file__).with_name("delay_reasons.json")


@dataclass(frozen=True, slots=True)
class DelayReason:
    """`label` is for the officer's choice, `because` the sentence the applicant reads; both by language.

    `is_chosen` for those a person chooses among; the system says the others itself. Without
    `because`, own words must be written.
    """

    code: str
    is_chosen: bool
    label: Mapping[str, str]
    because: Mapping[str, str] = field(default_factory=dict)

    @property
    def needs_words(self) -> bool:
        return not self.because


def list_delay_reasons() -> list[DelayReason]:
    """Those a person may choose, in the order of the list."""
    return [one for one in _by_code().values() if one.is_chosen]


def find_delay_reason(code: str) -> DelayReason | None:
    return _by_code().get(code)


def why_later(code: str, own_words: str, language: str) -> str:
    """What the applicant reads: the sentence of the code, then the officer's own words."""
    because = _by_code()[code].because
    sentence = in_language(because, language) if because else ""
    return " ".join(part for part in (sentence, own_words.strip()) if part)


def own_reason(state: str, *, money_decided: bool) -> str:
    """The reason the system itself can see, when nobody has said another."""
    if state == "proposed":
        return "being_approved"
    return "in_turn" if money_decided else "money_not_decided"


@cache
def _by_code() -> dict[str, DelayReason]:
    rows = json.loads(LIST.read_text(encoding="utf-8"))["reasons"]
    return {row["code"]: DelayReason(**row) for row in rows}
