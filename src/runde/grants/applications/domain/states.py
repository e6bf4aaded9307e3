"""What may be done to an application in which state."""

from __future__ import annotations

from enum import StrEnum

from runde.foundation.trust.api import Conflict


class Act(StrEnum):
    SAVE = "save"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"


TRANSITIONS: dict[tuple[str, Act], str] = {
    ("draft", Act.SAVE): "draft",
    ("draft", Act.SUBMIT): "submitted",
    ("draft", Act.WITHDRAW): "withdrawn",
    ("submitted", Act.WITHDRAW): "withdrawn",
}
_WHY_NOT = {
    (
        "submitted",
        Act.SAVE,
    ): "Søknaden er allerede sendt og kan ikke endres. Trekk den hvis du vil begynne på nytt.",
    ("submitted", Act.SUBMIT): "Søknaden er allerede sendt. Du trenger ikke gjøre noe mer.",
    ("withdrawn", Act.SAVE): "Søknaden er trukket. Begynn på en ny hvis du vil søke.",
    ("withdrawn", Act.SUBMIT): "Søknaden er trukket. Begynn på en ny hvis du vil søke.",
    ("withdrawn", Act.WITHDRAW): "Søknaden er allerede trukket.",
}


def state_after(state: str, act: Act) -> str:
    """The state the act leads to. Raises Conflict, saying why not, when it is not allowed now."""
    after = TRANSITIONS.get((state, act))
    if after is None:
        raise Conflict(_WHY_NOT[state, act], state=state, act=act.value)
    return after
