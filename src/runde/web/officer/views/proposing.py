"""What an officer does with one case: takes it, and lays it before an approver with their own weighing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from runde.foundation.people.api import Role
from runde.foundation.trust.api import Refused
from runde.grants.casework.api import Line, assign_cases, propose
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.views.cases import Typed, case_view
from runde.web.staff import attempt, pressed_once


@require_POST
@entrance(staff(Role.OFFICER))
def propose_one(request: Request, case: UUID) -> HttpResponse:
    typed = Typed.of(request.POST)
    if typed.errors:
        return case_view(request, case, typed=typed)
    made: list[str] = []
    refusal = attempt(lambda: made.append(_proposed(request, typed.line(case))))
    if refusal is not None:
        return case_view(request, case, typed=_mended(typed, refusal))
    messages.success(request, "Forslaget er sendt til godkjenning.")
    return redirect("proposal", request.tenant.slug, UUID(made[0]))


@require_POST
@entrance(staff(Role.OFFICER))
def assign(request: Request, case: UUID) -> HttpResponse:
    """Take the case, or (`to=nobody`) put it back for others."""
    back = request.POST.get("to") == "nobody"
    person = None if back else request.actor.person_id
    assign_cases(case_ids=[case], to=person, by=request.actor, at=request.at)
    messages.success(request, "Saken er lagt tilbake i køen." if back else "Saken er tildelt deg.")
    return redirect("case", request.tenant.slug, case)


def _mended(typed: Typed, refusal: Refused) -> Typed:
    found = refusal.facts.get("unexplained")
    if isinstance(found, dict):
        return typed.unexplained(next(iter(found.values())))
    return typed.refused(_sentence(refusal))


def _sentence(refusal: Refused) -> str:
    """What is wrong, without the case number: there is only one case on the page."""
    problems = refusal.facts.get("problems")
    return next(iter(problems.values())) if isinstance(problems, dict) else refusal.sentence


def _proposed(request: Request, line: Line) -> str:
    body = {
        "case": str(line.case_id),
        "reason": line.reason_code,
        "amount": str(line.amount_nok),
        "text": line.reason_text,
        "past": [[one.criterion, one.code, one.words] for one in line.deviations],
        "departure": [line.departure_code, line.departure_words],
    }
    return pressed_once(
        request,
        "propose_case",
        body,
        lambda: str(propose(lines=[line], by=request.actor, at=request.at).id),
    )
