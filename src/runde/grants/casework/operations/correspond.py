"""Messages both ways, and what the municipality needs to know before it can go on."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import date_text
from runde.foundation.documents.api import seal_attachments
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound, Refused

from ..domain.state_table import TABLE
from ..domain.words import as_language
from ..errors import NotWaiting
from ..models import Case, InformationRequest, Message
from .deadlines import move_deadlines
from .following import hold_case, journal, said
from .telling_of_cases import News, Task, tell_applicant

ATTACHED_TO = "message"
NOTHING_SAID = "Skriv en melding, eller legg ved en fil."


def draft_message(*, case_id: UUID, by: Actor, at: datetime, from_applicant: bool) -> Message:
    """The person's message in the making, one for each case: files hang on its id before it is sent."""
    with transaction.atomic():
        case = hold_case(case_id)
        _authorise(case, by, from_applicant)
        found, _ = Message.objects.get_or_create(
            case=case,
            written_by=by.person_id,
            from_applicant=from_applicant,
            sent_at=None,
            defaults={"begun_at": at},
        )
    return found


def save_message(*, message_id: UUID, text: str, by: Actor, at: datetime) -> Message:
    """Keep what has been typed so far. Raises NotWaiting when it is sent."""
    with transaction.atomic():
        message = _hold_draft(message_id, by)
        message.text = text
        message.save(update_fields=["text"])
    return message


def send_message(
    *, message_id: UUID, text: str, by: Actor, at: datetime, answers: UUID | None = None
) -> Message:
    """Send a message with what hangs on it. With `answers` it is the answer to that request, and the clock goes on.

    What the municipality sends queues one mail. Raises Unsaid without words and files, NotWaiting, NotFound.
    """
    with transaction.atomic():
        message = _hold_draft(message_id, by)
        files = seal_attachments(subject_kind=ATTACHED_TO, subject_id=message.id, at=at)
        message.text = text.strip() if files and not text.strip() else said(text, if_empty=NOTHING_SAID)
        message.sent_at = at
        if answers is not None:
            message.answers = _answered(message, answers, by, at)
        message.save(update_fields=["text", "sent_at", "answers"])
        journal(
            "casework.message_sent",
            message.case_id,
            by.person_id,
            at,
            message=message.id,
            from_applicant=message.from_applicant,
            files=len(files),
        )
        if not message.from_applicant:
            tell_applicant(message.case, News(key=f"message:{message.id}", sentence="message"), at=at)
    return message


def read_messages(*, case_id: UUID, by: Actor, at: datetime, as_applicant: bool) -> int:
    """Mark what the other side has sent as read; gives how many were new."""
    with transaction.atomic():
        case = hold_case(case_id)
        _authorise(case, by, as_applicant)
        new = Message.objects.filter(
            case=case, from_applicant=not as_applicant, sent_at__isnull=False, read_at__isnull=True
        )
        return new.update(read_by=by.person_id, read_at=at)


def ask_information(
    *, case_id: UUID, text: str, due_date: date, by: Actor, at: datetime
) -> InformationRequest:
    """Ask the applicant for what is needed, with a day. The clock stands still until they answer.

    Only while the case is open: what lies before an approver must be sent back first (NotWaiting).
    """
    with transaction.atomic():
        case = hold_case(case_id)
        authorise(by, "casework.correspond", case)
        if not TABLE.fits("case", "ask", case.state):
            raise NotWaiting("Saken er ikke lenger åpen. Send en melding i stedet.")
        if due_date <= timezone.localdate(at):
            raise Refused("Fristen må være fra i morgen av. Velg en senere dag.")
        asked = InformationRequest.objects.create(
            case=case,
            text=said(text, if_empty="Skriv hva dere trenger å vite."),
            due_date=due_date,
            asked_by=by.person_id,
            asked_at=at,
        )
        journal("casework.asked", case.id, by.person_id, at, request=asked.id, due_date=due_date)
        move_deadlines([case.id], at)
        tell_applicant(case, _asked(asked), at=at)
    return asked


def close_request(*, request_id: UUID, by: Actor, at: datetime) -> None:
    """The municipality no longer waits for an answer: the clock goes on. Raises NotWaiting when it has ended."""
    with transaction.atomic():
        request = _open_request(request_id)
        authorise(by, "casework.correspond", request.case)
        request.closed_by, request.closed_at = by.person_id, at
        request.save(update_fields=["closed_by", "closed_at"])
        journal("casework.request_closed", request.case_id, by.person_id, at, request=request.id)
        move_deadlines([request.case_id], at)


def end_requests(cases: list[UUID], by: Actor, at: datetime) -> None:
    """A decision, or a withdrawal, ends what was asked: nobody waits any more."""
    open_ones = InformationRequest.objects.filter(
        case_id__in=cases, answered_at__isnull=True, closed_at__isnull=True
    )
    open_ones.update(closed_by=by.person_id, closed_at=at)


def _answered(message: Message, request_id: UUID, by: Actor, at: datetime) -> InformationRequest:
    request = _open_request(request_id)
    if request.case_id != message.case_id or not message.from_applicant:
        raise NotFound("Vi finner ikke spørsmålet. Gå tilbake til saken og svar derfra.")
    request.answered_by, request.answered_at = by.person_id, at
    request.save(update_fields=["answered_by", "answered_at"])
    journal("casework.answered", message.case_id, by.person_id, at, request=request.id, message=message.id)
    move_deadlines([message.case_id], at)
    return request


def _open_request(request_id: UUID) -> InformationRequest:
    case_id = InformationRequest.objects.filter(id=request_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound("Vi finner ikke spørsmålet. Gå tilbake til saken og åpne det derfra.")
    case = hold_case(case_id)
    request = InformationRequest.objects.select_for_update().get(id=request_id)
    if not request.is_open:
        raise NotWaiting("Spørsmålet er allerede besvart eller avsluttet. Send en melding i stedet.")
    request.case = case
    return request


def _hold_draft(message_id: UUID, by: Actor) -> Message:
    message = Message.objects.filter(id=message_id, written_by=by.person_id).first()
    if message is None:
        raise NotFound("Vi finner ikke meldingen. Gå tilbake til saken og skriv den derfra.")
    case = hold_case(message.case_id)
    _authorise(case, by, message.from_applicant)
    message.refresh_from_db()
    if message.sent_at is not None:
        raise NotWaiting("Meldingen er allerede sendt.")
    message.case = case
    return message


def _authorise(case: Case, by: Actor, from_applicant: bool) -> None:
    authorise(by, "casework.follow" if from_applicant else "casework.correspond", case)


def _asked(request: InformationRequest) -> News:
    language = as_language(request.case.application.language)
    return News(
        key=f"request:{request.id}",
        sentence="request",
        slots={"day": date_text(request.due_date, language)},
        task=Task(purpose="answer_request", subject_id=request.id, last_date=request.due_date),
    )
