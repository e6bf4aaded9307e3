"""Writing down what decisions give, within the ceilings, and taking it back when they no longer stand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone

from runde.foundation.trust.api import current_tenant

from .domain.entries import euros
from .domain.headroom import Declared
from .domain.undertaking import Undertaking
from .errors import OverCeiling
from .models import AidAward, AidReckoning
from .reckoning import Reckoned, Wanted, reckon

Why = Literal["replaced", "declined", "lapsed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What one decision gives one undertaking. `basis` is the scheme's aid rule, empty when it names none.

    `right_arose_date` is the day the undertaking got its right, whenever the money is paid. `is_reserved`: the
    decision waits for money, and room is kept for it. `declared` is what the company says it has had before.
    `takes_room` is false for what is left of a grant that is lowered.
    """

    decision_id: UUID
    organisation_number: str
    giver: str
    giver_number: str = ""
    scheme_name: str
    basis: str
    right_arose_date: date
    amount_nok: Decimal
    euro_rate: Decimal
    euro_rate_date: date
    euro_rate_source: str
    is_reserved: bool = False
    declared: Declared | None = None
    takes_room: bool = True


def record_awards(given: Sequence[Given], *, at: datetime) -> None:
    """Write down aid, in the transaction of the decisions that give it. The euro amount is reckoned here, once.

    The undertakings are held until the transaction ends, so that no two municipalities use the same room. All or
    none. Raises OverCeiling, NoCeiling.
    """
    wanted = [_wanted(one) for one in given]
    reckoned = reckon(wanted, on=timezone.localdate(at), holds=True)
    over = {one.wanted.key: one.sentence for one in reckoned if not one.fits}
    if over:
        raise OverCeiling(next(iter(over.values())), over=over)
    AidAward.objects.bulk_create([_award(one, at) for one in given], batch_size=2000)
    AidReckoning.objects.bulk_create(
        [_trace(one, at) for one in reckoned if one.wanted.takes_room], batch_size=2000
    )


def reverse_awards(*, decision_ids: Collection[UUID], why: Why, at: datetime) -> int:
    """Mark aid as not given after all; gives how much of it stood. The rows stay, as a trace."""
    standing = AidAward.objects.filter(
        tenant_id=current_tenant(), decision_id__in=decision_ids, reversed_at__isnull=True
    )
    return standing.update(reversed_at=at, reversed_why=why)


def _wanted(given: Given) -> Wanted:
    return Wanted(
        key=given.decision_id,
        organisation_number=given.organisation_number,
        rule=given.basis,
        amount_nok=given.amount_nok,
        euro_rate=given.euro_rate,
        declared=given.declared,
        takes_room=given.takes_room,
    )


def _award(given: Given, at: datetime) -> AidAward:
    return AidAward(
        tenant_id=current_tenant(),
        decision_id=given.decision_id,
        organisation_number=given.organisation_number,
        giver=given.giver,
        giver_number=given.giver_number,
        scheme_name=given.scheme_name,
        basis=given.basis,
        right_arose_date=given.right_arose_date,
        amount_nok=given.amount_nok,
        amount_eur=euros(given.amount_nok, given.euro_rate),
        euro_rate=given.euro_rate,
        euro_rate_date=given.euro_rate_date,
        euro_rate_source=given.euro_rate_source,
        is_reserved=given.is_reserved,
        recorded_at=at,
    )


def _trace(one: Reckoned, at: datetime) -> AidReckoning:
    return AidReckoning(
        decision_id=one.wanted.key,
        rule=one.wanted.rule,
        regulation=one.room.ceiling.regulation,
        most_eur=one.room.most_eur,
        used_eur=one.room.used_eur,
        unknown_eur=one.room.unknown_eur,
        taken_eur=one.wanted.amount_eur,
        members=_members(one.undertaking),
        reckoned_at=at,
    )


def _members(undertaking: Undertaking) -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "by": [
                {"with": tie.other, "since": tie.since_date.isoformat(), "reason": tie.reason}
                for tie in undertaking.ties
                if tie.number == number
            ],
        }
        for number in sorted(undertaking.members)
    ]
