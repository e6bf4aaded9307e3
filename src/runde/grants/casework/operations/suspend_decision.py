"""Waiting with carrying a decision out until the appeal is settled (forvaltningsloven § 42)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.people.api import Actor

from ..domain.appeal_states import OVER
from ..errors import NotWaiting
from ..models import Appeal, Suspension
from .appealing import hold_for_officer, hold_for_party, write_step
from .following import journal, said
from .telling_of_appeals import tell_of_step


def ask_suspension(*, appeal_id: UUID, by: Actor, at: datetime) -> Suspension:
    """The party asks the municipality to wait; once for each appeal. Raises NotWaiting, NotAllowed."""
    with transaction.atomic():
        appeal = hold_for_party(appeal_id, by)
        _refuse_over(appeal)
        if Suspension.objects.filter(appeal=appeal).exists():
            raise NotWaiting("Dere har allerede bedt om at vi venter.")
        made = Suspension.objects.create(appeal=appeal, asked_by=by.person_id, asked_at=at)
        write_step(appeal, "ask_wait", by=by, at=at)
        journal("casework.appeal_wait_asked", appeal.decision.case_id, by.person_id, at, appeal=appeal.id)
    return made


def answer_suspension(
    *, appeal_id: UUID, is_granted: bool, reason: str, by: Actor, at: datetime
) -> Suspension:
    """Wait, or not, and say why. While it waits nothing is paid on the decision; others are not touched.

    An officer may also decide to wait without having been asked. Raises Unsaid, NotWaiting, TookPart.
    """
    with transaction.atomic():
        appeal = hold_for_officer(appeal_id, by)
        _refuse_over(appeal)
        made, _ = Suspension.objects.get_or_create(
            appeal=appeal, defaults={"asked_by": by.person_id, "asked_at": at}
        )
        if made.answered_at is not None:
            raise NotWaiting("Søkeren har allerede fått svar på om dere venter.")
        made.reason = said(
            reason, if_empty="Skriv hvorfor dere venter eller ikke venter med å gjennomføre vedtaket."
        )
        made.is_granted, made.answered_by, made.answered_at = is_granted, by.person_id, at
        made.ended_at = None if is_granted else at
        made.save(update_fields=["reason", "is_granted", "answered_by", "answered_at", "ended_at"])
        word = "granted" if is_granted else "refused"
        step = write_step(appeal, f"wait_{word}", by=by, at=at, words=made.reason)
        journal(f"casework.appeal_wait_{word}", appeal.decision.case_id, by.person_id, at, appeal=appeal.id)
        tell_of_step(appeal, step, f"appeal_wait_{word}", at)
    return made


def _refuse_over(appeal: Appeal) -> None:
    if appeal.state in OVER:
        raise NotWaiting("Klagen er avgjort, så det er ikke noe å vente på.")
