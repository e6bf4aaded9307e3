from __future__ import annotations

import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from runde.foundation.jobs.api import Job, defer_in_transaction
from runde.foundation.journal.api import Happening, record_many
from runde.foundation.people.api import Actor, Person
from runde.foundation.trust.api import insert_rows, new_id

from .addresses import SECRET_MARK, AddressRefused, MailRefused, end_address, one_address, one_line
from .models import Notice, Subscription
from .subscriptions.leaving import end_secret, standing

State = Notice.State
ATTEMPTS = 6
FIRST_WAIT = timedelta(minutes=2)
BATCH = 25

__all__ = [
    "AddressRefused",
    "MailRefused",
    "Outgoing",
    "call_back",
    "mail_at_once",
    "queue_notice",
    "queue_notices",
    "send_due",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message to one person: to an account (`to_person`) or to a bare address (`email`).

    `key` says what it is about and for whom; the same key is queued once, for ever. `leave_at` is the earliest
    moment it may leave, None for at once. On a subscription, `end_url` is where one gets out of it, with
    `SECRET_MARK` last; it goes into the mail's list headers, and so may the body hold it.
    """

    key: str
    language: str
    subject: str
    body: str
    subject_kind: str
    subject_id: UUID
    to_person: UUID | None = None
    email: str = ""
    leave_at: datetime | None = None
    subscription_id: UUID | None = None
    end_url: str = ""


def queue_notice(
    *,
    key: str,
    language: str,
    subject: str,
    body: str,
    subject_kind: str,
    subject_id: UUID,
    to_person: UUID | None = None,
    email: str = "",
    leave_at: datetime | None = None,
    at: datetime,
) -> None:
    """Put one message in the outbox, in the caller's transaction. Raises AddressRefused."""
    outgoing = Outgoing(
        key=key,
        language=language,
        subject=subject,
        body=body,
        subject_kind=subject_kind,
        subject_id=subject_id,
        to_person=to_person,
        email=email,
        leave_at=leave_at,
    )
    queue_notices([outgoing], at=at)


def queue_notices(many: Sequence[Outgoing], *, at: datetime) -> None:
    """Put messages in the outbox, in the caller's transaction; those with a known key are there already.

    Raises AddressRefused when a person has no account or an address is not one address.
    """
    if not many:
        return
    addresses = _addresses({one.to_person for one in many if one.to_person})
    notices = [_notice(one, addresses, at) for one in many]
    with transaction.atomic(savepoint=False):
        insert_rows(notices, skip_known=True)
        defer_in_transaction(
            [Job("notices.send", {}, when) for when in sorted({one.leave_at for one in notices})]
        )


def call_back(*, subject_kind: str, subject_ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Stop messages about these subjects that have not left yet; gives how many were stopped."""
    with transaction.atomic():
        waiting = Notice.objects.select_for_update().filter(
            state=State.WAITING, subject_kind=subject_kind, subject_id__in=subject_ids
        )
        stopped = list(waiting.values_list("id", flat=True))
        Notice.objects.filter(id__in=stopped).update(state=State.CALLED_BACK)
        record_many(
            [Happening("notices.called_back", "notice", notice_id) for notice_id in stopped],
            by=by.person_id,
            at=at,
        )
    return len(stopped)


def send_due(*, at: datetime, limit: int = BATCH) -> int:
    """Send up to `limit` messages that may leave; gives how many were tried, so that the caller can go on until 0.

    At least once: a process killed between the mail server's yes and the commit sends its batch again, with the
    same Message-ID. A message another process has in hand is passed by.
    """
    with transaction.atomic():
        due = Notice.objects.select_for_update(skip_locked=True).filter(state=State.WAITING, leave_at__lte=at)
        batch = list(due.order_by("leave_at", "id")[:limit])
        if not batch:
            return 0
        subscriptions = standing(batch)
        with get_connection() as postman:
            for notice in batch:
                if notice.subscription_id and notice.subscription_id not in subscriptions:
                    notice.state = State.CALLED_BACK
                else:
                    _send(notice, subscriptions, postman, at)
        _keep(batch)
        record_many([_happening(notice) for notice in batch if notice.state != State.WAITING], by=None, at=at)
        again = {notice.leave_at for notice in batch if notice.state == State.WAITING}
        defer_in_transaction([Job("notices.send", {}, when) for when in sorted(again)])
    return len(batch)


def _keep(batch: Sequence[Notice]) -> None:
    """Write how the batch went: one statement for all that went alike, which is nearly always the whole batch."""
    alike: dict[tuple[tuple[str, Any], ...], list[UUID]] = {}
    for notice in batch:
        changed = ["state", "sent_at", "attempts", "last_error"]
        changed += [] if notice.state == State.SENT else ["leave_at"]
        alike.setdefault(tuple((name, getattr(notice, name)) for name in changed), []).append(notice.id)
    for values, ids in alike.items():
        Notice.objects.filter(id__in=ids).update(**dict(values))


def _addresses(person_ids: set[UUID]) -> dict[UUID, str]:
    return dict(Person.objects.filter(id__in=person_ids).values_list("id", "email")) if person_ids else {}


def _notice(one: Outgoing, addresses: dict[UUID, str], at: datetime) -> Notice:
    address = addresses.get(one.to_person, "") if one.to_person else one.email
    return Notice(
        key=one.key,
        to_email=one_address(address),
        to_person_id=one.to_person,
        language=one.language,
        subject=one_line(one.subject),
        body=one.body,
        subject_kind=one.subject_kind,
        subject_id=one.subject_id,
        queued_at=at,
        leave_at=one.leave_at or at,
        subscription_id=one.subscription_id,
        end_url=end_address(one.end_url) if one.subscription_id else "",
    )


def _send(
    notice: Notice, subscriptions: Mapping[UUID, Subscription], postman: BaseEmailBackend, at: datetime
) -> None:
    """One mail. A refusal by the mail server is written on the notice, which waits longer each time."""
    notice.attempts += 1
    subscription = subscriptions.get(notice.subscription_id) if notice.subscription_id else None
    message = _message(notice, end_secret(subscription) if subscription else "", postman)
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as error:
        notice.last_error = one_line(str(error))[:300]
        notice.leave_at = at + FIRST_WAIT * 2 ** (notice.attempts - 1)
        notice.state = State.FAILED if notice.attempts >= ATTEMPTS else State.WAITING
        return
    notice.state, notice.sent_at, notice.last_error = State.SENT, at, ""


def _message(notice: Notice, secret: str, postman: BaseEmailBackend) -> EmailMessage:
    body = notice.body.replace(SECRET_MARK, secret) if secret else notice.body
    headers = _headers(str(notice.id), notice.language) | _list_headers(notice, secret)
    return EmailMessage(notice.subject, body, to=[notice.to_email], headers=headers, connection=postman)


def _headers(name: str, language: str) -> dict[str, str]:
    return {
        "Message-ID": f"<{name}@{_our_domain()}>",
        "Content-Language": language,
        "Auto-Submitted": "auto-generated",
    }


def _list_headers(notice: Notice, secret: str) -> dict[str, str]:
    """Out of the list with one press in the mail program (RFC 2369 and 8058)."""
    if not secret:
        return {}
    url = end_address(notice.end_url).replace(SECRET_MARK, secret)
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def mail_at_once(*, email: str, language: str, subject: str, body: str) -> None:
    """Send one mail now, kept nowhere: for secrets nobody but the receiver may see. Raises MailRefused."""
    message = EmailMessage(
        one_line(subject), body, to=[one_address(email)], headers=_headers(str(new_id()), language)
    )
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as error:
        raise MailRefused("Vi fikk ikke sendt e-posten nå. Prøv igjen om litt.") from error


def _our_domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")


def _happening(notice: Notice) -> Happening:
    facts = {"about": notice.subject_kind, "subject_id": notice.subject_id, "attempts": notice.attempts}
    return Happening(f"notices.{notice.state}", "notice", notice.id, facts)
