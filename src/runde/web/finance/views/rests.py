"""What will not be used of a commitment: asked for by one, let go of by another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import amount_text
from runde.foundation.people.api import Role, authorise, may
from runde.foundation.trust.api import NotFound, Refused
from runde.grants.budget.api import (
    NothingToSettle,
    RestSettled,
    approve_settling,
    ask_settling,
    asked_rests,
    rest_of,
    return_settling,
)
from runde.grants.casework.api import Case
from runde.web.components.facts import Fact
from runde.web.components.fields import ErrorLine, Field
from runde.web.entrance import Request, entrance, staff
from runde.web.finance.views.cockpit import ROOM, SETTLERS
from runde.web.staff import attempt, key_of, new_key, others_who_are, pressed_once, work_page


@entrance(staff(*SETTLERS))
def show(request: Request, case: UUID) -> HttpResponse:
    """Ask, or decide what another has asked for."""
    found = Case.objects.filter(id=case).first()
    if found is None:
        raise NotFound("Vi finner ikke denne saken.")
    asked = next((rest for rest in asked_rests() if rest.case_id == case), None)
    if request.method != "POST":
        return _page(request, found, asked, new_key())
    refusal = attempt(
        lambda: pressed_once(request, "settle_rest", _body(request, case), _work(request, found, asked))
    )
    if refusal is not None:
        return _page(request, found, asked, key_of(request), refusal)
    messages.success(request, _done(request, asked))
    return redirect("cockpit", request.tenant.slug)


def _body(request: Request, case: UUID) -> dict[str, str]:
    return {"case": str(case), "go": request.POST.get("go", ""), "reason": request.POST.get("reason", "")}


def _work(request: Request, case: Case, asked: RestSettled | None) -> Any:
    who: dict[str, Any] = {"by": request.actor, "at": request.at}
    reason = request.POST.get("reason", "").strip()
    if asked is None:
        return lambda: str(ask_settling(case_id=case.id, reason=reason, **who).id)
    if request.POST.get("go") == "return":
        return lambda: str(return_settling(rest_id=asked.id, reason=reason, **who).id)
    return lambda: str(approve_settling(rest_id=asked.id, **who).id)


def _done(request: Request, asked: RestSettled | None) -> str:
    if asked is None:
        return "Frigjøringen er sendt til godkjenning. Ingen penger har flyttet seg ennå."
    if request.POST.get("go") == "return":
        return "Frigjøringen er sendt tilbake. Pengene er bundet som før."
    return f"{amount_text(asked.amount_nok)} er frigitt og står igjen hos kildene."


def _page(
    request: Request, case: Case, asked: RestSettled | None, key: str, refusal: Refused | None = None
) -> HttpResponse:
    amount, nothing = _amount(case, asked)
    own = asked is not None and asked.asked_by == request.actor.person_id
    asks = asked is None and not nothing and may(request.actor, "budget.settle")
    decides = asked is not None and not own and may(request.actor, "budget.approve_settling")
    authorise(request.actor, "budget.approve_settling")
    error = refusal.sentence if refusal else ""
    why = Field(
        "reason",
        "Hvorfor skal resten ikke brukes?" if asked is None else "Hvorfor, hvis du sender tilbake?",
        kind="textarea",
        rows=3,
        audience="internal",
        optional=asked is not None,
        value=request.POST.get("reason", ""),
        error=error,
    )
    facts = {
        "h1": f"Frigi {amount} i sak {case.number}"
        if not nothing
        else f"Ingenting å frigi i sak {case.number}",
        "back_url": reverse("cockpit", args=[request.tenant.slug]),
        "back_text": "Penger",
        "facts": [
            Fact("Virksomhet", case.company_name),
            Fact("Venter på å bli betalt", amount),
            *([Fact("Begrunnelse", asked.reason)] if asked else []),
        ],
        "nothing": nothing,
        "is_own": own,
        "asks": asks,
        "decides": decides,
        "why": why,
        "amount": amount,
        "who_may": others_who_are(request, Role.FINANCE, Role.APPROVER),
        "errors": [why] if error and (asks or decides) else [ErrorLine(error)] if error else [],
        "has_errors": bool(error),
        "key": key,
    }
    return work_page(request, "finance/rest.html", facts, room=ROOM, status=422 if error else 200)


def _amount(case: Case, asked: RestSettled | None) -> tuple[str, str]:
    """How much it is about, and the sentence when there is nothing."""
    if asked is not None:
        return amount_text(asked.amount_nok), ""
    try:
        return amount_text(rest_of(case.id)), ""
    except NothingToSettle as nothing:
        return "Ingenting", nothing.sentence
