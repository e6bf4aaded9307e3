"""Files on messages and appeals: added while they are written, opened by both sides when they are sent."""

from __future__ import annotations

from uuid import UUID

from runde.foundation.documents.api import Attachment
from runde.foundation.people.api import Actor, authorise, may
from runde.foundation.trust.api import Conflict, NotFound
from runde.grants.casework.api import Appeal, Message
from runde.web.applicant.after.writing import FILES, room
from runde.web.uploads.api import Room


class MessageFiles:
    """Whoever writes adds and removes until the message is sent; then those of the case may read."""

    def room(self, actor: Actor, subject_id: UUID, question: str) -> Room:
        _refuse_other(question)
        message = _message(subject_id)
        side = "casework.follow" if message.from_applicant else "casework.correspond"
        if message.written_by != actor.person_id:
            raise _not_found()
        authorise(actor, side, message.case)
        _refuse_sent(message)
        return room()

    def check_reader(self, actor: Actor, subject_id: UUID) -> None:
        message = _message(subject_id)
        if message.sent_at is None and message.written_by != actor.person_id:
            raise _not_found()
        _check_side(actor, message.case)

    def check_remover(self, actor: Actor, attachment: Attachment) -> None:
        self.room(actor, attachment.subject_id, FILES)


class AppealFiles:
    """As for messages; only the applicant's side writes appeals."""

    def room(self, actor: Actor, subject_id: UUID, question: str) -> Room:
        _refuse_other(question)
        appeal = _appeal(subject_id)
        if appeal.written_by != actor.person_id:
            raise _not_found()
        authorise(actor, "casework.commit", appeal.decision.case)
        _refuse_sent(appeal)
        return room()

    def check_reader(self, actor: Actor, subject_id: UUID) -> None:
        appeal = _appeal(subject_id)
        if appeal.sent_at is None and appeal.written_by != actor.person_id:
            raise _not_found()
        _check_side(actor, appeal.decision.case)

    def check_remover(self, actor: Actor, attachment: Attachment) -> None:
        self.room(actor, attachment.subject_id, FILES)


def _message(message_id: UUID) -> Message:
    found = Message.objects.filter(id=message_id).select_related("case__application").first()
    if found is None:
        raise _not_found()
    return found


def _appeal(appeal_id: UUID) -> Appeal:
    found = Appeal.objects.filter(id=appeal_id).select_related("decision__case__application").first()
    if found is None:
        raise _not_found()
    return found


def _check_side(actor: Actor, case: object) -> None:
    if not (may(actor, "casework.follow", case) or may(actor, "casework.read", case)):
        raise _not_found()


def _refuse_other(question: str) -> None:
    if question != FILES:
        raise _not_found()


def _refuse_sent(thing: Message | Appeal) -> None:
    if thing.sent_at is not None:
        raise Conflict("Det er allerede sendt. Vedleggene kan ikke endres.")


def _not_found() -> NotFound:
    return NotFound("Vi finner ikke filen. Gå tilbake til saken og åpne den derfra.")
