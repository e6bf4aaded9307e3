"""The approver's acts on a proposal, each on a page of its own: approve it, or send it back."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import amount_text, number_text
from runde.foundation.people.api import Role, authorise
from runde.grants.casework.api import (
    Approved,
    LinesRefused,
    NothingLeft,
    ProposalPage,
    TooLittleMoney,
    approve_proposal,
    effect_of,
    get_proposal,
    proposal_page,
    return_proposal,
)
from runde.web.components.facts import Fact
from runde.web.components.fields import ErrorLine, Field
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.bearing import bearings_of
from runde.web.officer.proposed import funding_table, summary_facts
from runde.web.staff import attempt, count_text, given_ids, key_of, missing_or_too_long, new_key, work_page

TOO_LATE = "Det kan ikke angres. Et vedtak kan bare endres med et nytt vedtak."


@entrance(staff(Role.APPROVER))
def approve(request: Request, proposal: UUID) -> HttpResponse:
    authorise(request.actor, "casework.approve")
    if request.method != "POST":
        return _confirm(request, proposal, _marked(request), key=new_key())
    leave_out, key = given_ids(request.POST.getlist("ta_ut")), key_of(request)
    done: list[Approved] = []
    refusal = attempt(
        lambda: done.append(
            approve_proposal(
                proposal_id=proposal, leave_out=leave_out, key=key, by=request.actor, at=request.at
            )
        )
    )
    if isinstance(refusal, TooLittleMoney | NothingLeft | LinesRefused):
        return _confirm(request, proposal, leave_out, key=key, error=refusal.sentence)
    if refusal is not None:
        raise refusal
    messages.success(request, _done(done[0], get_proposal(proposal).is_conditional))
    return _to_proposal(request, proposal)


def _marked(request: Request) -> list[UUID]:
    """Those to leave out: marked on the page one comes from, and on other pages of the same list."""
    return given_ids([*request.GET.getlist("ta_ut"), *request.GET.get("andre", "").split()])


def _done(approved: Approved, conditional: bool) -> str:
    made = count_text(len(approved.decision_ids), "vedtak er fattet", "vedtak er fattet")
    out = len(approved.left_out)
    left = f" {count_text(out, 'sak', 'saker')} ble tatt ut." if out else ""
    money = " er lovet, men ikke satt av" if conditional else ""
    return f"{made}. Til sammen {amount_text(approved.sum_nok)}{money}. Brevene blir skrevet nå.{left}"


def _confirm(
    request: Request, proposal: UUID, leave_out: list[UUID], *, key: str, error: str = ""
) -> HttpResponse:
    found = proposal_page(proposal, by=request.actor, at=request.at, leave_out=leave_out)
    if found.why_not:
        return _to_proposal(request, proposal)
    count = number_text(found.count)
    short = found.funding.short if found.funding else ""
    wrong = error or short
    facts = {
        "h1": f"Godkjenn {count} vedtak, til sammen {amount_text(found.sum_nok)}",
        "back_url": reverse("proposal", args=[request.tenant.slug, proposal]),
        "back_text": "Forslaget",
        "bearings": bearings_of(found, request.tenant.slug),
        "facts": _facts(found, len(leave_out)),
        "funding": funding_table(found.funding) if found.funding else None,
        "leave_out": [str(one) for one in leave_out],
        "sum_text": amount_text(_set_aside(found)),
        "promised": _promised(found) if found.proposal.is_conditional else (),
        "granted_text": count_text(found.granted, "virksomhet", "virksomheter") if found.granted else "",
        "letters_text": count_text(found.count, "brev", "brev"),
        "undo": TOO_LATE,
        "act": _act(found) if found.count and not short else "",
        "errors": [ErrorLine(wrong)] if wrong else [],
        "has_errors": bool(wrong),
        "key": key,
    }
    return work_page(request, "officer/approve.html", facts, room="proposals", status=422 if error else 200)


def _set_aside(found: ProposalPage) -> Decimal:
    """What the approval takes from the sources: of a raised grant only the difference."""
    taken = sum(found.funding.taken.values(), Decimal(0)) if found.funding else Decimal(0)
    return taken or found.sum_nok


def _promised(found: ProposalPage) -> list[str]:
    """What follows on a conditional approval: no money is set aside, and nothing can be paid yet."""
    letters = count_text(found.count, "brev", "brev")
    *before_payment, _payable = effect_of("case", "decide", None, letters=letters).lines
    return [*before_payment, *effect_of("grant", "arise_conditional").lines[:1]]


def _act(found: ProposalPage) -> str:
    """The button names what is signed: how many, how much."""
    total = f", {amount_text(found.sum_nok)}" if found.sum_nok else ""
    return f"Godkjenn {number_text(found.count)} vedtak{total}"


def _facts(found: ProposalPage, left_out: int) -> list[Fact]:
    facts = summary_facts(found)
    if left_out:
        facts.append(Fact("Tatt ut av deg", count_text(left_out, "sak", "saker")))
    return facts


@entrance(staff(Role.APPROVER))
def send_back(request: Request, proposal: UUID) -> HttpResponse:
    authorise(request.actor, "casework.approve")
    if request.method != "POST":
        return _return_page(request, proposal)
    reason = request.POST.get("reason", "").strip()
    wrong = missing_or_too_long(reason, if_empty="Skriv hvorfor du sender forslaget tilbake.")
    if wrong:
        return _return_page(request, proposal, error=wrong)
    return_proposal(proposal_id=proposal, reason=reason, by=request.actor, at=request.at)
    messages.success(request, "Forslaget er sendt tilbake. Sakene er åpne igjen.")
    return _to_proposal(request, proposal)


def _return_page(request: Request, proposal: UUID, *, error: str = "") -> HttpResponse:
    found = proposal_page(proposal, by=request.actor, at=request.at)
    if found.why_not:
        return _to_proposal(request, proposal)
    why = Field(
        "reason",
        "Hvorfor sender du forslaget tilbake?",
        kind="textarea",
        rows=4,
        value=request.POST.get("reason", ""),
        description=f"{found.prepared_by} ser dette.",
        audience="internal",
        error=error,
    )
    facts = {
        "h1": f"Send forslaget om {count_text(len(found.rows), 'vedtak', 'vedtak')} tilbake",
        "back_url": reverse("proposal", args=[request.tenant.slug, proposal]),
        "back_text": "Forslaget",
        "facts": summary_facts(found),
        "why": why,
        "count_text": count_text(len(found.rows), "sak", "saker"),
        "prepared_by": found.prepared_by,
        "errors": [why] if error else [],
        "has_errors": bool(error),
    }
    return work_page(request, "officer/return.html", facts, room="proposals", status=422 if error else 200)


def _to_proposal(request: Request, proposal: UUID) -> HttpResponseRedirect:
    return redirect("proposal", request.tenant.slug, proposal)
