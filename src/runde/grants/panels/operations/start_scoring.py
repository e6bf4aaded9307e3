from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.notices.api import queue_notices
from runde.foundation.people.api import Actor
from runde.grants.casework.api import Case, Lane, list_cases
from runde.grants.schemes.api import Call

from ..errors import NotReady, WrongStage
from ..models import Panel, PanelCase
from ..queries.panels import active_assessors, lock_panel
from .assigning import give_out
from .leading import authorise_leader
from .telling import started

FEWEST = 2
"""A panel is several."""


def start_scoring(*, panel_id: UUID, by: Actor, at: datetime) -> Panel:
    """Take in the call's open cases, give them to the assessors and tell them.

    Cases that the rules refuse stay outside. Raises NotAllowed, LeaderHasInterest, WrongStage, and NotReady while the
    call is open, with fewer than two assessors, or without cases.
    """
    with transaction.atomic():
        panel = lock_panel(panel_id)
        authorise_leader(panel, by)
        if panel.state != Panel.State.PREPARING:
            raise WrongStage("Vurderingen har allerede begynt. Last siden på nytt.")
        why_not = not_ready(panel, at)
        if why_not:
            raise NotReady(why_not)
        _take_in(panel)
        authorise_leader(panel, by)
        panel.state, panel.started_at = Panel.State.SCORING, at
        panel.save(update_fields=["state", "started_at"])
        give_out(panel)
        cases = panel.cases.count()
        record(
            action="panels.started",
            subject_kind="panel",
            subject_id=panel.id,
            by=by.person_id,
            at=at,
            cases=cases,
        )
        queue_notices(started(panel, active_assessors(panel)), at=at)
    return panel


def not_ready(panel: Panel, at: datetime) -> str:
    """What must be in place first, as a sentence; empty when the scoring can start."""
    people = len(active_assessors(panel))
    if people < max(FEWEST, panel.per_case or 0):
        wanted = max(FEWEST, panel.per_case or 0)
        return f"Inviter minst {wanted} til å vurdere. Nå er det {people}."
    if at < last_moment(panel.call):
        return "Søknadsfristen er ikke ute. Alle søknadene må være inne før de kan rangeres."
    if not rankable(panel.call_id):
        return "Ingen søknader er klare til å vurderes ennå."
    return ""


def last_moment(call: Call) -> datetime:
    """Until then applications may still come."""
    return call.closes_at + timedelta(minutes=call.grace_minutes)


def rankable(call_id: UUID) -> list[Case]:
    """Open cases that the rules do not refuse."""
    return [one for one in list_cases(call_id, state=Case.State.OPEN) if one.lane != Lane.RED]


def _take_in(panel: Panel) -> None:
    PanelCase.objects.bulk_create(
        PanelCase(panel=panel, case=case, amount_nok=case.recommended_nok or None)
        for case in rankable(panel.call_id)
    )
