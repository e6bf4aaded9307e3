"""One funding source with its history."""

from __future__ import annotations

from uuid import UUID

from runde.foundation.trust.api import NotFound

from ..models import FundingSource, SourceChange


def get_source(source_id: UUID) -> FundingSource:
    """Raises NotFound."""
    found = FundingSource.objects.filter(id=source_id).first()
    if found is None:
        raise NotFound("Vi finner ikke denne finansieringskilden.")
    return found


def changes_of(source: FundingSource) -> list[SourceChange]:
    """What happened to the source, newest first."""
    return list(SourceChange.objects.filter(source=source).order_by("-number"))


def carried_in(year: int) -> dict[UUID, list[SourceChange]]:
    """By source, what was carried over by decisions dated in the year."""
    found: dict[UUID, list[SourceChange]] = {}
    for change in SourceChange.objects.filter(kind=SourceChange.Kind.CARRIED_OVER, on_date__year=year):
        found.setdefault(change.source_id, []).append(change)
    return found
