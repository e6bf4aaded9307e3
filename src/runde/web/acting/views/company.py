"""One company: who may act for it, why and since when; let somebody in, end a role, and what has been."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from runde.engine.reference.api import format_orgnr
from runde.foundation.notices.api import call_back
from runde.foundation.people.api import (
    Mandate,
    authorise,
    call_back_invitation,
    end_mandate,
    find_invitation,
    get_mandate,
    invite,
    list_acting_history,
    list_open_invitations,
    list_open_requests,
    list_people_of,
    may,
)
from runde.foundation.trust.api import NotFound, take
from runde.web.acting.caretaking import at_the_caretaker, name_of
from runde.web.acting.forms import InvitationForm
from runde.web.acting.posting import tell_ended, tell_invited
from runde.web.acting.words import ground_text, past_text, scope_choices, scope_text
from runde.web.applicant.companies import list_acting
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, Request, entrance

OUTSIDE = (Mandate.Source.REGISTER_ROLE, Mandate.Source.ALTINN)


@dataclass(frozen=True)
class Line:
    """A person with one ground for acting for the company. `end_url` is empty for roles kept elsewhere."""

    name: str
    email: str
    why: str
    what: str
    since: date
    until: date | None
    end_url: str
    is_own_word: bool


@entrance(SIGNED_IN)
def company_people(request: Request, orgnr: str) -> HttpResponse:
    """For those vouched for everything; for others their own role and the way to be vouched for."""
    _own_company(request, orgnr)
    if not may(request.actor, "people.see_acting", orgnr):
        return _own_role(request, orgnr)
    today = timezone.localdate(request.at)
    facts = {
        **_frame(request, orgnr),
        "h1": _("Hvem kan handle for %(name)s") % {"name": name_of(orgnr)},
        "lines": [_line(one, request) for one in list_people_of(orgnr, on=today)],
        "may_invite": may(request.actor, "people.invite", orgnr),
        "invitations": [(one, scope_text(one.scope)) for one in list_open_invitations(orgnr)],
        "requests": list_open_requests(orgnr),
        "history": [(one, past_text(one)) for one in list_acting_history(orgnr)],
    }
    return render(request, "acting/company.html", facts)


@entrance(SIGNED_IN)
def invite_person(request: Request, orgnr: str) -> HttpResponse:
    _own_company(request, orgnr)
    authorise(request.actor, "people.invite", orgnr)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        wrong = _not_before_today(form, request)
        if not wrong:
            return _invited(request, orgnr, form)
    name = name_of(orgnr)
    facts = {
        **_frame(request, orgnr),
        "h1": _("Inviter noen til å handle for %(name)s") % {"name": name},
        "form": form,
        "scope_choices": scope_choices(),
        "back_url": reverse("company_people", args=[orgnr]),
        "back_text": name,
    }
    return render(request, "acting/invite.html", facts, status=422 if form.errors else 200)


@require_POST
@entrance(SIGNED_IN)
def take_back_invitation(request: Request, orgnr: str, invitation: UUID) -> HttpResponse:
    found = find_invitation(invitation)
    _own_company(request, orgnr)
    if found is None or found.organisation_number != orgnr:
        raise NotFound(_("Vi finner ikke invitasjonen."))
    with at_the_caretaker(orgnr):
        call_back_invitation(invitation=found, by=request.actor, at=request.at)
        call_back(subject_kind="invitation", subject_ids=[found.id], by=request.actor, at=request.at)
    messages.success(
        request,
        _("Invitasjonen til %(email)s er trukket tilbake. Lenken virker ikke.") % {"email": found.email},
    )
    return redirect("company_people", orgnr)


@entrance(SIGNED_IN)
def end_role(request: Request, orgnr: str, mandate: UUID) -> HttpResponse:
    """A page before the act: who, what happens, who is told."""
    _own_company(request, orgnr)
    found = get_mandate(mandate, orgnr)
    authorise(request.actor, "people.end_mandate", found)
    is_self = found.person_id == request.actor.person_id
    if request.method == "POST":
        return _ended(request, orgnr, found, is_self)
    names = {"person": found.person.name, "company": name_of(orgnr)}
    facts = {
        **_frame(request, orgnr),
        "h1": _("Avslutt din egen rolle i %(company)s") % names
        if is_self
        else _("Avslutt rollen til %(person)s i %(company)s") % names,
        "person": found.person.name,
        "why": ground_text(found),
        "is_self": is_self,
        "back_url": reverse("company_people", args=[orgnr]),
        "back_text": name_of(orgnr),
    }
    return render(request, "acting/end_role.html", facts)


def _ended(request: Request, orgnr: str, mandate: Mandate, is_self: bool) -> HttpResponse:
    name = name_of(orgnr)
    with at_the_caretaker(orgnr):
        end_mandate(mandate=mandate, by=request.actor, at=request.at)
        if not is_self:
            tell_ended(mandate, name, request.actor.name, at=request.at)
    if is_self:
        messages.success(request, _("Rollen din i %(name)s er avsluttet.") % {"name": name})
        return redirect("companies")
    messages.success(request, _("Rollen til %(name)s er avsluttet.") % {"name": mandate.person.name})
    return redirect("company_people", orgnr)


def _invited(request: Request, orgnr: str, form: InvitationForm) -> HttpResponse:
    take("acting_mail", str(request.actor.person_id))
    given = form.cleaned_data
    with at_the_caretaker(orgnr) as caretaker:
        invitation, token = invite(
            organisation_number=orgnr,
            email=given["email"],
            scope=Mandate.Scope(given["scope"]),
            last_day=given["last_day"],
            tenant_id=caretaker.id,
            by=request.actor,
            at=request.at,
        )
        tell_invited(invitation, token, name_of(orgnr), language=page_language(), at=request.at)
    messages.success(
        request,
        _("Invitasjonen er sendt til %(email)s. Den gjelder i 14 dager.") % {"email": invitation.email},
    )
    return redirect("company_people", orgnr)


def _not_before_today(form: InvitationForm, request: Request) -> bool:
    last = form.cleaned_data["last_day"]
    if last and last < timezone.localdate(request.at):
        form.add_error("last_day", _("Skriv en dato som ikke har vært."))
        return True
    return False


def _own_company(request: Request, orgnr: str) -> None:
    """Others' companies do not exist on these pages."""
    if not request.actor.acts_for(orgnr):
        raise NotFound(_("Vi finner ikke virksomheten blant dine."))


def _own_role(request: Request, orgnr: str) -> HttpResponse:
    today = timezone.localdate(request.at)
    [mine] = [one for one in list_acting(request.user, on=today) if one.orgnr == orgnr]
    asked = [one for one in list_open_requests(orgnr) if one.person_id == request.actor.person_id]
    facts = {
        **_frame(request, orgnr),
        "h1": _("Bare du har sagt at du handler for %(name)s") % {"name": mine.name},
        "mine": mine,
        "mandates": [
            _line(one, request) for one in list_people_of(orgnr, on=today) if one.person == request.user
        ],
        "asked": asked,
    }
    return render(request, "acting/own_role.html", facts)


def _line(mandate: Mandate, request: Request) -> Line:
    may_end = mandate.source not in OUTSIDE and may(request.actor, "people.end_mandate", mandate)
    return Line(
        name=mandate.person.name,
        email=mandate.person.email,
        why=ground_text(mandate),
        what=scope_text(mandate.scope),
        since=mandate.valid_from,
        until=mandate.valid_to,
        end_url=reverse("end_role", args=[mandate.organisation_number, mandate.id]) if may_end else "",
        is_own_word=mandate.source == Mandate.Source.DECLARED,
    )


def _frame(request: Request, orgnr: str) -> dict[str, Any]:
    return {
        "orgnr": orgnr,
        "number": format_orgnr(orgnr),
        "acting_for": name_of(orgnr),
        "switch_url": reverse("companies"),
        "back_url": reverse("companies"),
        "back_text": _("Virksomheter du handler for"),
    }
