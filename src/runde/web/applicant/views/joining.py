"""The invitation to take part in one application, opened from the mail. One takes part with an account of one's own."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from runde.foundation.people.api import Link, get_actor, names_of
from runde.foundation.trust.api import NotFound
from runde.grants.applications.api import Participant, accept_participation, get_participant
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import LinkedRequest
from runde.web.links.purposes import Purpose, Reach, register
from runde.web.texts import chosen


def join(request: LinkedRequest, link: Link) -> HttpResponse:
    """Who has signed in joins by a press; others are led to sign in, and back here."""
    found = get_participant(link.subject_id)
    if request.method == "POST" and request.user.is_authenticated:
        return _joined(request, found)
    application = found.application
    inviter = names_of({found.invited_by}).get(found.invited_by, "")
    onward = urlencode({"next": reverse("linked_task", args=[link.id])})
    facts = {
        "h1": _("%(person)s ber deg hjelpe med en søknad") % {"person": inviter},
        "link": link,
        "company": application.company_name,
        "scheme_name": chosen(application.scheme_version.texts, "name", page_language()),
        "signs": found.role == Participant.Role.SIGNS,
        "sign_up_url": f"{reverse('account_signup')}?{onward}",
        "sign_in_url": f"{reverse('account_login')}?{onward}",
    }
    return render(request, "applicant/join.html", facts)


def _joined(request: LinkedRequest, found: Participant) -> HttpResponse:
    actor = get_actor(request.user, on=timezone.localdate(request.at))
    accept_participation(participant=found, by=actor, at=request.at)
    messages.success(
        request, _("Du er med i søknaden fra %(name)s.") % {"name": found.application.company_name}
    )
    return redirect("application", request.tenant.slug, found.application_id)


def is_open(link: Link) -> str | None:
    """The link is of use as long as nobody has joined by it and the invitation stands."""
    try:
        found = get_participant(link.subject_id)
    except NotFound:
        return None
    return None if found.ended_at or found.accepted_at else ""


def reach(link: Link) -> Reach:
    return Reach(things=frozenset({link.subject_id}))


register(Purpose("join_application", join, reach=reach, version=is_open))
