from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from runde.foundation.trust.api import current_tenant

from .models import AidAward


@dataclass(frozen=True, slots=True)
class PastAward:
    """Aid an undertaking has a right to, from any municipality: what a declaration of earlier aid starts with."""

    decision_id: UUID
    tenant_id: UUID
    giver: str
    scheme_name: str
    basis: str
    right_arose_date: date
    amount_nok: Decimal
    amount_eur: Decimal
    is_reserved: bool = False


def list_awards(organisation_number: str, since: date, *, basis: str | None = None) -> list[PastAward]:
    """Aid that stands, with a right that arose after `since` (the look-back is open at its far end), oldest first.

    Without what is only reserved. With `basis`, only aid by that rule; awards that name no rule count against no
    ceiling. One statement.
    """
    found = AidAward.objects.filter(
        organisation_number=organisation_number,
        right_arose_date__gt=since,
        reversed_at__isnull=True,
        is_reserved=False,
    )
    found = found.filter(basis=basis) if basis is not None else found
    return [_past(one) for one in found.order_by("right_arose_date", "id")]


def standing_awards(decision_ids: Collection[UUID]) -> list[PastAward]:
    """The tenant's own aid by these decisions that stands or is reserved, in the order it was written down."""
    own = AidAward.objects.filter(tenant_id=current_tenant(), decision_id__in=list(decision_ids))
    return [_past(one) for one in own.filter(reversed_at__isnull=True).order_by("recorded_at", "id")]


def _past(one: AidAward) -> PastAward:
    return PastAward(
        decision_id=one.decision_id,
        tenant_id=one.tenant_id,
        giver=one.giver,
        scheme_name=one.scheme_name,
        basis=one.basis,
        right_arose_date=one.right_arose_date,
        amount_nok=one.amount_nok,
        amount_eur=one.amount_eur,
        is_reserved=one.is_reserved,
    )
