from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from runde.foundation.trust.api import current_tenant, insert_rows, new_id

from ..domain.features import Features
from ..models import Mask, Precedent

COUNTED = """
INSERT INTO precedents_pattern (id, mask, rules_name, missed_key, granted, refused)
VALUES (%s, %s, %s, %s, greatest(%s, 0), greatest(%s, 0))
ON CONFLICT (rules_name, missed_key, mask) DO UPDATE
SET granted = precedents_pattern.granted + %s, refused = precedents_pattern.refused + %s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A decision as the rooms above tell of it: how the case stood, what was decided, and why."""

    decision_id: UUID
    case_id: UUID
    case_number: str
    call_id: UUID
    features: Features
    outcome: str
    amount_nok: Decimal
    reason_code: str
    words: str = ""
    deviations: Sequence[Mapping[str, Any]] = field(default=())
    departure_code: str = ""
    departure_words: str = ""


def record_precedents(weighed: Sequence[Weighed], *, replaced: Collection[UUID] = (), at: datetime) -> None:
    """Write down decisions as precedents, in the transaction that makes them.

    `replaced` are ids of decisions these take the place of: their precedents no longer stand. The decisions
    themselves are told in the journal by who makes them.
    """
    if not weighed and not replaced:
        return
    with transaction.atomic():
        gone = list(Precedent.objects.filter(decision_id__in=replaced, stands=True))
        Precedent.objects.filter(id__in=[one.id for one in gone]).update(stands=False)
        insert_rows([_precedent(one, at) for one in weighed])
        _count(weighed, gone)


def _precedent(one: Weighed, at: datetime) -> Precedent:
    features = one.features
    return Precedent(
        decision_id=one.decision_id,
        case_id=one.case_id,
        case_number=one.case_number,
        call_id=one.call_id,
        rules_name=features.rules_name,
        lane=features.lane,
        missed_key=features.missed_key,
        missed=[missed.to_dict() for missed in features.missed],
        gaps=list(features.gaps),
        industry=features.industry,
        section=features.section,
        employees=features.employees,
        municipality=features.municipality,
        age_years=features.age_years,
        calculated_nok=features.calculated_nok,
        outcome=one.outcome,
        amount_nok=one.amount_nok,
        reason_code=one.reason_code,
        words=one.words,
        deviations=[dict(deviation) for deviation in one.deviations],
        departure_code=one.departure_code,
        departure_words=one.departure_words,
        decided_at=at,
    )


def _count(weighed: Sequence[Weighed], gone: Sequence[Precedent]) -> None:
    """The tenant's own patterns follow, under its mask. Cases that missed nothing make no pattern."""
    changes: Counter[tuple[str, str, str]] = Counter()
    for one in weighed:
        changes[one.features.rules_name, one.features.missed_key, one.outcome] += 1
    for row in gone:
        changes[row.rules_name, row.missed_key, row.outcome] -= 1
    pairs = sorted({(name, key) for name, key, _ in changes if key})
    if not pairs:
        return
    mask = _mask()
    with connection.cursor() as cursor:
        for name, key in pairs:
            granted, refused = changes[name, key, "granted"], changes[name, key, "refused"]
            cursor.execute(COUNTED, [new_id(), mask, name, key, granted, refused, granted, refused])


def _mask() -> UUID:
    Mask.objects.bulk_create([Mask(tenant_id=current_tenant())], ignore_conflicts=True)
    return Mask.objects.get().mask
