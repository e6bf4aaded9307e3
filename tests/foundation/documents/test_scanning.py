"""The virus scan: what it finds, and what stands while it is away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from runde.foundation.documents.api import (
    Attachment,
    NotServed,
    ScannerSilent,
    attachment_infected,
    get_attachment,
    open_attachment,
    open_preview,
    receive_attachment,
    scan_attachment,
    seal_attachments,
)
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import Conflict, NotFound
from tests.factories.files import a_pdf, sent
from tests.fakes.scanner import FakeScanner

IDA = Actor(uuid4(), "Ida Lunde")
PER = Actor(uuid4(), "Per Strand")
SUBJECT = uuid4()


@pytest.fixture
def taken(tenant: UUID, at: datetime, settings: Any) -> Attachment:
    settings.SCANNER_ADDRESS = "unix:/nowhere"
    return receive_attachment(
        file=sent(a_pdf()), subject_kind="application", subject_id=SUBJECT, by=IDA, at=at
    )


def scan(taken: Attachment, at: datetime, **scanner: Any) -> Attachment:
    scan_attachment(attachment_id=taken.id, scanner=FakeScanner(**scanner), at=at + timedelta(minutes=1))
    return get_attachment(taken.id)


def test_every_file_taken_is_sent_to_the_scanner(taken: Attachment) -> None:
    [job] = ProcrastinateJob.objects.filter(task_name="documents.scan")
    assert job.args["attachment_id"] == str(taken.id)


def test_a_clean_file_may_be_opened_by_others(taken: Attachment, at: datetime) -> None:
    scanned = scan(taken, at)
    assert (scanned.state, scanned.scanned_at) == ("scanned", datetime(2026, 11, 23, 9, 1, tzinfo=UTC))
    assert open_attachment(attachment=scanned, by=PER, at=at) == a_pdf()


def test_a_file_with_virus_is_opened_by_nobody(taken: Attachment, at: datetime) -> None:
    told: list[Any] = []
    listen = lambda sender, attachment, **_: told.append(attachment.id)  # noqa: E731
    attachment_infected.connect(listen, weak=False)
    infected = scan(taken, at, virus="Eicar-Signature")
    attachment_infected.disconnect(listen)
    assert (infected.state, infected.reason, infected.is_usable, told) == (
        "infected",
        "virus",
        False,
        [taken.id],
    )
    for person in (IDA, PER):
        with pytest.raises(NotServed):
            open_attachment(attachment=infected, by=person, at=at, unscanned_accepted=True)
    with pytest.raises(NotFound):
        open_preview(infected)
    with pytest.raises(Conflict, match="virus"):
        seal_attachments(subject_kind="application", subject_id=SUBJECT, at=at)


def test_while_the_scanner_is_away_the_file_stands_and_only_its_sender_opens_it(
    taken: Attachment, at: datetime
) -> None:
    with pytest.raises(ScannerSilent):
        scan(taken, at, is_silent=True)
    waiting = get_attachment(taken.id)
    assert (waiting.state, waiting.is_usable) == ("checked", True)
    assert open_attachment(attachment=waiting, by=IDA, at=at) == a_pdf()
    with pytest.raises(NotServed, match="ikke kontrollert for virus ennå"):
        open_attachment(attachment=waiting, by=PER, at=at, unscanned_accepted=True)
    assert [one.id for one in seal_attachments(subject_kind="application", subject_id=SUBJECT, at=at)] == [
        taken.id
    ]


def test_virus_found_after_sealing_is_written_and_the_rest_stands(taken: Attachment, at: datetime) -> None:
    seal_attachments(subject_kind="application", subject_id=SUBJECT, at=at)
    infected = scan(taken, at, virus="Eicar-Signature")
    assert (infected.state, infected.sha256) == ("infected", taken.sha256)


def test_a_file_is_scanned_once_and_a_file_that_is_gone_not_at_all(taken: Attachment, at: datetime) -> None:
    scan(taken, at)
    again = FakeScanner(virus="late")
    scan_attachment(attachment_id=taken.id, scanner=again, at=at)
    assert scan_attachment(attachment_id=uuid4(), scanner=again, at=at) is None
    assert again.asked == 0
