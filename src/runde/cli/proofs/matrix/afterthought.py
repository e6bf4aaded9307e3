"""Leaves what hangs on a case and its appeal: a note, a mark, reasons asked for, money held, a wish to wait."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from runde.foundation.trust.api import fence
from runde.grants.casework.api import (
    Appeal,
    ask_suspension,
    demand_reasons,
    mark_openness,
    set_aside_for_appeal,
    write_note,
)

from ..region import Town


def add_the_rest(town: Town, at: datetime) -> None:
    """When the town is filled: what hangs on the case that was appealed."""
    with fence(town.id):
        officer, by = town.actor("second_officer", at), town.applying(at)
        appeal = Appeal.objects.select_related("decision__case").latest("begun_at")
        case = appeal.decision.case
        note = write_note(case_id=case.id, text=f"{town.mark} noterer.", by=officer, at=at)
        mark_openness(
            case_id=case.id, kind="note", subject_id=str(note.id), is_exempt=False, by=officer, at=at
        )
        demand_reasons(decision_id=appeal.decision_id, by=by, at=at)
        set_aside_for_appeal(appeal_id=appeal.id, amount_nok=Decimal(1_000), by=officer, at=at)
        ask_suspension(appeal_id=appeal.id, by=by, at=at)
