"""Legal acts on a batch, each on a page of its own: approve, send back, say that it is sent."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import amount_text, weekday_date_text
from runde.foundation.people.api import Role, authorise
from runde.grants.payments.api import (
    Batch,
    BatchPage,
    PaymentsStopped,
    approve_batch,
    batch_page,
    mark_sent,
    return_batch,
)
from runde.web.components.facts import Fact
from runde.web.components.fields import ErrorLine, Field
from runde.web.entrance import Request, entrance, staff
from runde.web.finance.shown import batch_heading, file_facts, payments_text, recipients, stops_table
from runde.web.staff import (
    attempt,
    day_and_clock,
    key_of,
    missing_or_too_long,
    new_key,
    others_who_are,
    pressed_once,
    work_page,
)


@entrance(staff(Role.FINANCE, Role.APPROVER))
def approve(request: Request, batch: UUID) -> HttpResponse:
    authorise(request.actor, "payments.approve")
    if request.method != "POST":
        return _approve_page(request, batch, key=new_key())
    refusal = attempt(
        lambda: approve_batch(batch_id=batch, key=key_of(request), by=request.actor, at=request.at)
    )
    if isinstance(refusal, PaymentsStopped):
        return _approve_page(request, batch, key=key_of(request), error=refusal.sentence)
    if refusal is not None:
        raise refusal
    messages.success(
        request, "Betalingen er godkjent, og bankfilen er laget. Last den ned og send den til banken."
    )
    return _to_batch(request, batch)


def _approve_page(request: Request, batch: UUID, *, key: str, error: str = "") -> HttpResponse:
    found = _found(request, batch)
    if found.batch.state != Batch.State.PREPARED:
        return _to_batch(request, batch)
    own = found.batch.prepared_by == request.actor.person_id
    facts = {
        "h1": f"Godkjenn {payments_text(found.count)}, til sammen {amount_text(found.sum_nok)}",
        **_back(request, found),
        "facts": _facts(found),
        "stops": stops_table(found.stops) if found.stops else None,
        "is_own": own,
        "who_may": others_who_are(request, Role.FINANCE, Role.APPROVER),
        "count_text": recipients(found.count),
        "sum_text": amount_text(found.sum_nok),
        "act": "" if own or found.stops else _act(found),
        "errors": [ErrorLine(error)] if error else [],
        "has_errors": bool(error),
        "key": key,
    }
    return work_page(request, "finance/approve.html", facts, room="payments", status=422 if error else 200)


def _act(found: BatchPage) -> str:
    """The button names what is released: how many, how much."""
    return f"Godkjenn {payments_text(found.count)}, {amount_text(found.sum_nok)}"


@entrance(staff(Role.FINANCE, Role.APPROVER))
def send_back(request: Request, batch: UUID) -> HttpResponse:
    authorise(request.actor, "payments.approve")
    reason = request.POST.get("reason", "").strip()
    if request.method != "POST":
        return _return_page(request, batch)
    wrong = missing_or_too_long(reason, if_empty="Skriv hvorfor du sender betalingen tilbake.")
    if wrong:
        return _return_page(request, batch, error=wrong)
    return_batch(batch_id=batch, reason=reason, by=request.actor, at=request.at)
    messages.success(request, "Betalingen er sendt tilbake. Mottakerne kan klargjøres på nytt.")
    return _to_batch(request, batch)


def _return_page(request: Request, batch: UUID, *, error: str = "") -> HttpResponse:
    found = _found(request, batch)
    if found.batch.state != Batch.State.PREPARED:
        return _to_batch(request, batch)
    why = Field(
        "reason",
        "Hvorfor sender du betalingen tilbake?",
        kind="textarea",
        rows=4,
        audience="internal",
        description="Den som klargjorde betalingen, ser dette.",
        error=error,
        value=request.POST.get("reason", ""),
    )
    facts = {
        "h1": f"Send betaling {found.batch.number} tilbake",
        **_back(request, found),
        "facts": _facts(found),
        "why": why,
        "errors": [why] if error else [],
        "has_errors": bool(error),
        "prepared_by": found.names.get(found.batch.prepared_by, ""),
    }
    return work_page(request, "finance/return.html", facts, room="payments", status=422 if error else 200)


@entrance(staff(Role.FINANCE))
def sent(request: Request, batch: UUID) -> HttpResponse:
    authorise(request.actor, "payments.mark_sent")
    if request.method == "POST":
        pressed_once(request, "mark_sent", {"batch": str(batch)}, lambda: _mark(request, batch))
        messages.success(
            request, "Betalingen er merket som sendt. Mottakerne får e-post om at pengene er på vei."
        )
        return _to_batch(request, batch)
    found = _found(request, batch)
    if found.batch.state != Batch.State.SEALED:
        return _to_batch(request, batch)
    facts = {
        "h1": f"Merk betaling {found.batch.number} som sendt",
        **_back(request, found),
        "facts": [*_facts(found), *file_facts(found)[-1:]],
        "count_text": recipients(found.count),
        "key": new_key(),
    }
    return work_page(request, "finance/sent.html", facts, room="payments")


def _mark(request: Request, batch: UUID) -> None:
    mark_sent(batch_id=batch, by=request.actor, at=request.at)


def _found(request: Request, batch: UUID) -> BatchPage:
    return batch_page(batch, on=timezone.localdate(request.at))


def _to_batch(request: Request, batch: UUID) -> HttpResponseRedirect:
    return redirect("batch", request.tenant.slug, batch)


def _back(request: Request, found: BatchPage) -> dict[str, str]:
    return {
        "back_url": reverse("batch", args=[request.tenant.slug, found.batch.id]),
        "back_text": batch_heading(found),
    }


def _facts(found: BatchPage) -> list[Fact]:
    batch = found.batch
    name = found.names.get(batch.prepared_by, "")
    return [
        Fact("Betalingsdag", weekday_date_text(batch.execution_date)),
        Fact("Mottakere", recipients(found.count)),
        Fact("Sum", amount_text(found.sum_nok)),
        Fact("Klargjort av", f"{name}, {day_and_clock(batch.prepared_at)}"),
    ]
