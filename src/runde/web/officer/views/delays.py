"""A word from the officer that an answer takes longer than said."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from runde.engine.reference.api import weekday_date_text
from runde.foundation.people.api import Role
from runde.grants.casework.api import Unsaid, say_delay
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.typed_days import read_day
from runde.web.officer.views.cases import case_view
from runde.web.staff import attempt, pressed_once

NO_DAY = "Skriv dag, måned og år, for eksempel 14.12.2026."
NO_REASON = "Velg hvorfor det tar lengre tid."


@require_POST
@entrance(staff(Role.OFFICER))
def delay(request: Request, case: UUID) -> HttpResponse:
    day, reason = read_day(request.POST.get("expected", "")), request.POST.get("delay_reason", "")
    wrong = {"expected_error": NO_DAY} if day is None else {}
    wrong |= {"delay_reason_error": NO_REASON} if not reason else {}
    if day is None or not reason:
        return _again(request, case, wrong)
    words = request.POST.get("delay_words", "")
    refusal = attempt(
        lambda: pressed_once(
            request,
            "case_delay",
            {"case": str(case)},
            lambda: str(
                say_delay(
                    case_id=case,
                    expected_date=day,
                    reason_code=reason,
                    reason_text=words,
                    by=request.actor,
                    at=request.at,
                ).id
            ),
        )
    )
    if refusal is not None:
        about = "delay_words_error" if isinstance(refusal, Unsaid) else "expected_error"
        return _again(request, case, {about: refusal.sentence})
    messages.success(request, f"Søkeren ser nå at svaret kan ventes {weekday_date_text(day)}.")
    return redirect("case", request.tenant.slug, case)


def _again(request: Request, case: UUID, errors: dict[str, str]) -> HttpResponse:
    """The page once more, with what was typed and what is wrong with it."""
    said: QueryDict = request.POST.copy()
    for name, sentence in errors.items():
        said[name] = sentence
    return case_view(request, case, place="main", said=said)
