"""How much is left, what is bound, and what is not decided yet."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import amount_text, date_text, number_text
from runde.foundation.people.api import Role, authorise, may
from runde.foundation.trust.api import NotFound
from runde.grants.casework.api import (
    Case,
    FundingPreview,
    Lane,
    Overview,
    funding_preview,
    lateness_by_call,
    pending_grants,
    ready_grants,
    set_aside_by_source,
)
from runde.grants.casework.api import overview as overview_of
from runde.grants.schemes.api import Call, FundingSource, list_sources, register_budget_decision
from runde.web.components.charts.figure import figure_csv
from runde.web.components.facts import Fact
from runde.web.components.fields import Field
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.calls import calls_table, chosen_call, page_url
from runde.web.officer.funds import counts as counts_of
from runde.web.officer.funds import funds_figure, heading_of, round_table, sources_table, told_fact
from runde.web.officer.money_ways import money_ways
from runde.web.staff import attempt, new_key, pressed_once, read_amount, sent_as_file, work_page

READERS = (Role.OFFICER, Role.APPROVER, Role.SCHEME_MANAGER, Role.FINANCE, Role.AUDITOR)
APPEALS_READERS = (Role.OFFICER, Role.APPROVER, Role.AUDITOR)
MOST_SHARED_OUT = 2000  # a solver shares the money out: more than this keeps the reader waiting
LONGEST_DOCUMENT = 300  # as the column
FUNDERS = (Role.SCHEME_MANAGER, Role.FINANCE)


@entrance(staff(*READERS))
def overview(request: Request) -> HttpResponse:
    call = chosen_call(request)
    slug = request.tenant.slug
    if call is None:
        table = calls_table("overview", slug, late=lateness_by_call(request.at))
        heading = "Hvilken utlysning vil du se?" if table.rows else "Ingen utlysninger ennå"
        choice = {"h1": heading, "calls": table if table.rows else None}
        return work_page(request, "officer/choose_call.html", choice, room="overview")
    found = overview_of(call, by=request.actor, at=request.at)
    pending = pending_grants(call.id)
    preview = funding_preview(call, pending, at=request.at)
    undecided = [one.source for one in found.sources if one.source.state == _WAITING]
    facts: dict[str, Any] = {
        "h1": heading_of(found),
        "call": call,
        "counts": [*counts_of(found, preview), *told_fact(lateness_by_call(request.at).get(call.id))],
        "late_url": page_url("worklist", slug, call, ko="sene")
        if found.late and may(request.actor, "casework.list")
        else "",
        "delay_url": page_url("call_delay", slug, call) if may(request.actor, "casework.assign") else "",
        "figure": funds_figure(found, preview, at=request.at, csv_url=page_url("overview_csv", slug, call)),
        "sources": sources_table(found),
        "round": round_table(found, preview, _with_ready(request, call, found, pending)),
        "short": preview.short,
        "for_appeals": _for_appeals(found),
        "appeals_url": reverse("appeals", args=[slug]) if request.actor.holds(*APPEALS_READERS) else "",
        "undecided": [_undecided(request, source) for source in undecided],
        "ways": money_ways(request, call),
        "worklist_url": page_url("worklist", slug, call) if may(request.actor, "casework.list") else "",
        "fairness_url": page_url("fairness", slug, call) if may(request.actor, "precedents.read") else "",
    }
    return work_page(request, "officer/overview.html", facts, room="overview")


def _for_appeals(found: Overview) -> str:
    """What of the bound money is held for appeals that are not settled; empty when nothing is."""
    held = sum(set_aside_by_source([one.source.id for one in found.sources]).values(), Decimal(0))
    return (
        f"{amount_text(held)} av det som er bundet, er satt av til klager som ikke er avgjort."
        if held
        else ""
    )


def _with_ready(
    request: Request, call: Call, found: Overview, pending: list[tuple[Case, Decimal]]
) -> FundingPreview | None:
    """What waits and what is ready shared out together; None when there are too many for one page."""
    if found.lanes[Lane.GREEN].count > MOST_SHARED_OUT:
        return None
    return funding_preview(call, [*pending, *ready_grants(call.id)], at=request.at)


_WAITING = FundingSource.State.SUBJECT_TO_DECISION


def _undecided(request: Request, source: FundingSource) -> dict[str, str]:
    """Money that waits for a decision, and the way to register it for who may."""
    expected = source.decision_expected_date
    return {
        "text": f"{source.name}: {amount_text(source.amount_nok)} fra {source.giver} er ikke vedtatt",
        "when": f"Blir behandlet {date_text(expected)}." if expected else "",
        "url": reverse("decide_budget", args=[request.tenant.slug, source.id])
        if may(request.actor, "schemes.fund")
        else "",
    }


@entrance(staff(*READERS))
def as_csv(request: Request) -> HttpResponse:
    """The chart's table, for a spreadsheet."""
    call = chosen_call(request)
    if call is None:
        raise NotFound("Velg en utlysning først.")
    found = overview_of(call, by=request.actor)
    preview = funding_preview(call, pending_grants(call.id), at=request.at)
    figure = funds_figure(found, preview, at=request.at, csv_url="")
    if figure is None:
        raise NotFound("Utlysningen har ingen penger ennå.")
    return sent_as_file(
        figure_csv(figure), media_type="text/csv; charset=utf-8", file_name=f"penger-{call.slug}.csv"
    )


@entrance(staff(*FUNDERS))
def decide_budget(request: Request, source: UUID) -> HttpResponse:
    found = next((one for one in list_sources() if one.id == source), None)
    if found is None:
        raise NotFound("Vi finner ikke denne finansieringskilden.")
    authorise(request.actor, "schemes.fund", found)
    if found.state != _WAITING:
        return redirect("overview", request.tenant.slug)
    if request.method != "POST":
        return _budget_page(request, found, amount=number_text(found.amount_nok))
    return _register(request, found)


def _register(request: Request, source: FundingSource) -> HttpResponse:
    document, typed = request.POST.get("document", "").strip(), request.POST.get("amount", "").strip()
    amount_nok, wrong = read_amount(typed)
    errors = {}
    if not document:
        errors["document"] = (
            "Skriv hvilket vedtak pengene kommer fra, for eksempel «Kommunestyret sak 42/26»."
        )
    elif len(document) > LONGEST_DOCUMENT:
        errors["document"] = f"Skriv høyst {LONGEST_DOCUMENT} tegn. Nå er det {len(document)}."
    if wrong or amount_nok is None or amount_nok <= 0:
        errors["amount"] = wrong or "Skriv hvor mye penger som er vedtatt."
    if errors or amount_nok is None:
        return _budget_page(request, source, document=document, amount=typed, errors=errors)
    decided = amount_nok
    refusal = attempt(lambda: _registered(request, source, document, decided))
    if refusal is not None:
        return _budget_page(
            request, source, document=document, amount=typed, errors={"amount": refusal.sentence}
        )
    messages.success(request, f"{amount_text(decided)} fra {source.giver} er vedtatt og kan deles ut.")
    return redirect("overview", request.tenant.slug)


def _registered(request: Request, source: FundingSource, document: str, amount_nok: Decimal) -> None:
    def work() -> None:
        register_budget_decision(
            source=source, document=document, amount_nok=amount_nok, by=request.actor, at=request.at
        )

    body = {"source": str(source.id), "document": document, "amount": str(amount_nok)}
    pressed_once(request, "budget_decision", body, work)


def _budget_page(
    request: Request,
    source: FundingSource,
    *,
    document: str = "",
    amount: str = "",
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    wrong = errors or {}
    fields = [
        Field(
            "document",
            "Hvilket vedtak kommer pengene fra?",
            value=document,
            description="For eksempel «Kommunestyret sak 42/26»",
            answer="m",
            error=wrong.get("document", ""),
        ),
        Field(
            "amount",
            "Hvor mye er vedtatt?",
            kind="money",
            value=amount,
            description="Rett beløpet hvis det ble et annet enn ventet.",
            error=wrong.get("amount", ""),
        ),
    ]
    facts = {
        "h1": f"Registrer vedtak om penger fra {source.giver}",
        "back_url": reverse("overview", args=[request.tenant.slug]),
        "back_text": "Oversikt",
        "facts": [
            Fact("Kilde", source.name),
            Fact("Ventet beløp", amount_text(source.amount_nok)),
            Fact("Kan brukes til", source.earmark_text or "Alle som får tilskudd i ordningen"),
        ],
        "fields": fields,
        "errors": fields if wrong else [],
        "has_errors": bool(wrong),
        "key": new_key(),
    }
    return work_page(request, "officer/budget.html", facts, room="overview", status=422 if wrong else 200)
