"""Where a call stands, in words."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from runde.engine.reference.api import moment_text
from runde.grants.schemes.api import Call, Phase, call_phase, grace_ends_at, scheme_name
from runde.web.components.tables import Cell

TAGS: dict[Phase, tuple[str, str]] = {
    Phase.DRAFT: ("Kladd", "plain"),
    Phase.NOT_OPEN: ("Ikke åpnet", "info"),
    Phase.OPEN: ("Åpen", "success"),
    Phase.GRACE: ("Siste minutter", "warning"),
    Phase.CLOSED: ("Lukket", "neutral"),
    Phase.WITHDRAWN: ("Trukket", "danger"),
}


def moment(at: datetime) -> str:
    """ "mandag 14. desember 2026 kl. 23.59" """
    return moment_text(timezone.localtime(at))


def call_name(call: Call) -> str:
    return scheme_name(call.scheme_version, "nb")


def state_sentence(call: Call, at: datetime) -> str:
    """What is true of the call now, and until when."""
    match call_phase(call, at):
        case Phase.DRAFT:
            return "Utlysningen er en kladd. Ingen utenfor kommunen ser den."
        case Phase.NOT_OPEN:
            return f"Utlysningen er publisert og åpner {moment(call.opens_at)}."
        case Phase.OPEN:
            kind = "Utlysningen er løpende og tar" if call.kind == Call.Kind.RUNNING else "Utlysningen tar"
            return f"{kind} imot søknader til {moment(call.closes_at)}."
        case Phase.GRACE:
            return f"Fristen er ute. De som har begynt, kan sende inn til {moment(grace_ends_at(call))}."
        case Phase.CLOSED:
            return f"Fristen gikk ut {moment(call.closes_at)}."
        case Phase.WITHDRAWN if call.published_at is None:
            return "Kladden er forkastet. Den ble aldri publisert."
        case Phase.WITHDRAWN:
            return "Utlysningen er trukket. Ingen kan søke."


def state_cell(call: Call, at: datetime) -> Cell:
    phase = call_phase(call, at)
    text, color = TAGS[phase]
    if phase is Phase.WITHDRAWN and call.published_at is None:
        text, color = "Forkastet", "plain"
    return Cell(text, tag_color=color)
