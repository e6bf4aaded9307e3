"""What the public may look through: published calls of every municipality."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from ..domain.phases import Phase
from ..models import Announcement

_LARGE = ("rules", "form", "assumptions", "search_text")


def list_announcements(at: datetime) -> list[Announcement]:
    """Every municipality's published calls that are not closed, the nearest deadline first.

    Without what they are judged by, which is large and seldom needed; `basis_of_announced` gives that.
    """
    return list(_in_order(Announcement.objects.filter(closes_at__gt=at)))


def search_announcements(
    *, text: str = "", municipality: str = "", states: Collection[str] = (), kind: str = "", at: datetime
) -> list[Announcement]:
    """Published calls that hold every word of `text` in any language, the nearest deadline first.

    `municipality` is a number or a tenant's slug. `states` are phases: not_open, open, grace, closed; none of them
    means all. `kind` is "deadline" or "running". Empty filters let everything through; unknown ones nothing.
    """
    found = Announcement.objects.all()
    for word in text.lower().split():
        found = found.filter(search_text__contains=word)
    if municipality:
        found = found.filter(Q(municipality_number=municipality) | Q(tenant_slug=municipality))
    if kind:
        found = found.filter(kind=kind)
    if states:
        found = found.filter(_in_any(states, at))
    return list(_in_order(found))


def announcement_phase(announcement: Announcement, at: datetime) -> Phase:
    """Where an announced call stands at a moment: not open, open, in grace or closed."""
    if at < announcement.opens_at:
        return Phase.NOT_OPEN
    if at < announcement.closes_at:
        return Phase.OPEN
    return Phase.GRACE if at < announcement.grace_ends_at else Phase.CLOSED


def find_announcement(tenant_slug: str, call_slug: str) -> Announcement | None:
    return Announcement.objects.filter(tenant_slug=tenant_slug, call_slug=call_slug).first()


def _in_order(found: QuerySet[Announcement]) -> QuerySet[Announcement]:
    return found.defer(*_LARGE).order_by("closes_at", "tenant_name", "call_slug")


def _in_any(states: Collection[str], at: datetime) -> Q:
    wanted = Q(pk__in=[])
    for state in states:
        wanted |= _in(state, at)
    return wanted


def _in(state: str, at: datetime) -> Q:
    match state:
        case Phase.NOT_OPEN:
            return Q(opens_at__gt=at)
        case Phase.OPEN:
            return Q(opens_at__lte=at, closes_at__gt=at)
        case Phase.GRACE:
            return Q(closes_at__lte=at, grace_ends_at__gt=at)
        case Phase.CLOSED:
            return Q(grace_ends_at__lte=at)
    return Q(pk__in=[])
