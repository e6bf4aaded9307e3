"""Where the money would come from, before anybody has approved: by the same sharing out as the approval itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from runde.grants.applications.api import assess_many
from runde.grants.schemes.api import Call, FundingSource

from ..errors import TooLittleMoney
from ..models import Case, Lane, Outcome, ProposalLine
from ..operations.money import Shares, Wish, decided_sources, pots_of, share_out
from .cases import number_key

NOTHING = Decimal(0)
Grant = tuple[Case, Decimal]


@dataclass(frozen=True, slots=True)
class SourceShare:
    """A decided source: what is free of it now, and what the grants would take, in NOK."""

    source: FundingSource
    free_nok: Decimal
    taken_nok: Decimal

    @property
    def left_nok(self) -> Decimal:
        return self.free_nok - self.taken_nok


@dataclass(frozen=True, slots=True)
class FundingPreview:
    """The decided sources by rank. `short` is the sentence when the money does not reach; then nothing is taken."""

    sources: tuple[SourceShare, ...]
    short: str = ""

    @property
    def taken(self) -> dict[UUID, Decimal]:
        return {one.source.id: one.taken_nok for one in self.sources}


def funding_preview(call: Call, grants: Sequence[Grant], *, at: datetime) -> FundingPreview:
    """What granting these cases (each with its application) would do. A fixed number of SQL statements."""
    sources = decided_sources(call)
    free = {pot.source_id: pot.left_nok for pot in pots_of(sources)}
    try:
        shares, short = share_out(_wishes(grants, at), sources, timezone.localdate(at)), ""
    except TooLittleMoney as refusal:
        shares, short = {}, refusal.sentence
    taken = _taken(shares)
    shown = tuple(SourceShare(one, free[one.id], taken.get(one.id, NOTHING)) for one in sources)
    return FundingPreview(shown, short)


def pending_grants(call_id: UUID) -> list[Grant]:
    """What waits for approval in a call: each case with its application, and the proposed amount."""
    lines = ProposalLine.objects.filter(
        is_open=True, outcome=Outcome.GRANTED, proposal__call_id=call_id
    ).select_related("case__application")
    return [(line.case, line.amount_nok) for line in lines.order_by("case__opened_at", "case__number", "id")]


def ready_grants(call_id: UUID) -> list[Grant]:
    """What the rules alone lead to and nobody has laid before an approver: open, ready cases with their amounts."""
    cases = Case.objects.filter(call_id=call_id, state=Case.State.OPEN, lane=Lane.GREEN)
    ready = cases.filter(recommended_nok__gt=0).select_related("application").order_by("ordinal")
    return [(case, case.recommended_nok or NOTHING) for case in ready]


def cases_with_applications(case_ids: Sequence[UUID]) -> list[Case]:
    """The cases by number, each with its application; ids that do not exist here are left out."""
    found = Case.objects.filter(id__in=case_ids).select_related("application")
    return sorted(found, key=lambda case: number_key(case.number))


def _wishes(grants: Sequence[Grant], at: datetime) -> list[Wish]:
    known = assess_many([case.application for case, _amount in grants], at)
    return [Wish(case.id, amount, one.values) for (case, amount), one in zip(grants, known, strict=True)]


def _taken(shares: Shares) -> dict[UUID, Decimal]:
    taken: dict[UUID, Decimal] = {}
    for part in (part for parts in shares.values() for part in parts):
        taken[part.source_id] = taken.get(part.source_id, NOTHING) + part.amount_nok
    return taken
