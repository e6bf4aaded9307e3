"""How long drafts are kept, and what is left of those that are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from runde.grants.schemes.api import Call

from ..domain.drafts import deletion_date
from ..models import Application, DraftRemnant


@dataclass(frozen=True, slots=True)
class Remnants:
    """How many drafts to a call are gone, by how they went and by how far they had come (tenths answered, 0 to 10)."""

    expired: int
    erased: int
    by_tenths: Mapping[int, int]

    @property
    def total(self) -> int:
        return self.expired + self.erased


def drafts_kept_until(call: Call) -> date:
    """The first day drafts to the call are gone, as its deadline is now."""
    return deletion_date(timezone.localdate(call.closes_at), call.keep_drafts_days)


def kept_until(draft: Application) -> date:
    """The first day the draft is gone: never before the day its applicant has been told."""
    planned = drafts_kept_until(draft.call)
    return max(planned, draft.warned_for_date or planned)


def count_remnants(call_id: UUID) -> Remnants:
    """Statistics of the drafts nobody sent, for staff. One statement."""
    rows = DraftRemnant.objects.filter(call_id=call_id).values_list("end", "tenths")
    ends, tenths = Counter[str](), Counter[int]()
    for end, tenth, count in rows.annotate(Count("id")).order_by("tenths"):
        ends[end] += count
        tenths[tenth] += count
    return Remnants(ends[DraftRemnant.End.EXPIRED], ends[DraftRemnant.End.ERASED], dict(tenths))
