"""Before the form: what is asked, what we fetch, how long we keep it, and for whom one applies."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from runde.foundation.companies.api import CompanyNotFound
from runde.grants.applications.api import (
    Application,
    claim_beginning,
    clone_application,
    start_application,
)
from runde.grants.schemes.api import Call, Phase, call_phase, get_call
from runde.web.applicant.beginnings import begun, forget_begun
from runde.web.applicant.choosing import choosing
from runde.web.applicant.paper import Paper
from runde.web.applicant.papers import paper_of
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, Request, entrance
from runde.web.texts import chosen as chosen_text

LONGEST_NAME = 200


@entrance(SIGNED_IN)
def start(request: Request, call: str) -> HttpResponse:
    found = get_call(call)
    if call_phase(found, request.at) != Phase.OPEN:
        return redirect("call", request.tenant.slug, found.slug)
    if request.method == "POST":
        return _begin(request, found)
    return _page(request, found)


def _begin(request: Request, call: Call) -> HttpResponse:
    orgnr = request.POST.get("organisation_number", "")
    named = request.POST.get("company_name", "")[:LONGEST_NAME].strip()
    if not request.actor.acts_for(orgnr):
        return _page(request, call, errors={"who": _("Velg hvilken virksomhet du søker for.")})
    try:
        application = _make(request, call, orgnr, named)
    except CompanyNotFound:
        wrong = {"name": _("Skriv navnet på virksomheten.")}
        return _page(request, call, errors=wrong, chosen=orgnr)
    response = _onward(request, application)
    forget_begun(response, call)
    return response


def _make(request: Request, call: Call, orgnr: str, named: str) -> Application:
    """With the answers given before signing in, with last year's, or empty."""
    facts: dict[str, Any] = {"by": request.actor, "at": request.at}
    earlier = choosing(request, call).earlier.get(orgnr) if request.POST.get("go") == "again" else None
    if earlier:
        return clone_application(source=earlier, call=call, **facts)
    secret = begun(request, call)
    if secret:
        return claim_beginning(
            secret=secret,
            call=call,
            organisation_number=orgnr,
            typed_name=named,
            language=page_language(),
            **facts,
        )
    return start_application(
        call=call, organisation_number=orgnr, typed_name=named, language=page_language(), **facts
    )


def _onward(request: Request, application: Application) -> HttpResponse:
    """To the list of parts when the form is long, else straight to the first part."""
    paper = paper_of(application)
    tenant = request.tenant.slug
    if paper.is_short and paper.parts:
        return redirect("fill", tenant, application.id, paper.parts[0].slug)
    return redirect("tasks", tenant, application.id)


def _page(
    request: Request,
    call: Call,
    *,
    errors: dict[str, str] | None = None,
    chosen: str = "",
) -> HttpResponse:
    language, wrong, who = page_language(), errors or {}, choosing(request, call)
    texts = call.scheme_version.texts
    paper = Paper(call.scheme_version.form, {})
    fields = who.fields(request.POST, wrong, chosen)
    here = request.get_full_path()
    facts = {
        "h1": chosen_text(texts, "name", language),
        "lead": chosen_text(texts, "summary", language),
        "step": _("Søknad"),
        "call": call,
        "fields": fields,
        "errors": fields if wrong else [],
        "has_errors": bool(wrong),
        "who": who,
        "parts": [one.title(language) for one in paper.parts],
        "steps": paper.steps,
        "minutes": chosen_text(texts, "time_needed", language),
        "late_rule": chosen_text({"late": call.late_rule}, "late", language),
        "has_begun": bool(begun(request, call)),
        "declare_url": f"{reverse('declare_mandate')}?{urlencode({'til': here})}",
        "back_url": reverse("call", args=[request.tenant.slug, call.slug]),
        "back_text": _("Om ordningen"),
    }
    return render(request, "applicant/start.html", facts, status=422 if wrong else 200)
