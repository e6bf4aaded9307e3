"""Reasons asked for, an appeal that came on paper, and a decision looked at again without one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import amount_text, date_text
from runde.foundation.people.api import Role
from runde.foundation.trust.api import Conflict, NotAllowed, NotFound, Refused
from runde.grants.casework.api import (
    GROUND_WORDS,
    REVERSALS,
    Case,
    Decision,
    Ground,
    Reversal,
    ReversalPage,
    get_case,
    give_reasons,
    latest_decisions,
    open_reversal,
    register_appeal,
    reversal_page,
)
from runde.web.components.facts import Fact
from runde.web.components.fields import Field
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.access import declaration_of, must_declare
from runde.web.officer.appeal_fields import Wrong, given_choice, given_day, with_error, words_field
from runde.web.officer.proposed import OUTCOME_WORDS
from runde.web.officer.second_look import BY_TURN, Turn, ground_fields, paper_fields, turns_for
from runde.web.officer.views.impartiality import closed_page, question_page
from runde.web.staff import attempt, day_and_clock, work_page

READERS = (Role.OFFICER, Role.APPROVER, Role.AUDITOR)
REASONS = {
    "h1": "Skriv begrunnelsen søkeren ber om",
    "act": "Send begrunnelsen",
    "lines": (
        "Søkeren får begrunnelsen som brev og e-post.",
        "Klagefristen løper på nytt: tre uker fra i dag.",
    ),
    "undo": "Dette kan ikke gjøres om.",
}
PAPER = {
    "h1": "Registrer en klage som kom på papir",
    "act": "Registrer klagen",
    "lines": (
        "Klagen får samme behandling som om den kom på nett.",
        "Søkeren får kvittering på e-post når klagen er deres egen.",
    ),
    "undo": "Klagen kan ikke slettes. Søkeren kan trekke den.",
}
OPEN = {
    "h1": "Vurder å endre vedtaket uten klage",
    "act": "Begynn vurderingen",
    "lines": (
        "Vedtaket gjelder til et nytt er fattet.",
        "Er endringen til skade, må søkeren varsles før dere kan foreslå noe.",
    ),
    "undo": "Dere kan når som helst la vedtaket stå.",
}


@entrance(staff(Role.OFFICER))
def reasons(request: Request, case: UUID) -> HttpResponse:
    label = "Hvorfor ble vedtaket slik?"
    help_text = "Skriv reglene, det dere la til grunn, og hva dere la mest vekt på."

    def press(decision: Decision) -> object:
        text = request.POST.get("words", "")
        return give_reasons(decision_id=decision.id, text=text, by=request.actor, at=request.at)

    return _on_case(
        request,
        case,
        REASONS,
        lambda posted: [words_field(label, posted, help_text=help_text, rows=10)],
        press,
        "Begrunnelsen er sendt.",
    )


@entrance(staff(Role.OFFICER))
def paper(request: Request, case: UUID) -> HttpResponse:
    def press(decision: Decision) -> object:
        posted = request.POST
        other = posted.get("other_party", "").strip()
        return register_appeal(
            decision_id=decision.id,
            text=posted.get("words", ""),
            came_date=given_day(posted, "came"),
            other_party=other,
            known_date=given_day(posted, "known") if other or posted.get("known") else None,
            wants_wait="yes" in posted.getlist("wants_wait"),
            by=request.actor,
            at=request.at,
        )

    return _on_case(request, case, PAPER, paper_fields, press, "Klagen er registrert.")


@entrance(staff(Role.OFFICER))
def begin(request: Request, case: UUID) -> HttpResponse:
    made: list[Reversal] = []

    def press(decision: Decision) -> object:
        ground = given_choice(
            request.POST, "ground", tuple(one.value for one in Ground), "Velg hvorfor vedtaket kan endres."
        )
        why = request.POST.get("words", "")
        made.append(
            open_reversal(decision_id=decision.id, ground=ground, why=why, by=request.actor, at=request.at)
        )
        return made

    answer = _on_case(request, case, OPEN, ground_fields, press, "Vurderingen er begynt.")
    return redirect("reversal", request.tenant.slug, made[0].id) if made else answer


@entrance(staff(*READERS))
def show(request: Request, reversal: UUID) -> HttpResponse:
    page = reversal_page(reversal, by=request.actor)
    stopped = _not_spoken(request, page.case)
    if stopped is not None:
        return stopped
    slug, found = request.tenant.slug, page.reversal
    facts = {
        **_frame(request, page.case),
        "h1": _heading(page),
        "facts": _facts(page),
        "why": found.why,
        "notice": found.notice,
        "comment": found.comment,
        "ended_why": found.ended_why,
        "acts": [
            (one.text, reverse("reversal_act", args=[slug, found.id, one.slug])) for one in turns_for(page)
        ],
        "letter_url": reverse("case_document", args=[slug, page.case.id, page.letter.id])
        if page.letter
        else "",
        "proposal_url": reverse("proposal", args=[slug, found.proposal_id])
        if found.state == "proposed"
        else "",
    }
    return work_page(request, "officer/reversal.html", facts, room="worklist")


@entrance(staff(Role.OFFICER))
def act(request: Request, reversal: UUID, step: str) -> HttpResponse:
    page, turn = reversal_page(reversal, by=request.actor), BY_TURN.get(step)
    if turn is None:
        raise NotFound("Vi finner ikke siden. Gå til saken og velg derfra.")
    stopped = _not_spoken(request, page.case)
    if stopped is not None:
        return stopped
    if turn not in turns_for(page):
        return _out_of_turn(request, page)
    if request.method != "POST":
        return _turn_page(request, page, turn, QueryDict())
    wrong = _tried(lambda: turn.press(request, page, request.POST), turn.main_field)
    if wrong is not None:
        return _turn_page(request, page, turn, request.POST, wrong)
    messages.success(request, turn.done)
    return redirect("reversal", request.tenant.slug, reversal)


def _out_of_turn(request: Request, page: ReversalPage) -> HttpResponse:
    """Who only looks is led back with the reason; a press is refused."""
    why = "Det kan ikke gjøres slik vurderingen står nå. Se hva som er gjort."
    if request.method == "POST":
        raise Conflict(why)
    messages.info(request, why)
    return redirect("reversal", request.tenant.slug, page.reversal.id)


def _tried(work: Callable[[], object], main_field: str) -> Wrong | None:
    """What is to be mended on the page; acts out of turn and forbidden ones are pages of their own."""
    try:
        refusal = attempt(work)
    except Wrong as wrong:
        return wrong
    if isinstance(refusal, Conflict | NotAllowed):
        raise refusal
    return Wrong(main_field, refusal.sentence) if isinstance(refusal, Refused) else None


def _on_case(
    request: Request,
    case_id: UUID,
    words: dict[str, Any],
    fields: Callable[[QueryDict], list[Field]],
    press: Callable[[Decision], object],
    done: str,
) -> HttpResponse:
    case = get_case(case_id)
    stopped = _not_spoken(request, case)
    if stopped is not None:
        return stopped
    decision = latest_decisions([case.id]).get(case.id)
    if decision is None:
        raise Conflict("Saken har ikke noe vedtak ennå.")
    wrong = None
    if request.method == "POST":
        wrong = _tried(lambda: press(decision), "words")
        if wrong is None:
            messages.success(request, done)
            return redirect("case", request.tenant.slug, case.id)
    posted = request.POST if request.method == "POST" else QueryDict()
    shown = with_error(fields(posted), wrong.field, wrong.sentence) if wrong else fields(posted)
    return _form(request, case, words, shown, has_errors=wrong is not None)


def _turn_page(
    request: Request, page: ReversalPage, turn: Turn, posted: QueryDict, wrong: Wrong | None = None
) -> HttpResponse:
    fields = turn.fields(page, posted)
    shown = with_error(fields, wrong.field, wrong.sentence) if wrong else fields
    effect = REVERSALS.effect_of("reversal", turn.event)
    words = {"h1": turn.h1, "act": turn.text, "lines": effect.lines, "undo": effect.undo}
    back = reverse("reversal", args=[request.tenant.slug, page.reversal.id])
    return _form(request, page.case, words, shown, has_errors=wrong is not None, back_url=back)


def _form(
    request: Request,
    case: Case,
    words: dict[str, Any],
    fields: list[Field],
    *,
    has_errors: bool,
    back_url: str = "",
) -> HttpResponse:
    facts = {
        **_frame(request, case),
        **({"back_url": back_url, "back_text": "Vurderingen"} if back_url else {}),
        "h1": words["h1"],
        "fields": fields,
        "effect": {"lines": words["lines"], "undo": words["undo"]},
        "act": words["act"],
        "errors": [one for one in fields if one.error],
        "has_errors": has_errors,
    }
    return work_page(
        request, "officer/appeal_act.html", facts, room="worklist", status=422 if has_errors else 200
    )


def _not_spoken(request: Request, case: Case) -> HttpResponse | None:
    declared = declaration_of(request.actor, case)
    if declared is not None and not declared.is_impartial:
        return closed_page(request, case, declared)
    if declared is None and must_declare(request.actor):
        return question_page(request, case)
    return None


def _heading(page: ReversalPage) -> str:
    found = page.reversal
    if found.result:
        return found.get_result_display()
    if found.state == "notified" and found.comment_by_date:
        return f"Søkeren kan uttale seg til og med {date_text(found.comment_by_date)}"
    return found.get_state_display()


def _facts(page: ReversalPage) -> list[Fact]:
    found, decision = page.reversal, page.decision
    amount = f", {amount_text(decision.amount_nok)}" if decision.outcome == "granted" else ""
    facts = [
        Fact("Vedtaket", f"{OUTCOME_WORDS[decision.outcome]}{amount}"),
        Fact("Grunn", GROUND_WORDS[Ground(found.ground)]),
        Fact("Begynt", day_and_clock(found.opened_at), source=page.names.get(found.opened_by, "")),
        Fact("Varslet", day_and_clock(found.notified_at) if found.notified_at else ""),
        Fact("Uttalelse kom", day_and_clock(found.commented_at) if found.commented_at else ""),
        Fact("Ferdig", day_and_clock(found.ended_at) if found.ended_at else ""),
    ]
    return [one for one in facts if one.value]


def _frame(request: Request, case: Case) -> dict[str, Any]:
    return {
        "case_number": case.number,
        "company": case.application.company_name,
        "back_url": reverse("case", args=[request.tenant.slug, case.id]),
        "back_text": "Saken",
    }
