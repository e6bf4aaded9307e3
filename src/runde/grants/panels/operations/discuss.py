from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise, may
from runde.foundation.trust.api import NotFound, Refused
from runde.grants.casework.api import HasInterest

from ..models import Discussion, Panel, PanelCase
from ..queries.assessing import word_of
from ..queries.panels import lock_panel
from ..queries.sheets import refuse_blind
from .leading import authorise_leader
from .score import refuse_if_proposed

LONGEST = 4000
ORE = Decimal("0.01")


def note_discussion(*, panel_id: UUID, case_id: UUID, text: str, by: Actor, at: datetime) -> Discussion:
    """Write what the panel came to about a case. Leader or assessor, without an interest in it.

    Raises NotAllowed, HasInterest, StillBlind, Refused.
    """
    words = text.strip()
    if not words or len(words) > LONGEST:
        raise Refused("Skriv hva panelet kom fram til, med høyst 4000 tegn.")
    with transaction.atomic():
        panel = lock_panel(panel_id)
        _authorise_member(panel, by)
        refuse_blind(panel)
        found = _panel_case(panel, case_id)
        if word_of(by.person_id, case_id) is False:
            raise HasInterest("Du har meldt fra om at du ikke kan vurdere denne søknaden.")
        note = Discussion.objects.create(panel_case=found, text=words, written_by=by.person_id, written_at=at)
        record(
            action="panels.discussed",
            subject_kind="panel",
            subject_id=panel.id,
            by=by.person_id,
            at=at,
            case=case_id,
        )
    return note


def set_amount(
    *, panel_id: UUID, case_id: UUID, amount_nok: Decimal, why: str, by: Actor, at: datetime
) -> None:
    """What a case would be granted, where the rules have not calculated it or the panel means something else.

    Raises NotAllowed, LeaderHasInterest, StillBlind, WrongStage, Refused.
    """
    if not amount_nok.is_finite() or amount_nok <= 0 or amount_nok != amount_nok.quantize(ORE):
        raise Refused("Skriv et beløp over 0 kroner, med høyst to desimaler.")
    if not why.strip():
        raise Refused("Skriv hvorfor beløpet skal være dette.")
    with transaction.atomic():
        panel = lock_panel(panel_id)
        authorise_leader(panel, by)
        refuse_blind(panel)
        refuse_if_proposed(panel)
        found = _panel_case(panel, case_id)
        was = found.amount_nok
        found.amount_nok, found.amount_why = amount_nok, why.strip()[:500]
        found.save(update_fields=["amount_nok", "amount_why"])
        record(
            action="panels.amount_set",
            subject_kind="panel",
            subject_id=panel.id,
            by=by.person_id,
            at=at,
            case=case_id,
            was_nok=was,
            is_nok=amount_nok,
            why=found.amount_why,
        )


def _authorise_member(panel: Panel, by: Actor) -> None:
    if may(by, "panels.lead", panel):
        return
    if panel.assessors.filter(person_id=by.person_id, left_at__isnull=True).exists():
        return
    authorise(by, "panels.lead", panel)


def _panel_case(panel: Panel, case_id: UUID) -> PanelCase:
    found = PanelCase.objects.filter(panel=panel, case_id=case_id).first()
    if found is None:
        raise NotFound("Saken er ikke med i panelet. Gå tilbake til rangeringen.")
    return found
