"""Mails to those who sent something large off and went on with other work: it is done now."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings

from runde.engine.reference.api import number_text
from runde.foundation.notices.api import Outgoing, queue_notices
from runde.foundation.organisations.api import get_tenant
from runde.foundation.trust.api import current_tenant

from ..models import BatchOrder, Proposal

BODY = "Hei.\n\n{sentence}\n\n{way}: {address}\n\nHilsen {authority}"


def tell_of_order(order: BatchOrder, *, at: datetime) -> None:
    """To the officer who sent the cases: they are with the approver now, or why they are not."""
    proposed = order.proposal
    subject = "Sakene er sendt til godkjenning" if proposed else "Sakene ble ikke sendt til godkjenning"
    sent = number_text(len(order.case_ids) - len(order.apart))
    left = f" {number_text(len(order.apart))} ble ikke med." if order.apart else ""
    sentence = f"{sent} saker er sendt til godkjenning.{left}" if proposed else order.refusal
    notice = _mail(
        f"batch_order:{order.id}",
        order.asked_by,
        subject,
        _body(sentence, "Se hva som ble med", f"forslag/sending/{order.id}/"),
        ("batch_order", order.id),
    )
    queue_notices([notice], at=at)


def letters_are_made(proposal: Proposal, person_id: UUID, count: int) -> Outgoing:
    """To one who had a part in the decisions: every letter lies in its case."""
    return _mail(
        letters_made_key(proposal.id, person_id),
        person_id,
        f"{number_text(count)} vedtaksbrev er laget",
        _body(
            f"Alle de {number_text(count)} brevene i forslaget er laget og ligger i sakene.",
            "Se forslaget",
            f"forslag/{proposal.id}/",
        ),
        ("proposal", proposal.id),
    )


def letters_made_key(proposal_id: UUID, person_id: UUID) -> str:
    return f"letters_made:{proposal_id}:{person_id}"


def _body(sentence: str, way: str, path: str) -> str:
    tenant = get_tenant(current_tenant())
    address = f"{settings.SITE}/{tenant.slug}/{path}"
    return BODY.format(sentence=sentence, way=way, address=address, authority=tenant.name)


def _mail(key: str, person_id: UUID, subject: str, body: str, about: tuple[str, UUID]) -> Outgoing:
    kind, subject_id = about
    return Outgoing(
        key=key,
        language="nb",
        subject=subject,
        body=body,
        subject_kind=kind,
        subject_id=subject_id,
        to_person=person_id,
    )
