"""How a call stands: cases by lane and outcome, and each source's money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Sum
from django.utils import timezone

from runde.foundation.ledger.api import balances
from runde.foundation.people.api import Actor, authorise
from runde.grants.schemes.api import Call, FundingSource, sources_of

from ..models import Award, Decision
from .tallies import LaneCount, lane_counts, state_counts, tallies

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """One source: `granted_nok` is what this call's decisions carry; the rest is the whole source's books."""

    source: FundingSource
    is_decided: bool
    granted_nok: Decimal
    available_nok: Decimal
    committed_nok: Decimal
    in_bank_file_nok: Decimal
    paid_nok: Decimal


@dataclass(frozen=True, slots=True)
class Overview:
    """`applied` counts every case; `late` and `late_proposed` those past their deadline. Amounts in NOK."""

    applied: int
    lanes: Mapping[str, LaneCount]
    states: Mapping[str, int]
    recommended_nok: Decimal
    granted: int
    refused: int
    granted_nok: Decimal
    left_nok: Decimal
    sources: tuple[SourceStanding, ...]
    late: int = 0
    late_proposed: int = 0


def overview(call: Call, *, by: Actor, at: datetime | None = None) -> Overview:
    """The call's cases and money now; with `at` also what is late that day. Seven SQL statements at most."""
    authorise(by, "casework.list")
    lanes, states = lane_counts(call.id), state_counts(call.id)
    outcomes = _outcomes(call.id)
    sources = _sources(call)
    late = tallies(call.id, on=timezone.localdate(at)) if at else None
    return Overview(
        applied=sum(states.values()),
        lanes=lanes,
        states=states,
        recommended_nok=sum((lane.recommended_nok for lane in lanes.values()), NOTHING),
        granted=outcomes.get("granted", (0, NOTHING))[0],
        refused=outcomes.get("refused", (0, NOTHING))[0],
        granted_nok=outcomes.get("granted", (0, NOTHING))[1],
        left_nok=sum((one.available_nok for one in sources if one.is_decided), NOTHING),
        sources=sources,
        late=late.late.count if late else 0,
        late_proposed=late.late_proposed.count if late else 0,
    )


def _outcomes(call_id: UUID) -> dict[str, tuple[int, Decimal]]:
    """Outcome to count and sum, of decisions in force."""
    in_force = Decision.objects.filter(case__call_id=call_id, decision__isnull=True).values_list("outcome")
    counted = in_force.annotate(count=Count("id"), total=Sum("amount_nok"))
    return {outcome: (count, total or NOTHING) for outcome, count, total in counted}


def _sources(call: Call) -> tuple[SourceStanding, ...]:
    sources = sources_of(call)
    standing = balances([source.id for source in sources])
    in_force = Award.objects.filter(decision__case__call_id=call.id, decision__decision__isnull=True)
    awards = in_force.values_list("source_id")
    granted = dict(awards.annotate(total=Sum("amount_nok")))
    return tuple(
        SourceStanding(
            source=source,
            is_decided=source.state == FundingSource.State.DECIDED,
            granted_nok=granted.get(source.id, NOTHING),
            available_nok=standing[source.id].available,
            committed_nok=standing[source.id].committed,
            in_bank_file_nok=standing[source.id].in_bank_file,
            paid_nok=standing[source.id].paid,
        )
        for source in sources
    )
