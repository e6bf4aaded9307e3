"""What the appeal body has decided, for the decisions that carry it out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from ..domain.appeal_states import AppealEvent
from ..domain.final import Final, is_final
from ..models import AppealStep, ProposalLine


def finals_for(lines: Sequence[ProposalLine]) -> dict[UUID, Final]:
    """By case, the newest word of the appeal body. One statement when some line carries one out, else none."""
    final = {line.case_id for line in lines if is_final(line.reason_code)}
    if not final:
        return {}
    steps = AppealStep.objects.filter(appeal__decision__case_id__in=final, event=AppealEvent.BODY_CHANGED)
    rows = steps.order_by("at", "number").values_list("appeal__decision__case_id", "facts")
    return {
        case_id: Final(date.fromisoformat(facts["decided_on"]), facts["reference"]) for case_id, facts in rows
    }
