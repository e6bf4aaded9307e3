"""What other tenants have done in cases like this, as a pattern nobody can be found in."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Sum

from ..domain.features import Features
from ..domain.measures import measures
from ..models import Mask, Pattern


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How many cases that missed exactly the same criteria others have granted and refused, all of them together."""

    tenants: int
    granted: int
    refused: int


def pattern_elsewhere(features: Features) -> Elsewhere | None:
    """None when there are too few decisions or tenants to hide in, or nothing was missed. One statement."""
    if not features.missed:
        return None
    others = Pattern.objects.filter(rules_name=features.rules_name, missed_key=features.missed_key)
    others = others.exclude(mask__in=Mask.objects.values("mask"))
    found = others.aggregate(tenants=Count("id"), granted=Sum("granted"), refused=Sum("refused"))
    seen = Elsewhere(found["tenants"], found["granted"] or 0, found["refused"] or 0)
    limits = measures().elsewhere
    if seen.tenants < limits["fewest_tenants"] or seen.granted + seen.refused < limits["fewest_decisions"]:
        return None
    return seen
