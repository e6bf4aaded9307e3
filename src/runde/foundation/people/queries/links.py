from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from runde.foundation.people.links import Fault, Link, LinkRefused, id_in, is_sealed, link_of
from runde.foundation.people.models import Person, SignedLink
from runde.foundation.people.permissions import Actor, Only

from .acting import get_applicant


def read_link(
    token: str, purpose: str | None, *, at: datetime, tenant_id: UUID | None = None, hold: bool = False
) -> Link:
    """What a token opens. Changes nothing. Raises LinkRefused.

    Without `purpose` or `tenant_id` any is taken. With `hold` the link is held until the transaction ends, so that
    the task is done by one press at a time.
    """
    row = _row(token, hold)
    link = link_of(row)
    fault = _fault(row, purpose, tenant_id, at)
    if fault:
        raise LinkRefused(fault, link)
    return link


def actor_by_link(
    link: Link, *, actions: Iterable[str], things: Iterable[UUID], companies: Iterable[str], on: date
) -> Actor:
    """Whoever holds the link, as actor: no role, of the person's companies only those named, and one task."""
    only = Only(link.purpose, frozenset(actions), frozenset(things) | {link.subject_id})
    if link.person_id is None:
        return Actor(person_id=link.id, name=link.email, on=on, only=only)
    whole = get_applicant(Person.objects.get(id=link.person_id), on=on)
    named = frozenset(companies)
    return replace(
        whole,
        companies=whole.companies & named,
        vouched=whole.vouched & named,
        fills_in=whole.fills_in & named,
        only=only,
    )


def _row(token: str, hold: bool) -> SignedLink:
    rows = SignedLink.objects.select_related("person")
    rows = rows.select_for_update(of=("self",)) if hold else rows
    row = rows.filter(id=id_in(token)).first()
    if row is None or not is_sealed(row, token):
        raise LinkRefused(Fault.ALTERED)
    return row


def _fault(row: SignedLink, purpose: str | None, tenant_id: UUID | None, at: datetime) -> Fault | None:
    if purpose is not None and row.purpose != purpose:
        return Fault.OTHER_PURPOSE
    if tenant_id is not None and row.in_tenant_id != tenant_id:
        return Fault.OTHER_TENANT
    if row.end:
        return Fault(row.end)
    if row.person and not row.person.is_active:
        return Fault.WITHDRAWN
    return Fault.EXPIRED if at >= row.expires_at else None
