from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from runde.foundation.documents.api import Version, list_documents
from runde.foundation.organisations.api import get_tenant
from runde.foundation.trust.api import NotFound

from ..domain.phases import Phase, grace_ends, phase_at
from ..models import Call, Scheme

FILES_OF = "call"
"""What documents of a call are kept under."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Any of them may be empty."""

    name: str
    email: str
    phone: str


def get_call(slug: str) -> Call:
    """The call with this address in the fenced tenant, with its scheme version and form. Raises NotFound."""
    call = _calls().filter(slug=slug).first()
    if call is None:
        raise NotFound("Vi finner ikke denne utlysningen. Den kan være trukket.")
    return call


def get_call_by_id(call_id: UUID) -> Call:
    """Raises NotFound."""
    call = _calls().filter(id=call_id).first()
    if call is None:
        raise NotFound("Vi finner ikke utlysningen. Gå tilbake til lista og åpne den derfra.")
    return call


def list_calls() -> list[Call]:
    """The tenant's calls, the newest deadline first, with scheme version and form."""
    return list(_calls().order_by("-closes_at", "slug"))


def find_scheme(slug: str) -> Scheme | None:
    return Scheme.objects.filter(slug=slug).first()


def call_phase(call: Call, at: datetime) -> Phase:
    """Where the call stands at a moment: draft, not open, open, in grace, closed or withdrawn."""
    return phase_at(
        state=call.state,
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        grace_minutes=call.grace_minutes,
        at=at,
    )


def grace_ends_at(call: Call) -> datetime:
    """The moment nothing more can be sent; the deadline itself when there is no grace."""
    return grace_ends(call.closes_at, call.grace_minutes)


def contact_of(call: Call) -> Contact:
    """Who answers questions about the call: its own contact, or the municipality's."""
    if call.contact_email or call.contact_phone:
        return Contact(call.contact_name, call.contact_email, call.contact_phone)
    tenant = get_tenant(call.tenant_id)
    return Contact(tenant.contact_name, tenant.contact_email, tenant.contact_phone)


def files_of(call: Call) -> list[Version]:
    """The files that belong to the call, the oldest first."""
    return list_documents(FILES_OF, call.id)


def _calls() -> QuerySet[Call]:
    return Call.objects.select_related("scheme_version__scheme", "scheme_version__form")
