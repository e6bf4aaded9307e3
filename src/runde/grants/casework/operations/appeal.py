"""Appeals come: written on the web or received on paper, in time or late. A late one is received all the same."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import date_text, deadline
from runde.foundation.documents.api import seal_attachments
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound, Refused

from ..domain.appeal_period import AppealPeriod, period_of_others
from ..domain.appeal_states import AppealEvent, AppealState
from ..domain.final import is_final
from ..domain.words import as_language
from ..errors import FinalDecision, NotWaiting
from ..models import Appeal, Decision, Suspension
from ..queries.appealing import appeal_period_of, was_kept
from .appeal_money import set_aside_at_receipt
from .appealing import hold_appeal, write_step
from .following import hold_decision, is_in_force, journal, said
from .receipts import queue_receipts
from .telling_of_cases import News, tell_applicant

ATTACHED_TO = "appeal"
IF_EMPTY = "Skriv hva dere er uenige i, og hva dere vil ha endret."


def draft_appeal(*, decision_id: UUID, by: Actor, at: datetime) -> Appeal:
    """The person's appeal in the making, one for each decision: files hang on its id before it is sent.

    Raises FinalDecision when the decision carries out the appeal body's word.
    """
    with transaction.atomic():
        decision = hold_decision(decision_id)
        authorise(by, "casework.commit", decision.case)
        refuse_final(decision)
        found, _ = Appeal.objects.get_or_create(
            decision_id=decision.id, written_by=by.person_id, sent_at=None, defaults={"begun_at": at}
        )
    return found


def save_appeal(*, appeal_id: UUID, text: str, late_words: str = "", by: Actor, at: datetime) -> Appeal:
    """Keep what has been typed so far. Raises NotWaiting when it is sent."""
    with transaction.atomic():
        appeal = _hold_draft(appeal_id, by)
        appeal.text, appeal.late_words = text, late_words
        appeal.save(update_fields=["text", "late_words"])
    return appeal


def send_appeal(
    *, appeal_id: UUID, text: str, late_words: str = "", wants_wait: bool = False, by: Actor, at: datetime
) -> Appeal:
    """Receive the appeal with its files and queue its receipt; set aside what the rules say it may give.

    `late_words` say why it is late, `wants_wait` asks the municipality not to carry the decision out meanwhile.
    Raises Unsaid, NotWaiting when it is sent or the decision is replaced, FinalDecision, NotFound.
    """
    with transaction.atomic():
        appeal = _hold_draft(appeal_id, by)
        if not is_in_force(appeal.decision):
            raise NotWaiting("Vedtaket er erstattet av et nytt. Åpne saken og les det nye vedtaket.")
        refuse_final(appeal.decision)
        seal_attachments(subject_kind=ATTACHED_TO, subject_id=appeal.id, at=at)
        appeal.text, appeal.late_words = said(text, if_empty=IF_EMPTY), late_words.strip()
        _receive(appeal, appeal_period_of(appeal.decision), timezone.localdate(at), by, at)
        if wants_wait:
            Suspension.objects.create(appeal=appeal, asked_by=by.person_id, asked_at=at)
    return appeal


def register_appeal(
    *,
    decision_id: UUID,
    text: str,
    came_date: date,
    by: Actor,
    at: datetime,
    other_party: str = "",
    known_date: date | None = None,
    late_words: str = "",
    wants_wait: bool = False,
) -> Appeal:
    """An appeal on paper, by the party or by another with a legal interest (`other_party`, `known_date`).

    `came_date` is when it was posted or handed in: that day decides whether it is late. Raises Unsaid, Refused for a
    day to come or an appellant without the day they knew, NotWaiting, FinalDecision, NotAllowed, NotFound.
    """
    with transaction.atomic():
        decision = hold_decision(decision_id)
        authorise(by, "casework.correspond", decision.case)
        if not is_in_force(decision):
            raise NotWaiting("Vedtaket er erstattet av et nytt. Klagen må gjelde det nye vedtaket.")
        refuse_final(decision, other_party.strip())
        _refuse_odd_days(came_date, known_date, other_party, decision, at)
        appeal = Appeal(
            decision=decision,
            written_by=by.person_id if other_party.strip() else decision.case.application.applicant_id,
            begun_at=at,
            text=said(text, if_empty="Skriv av eller gjengi klagen."),
            late_words=late_words.strip(),
            other_party=other_party.strip()[:200],
            known_date=known_date,
        )
        period = _period(appeal)
        _receive(appeal, period, came_date, by, at)
        if wants_wait:
            Suspension.objects.create(appeal=appeal, asked_by=by.person_id, asked_at=at)
    return appeal


def refuse_final(decision: Decision, other_party: str = "") -> None:
    """The appeal body has had the last word, in a new decision or by letting this one stand. Raises FinalDecision.

    What stands after the applicant's own appeal may still be appealed by somebody else.
    """
    if is_final(decision.reason_code) or (not other_party and was_kept(decision.id)):
        raise FinalDecision(
            "Klageinstansen har avgjort saken, og vedtaket er endelig. Det kan ikke klages på en gang til."
        )


def _receive(appeal: Appeal, period: AppealPeriod, came: date, by: Actor, at: datetime) -> None:
    appeal.sent_at, appeal.last_date = at, period.last_date
    appeal.is_late = period.is_late(came)
    appeal.state = AppealState.LATE if appeal.is_late else AppealState.RECEIVED
    appeal.reassess_by_date = deadline("interim_reply", timezone.localdate(at))
    appeal.save()
    held = set_aside_at_receipt(appeal, by=by, at=at)
    event = AppealEvent.SEND_LATE if appeal.is_late else AppealEvent.SEND
    step = write_step(
        appeal, event, by=by, at=at, words=appeal.late_words, facts={**held, "came": came.isoformat()}
    )
    queue_receipts([step.id], at)
    case = appeal.decision.case
    journal("casework.appealed", case.id, by.person_id, at, appeal=appeal.id, is_late=appeal.is_late)
    if not appeal.other_party:
        day = date_text(came, as_language(case.application.language))
        sentence = "appeal_late" if appeal.is_late else "appeal"
        news = News(key=f"appeal:{appeal.id}", sentence=sentence, slots={"day": day}, has_letter=True)
        tell_applicant(case, news, at=at)


def _period(appeal: Appeal) -> AppealPeriod:
    if appeal.other_party and appeal.known_date:
        decided = timezone.localdate(appeal.decision.decided_at)
        return period_of_others(known_date=appeal.known_date, decided_date=decided)
    return appeal_period_of(appeal.decision)


def _refuse_odd_days(
    came: date, known: date | None, other_party: str, decision: Decision, at: datetime
) -> None:
    today, decided = timezone.localdate(at), timezone.localdate(decision.decided_at)
    if not decided <= came <= today:
        raise Refused(f"Dagen klagen kom, må være fra {date_text(decided)} til {date_text(today)}.")
    if bool(other_party.strip()) != (known is not None):
        raise Refused(
            "Klager noen andre enn søkeren, må du skrive hvem det er og når de fikk vite om vedtaket."
        )
    if known is not None and not decided <= known <= came:
        raise Refused("Dagen klageren fikk vite om vedtaket, må være mellom vedtaket og klagen.")


def _hold_draft(appeal_id: UUID, by: Actor) -> Appeal:
    appeal = hold_appeal(appeal_id)
    if appeal.written_by != by.person_id:
        raise NotFound("Vi finner ikke klagen. Gå tilbake til saken og åpne den derfra.")
    authorise(by, "casework.commit", appeal.decision.case)
    if appeal.sent_at is not None:
        raise NotWaiting("Klagen er allerede sendt.")
    return appeal
