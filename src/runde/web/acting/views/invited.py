"""The invitation, opened from the mail."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from runde.engine.reference.api import format_orgnr
from runde.foundation.people.api import Invitation, Link, answer_invitation, find_invitation
from runde.foundation.trust.api import NotFound
from runde.web.acting.caretaking import name_of
from runde.web.acting.posting import tell_accepted
from runde.web.acting.words import scope_text
from runde.web.entrance import LinkedRequest
from runde.web.links.purposes import Purpose, Reach, register


def invited(request: LinkedRequest, link: Link) -> HttpResponse:
    """With an account one answers here; an address without one is led to making it."""
    found = find_invitation(link.subject_id)
    if found is None:
        raise NotFound(_("Vi finner ikke invitasjonen."))
    if request.method == "POST" and link.person_id:
        return _answered(request, link, found)
    names = {"person": found.invited_by.name, "company": name_of(found.organisation_number)}
    onward = urlencode({"next": reverse("companies")})
    facts = {
        "h1": _("%(person)s inviterer deg til å handle for %(company)s") % names,
        "link": link,
        "invitation": found,
        "number": format_orgnr(found.organisation_number),
        "what": scope_text(found.scope),
        "expires": timezone.localdate(found.expires_at),
        "sign_up_url": f"{reverse('account_signup')}?{onward}",
        "sign_in_url": f"{reverse('account_login')}?{onward}",
    }
    return render(request, "acting/invited.html", facts)


def _answered(request: LinkedRequest, link: Link, found: Invitation) -> HttpResponse:
    accept = request.POST.get("answer") == "yes"
    today = timezone.localdate(request.at)
    answer_invitation(invitation=found, accept=accept, by=request.actor, on=today, at=request.at)
    found.refresh_from_db()
    name = name_of(found.organisation_number)
    tell_accepted(found, name, at=request.at)
    words = _("Du kan nå handle for %(name)s") if accept else _("Du takket nei til å handle for %(name)s")
    return render(request, "acting/answered.html", {"h1": words % {"name": name}, "accepted": accept})


def is_open(link: Link) -> str | None:
    """The link is of use as long as the invitation is unanswered."""
    found = find_invitation(link.subject_id)
    return None if found is None or found.answer else ""


def reach(link: Link) -> Reach:
    return Reach(things=frozenset({link.subject_id}))


register(
    Purpose(
        "act_for_company",
        invited,
        actions=frozenset({"people.answer_invitation"}),
        reach=reach,
        version=is_open,
    )
)
