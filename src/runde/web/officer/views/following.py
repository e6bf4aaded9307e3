"""What an officer does in a case after it was sent: writes, asks, lets a grant lapse."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from runde.engine.reference.api import date_text
from runde.foundation.documents.api import Reason, receive_attachment, sentence_of
from runde.foundation.people.api import Role
from runde.foundation.trust.api import Conflict, Refused
from runde.grants.casework.api import (
    ask_information,
    close_request,
    draft_message,
    get_case,
    lapse_grant,
    latest_decisions,
    send_message,
)
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.opened import Place
from runde.web.officer.typed_days import read_day
from runde.web.officer.views.cases import case_view
from runde.web.staff import attempt, pressed_once

__all__ = ["NO_DAY", "read_day"]

MOST_FILES = 10
NO_DAY = "Skriv dag, måned og år, for eksempel 14.12.2026."


@require_POST
@entrance(staff(Role.OFFICER))
def write(request: Request, case: UUID) -> HttpResponse:
    text = request.POST.get("message", "")
    refusal = attempt(
        lambda: pressed_once(request, "case_message", {"case": str(case)}, lambda: _send(request, case, text))
    )
    if refusal is not None:
        return _again(request, case, {"message_error": refusal.sentence})
    messages.success(request, "Meldingen er sendt.")
    return redirect("case_dialog", request.tenant.slug, case)


@require_POST
@entrance(staff(Role.OFFICER))
def ask(request: Request, case: UUID) -> HttpResponse:
    day = read_day(request.POST.get("due", ""))
    if day is None:
        return _again(request, case, {"due_error": NO_DAY})
    text = request.POST.get("question", "")
    refusal = attempt(
        lambda: pressed_once(
            request,
            "case_ask",
            {"case": str(case)},
            lambda: str(
                ask_information(case_id=case, text=text, due_date=day, by=request.actor, at=request.at).id
            ),
        )
    )
    if refusal is not None:
        about = "due_error" if "risten" in refusal.sentence else "question_error"
        return _again(request, case, {about: refusal.sentence})
    messages.success(request, f"Spørsmålet er sendt. Saken venter på svar til {date_text(day)}.")
    return redirect("case_dialog", request.tenant.slug, case)


@require_POST
@entrance(staff(Role.OFFICER))
def close(request: Request, case: UUID, asked: UUID) -> HttpResponse:
    close_request(request_id=asked, by=request.actor, at=request.at)
    messages.success(request, "Saken venter ikke lenger på svar.")
    return redirect("case_dialog", request.tenant.slug, case)


@require_POST
@entrance(staff(Role.OFFICER))
def lapse(request: Request, case: UUID) -> HttpResponse:
    decision = latest_decisions([get_case(case).id]).get(case)
    if decision is None:
        raise Conflict("Saken har ikke noe vedtak ennå, så det er ingenting som kan falle bort.")
    refusal = attempt(
        lambda: lapse_grant(
            decision_id=decision.id, reason=request.POST.get("reason", ""), by=request.actor, at=request.at
        )
    )
    if refusal is not None:
        return _again(request, case, {"reason_error": refusal.sentence}, "main")
    messages.success(request, "Tilskuddet er falt bort, og pengene er frigitt.")
    return redirect("case", request.tenant.slug, case)


def _send(request: Request, case: UUID, text: str) -> str:
    draft = draft_message(case_id=case, by=request.actor, at=request.at, from_applicant=False)
    for file in request.FILES.getlist("files")[:MOST_FILES]:
        taken = receive_attachment(
            file=file,
            subject_kind="message",
            subject_id=draft.id,
            most=MOST_FILES,
            by=request.actor,
            at=request.at,
        )
        if taken.state == "refused":
            raise Refused(f"{taken.name}: {sentence_of(Reason(taken.reason))}")
    return str(send_message(message_id=draft.id, text=text, by=request.actor, at=request.at).id)


def _again(request: Request, case: UUID, errors: dict[str, str], place: Place = "dialog") -> HttpResponse:
    """The page once more, with what was typed and what is wrong with it."""
    said: QueryDict = request.POST.copy()
    for name, sentence in errors.items():
        said[name] = sentence
    return case_view(request, case, place=place, said=said)
