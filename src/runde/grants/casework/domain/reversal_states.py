"""Changing a decision on the municipality's own initiative: what may be done, and when. Pure. forvaltningsloven § 35.

A change that does the party no harm may always be made. One to the party's harm may be made only while the party has
not been told, when the decision is invalid, or when the decision itself reserved it; the party is told beforehand
(§ 16) and may comment.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from .states import NOTHING_YET, State, Step, Table, UnknownStep


class ReversalState(StrEnum):
    OPENED = "opened"
    NOTIFIED = "notified"
    READY = "ready"
    PROPOSED = "proposed"
    ENDED = "ended"


class ReversalEvent(StrEnum):
    OPEN = "open"
    OPEN_HARMFUL = "open_harmful"
    NOTIFY = "notify"
    COMMENT = "comment"
    GO_ON = "go_on"
    PROPOSE = "propose"
    RETURNED = "returned"
    DECIDED = "decided"
    DROP = "drop"


class Ground(StrEnum):
    """Why the decision may be changed without an appeal."""

    NO_HARM = "no_harm"
    NOT_TOLD = "not_told"
    INVALID = "invalid"
    RESERVED = "reserved"


GROUND_WORDS: dict[Ground, str] = {
    Ground.NO_HARM: "Endringen er ikke til skade for søkeren",
    Ground.NOT_TOLD: "Søkeren har ikke fått vite om vedtaket ennå",
    Ground.INVALID: "Vedtaket er ugyldig",
    Ground.RESERVED: "Vedtaket sier selv at det kan endres",
}


S, E = ReversalState, ReversalEvent
PARTY, OFFICER, APPROVER = "casework.commit", "casework.correspond", "casework.approve"
STANDS = "Vedtaket blir stående som det er."

STATES: tuple[State, ...] = (
    State("reversal", S.OPENED, "Søkeren må varsles", "Vedtak er fattet", "stopped"),
    State("reversal", S.NOTIFIED, "Venter på søkerens uttalelse", "Vi trenger svar fra deg", "stopped"),
    State("reversal", S.READY, "Nytt vedtak kan foreslås", "Vedtak er fattet", "stopped"),
    State("reversal", S.PROPOSED, "Nytt vedtak til godkjenning", "Vedtak er fattet", "stopped"),
    State("reversal", S.ENDED, "Ferdig", "Vedtak er fattet", "stopped", ends=True),
)
STEPS: tuple[Step, ...] = (
    Step(
        "reversal",
        E.OPEN_HARMFUL,
        (NOTHING_YET,),
        S.OPENED,
        OFFICER,
        ("Søkeren må varsles før noe kan endres.",),
    ),
    Step("reversal", E.OPEN, (NOTHING_YET,), S.READY, OFFICER, ("Et nytt vedtak kan foreslås.",)),
    Step(
        "reversal",
        E.NOTIFY,
        (S.OPENED,),
        S.NOTIFIED,
        OFFICER,
        (
            "Søkeren får brev og e-post om at vedtaket kan bli endret, og hvorfor.",
            "Søkeren kan uttale seg innen fristen. Før det kan ikke nytt vedtak foreslås.",
        ),
        "Du kan la vedtaket stå.",
    ),
    Step("reversal", E.COMMENT, (S.NOTIFIED,), S.READY, PARTY, ("Kommunen vurderer det du har skrevet.",)),
    Step("reversal", E.GO_ON, (S.NOTIFIED,), S.READY, OFFICER, ("Fristen er ute. Kommunen kan gå videre.",)),
    Step(
        "reversal",
        E.PROPOSE,
        (S.READY,),
        S.PROPOSED,
        OFFICER,
        (
            "Forslaget til nytt vedtak går til godkjenning.",
            "Vedtaket som står, gjelder til det nye er godkjent.",
        ),
        "Den som godkjenner, kan sende forslaget tilbake.",
    ),
    Step("reversal", E.RETURNED, (S.PROPOSED,), S.READY, APPROVER, ("Vedtaket som står, gjelder fortsatt.",)),
    Step(
        "reversal",
        E.DECIDED,
        (S.PROPOSED,),
        S.ENDED,
        APPROVER,
        ("Det nye vedtaket gjelder.", "Søkeren får nytt vedtaksbrev og kan klage."),
        "Dette kan ikke gjøres om.",
    ),
    Step("reversal", E.DROP, (S.OPENED, S.NOTIFIED, S.READY), S.ENDED, OFFICER, (STANDS,)),
)
REVERSALS = Table(STATES, STEPS)
REVERSAL_LABELS: dict[str, str] = {str(one.name): one.officer for one in STATES}


def opening(ground: Ground) -> ReversalEvent:
    """What harms the party begins with telling them."""
    return ReversalEvent.OPEN if ground is Ground.NO_HARM else ReversalEvent.OPEN_HARMFUL


def find_after(state: str, event: ReversalEvent) -> ReversalState | None:
    """The state the event leads to; None when it cannot happen there."""
    try:
        return ReversalState(REVERSALS.after("reversal", event, state))
    except UnknownStep:
        return None


def is_harm(before_nok: Decimal, after_nok: Decimal) -> bool:
    """Whether the party is worse off. A refusal is nothing."""
    return after_nok < before_nok


def may_rest_on(ground: Ground, *, is_told: bool) -> bool:
    """Whether the ground holds: that the party has not been told is a fact, the others are for people to say."""
    return ground is not Ground.NOT_TOLD or not is_told
