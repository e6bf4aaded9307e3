from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import Happening, record_many
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotAllowed, NotFound

from ..errors import NotWaiting
from ..models import BulkAct, Case
from ..queries.cases import lock_cases
from .bulk import as_columns, interests_in, not_done, told, workable, write_columns

WHY_CHANGED = "Saken er endret etterpå."
WHY_FORMER = "Den som hadde saken før, kan ikke behandle den."


def undo_bulk(*, act_id: UUID, by: Actor, at: datetime) -> BulkAct:
    """Take back what one did to several cases: each gets what it had before, unless somebody has changed it since.

    What could not be taken back is listed in `not_undone`. Raises NotFound, NotAllowed for another's act, and
    NotWaiting when it is undone already.
    """
    authorise(by, "casework.assign")
    with transaction.atomic():
        act = BulkAct.objects.select_for_update().filter(id=act_id).first()
        if act is None:
            raise NotFound("Vi finner ikke det du vil angre. Gå tilbake til lista.")
        if act.done_by != by.person_id:
            raise NotAllowed("Bare den som gjorde det, kan angre det.")
        if act.undone_at is not None:
            raise NotWaiting("Dette er allerede angret.")
        return _undo(act, by, at)


def _undo(act: BulkAct, by: Actor, at: datetime) -> BulkAct:
    stored = {UUID(change["case_id"]): change for change in act.changes}
    cases = lock_cases(stored.keys())
    able, why = workable(cases, by)
    why |= {case.id: WHY_CHANGED for case in able if not _is_as_left(case, stored[case.id]["now"])}
    back = {case.id: as_columns(stored[case.id]["was"]) for case in able if case.id not in why}
    for case_id in _given_to_the_partial([case for case in able if case.id in back], back):
        why[case_id] = WHY_FORMER
        del back[case_id]
    write_columns(back)
    act.undone_at, act.not_undone = at, not_done(cases, why)
    act.save(update_fields=["undone_at", "not_undone"])
    happened = [
        Happening(_action(act), "case", case_id, told(columns) | {"undoes": act.id})
        for case_id, columns in back.items()
    ]
    record_many(happened, by=by.person_id, at=at)
    return act


def _is_as_left(case: Case, now: dict[str, Any]) -> bool:
    return all(getattr(case, name) == value for name, value in as_columns(now).items())


def _given_to_the_partial(cases: Sequence[Case], back: dict[UUID, dict[str, Any]]) -> list[UUID]:
    """Cases that would go back to somebody who has declared an interest in them since."""
    former: set[UUID] = {back[case.id].get("assigned_to") for case in cases} - {None}  # type: ignore[assignment]
    barred = interests_in(cases, former)
    return [case.id for case in cases if (case.id, back[case.id].get("assigned_to")) in barred]


def _action(act: BulkAct) -> str:
    """What happens to the case now: a hold undone is a case taken up again, and the other way round."""
    turned = {BulkAct.Kind.HOLD: "casework.resumed", BulkAct.Kind.RESUME: "casework.held"}
    return turned.get(BulkAct.Kind(act.kind), "casework.assigned")
