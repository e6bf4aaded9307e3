"""How the most alike cases were decided: a page of its own, and a part that the case page fetches."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_GET

from runde.grants.casework.api import Case, SimilarCases, get_case, similar_cases
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.access import READERS, declaration_of, must_declare
from runde.web.officer.similar import cards_of, departs_of, elsewhere_of, lead_of
from runde.web.officer.views.impartiality import closed_page, question_page
from runde.web.staff import work_page

UNAVAILABLE = "Vi får ikke sammenlignet nå. Du kan gå videre, og vi kontrollerer før vedtaket sendes."


@require_GET
@entrance(staff(*READERS))
def show(request: Request, case: UUID) -> HttpResponse:
    found = get_case(case)
    if not _is_open_to(request, found):
        return redirect("case", request.tenant.slug, found.id)
    facts = {
        "h1": "Lignende saker",
        "lead": f"Sak {found.number}, {found.application.company_name}",
        "case_number": found.number,
        "back_url": reverse("case", args=[request.tenant.slug, found.id]),
        "back_text": "Saken",
        **panel_facts(request, found.id),
    }
    return work_page(request, "officer/similar.html", facts, room="worklist")


@require_GET
@entrance(staff(*READERS))
def panel(request: Request, case: UUID) -> HttpResponse:
    """The part alone, for the case page. Whoever may not open the case is told why, and gets nothing of it."""
    found = get_case(case)
    if not _is_open_to(request, found):
        return _not_open(request, found)
    facts = {**panel_facts(request, found.id), "is_part": True}
    with override("nb"):
        return render(request, "officer/case/_similar.html", facts)


def panel_facts(request: Request, case_id: UUID) -> dict[str, Any]:
    found = _compared(request, case_id)
    if found is None:
        return {"unavailable": UNAVAILABLE}
    return {
        "similar_lead": lead_of(found),
        "cards": cards_of(found, request.tenant.slug),
        "elsewhere": elsewhere_of(found),
        "departs": departs_of(found),
    }


def _compared(request: Request, case_id: UUID) -> SimilarCases | None:
    """None when the database cannot compare now: the page goes on, and the decision is controlled later anyway."""
    try:
        with transaction.atomic():
            return similar_cases(case_id, by=request.actor, at=request.at)
    except OperationalError:
        return None


def _is_open_to(request: Request, case: Case) -> bool:
    """Impartiality comes first here too."""
    declared = declaration_of(request.actor, case)
    return declared.is_impartial if declared is not None else not must_declare(request.actor)


def _not_open(request: Request, case: Case) -> HttpResponse:
    declared = declaration_of(request.actor, case)
    return closed_page(request, case, declared) if declared else question_page(request, case, status=403)
