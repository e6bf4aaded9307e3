from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from runde.foundation.people.links import LINKABLE, Link, NotLinkable, link_of, token_of
from runde.foundation.people.models import Person, SignedLink
from runde.foundation.trust.api import new_id

End = SignedLink.End


def make_link(
    *,
    purpose: str,
    subject_id: UUID,
    tenant_id: UUID | None,
    person_id: UUID | None = None,
    email: str = "",
    version: str = "",
    language: str = "",
    expires_at: datetime,
    at: datetime,
) -> str:
    """Make a link for one person with an account, or for one address; gives its token, to be written in one mail.

    `version` is what the task looks like now: the link is refused when the task has become another. Raises
    NotLinkable for what needs sign-in, or without somebody to send it to.
    """
    wanted = WantedLink(
        purpose=purpose,
        subject_id=subject_id,
        person_id=person_id,
        email=email,
        version=version,
        language=language,
        expires_at=expires_at,
    )
    return make_links([wanted], tenant_id=tenant_id, at=at)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedLink:
    """A link to be made, as `make_link` takes it."""

    purpose: str
    subject_id: UUID
    person_id: UUID | None = None
    email: str = ""
    version: str = ""
    language: str = ""
    expires_at: datetime


def make_links(wanted: Sequence[WantedLink], *, tenant_id: UUID | None, at: datetime) -> list[str]:
    """Several links at once, in two statements; gives their tokens in the same order. Raises as `make_link`."""
    people = Person.objects.in_bulk({one.person_id for one in wanted if one.person_id})
    rows = [_row(one, people, tenant_id, at) for one in wanted]
    SignedLink.objects.bulk_create(rows)
    return [token_of(row) for row in rows]


def _row(
    wanted: WantedLink, people: Mapping[UUID, Person], tenant_id: UUID | None, at: datetime
) -> SignedLink:
    if wanted.purpose not in LINKABLE:
        raise NotLinkable(wanted.purpose)
    person = people[wanted.person_id] if wanted.person_id else None
    address = person.email if person else wanted.email.strip().lower()
    if not address:
        raise NotLinkable("A link is for somebody")
    return SignedLink(
        id=new_id(),
        purpose=wanted.purpose,
        subject_id=wanted.subject_id,
        in_tenant_id=tenant_id,
        version=wanted.version,
        person=person,
        email=address,
        language=wanted.language or (person.language if person else "nb"),
        made_at=at,
        expires_at=wanted.expires_at,
    )


def use_link(*, link: Link, at: datetime) -> bool:
    """Say that the task is done; False when it was done already. Two who press at once wait for each other."""
    return _end(SignedLink.objects.filter(id=link.id), End.USED, at) == 1


def withdraw_links(*, purpose: str, subject_id: UUID, at: datetime) -> int:
    """End every link to a task; gives how many."""
    return _end(SignedLink.objects.filter(purpose=purpose, subject_id=subject_id), End.WITHDRAWN, at)


def renew_link(*, link: Link, version: str, at: datetime) -> tuple[Link, str]:
    """A new link for the same task and the same address, as long-lived as the old one was, which ends. Gives both
    the link and its token."""
    SignedLink.objects.filter(id=link.id, ended_at=None).update(ended_at=at, end=End.RENEWED)
    old = SignedLink.objects.select_related("person").get(id=link.id)
    row = SignedLink.objects.create(
        id=new_id(),
        purpose=old.purpose,
        subject_id=old.subject_id,
        in_tenant_id=old.in_tenant_id,
        version=version,
        person=old.person,
        email=old.email,
        language=old.language,
        made_at=at,
        expires_at=at + (old.expires_at - old.made_at),
    )
    return link_of(row), token_of(row)


def _end(rows: QuerySet[SignedLink], end: SignedLink.End, at: datetime) -> int:
    return rows.filter(ended_at=None).update(ended_at=at, end=end)
