"""Gather what is due for one day into a batch, and lay it before another person."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import amount_text, next_bank_day, weekday_date_text
from runde.foundation.people.api import Role, authorise
from runde.grants.payments.api import Due, list_due, prepare_batch
from runde.web.components.facts import Fact
from runde.web.components.fields import Field
from runde.web.entrance import Request, entrance, staff
from runde.web.finance.shown import day_text, payments_table, payments_text, recipients, stops_table
from runde.web.staff import attempt, new_key, others_who_are, pressed_once, work_page

ON_A_PAGE = 50
WRONG_DAY = "Skriv betalingsdagen som dag, måned og år, for eksempel 04.12.2026."


@entrance(staff(Role.FINANCE))
def prepare(request: Request) -> HttpResponse:
    authorise(request.actor, "payments.prepare")
    if request.method == "POST":
        return _gather(request)
    today = timezone.localdate(request.at)
    typed = request.GET.get("dag", "").strip()
    day = read_day(typed) if typed else first_day(today)
    if day is None:
        return _page(request, first_day(today), typed=typed, error=WRONG_DAY, status=422)
    return _page(request, day, typed=typed)


def _gather(request: Request) -> HttpResponse:
    typed = request.POST.get("dag", "")
    day = read_day(typed)
    if day is None:
        today = timezone.localdate(request.at)
        return _page(request, first_day(today), typed=typed, error=WRONG_DAY, status=422)
    made: list[str] = []
    refusal = attempt(lambda: made.append(_prepared(request, day)))
    if refusal is not None:
        return _page(request, day, typed=typed, error=refusal.sentence, status=422)
    return redirect("batch", request.tenant.slug, UUID(made[0]))


def _prepared(request: Request, day: date) -> str:
    return pressed_once(
        request,
        "prepare_batch",
        {"day": day.isoformat()},
        lambda: str(prepare_batch(execution_date=day, by=request.actor, at=request.at).id),
    )


def _page(
    request: Request, day: date, *, typed: str = "", error: str = "", status: int = 200
) -> HttpResponse:
    due = list_due(on=day)
    payable = [payment for payment in due.payments if payment.id not in due.stopped_ids]
    total = sum((payment.amount_nok for payment in payable), due.sum_nok * 0)
    page = Paginator(payable, ON_A_PAGE).get_page(request.GET.get("side"))
    asked = Field(
        "dag",
        "Betalingsdag",
        kind="date",
        value=typed or day_text(day),
        description="Dagen banken skal betale. Må være en bankdag.",
        error=error,
    )
    facts = {
        "h1": f"Klargjør betaling til {recipients(len(payable))}"
        if payable
        else "Ingenting å betale den dagen",
        "back_url": reverse("payments", args=[request.tenant.slug]),
        "back_text": "Betaling",
        "asked": asked,
        "errors": [asked] if error else [],
        "has_errors": bool(error),
        "day": day_text(day),
        "weekday": weekday_date_text(day),
        "facts": _facts(day, payable_count=len(payable), sum_text=amount_text(total), due=due),
        "stops": stops_table(due.stops) if due.stops else None,
        "payments": payments_table(page.object_list, "Mottakere", accounts=due.accounts) if payable else None,
        "page": page,
        "act": f"Klargjør {payments_text(len(payable))}" if payable and not error else "",
        "approvers": others_who_are(request, Role.FINANCE, Role.APPROVER),
        "key": new_key(),
    }
    return work_page(request, "finance/prepare.html", facts, room="payments", status=status)


def _facts(day: date, *, payable_count: int, sum_text: str, due: Due) -> list[Fact]:
    facts = [
        Fact("Betalingsdag", weekday_date_text(day)),
        Fact("Mottakere", recipients(payable_count)),
        Fact("Sum", sum_text),
    ]
    if due.stopped_ids:
        facts.append(Fact("Stoppet", f"{recipients(len(due.stopped_ids))} er ikke med"))
    return facts


def first_day(today: date) -> date:
    """The first bank day on which something is due; today's next bank day when nothing is known."""
    due = list_due(on=today)
    return next_bank_day(today if due.payments or not due.next_due_date else due.next_due_date)


def read_day(text: str) -> date | None:
    """15.11.2026, also written 15.11.26, with blanks, or as 2026-11-15."""
    bare = text.replace(" ", "").rstrip(".")
    for form in ("%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d"):
        try:
            return datetime.strptime(bare, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None
