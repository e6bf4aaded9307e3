"""What applicants are told when there is a decision: that there is one, not what it says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from django.utils import timezone

from runde.engine.reference.api import weekday_date_text
from runde.foundation.notices.api import Outgoing
from runde.foundation.people.api import WantedLink, link_address, make_links
from runde.foundation.trust.api import current_tenant
from runde.grants.schemes.api import Call

from ..domain.words import as_language, in_language, words
from ..models import Decision
from .telling_of_cases import LINK_OUTLIVES


def notices_about(decisions: Sequence[Decision], call: Call, *, at: datetime) -> list[Outgoing]:
    """One message for each decision to the person who applied, in the application's language, with a link that opens
    the decision alone.
    """
    tokens = make_links([_link_to(decision) for decision in decisions], tenant_id=current_tenant(), at=at)
    return [
        _notice(decision, call, link_address(token))
        for decision, token in zip(decisions, tokens, strict=True)
    ]


def _link_to(decision: Decision) -> WantedLink:
    last = timezone.make_aware(datetime.combine(decision.appeal_by_date, time.max))
    application = decision.case.application
    return WantedLink(
        purpose="read_decision",
        subject_id=decision.id,
        person_id=application.applicant_id,
        language=as_language(application.language),
        expires_at=last + LINK_OUTLIVES,
    )


def _notice(decision: Decision, call: Call, address: str) -> Outgoing:
    application, number = decision.case.application, decision.case.number
    language = as_language(application.language)
    body = words(
        "notice_body",
        language,
        company=application.company_name,
        scheme=in_language(call.scheme_version.texts["name"], language),
        number=number,
        address=address,
        appeal_by=weekday_date_text(decision.appeal_by_date, language),
        authority=decision.snapshot["authority"]["name"],
    )
    return Outgoing(
        key=f"decision:{decision.id}",
        language=language,
        subject=words("notice_subject", language, number=number),
        body=body,
        subject_kind="case",
        subject_id=decision.case_id,
        to_person=application.applicant_id,
    )
