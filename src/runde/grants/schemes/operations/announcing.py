"""What the public meets of a published call, written outside the fence by intent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from runde.engine.reference.api import LANGUAGES
from runde.engine.rules import RuleSet
from runde.foundation.documents.api import Version
from runde.foundation.organisations.api import Organisation, get_tenant
from runde.foundation.trust.api import current_tenant

from ..domain.ceilings import highest_amount
from ..models import Announcement, Call, CallExtension, FundingSource, SchemeVersion
from ..queries.calls import contact_of, files_of, grace_ends_at
from ..queries.money import money_left

_TEXTS = ("name", "summary", "who", "how_much")


def announce(call: Call, at: datetime) -> None:
    """Write or renew a published call's announcement."""
    tenant, version = get_tenant(current_tenant()), call.scheme_version
    texts = {name: version.texts[name] for name in _TEXTS}
    Announcement.objects.update_or_create(
        call_id=call.id,
        defaults={
            "tenant_id": tenant.id,
            "tenant_slug": tenant.slug,
            "tenant_name": tenant.name,
            "municipality_number": tenant.municipality_number,
            "call_slug": call.slug,
            "texts": texts,
            "published_at": call.published_at or at,
            "is_conditional": is_conditional(call),
            "funding": _public_funding(call),
            "files": [_public_file(one) for one in files_of(call)],
            "search_text": _search_text(tenant, texts),
            **_clock(call),
            **_terms(call),
            **_basis(version),
            **_money(call, at),
        },
    )


def refresh_announced_money(*, at: datetime) -> None:
    """Write anew what is left for each of the tenant's published calls; by the clock, as often as one likes."""
    for call in Call.objects.filter(state=Call.State.PUBLISHED):
        Announcement.objects.filter(call_id=call.id).update(**_money(call, at))


def is_conditional(call: Call) -> bool:
    """Whether some of the call's money is still waiting for a budget decision."""
    waiting = FundingSource.State.SUBJECT_TO_DECISION
    return FundingSource.objects.filter(calls__call=call, state=waiting).exists()


def _clock(call: Call) -> dict[str, Any]:
    first = CallExtension.objects.filter(call=call).order_by("extended_at", "id").first()
    return {
        "opens_at": call.opens_at,
        "closes_at": call.closes_at,
        "grace_ends_at": grace_ends_at(call),
        "first_closes_at": first.was_closing_at if first else None,
        "answer_by_date": call.answer_by_date,
    }


def _terms(call: Call) -> dict[str, Any]:
    contact = contact_of(call)
    return {
        "kind": call.kind,
        "late_rule": call.late_rule,
        "needs_acceptance": call.needs_acceptance,
        "contact": {"name": contact.name, "email": contact.email, "phone": contact.phone},
        "highest_amount_nok": highest_amount(
            RuleSet.from_dict(call.scheme_version.rules), timezone.localdate(call.closes_at)
        ),
    }


def _basis(version: SchemeVersion) -> dict[str, Any]:
    """What the public judgement runs on."""
    return {
        "scheme_version_id": version.id,
        "rules_digest": version.rules_digest,
        "rules": version.rules,
        "form_digest": version.form.digest,
        "form": version.form.definition,
        "assumptions": version.assumptions,
    }


def _money(call: Call, at: datetime) -> dict[str, Any]:
    left = money_left(call)
    return {
        "decided_nok": left.decided_nok,
        "waiting_nok": left.waiting_nok,
        "left_nok": left.left_nok,
        "is_used_up": left.is_used_up,
        "money_at": at,
    }


def _public_file(version: Version) -> dict[str, str | int]:
    return {
        "document_id": str(version.document_id),
        "version_id": str(version.id),
        "title": version.document.title,
        "file_name": version.file_name,
        "media_type": version.media_type,
        "size": version.size,
    }


def _search_text(tenant: Organisation, texts: dict[str, dict[str, str]]) -> str:
    words = [texts[name].get(language, "") for name in _TEXTS for language in LANGUAGES]
    return " ".join([tenant.name, *words]).lower()


def _public_funding(call: Call) -> list[dict[str, str | None]]:
    unsaid = (FundingSource.State.APPLIED_FOR, FundingSource.State.WITHDRAWN)
    sources = FundingSource.objects.filter(calls__call=call).exclude(state__in=unsaid)
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
