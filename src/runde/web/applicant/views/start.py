"""Before the form: what is asked, what we fetch, and for whom one applies."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from runde.foundation.forms.api import chosen
from runde.grants.applications.api import start_application
from runde.grants.schemes.api import Call, call_phase, get_call
from runde.web.applicant.companies import Acting, list_acting
from runde.web.applicant.questions import Page
from runde.web.components.fields import Choice, Field
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, Request, entrance
from runde.web.texts import chosen as chosen_text


@entrance(SIGNED_IN)
def start(request: Request, call: str) -> HttpResponse:
    found = get_call(call)
    if call_phase(found, request.at) != "open":
        return redirect("call", request.tenant.slug, found.slug)
    acting = list_acting(request.user, on=request.actor.on or request.at.date())
    if request.method == "POST":
        return _begin(request, found, acting)
    return _page(request, found, acting)


def _begin(request: Request, call: Call, acting: list[Acting]) -> HttpResponse:
    orgnr = request.POST.get("organisation_number", "")
    if orgnr not in {one.orgnr for one in acting}:
        return _page(request, call, acting, error=_("Velg hvilken virksomhet du søker for."), status=422)
    application = start_application(
        call=call, organisation_number=orgnr, by=request.actor, at=request.at, language=page_language()
    )
    first = Page(call.scheme_version.form, "").pages[0]
    return redirect("fill", request.tenant.slug, application.id, first.slug)


def _page(
    request: Request, call: Call, acting: list[Acting], *, error: str = "", status: int = 200
) -> HttpResponse:
    language = page_language()
    which = Field(
        name="organisation_number",
        label=_("Hvem søker du på vegne av?"),
        kind="radios",
        value=acting[0].orgnr if len(acting) == 1 else "",
        error=error,
        choices=tuple(Choice(one.orgnr, one.name, f"{one.number}. {one.why}") for one in acting),
    )
    pages = Page(call.scheme_version.form, "").pages
    facts = {
        "h1": chosen_text(call.scheme_version.texts, "name", language),
        "step": _("Søknad"),
        "call": call,
        "which": which,
        "errors": [which] if error else [],
        "has_errors": bool(error),
        "acting": acting,
        "parts": [chosen(one.title, language) for one in pages],
        "steps": len(pages) + 1,
        "minutes": chosen_text(call.scheme_version.texts, "time_needed", language),
        "declare_url": f"{reverse('declare_mandate')}?til={request.get_full_path()}",
        "back_url": reverse("call", args=[request.tenant.slug, call.slug]),
        "back_text": _("Om ordningen"),
    }
    return render(request, "applicant/start.html", facts, status=status)
