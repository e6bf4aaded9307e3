"""What applicants are told when there is a decision: that there is one, not what it says."""

from __future__ import annotations

from collections.abc import Sequence

from runde.engine.reference.api import weekday_date_text
from runde.foundation.notices.api import Outgoing
from runde.grants.schemes.api import Call

from ..domain.words import as_language, in_language, words
from ..models import Decision


def notices_about(decisions: Sequence[Decision], call: Call) -> list[Outgoing]:
    """One message for each decision to the person who applied, in the application's language."""
    return [_notice(decision, call) for decision in decisions]


def _notice(decision: Decision, call: Call) -> Outgoing:
    application, number = decision.case.application, decision.case.number
    language = as_language(application.language)
    body = words(
        "notice_body",
        language,
        company=application.company_name,
        scheme=in_language(call.scheme_version.texts["name"], language),
        number=number,
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
