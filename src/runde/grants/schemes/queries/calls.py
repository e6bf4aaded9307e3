from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from runde.foundation.trust.api import NotFound

from ..domain.phases import Phase, phase_at
from ..models import Announcement, Call, Scheme


def get_call(slug: str) -> Call:
    """The call with this address in the fenced tenant, with its scheme version and form. Raises NotFound."""
    call = _calls().filter(slug=slug).first()
    if call is None:
        raise NotFound("Vi finner ikke denne utlysningen. Den kan være trukket.")
    return call


def list_calls() -> list[Call]:
    """The tenant's calls, the newest deadline first, with scheme version and form."""
    return list(_calls().order_by("-closes_at", "slug"))


def find_scheme(slug: str) -> Scheme | None:
    return Scheme.objects.filter(slug=slug).first()


def call_phase(call: Call, at: datetime) -> Phase:
    """Where the call stands at a moment: draft, not open, open, closed or withdrawn."""
    return phase_at(state=call.state, opens_at=call.opens_at, closes_at=call.closes_at, at=at)


def list_announcements(at: datetime) -> list[Announcement]:
    """Every municipality's published calls that are not closed, the nearest deadline first.

    Without what they are judged by, which is large and seldom needed; `basis_of_announced` gives that.
    """
    open_ones = Announcement.objects.filter(closes_at__gt=at).defer("rules", "form", "assumptions")
    return list(open_ones.order_by("closes_at", "tenant_name", "call_slug"))


def find_announcement(tenant_slug: str, call_slug: str) -> Announcement | None:
    return Announcement.objects.filter(tenant_slug=tenant_slug, call_slug=call_slug).first()


def _calls() -> QuerySet[Call]:
    return Call.objects.select_related("scheme_version__scheme", "scheme_version__form")
