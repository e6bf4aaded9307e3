"""Mails about links. What is written here is the only place a token stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from runde.engine.reference.api import date_text
from runde.foundation.notices.api import queue_notice
from runde.foundation.organisations.api import list_tenants
from runde.foundation.people.api import Link, link_address
from runde.foundation.trust.api import current_tenant, fence
from runde.web.components.tags.norwegian import page_language


@contextmanager
def in_its_tenant(link: Link) -> Iterator[UUID]:
    """Inside the tenant of the link; one that belongs to none is looked after by the first."""
    with fence(link.tenant_id or list_tenants()[0].id):
        yield current_tenant()


def send_again(link: Link, token: str, *, at: datetime) -> None:
    """The new link, to the address of the old one."""
    with override(link.language):
        expires = date_text(timezone.localdate(link.expires_at), page_language())
        lines = [
            _("Du ba om en ny lenke. Den gamle virker ikke lenger."),
            _("Åpne lenken for å gjøre oppgaven:"),
            link_address(token),
            _("Lenken er personlig og virker til %(day)s. Ikke send den videre.") % {"day": expires},
            _("Har du ikke bedt om dette? Da kan du se bort fra e-posten."),
        ]
        queue_notice(
            key=f"link:{link.id}",
            language=link.language,
            subject=_("Ny lenke fra Runde"),
            body="\n\n".join(lines),
            subject_kind="link",
            subject_id=link.id,
            email=link.email,
            at=at,
        )
