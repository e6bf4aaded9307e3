"""Whose application a page of the applicant's may show."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.utils.translation import gettext as _

from runde.foundation.people.api import Actor, may
from runde.foundation.trust.api import NotFound
from runde.grants.applications.api import Application, get_application, refresh_register
from runde.web.entrance import Request


def own_application(application_id: UUID, actor: Actor) -> Application:
    """An application of a company the actor acts for, or one they take part in. Raises NotFound.

    Staff may read sent applications, but on their own pages: these are the applicant's.
    """
    found = get_application(application_id, actor)
    if not may(actor, "applications.change", found):
        raise NotFound("Vi finner ikke søknaden.")
    return found


def with_register(request: Request, found: Application, *, always: bool = False) -> Application:
    """The draft with what the register says now, where it had no answer before; `always` also where it had one.

    What has changed is written down and told until the applicant has seen it.
    """
    if not always and found.register_state != Application.RegisterState.PENDING:
        return found
    fresh = refresh_register(application=found, at=request.at)
    if fresh.was_pending:
        messages.info(
            request, _("Vi har nå hentet opplysningene fra Enhetsregisteret. Se over at de stemmer.")
        )
    return fresh.application
