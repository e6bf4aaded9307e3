"""Provisional replies as letters: what the mail said, kept with the case.

Made by a job after the mail is queued: hundreds may be owed word the same morning.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from runde.engine.reference.api import weekday_date_text
from runde.foundation.documents.api import Sealing, seal_documents, standing_keys
from runde.foundation.jobs.api import Job, defer_in_transaction
from runde.foundation.organisations.api import Organisation, get_tenant
from runde.foundation.trust.api import current_tenant

from ..domain.case_letters import Wanted, language_of
from ..domain.delay_reasons import why_later
from ..models import Case, ProvisionalReply
from .sealing_letters import OfCase, sealing_of

LETTERS_IN_A_JOB = 50


def waiting_letter_key(reply_id: UUID) -> str:
    return f"provisional_reply:{reply_id}"


def queue_waiting_letters(reply_ids: Sequence[UUID], at: datetime) -> None:
    """Put the writing of them in the queue, as part of the open transaction."""
    ids = [str(one) for one in reply_ids]
    batches = [ids[start : start + LETTERS_IN_A_JOB] for start in range(0, len(ids), LETTERS_IN_A_JOB)]
    if batches:
        defer_in_transaction(
            [
                Job("casework.write_waiting_letters", {"reply_ids": one, "at": at.isoformat()})
                for one in batches
            ]
        )


def write_waiting_letters(*, reply_ids: Collection[UUID], at: datetime) -> int:
    """Write the letters of replies that have none yet; gives how many. Harmless to run again."""
    standing = standing_keys([waiting_letter_key(one) for one in reply_ids])
    missing = [one for one in reply_ids if waiting_letter_key(one) not in standing]
    replies = ProvisionalReply.objects.filter(id__in=missing).order_by("id")
    found = list(replies.select_related("case__application__scheme_version"))
    tenant = get_tenant(current_tenant())
    if found:
        seal_documents([_sealing(one, tenant) for one in found], by=None, at=at)
    return len(found)


def missing_waiting_letters(since: datetime, until: datetime) -> list[UUID]:
    """The provisional replies of that time that have no letter. Two statements."""
    replies = ProvisionalReply.objects.filter(made_at__range=(since, until))
    ids = list(replies.order_by("made_at", "id").values_list("id", flat=True))
    standing = standing_keys([waiting_letter_key(one) for one in ids])
    return [one for one in ids if waiting_letter_key(one) not in standing]


def _sealing(reply: ProvisionalReply, tenant: Organisation) -> Sealing:
    facts = _facts(reply.case, tenant)
    language = language_of(facts)
    wanted = Wanted(
        kind="provisional" if reply.number == 1 else "delayed",
        said=why_later(reply.reason_code, reply.reason_text, language),
        made_at=reply.made_at,
        made_date=timezone.localdate(reply.made_at),
        slots={"answer_day": weekday_date_text(reply.expected_date, language)},
    )
    scheme_id = reply.case.application.scheme_version.scheme_id
    of = OfCase(case_id=reply.case_id, scheme_id=scheme_id, facts=facts)
    return sealing_of(of, wanted, key=waiting_letter_key(reply.id), reply=str(reply.id))


def _facts(case: Case, tenant: Organisation) -> dict[str, Any]:
    """As much of a decision's snapshot as there is before a decision."""
    application, version = case.application, case.application.scheme_version
    submitted = application.submitted_at or case.opened_at
    return {
        "authority": {
            "name": tenant.name,
            "contact_name": tenant.contact_name,
            "contact_phone": tenant.contact_phone,
            "contact_email": tenant.contact_email,
        },
        "applicant": {
            "language": application.language,
            "organisation_number": application.organisation_number,
            "company_name": application.company_name,
            "facts": application.facts,
            "submitted_date": timezone.localdate(submitted).isoformat(),
        },
        "scheme": {"texts": version.texts, "legal_basis": version.legal_basis},
        "outcome": {"case_number": case.number},
    }
