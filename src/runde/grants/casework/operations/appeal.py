"""Appeals: written, received in time or late, and settled."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import date_text
from runde.foundation.documents.api import seal_attachments
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound

from ..domain.words import as_language
from ..errors import NotWaiting
from ..models import Appeal
from ..queries.appealing import appeal_period_of
from .following import hold_decision, is_in_force, journal, said
from .telling_of_cases import News, tell_applicant

ATTACHED_TO = "appeal"


def draft_appeal(*, decision_id: UUID, by: Actor, at: datetime) -> Appeal:
    """The person's appeal in the making, one for each decision: files hang on its id before it is sent."""
    with transaction.atomic():
        decision = hold_decision(decision_id)
        authorise(by, "casework.commit", decision.case)
        found, _ = Appeal.objects.get_or_create(
            decision_id=decision.id, written_by=by.person_id, sent_at=None, defaults={"begun_at": at}
        )
    return found


def save_appeal(*, appeal_id: UUID, text: str, by: Actor, at: datetime) -> Appeal:
    """Keep what has been typed so far. Raises NotWaiting when it is sent."""
    with transaction.atomic():
        appeal = _hold_draft(appeal_id, by)
        appeal.text = text
        appeal.save(update_fields=["text"])
    return appeal


def send_appeal(*, appeal_id: UUID, text: str, by: Actor, at: datetime) -> Appeal:
    """Receive the appeal with its files, in time or late, and queue its receipt. A late one is received all the same.

    Raises Unsaid, NotWaiting when it is sent or the decision is replaced, NotFound.
    """
    with transaction.atomic():
        appeal = _hold_draft(appeal_id, by)
        if not is_in_force(appeal.decision):
            raise NotWaiting("Vedtaket er erstattet av et nytt. Åpne saken og les det nye vedtaket.")
        seal_attachments(subject_kind=ATTACHED_TO, subject_id=appeal.id, at=at)
        period = appeal_period_of(appeal.decision)
        appeal.text = said(text, if_empty="Skriv hva dere er uenige i, og hva dere vil ha endret.")
        appeal.sent_at, appeal.last_date = at, period.last_date
        appeal.is_late = period.is_late(timezone.localdate(at))
        appeal.state = "late" if appeal.is_late else "received"
        appeal.save(update_fields=["text", "sent_at", "last_date", "is_late", "state"])
        case = appeal.decision.case
        journal("casework.appealed", case.id, by.person_id, at, appeal=appeal.id, is_late=appeal.is_late)
        day = date_text(timezone.localdate(at), as_language(case.application.language))
        sentence = "appeal_late" if appeal.is_late else "appeal"
        tell_applicant(case, News(key=f"appeal:{appeal.id}", sentence=sentence, slots={"day": day}), at=at)
    return appeal


def settle_appeal(*, appeal_id: UUID, result: str, text: str, by: Actor, at: datetime) -> Appeal:
    """Say what came of an appeal, with words the applicant gets. A changed decision is made as a new one besides.

    Raises Unsaid, NotWaiting when it is settled, NotFound.
    """
    with transaction.atomic():
        appeal = _find(appeal_id)
        appeal.decision = hold_decision(appeal.decision_id)
        authorise(by, "casework.correspond", appeal.decision.case)
        appeal.refresh_from_db(fields=["sent_at", "settled_at"])
        if appeal.sent_at is None or appeal.settled_at is not None:
            raise NotWaiting("Klagen er allerede behandlet.")
        appeal.result = Appeal.Result(result)
        appeal.result_text = said(text, if_empty="Skriv hva dere har kommet til, med egne ord.")
        appeal.settled_by, appeal.settled_at = by.person_id, at
        appeal.state = "ended"
        appeal.save(update_fields=["result", "result_text", "settled_by", "settled_at", "state"])
        case_id = appeal.decision.case_id
        journal("casework.appeal_settled", case_id, by.person_id, at, appeal=appeal.id, result=result)
        told = News(key=f"appeal_settled:{appeal.id}", sentence="appeal_settled")
        tell_applicant(appeal.decision.case, told, at=at)
    return appeal


def _hold_draft(appeal_id: UUID, by: Actor) -> Appeal:
    appeal = _find(appeal_id)
    if appeal.written_by != by.person_id:
        raise _not_found()
    appeal.decision = hold_decision(appeal.decision_id)
    authorise(by, "casework.commit", appeal.decision.case)
    appeal.refresh_from_db(fields=["sent_at"])
    if appeal.sent_at is not None:
        raise NotWaiting("Klagen er allerede sendt.")
    return appeal


def _find(appeal_id: UUID) -> Appeal:
    appeal = Appeal.objects.filter(id=appeal_id).first()
    if appeal is None:
        raise _not_found()
    return appeal


def _not_found() -> NotFound:
    return NotFound("Vi finner ikke klagen. Gå tilbake til saken og åpne den derfra.")
