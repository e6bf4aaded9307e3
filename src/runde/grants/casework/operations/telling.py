"""What applicants are told when there is a decision: that there is one, not what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Literal

from django.utils import timezone

from runde.engine.reference.api import Language, weekday_date_text
from runde.foundation.notices.api import Outgoing
from runde.foundation.people.api import WantedLink, link_address, make_links
from runde.foundation.trust.api import current_tenant
from runde.grants.schemes.api import Call

from ..domain.final import is_final
from ..domain.words import as_language, in_language, words
from ..models import Decision
from .telling_of_cases import LINK_OUTLIVES

Kind = Literal["decision", "decision_again"]
FIRST: Kind = "decision"
AGAIN: Kind = "decision_again"
"""What the notice's key begins with. The appeal period runs from the first of them that left."""
SUBJECTS: Mapping[Kind, str] = {FIRST: "notice_subject", AGAIN: "subject_decision_again"}
SETTLED = frozenset({"effective", "scaled", "below_lowest", "lapsed"})
"""What ends a conditional grant, by what its new decision tells."""


def notices_about(
    decisions: Sequence[Decision], call: Call, *, at: datetime, kind: Kind = FIRST
) -> list[Outgoing]:
    """One message for each decision to the person who applied, in the application's language, with a link that opens
    the decision alone.
    """
    tokens = make_links([_link_to(decision) for decision in decisions], tenant_id=current_tenant(), at=at)
    return [
        _notice(decision, call, link_address(token), kind)
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


def _notice(decision: Decision, call: Call, address: str, kind: Kind) -> Outgoing:
    application, number = decision.case.application, decision.case.number
    language = as_language(application.language)
    scheme = in_language(call.scheme_version.texts["name"], language)
    body = words(
        "notice_body",
        language,
        news=words(_news(decision, kind), language, company=application.company_name, scheme=scheme),
        number=number,
        address=address,
        appeal=_appeal(decision, language),
        authority=decision.snapshot["authority"]["name"],
    )
    return Outgoing(
        key=f"{kind}:{decision.id}",
        language=language,
        subject=words(SUBJECTS[kind], language, number=number),
        body=body,
        subject_kind="case",
        subject_id=decision.case_id,
        to_person=application.applicant_id,
    )


def _news(decision: Decision, kind: Kind) -> str:
    """The key of what the mail begins with: that there is a decision and what came before it, not what it says."""
    if kind == AGAIN:
        return "notice_news_decision_again"
    told = (decision.snapshot.get("change") or {}).get("told")
    if told in SETTLED:
        return "notice_news_settled"
    return "notice_news_changed" if decision.replaces_id else "notice_news_decision"


def _appeal(decision: Decision, language: Language) -> str:
    if is_final(decision.reason_code):
        return words("notice_final", language)
    return words("notice_appeal", language, appeal_by=weekday_date_text(decision.appeal_by_date, language))
