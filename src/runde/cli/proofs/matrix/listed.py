"""Leaves what an officer makes at the work list: a view, a chosen set, a large batch, and something done to several."""

from __future__ import annotations

from datetime import datetime

from runde.grants.casework.api import (
    Case,
    choose_cases,
    keep_view,
    list_cases,
    order_batch,
    share_by_municipality,
)
from runde.grants.schemes.api import get_call

from ..region import CALL, Town


def work_the_list(town: Town, at: datetime) -> None:
    """Inside the town's fence; one open case is given to the officer of its municipality."""
    call, officer = get_call(CALL), town.actor("officer", at)
    keep_view(name=f"Mine i {town.mark}", query="ko=klare&ansvarlig=meg", by=officer, at=at)
    ids = [case.id for case in list_cases(call.id, state=Case.State.OPEN)][:1]
    choose_cases(call_id=call.id, case_ids=ids, words="Klare", by=officer, at=at)
    places = Case.objects.filter(id__in=ids).values_list("municipality_number", flat=True)
    officers = dict.fromkeys(places, officer.person_id)
    order_batch(case_ids=ids, by=officer, at=at)
    share_by_municipality(case_ids=ids, officers=officers, by=officer, at=at)
