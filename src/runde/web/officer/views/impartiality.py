"""Before anything else opens: may you work on this case?"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import format_orgnr
from runde.foundation.people.api import Role, names_of
from runde.grants.casework.api import Case, Impartiality, declare_impartiality, get_case
from runde.web.components.fields import Choice, Field
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.access import WORKERS, declaration_of
from runde.web.staff import day_and_clock, missing_or_too_long, others_who_are, work_page

YES, NO = "yes", "no"
CHOICES = (
    Choice(YES, "Ja, jeg kan behandle saken", "Jeg har ingen egne interesser i den."),
    Choice(
        NO,
        "Nei, jeg kan ikke behandle saken",
        "For eksempel fordi du eier en del av virksomheten, eller er i nær familie med noen som gjør det.",
    ),
)


@entrance(staff(*WORKERS))
def declare(request: Request, case: UUID) -> HttpResponse:
    found = get_case(case)
    spoken = declaration_of(request.actor, found)
    if spoken is not None and not spoken.is_impartial:
        return redirect("case", request.tenant.slug, found.id)
    if request.method != "POST":
        return question_page(request, found, said=spoken)
    return _take(request, found, spoken)


def _take(request: Request, case: Case, spoken: Impartiality | None) -> HttpResponse:
    answer, reason = request.POST.get("impartial", ""), request.POST.get("reason", "").strip()
    errors = {}
    if answer not in (YES, NO):
        errors["impartial"] = "Velg om du kan behandle saken."
    elif answer == NO:
        wrong = missing_or_too_long(reason, if_empty="Skriv hvorfor du ikke kan behandle saken.", longest=300)
        errors = {"reason": wrong} if wrong else {}
    if errors:
        return question_page(request, case, said=spoken, errors=errors, status=422)
    declare_impartiality(
        case_id=case.id, is_impartial=answer == YES, reason=reason, by=request.actor, at=request.at
    )
    if answer == NO:
        messages.success(request, "Vi har notert at du ikke kan behandle saken.")
    return redirect("case", request.tenant.slug, case.id)


def question_page(
    request: Request,
    case: Case,
    *,
    said: Impartiality | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The question alone: company and number, nothing of what is in the case."""
    wrong, application = errors or {}, case.application
    fields = [
        Field(
            "impartial",
            "Kan du behandle saken?",
            kind="radios",
            choices=CHOICES,
            value=request.POST.get("impartial", ""),
            error=wrong.get("impartial", ""),
        ),
        Field(
            "reason",
            "Hvorfor kan du ikke behandle saken?",
            kind="textarea",
            rows=3,
            value=request.POST.get("reason", ""),
            description="Bare hvis du svarte nei. Lederen din ser dette.",
            audience="internal",
            error=wrong.get("reason", ""),
            optional=True,
        ),
    ]
    facts = {
        "h1": "Kan du behandle denne saken?",
        "lead": "Svar før saken åpnes. Svaret står i journalen.",
        "case_number": case.number,
        "case": case,
        "company": application.company_name,
        "orgnr": format_orgnr(application.organisation_number),
        "back_url": reverse("worklist", args=[request.tenant.slug]),
        "back_text": "Saker",
        "fields": fields,
        "errors": fields if wrong else [],
        "has_errors": bool(wrong),
        "said": f"Du svarte ja {day_and_clock(said.declared_at)}." if said else "",
        "action": reverse("declare_impartiality", args=[request.tenant.slug, case.id]),
    }
    return work_page(request, "officer/impartiality.html", facts, room="worklist", status=status)


def closed_page(request: Request, case: Case, declared: Impartiality) -> HttpResponse:
    """The case does not open for who has declared an interest in it."""
    facts = {
        "h1": "Du kan ikke behandle denne saken",
        "lead": f"Du meldte fra {day_and_clock(declared.declared_at)}. Det kan ikke endres.",
        "case_number": case.number,
        "company": case.application.company_name,
        "reason": declared.reason,
        "responsible": names_of({case.assigned_to})[case.assigned_to] if case.assigned_to else "",
        "others": others_who_are(request, Role.OFFICER),
        "back_url": reverse("worklist", args=[request.tenant.slug]),
        "back_text": "Saker",
    }
    return work_page(request, "officer/closed.html", facts, room="worklist", status=403)
