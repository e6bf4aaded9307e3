"""What a decision does to the one before it, and what it rests on beside the case: as frozen, and as told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from runde.engine.reference.api import Language, amount_text, date_text

from .words import words

NOTHING = Decimal(0)
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Change:
    """Beside the outcome itself. `told` is the key of its sentence.

    `before_*` speak of the decision it replaces. `document` is the budget decision, `share` what everybody gets of
    their amount, as "3/5", `expected_date` the day the budget decision was expected. `lowest_nok` is the lowest amount
    given out when many were cut together.
    """

    told: str
    before_nok: Decimal | None = None
    before_date: date | None = None
    before_outcome: str = ""
    source_id: UUID | None = None
    source_name: str = ""
    document: str = ""
    share: str = ""
    left_over: int = 0
    lowest_nok: Decimal = NOTHING
    expected_date: date | None = None
    reserve_rank: int | None = None
    reserve_nok: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """The body that decided, when, and where it is written."""

    body: str
    meeting_date: date
    agenda_reference: str
    protocol: str


def replaced_by_hand(before_nok: Decimal, amount_nok: Decimal, outcome: str) -> str:
    """The sentence about a new decision in one case: more, less, or something else."""
    if outcome != "granted" or not before_nok or before_nok == amount_nok:
        return "replaced"
    return "raised" if amount_nok > before_nok else "lowered"


def change_sentences(snapshot: Mapping[str, Any], language: Language) -> tuple[str, ...]:
    """What the letter tells of it, in the order it is read; nothing for a first decision by the usual way."""
    return tuple(_sentences(snapshot, language))


def _sentences(snapshot: Mapping[str, Any], language: Language) -> Iterator[str]:
    change, amount = snapshot.get("change"), Decimal(snapshot["outcome"]["amount_nok"])
    if change:
        yield words(f"change_{change['told']}", language, **_slots(change, amount, language))
        if change["told"] == "scaled" or change["left_over"]:
            yield words("change_rule", language)
    board = snapshot.get("board")
    if board:
        day = date_text(date.fromisoformat(board["meeting_date"]), language)
        yield words("change_board", language, body=board["body"], date=day, protocol=board["protocol"])


def fields_told(change: Change, amount_nok: Decimal, language: Language) -> dict[str, str]:
    """What the texts of conditional and topped up letters have places for."""
    if change.told == "conditional":
        day = change.expected_date
        told = words("change_expected", language, date=date_text(day, language)) if day else ""
        return {"condition": told or words("change_expected_later", language)}
    if change.told == "topped_up":
        before = change.before_nok or NOTHING
        return {
            "before": amount_text(before, language),
            "more": amount_text(amount_nok - before, language),
        }
    return {}


def _slots(change: Mapping[str, Any], amount_nok: Decimal, language: Language) -> dict[str, str]:
    before = Decimal(change["before_nok"] or 0)
    day = change["before_date"]
    return {
        "amount": amount_text(amount_nok, language),
        "before": amount_text(before, language),
        "difference": amount_text(abs(amount_nok - before), language),
        "date": date_text(date.fromisoformat(day), language) if day else "",
        "source": change["source_name"],
        "document": change["document"],
        "percent": percent_text(change["share"]),
        "lowest": amount_text(Decimal(change["lowest_nok"]), language),
        "rank": str(change["reserve_rank"]),
        "reserve": amount_text(Decimal(change["reserve_nok"] or 0), language),
    }


def percent_text(share: str) -> str:
    """ "3/5" as "60", "20/23" as "87,0": with a decimal only when it is not whole."""
    over, _, under = (share or "1").partition("/")
    percent = Decimal(over) * 100 / Decimal(under or 1)
    if percent == percent.to_integral_value():
        return str(int(percent))
    return str(percent.quantize(TENTH, ROUND_HALF_UP)).replace(".", ",")
