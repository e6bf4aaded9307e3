from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.organisations.api import get_tenant
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict, current_tenant

from ..domain.refusals import CallRefused
from ..models import Announcement, Call, FundingSource, SchemeVersion


@transaction.atomic
def publish_call(*, call: Call, by: Actor, at: datetime) -> Call:
    """Let the public see the call. Raises CallRefused when no source pays for it or the deadline has passed."""
    authorise(by, "schemes.manage", call)
    call = _locked(call)
    if call.state != Call.State.DRAFT:
        raise Conflict("Utlysningen er allerede publisert eller trukket.")
    if not call.funding.exists():
        raise CallRefused("Utlysningen har ingen finansieringskilde. Legg til en før du publiserer.")
    if call.closes_at <= at:
        raise CallRefused("Fristen er allerede ute. Sett en ny frist før du publiserer.")
    call.state, call.published_at = Call.State.PUBLISHED, at
    call.save(update_fields=["state", "published_at"])
    announce(call, at)
    record(action="schemes.call_published", subject_kind="call", subject_id=call.id, by=by.person_id, at=at)
    return call


@transaction.atomic
def withdraw_call(*, call: Call, reason: str, by: Actor, at: datetime) -> Call:
    """Take a call back. What has been sent in stays and must be answered; no more can be sent."""
    authorise(by, "schemes.manage", call)
    call = _locked(call)
    if call.state == Call.State.WITHDRAWN:
        raise Conflict("Utlysningen er allerede trukket.")
    call.state = Call.State.WITHDRAWN
    call.save(update_fields=["state"])
    Announcement.objects.filter(call_id=call.id).delete()
    record(
        action="schemes.call_withdrawn",
        subject_kind="call",
        subject_id=call.id,
        by=by.person_id,
        at=at,
        reason=reason,
    )
    return call


def announce(call: Call, at: datetime) -> None:
    """Write what the public meets of a published call, outside the fence by intent."""
    tenant, version = get_tenant(current_tenant()), call.scheme_version
    Announcement.objects.update_or_create(
        call_id=call.id,
        defaults={
            "tenant_id": tenant.id,
            "tenant_slug": tenant.slug,
            "tenant_name": tenant.name,
            "call_slug": call.slug,
            "texts": {name: version.texts[name] for name in ("name", "summary", "who", "how_much")},
            "opens_at": call.opens_at,
            "closes_at": call.closes_at,
            "is_conditional": is_conditional(call),
            "published_at": call.published_at or at,
            "answer_by_date": call.answer_by_date,
            "funding": _public_funding(call),
            **_basis(version),
        },
    )


def _basis(version: SchemeVersion) -> dict[str, Any]:
    """What the public judgement runs on; the version never changes, so neither does this."""
    return {
        "scheme_version_id": version.id,
        "rules_digest": version.rules_digest,
        "rules": version.rules,
        "form_digest": version.form.digest,
        "form": version.form.definition,
        "assumptions": version.assumptions,
    }


def _public_funding(call: Call) -> list[dict[str, str | None]]:
    sources = FundingSource.objects.filter(calls__call=call).exclude(state=FundingSource.State.WITHDRAWN)
    return [
        {
            "giver": source.giver,
            "amount_nok": str(source.amount_nok),
            "state": source.state,
            "decision_expected_date": source.decision_expected_date.isoformat()
            if source.decision_expected_date
            else None,
            "earmark": source.earmark,
            "earmark_text": source.earmark_text,
        }
        for source in sources.order_by("calls__rank", "id")
    ]


def is_conditional(call: Call) -> bool:
    """Whether some of the call's money is still waiting for a budget decision."""
    waiting = FundingSource.State.SUBJECT_TO_DECISION
    return FundingSource.objects.filter(calls__call=call, state=waiting).exists()


def _locked(call: Call) -> Call:
    calls = Call.objects.select_for_update(of=("self",)).select_related("scheme_version__form")
    return calls.get(id=call.id)
