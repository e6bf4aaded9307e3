"""Proposals as a list shows them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum

from runde.foundation.people.api import Actor, authorise, names_of

from ..models import Proposal


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal with how many cases it has, the sum of its grants in NOK, and who made it."""

    proposal: Proposal
    count: int
    sum_nok: Decimal
    prepared_by: str


def list_proposal_rows(
    *, by: Actor, states: Collection[str] = (Proposal.State.PENDING,), most: int = 100
) -> list[ProposalRow]:
    """Proposals in these states, newest first. Two SQL statements."""
    authorise(by, "casework.list")
    found = Proposal.objects.filter(state__in=states).defer("left_out")
    counted = found.annotate(cases_count=Count("lines"), cases_sum=Sum("lines__amount_nok"))
    proposals = list(counted.order_by("-prepared_at", "-id")[:most])
    names = names_of({proposal.prepared_by for proposal in proposals})
    return [
        ProposalRow(one, one.cases_count, one.cases_sum or Decimal(0), names.get(one.prepared_by, ""))
        for one in proposals
    ]
