"""Where a case stands, seen by the applicant, and who must act next. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    RECEIVED = "received"
    WAITING_FOR_APPLICANT = "waiting_for_applicant"
    BEING_APPROVED = "being_approved"
    WITHDRAWN = "withdrawn"
    ANSWERED = "answered"
    REFUSED = "refused"
    TO_ACCEPT = "to_accept"
    DECLINED = "declined"
    LAPSED = "lapsed"
    GRANTED = "granted"
    PAYING = "paying"
    PAID = "paid"


class NextActor(StrEnum):
    APPLICANT = "applicant"
    MUNICIPALITY = "municipality"
    BANK = "bank"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Known:
    """What decides the stage. `outcome` empty before a decision, `answer` before it is accepted or not."""

    case_state: str
    has_open_request: bool = False
    outcome: str = ""
    is_shown: bool = True
    needs_acceptance: bool = False
    answer: str = ""
    money: str = ""


NEXT = {
    Stage.RECEIVED: NextActor.MUNICIPALITY,
    Stage.WAITING_FOR_APPLICANT: NextActor.APPLICANT,
    Stage.BEING_APPROVED: NextActor.MUNICIPALITY,
    Stage.ANSWERED: NextActor.APPLICANT,
    Stage.TO_ACCEPT: NextActor.APPLICANT,
    Stage.GRANTED: NextActor.MUNICIPALITY,
    Stage.PAYING: NextActor.BANK,
}
PAYING = {"sealed": Stage.PAYING, "sent": Stage.PAID}


def stage_of(known: Known) -> Stage:
    """The one word for where the case stands."""
    if known.case_state == "withdrawn":
        return Stage.WITHDRAWN
    if not known.outcome:
        if known.has_open_request:
            return Stage.WAITING_FOR_APPLICANT
        return Stage.BEING_APPROVED if known.case_state == "proposed" else Stage.RECEIVED
    if not known.is_shown:
        return Stage.ANSWERED
    return _of_decided(known)


def next_actor(stage: Stage) -> NextActor:
    return NEXT.get(stage, NextActor.NOBODY)


def _of_decided(known: Known) -> Stage:
    if known.outcome == "refused":
        return Stage.REFUSED
    if known.answer in ("declined", "lapsed"):
        return Stage(known.answer)
    if known.needs_acceptance and not known.answer:
        return Stage.TO_ACCEPT
    return PAYING.get(known.money, Stage.GRANTED)
