"""The outbox: queued once, sent at least once, never with a smuggled header."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.db import connection

from runde.foundation.journal.models import Event
from runde.foundation.notices.api import (
    AddressRefused,
    Notice,
    Outgoing,
    call_back,
    list_notices,
    queue_notice,
    queue_notices,
    send_due,
)
from runde.foundation.people.api import Actor, register_person
from runde.foundation.trust.api import fence

pytestmark = pytest.mark.django_db
IDA = Actor(uuid4(), "Ida Lunde")


def message(key: str = "k", **changes: Any) -> Outgoing:
    facts: dict[str, Any] = {
        "key": key,
        "language": "nb",
        "subject": "Vi har fått søknaden",
        "body": "Hei",
        "subject_kind": "case",
        "subject_id": uuid4(),
        "email": "kari@example.com",
    }
    return Outgoing(**{**facts, **changes})


def test_the_same_key_is_queued_once(at: datetime) -> None:
    with fence(uuid4()):
        queue_notices([message("a"), message("b")], at=at)
        queue_notices([message("a"), message("c")], at=at)
        assert sorted(Notice.objects.values_list("key", flat=True)) == ["a", "b", "c"]


def test_a_due_notice_is_sent_and_marked(at: datetime) -> None:
    subject = uuid4()
    with fence(uuid4()):
        queue_notices(
            [message(subject_id=subject), message("later", leave_at=at + timedelta(hours=1))], at=at
        )
        assert send_due(at=at) == 1
        assert send_due(at=at) == 0
        [notice] = list_notices("case", subject)
        assert (notice.state, notice.sent_at, notice.attempts) == ("sent", at, 1)
        assert Event.objects.filter(action="notices.sent").count() == 1
    [sent] = mail.outbox
    assert sent.to == ["kari@example.com"]
    assert sent.extra_headers["Message-ID"] == f"<{notice.id}@runde.example>"


def test_a_person_gets_it_at_their_own_address(at: datetime) -> None:
    person = register_person(email="ola@example.com", name="Ola Nes")
    with fence(uuid4()):
        queue_notice(
            key="k",
            language="nn",
            subject="Takk",
            body="Hei",
            subject_kind="case",
            subject_id=uuid4(),
            to_person=person.id,
            at=at,
        )
        assert Notice.objects.get().to_email == "ola@example.com"


@pytest.mark.parametrize(
    "address",
    ["", "kari", "a@example.com, b@example.com", "a@example.com\nBcc: b@example.com", "Kari <a@example.com>"],
)
def test_only_one_address_is_taken(at: datetime, address: str) -> None:
    with fence(uuid4()), pytest.raises(AddressRefused):
        queue_notices([message(email=address)], at=at)


def test_a_person_without_an_account_is_refused(at: datetime) -> None:
    with fence(uuid4()), pytest.raises(AddressRefused):
        queue_notices([message(to_person=uuid4(), email="")], at=at)


def test_a_subject_is_one_line(at: datetime) -> None:
    with fence(uuid4()):
        queue_notices([message(subject="Hei\r\nBcc: alle@example.com")], at=at)
        assert Notice.objects.get().subject == "Hei Bcc: alle@example.com"


def test_called_back_before_it_left(at: datetime) -> None:
    subject = uuid4()
    with fence(uuid4()):
        queue_notices([message(subject_id=subject, leave_at=at + timedelta(minutes=10))], at=at)
        assert call_back(subject_kind="case", subject_ids=[subject], by=IDA, at=at) == 1
        assert send_due(at=at + timedelta(hours=1)) == 0
        assert call_back(subject_kind="case", subject_ids=[subject], by=IDA, at=at) == 0
    assert mail.outbox == []


def test_a_refusing_mail_server_is_tried_again_later_and_given_up(at: datetime, monkeypatch: Any) -> None:
    def refuse(self: object) -> None:
        raise OSError("Ingen\nkontakt")

    monkeypatch.setattr("runde.foundation.notices.operations.EmailMessage.send", refuse)
    with fence(uuid4()):
        queue_notices([message()], at=at)
        assert send_due(at=at) == 1
        notice = Notice.objects.get()
        assert (notice.state, notice.attempts, notice.last_error) == ("waiting", 1, "Ingen kontakt")
        assert notice.leave_at == at + timedelta(minutes=2)
        assert jobs_of(notice.tenant_id) == [("notices.send", at), ("notices.send", notice.leave_at)]
        assert send_due(at=at) == 0
        for days in range(1, 6):
            send_due(at=at + timedelta(days=days))
        assert Notice.objects.get().state == "failed"


def test_queueing_puts_the_sending_in_the_queue_with_the_transaction(at: datetime) -> None:
    tenant = uuid4()
    with fence(tenant):
        queue_notices([message("a"), message("b")], at=at)
    assert jobs_of(tenant) == [("notices.send", at)]


def jobs_of(tenant: UUID) -> list[tuple[str, datetime]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, scheduled_at FROM procrastinate_jobs WHERE args->>'tenant_id' = %s ORDER BY id",
            [str(tenant)],
        )
        return list(cursor.fetchall())
