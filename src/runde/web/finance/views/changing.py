"""What happens to money that is registered: another amount, a later last day, expected, or withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import amount_text, date_text
from runde.foundation.people.api import authorise
from runde.grants.schemes.api import (
    FundingSource,
    Paper,
    carry_over,
    change_source_amount,
    expect_source,
    get_source,
    withdraw_decided_source,
    withdraw_source,
)
from runde.web.components.facts import Fact
from runde.web.components.fields import Choice, Field
from runde.web.entrance import Request, entrance, staff
from runde.web.finance.source_form import DAY, Typed
from runde.web.finance.views.cockpit import ROOM
from runde.web.finance.views.sources import FUNDERS, period_text
from runde.web.staff import attempt, key_of, new_key, pressed_once, work_page

State = FundingSource.State
AMOUNT = Choice("amount", "Beløpet er endret", "Fyll ut det nye beløpet.")
CARRY = Choice("carry", "Pengene overføres til senere", "Fyll ut den nye siste dagen.")
EXPECT = Choice("expect", "Vedtaket ventes", "Fyll ut dagen. Vedtak kan fattes med forbehold.")
WITHDRAW = Choice("withdraw", "Pengene er trukket", "De kan ikke deles ut.")
CHOICES: dict[str, tuple[Choice, ...]] = {
    State.APPLIED_FOR: (EXPECT, WITHDRAW),
    State.SUBJECT_TO_DECISION: (WITHDRAW,),
    State.DECIDED: (AMOUNT, CARRY, WITHDRAW),
}


@entrance(staff(*FUNDERS))
def change(request: Request, source: UUID) -> HttpResponse:
    found = get_source(source)
    authorise(request.actor, "schemes.fund", found)
    if found.state == State.WITHDRAWN:
        return redirect("source", request.tenant.slug, source)
    if request.method != "POST":
        return _page(
            request, found, Typed({"on_date": f"{timezone.localdate(request.at):%d.%m.%Y}"}), new_key()
        )
    form = Typed(request.POST.dict())
    act = _act(request, found, form)
    if act is None or form.errors:
        return _page(request, found, form, key_of(request))
    body = {
        "source": str(source),
        **{name: form.typed.get(name, "") for name in ("what", "amount", "use_by")},
    }
    refusal = attempt(lambda: pressed_once(request, "change_source", body, act))
    if refusal is not None:
        form.errors[str(refusal.facts.get("field", "what"))] = refusal.sentence
        return _page(request, found, form, key_of(request))
    messages.success(request, f"Endringen av «{found.name}» er registrert.")
    return redirect("source", request.tenant.slug, source)


def _act(request: Request, source: FundingSource, form: Typed) -> Callable[[], str] | None:
    """What was chosen, ready to be done; None when something is missing."""
    what = form.typed.get("what", "")
    if what not in {choice.value for choice in CHOICES[source.state]}:
        form.errors["what"] = "Velg hva som har skjedd."
        return None
    who: dict[str, Any] = {"source": source, "by": request.actor, "at": request.at}
    if what == "expect":
        day = form.day("use_by", f"Skriv når vedtaket ventes. {DAY}")
        return (lambda: str(expect_source(expected_date=day, **who).id)) if day else None
    paper = _paper(form)
    if paper is None:
        return None
    if what == "amount":
        amount_nok = form.amount()
        return lambda: str(change_source_amount(amount_nok=amount_nok, paper=paper, **who).id)
    if what == "carry":
        last = form.day("use_by", f"Skriv den nye siste dagen. {DAY}")
        return (lambda: str(carry_over(use_by_date=last, paper=paper, **who).id)) if last else None
    if source.state == State.DECIDED:
        return lambda: str(withdraw_decided_source(paper=paper, **who).id)
    return lambda: str(withdraw_source(reason=paper.reason, document=paper.document, **who).id)


def _paper(form: Typed) -> Paper | None:
    document = form.text(
        "document", "Skriv hvilket vedtak som sier dette, for eksempel «Kommunestyret sak 42/26»."
    )
    on_date = form.day("on_date", f"Skriv når det ble vedtatt. {DAY}")
    reason = form.text("reason", "Skriv hvorfor, så andre kan forstå det senere.", 1000)
    return Paper(document, on_date, reason) if on_date and not form.errors else None


def _fields(source: FundingSource, form: Typed) -> list[Field]:
    return [
        form.field("what", "Hva har skjedd?", kind="radios", choices=CHOICES[source.state]),
        *(
            [form.field("amount", "Nytt beløp", "Når beløpet er endret", kind="money", optional=True)]
            if source.state == State.DECIDED
            else []
        ),
        *(
            [form.field("use_by", "Ny dag", DAY, kind="date", optional=True)]
            if source.state != State.SUBJECT_TO_DECISION
            else []
        ),
        form.field("document", "Hvilket vedtak sier det?", "For eksempel Kommunestyret sak 42/26"),
        form.field("on_date", "Når ble det vedtatt?", DAY, kind="date"),
        form.field("reason", "Hvorfor?", kind="textarea", rows=3, audience="internal"),
    ]


def _expected(source: FundingSource) -> list[Fact]:
    day = source.decision_expected_date
    return [Fact("Vedtak ventes", date_text(day))] if day else []


def _page(request: Request, source: FundingSource, form: Typed, key: str) -> HttpResponse:
    fields = _fields(source, form)
    facts = {
        "h1": f"Endre «{source.name}»",
        "back_url": reverse("source", args=[request.tenant.slug, source.id]),
        "back_text": source.name,
        "facts": [
            Fact("Beløp", amount_text(source.amount_nok), source=source.stands_as),
            Fact("Når de kan brukes", period_text(source.use_from_date, source.use_by_date)),
            *(
                [Fact("Vedtak ventes", date_text(source.decision_expected_date))]
                if source.decision_expected_date
                else []
            ),
        ],
        "fields": fields,
        "errors": fields if form.errors else [],
        "has_errors": bool(form.errors),
        "key": key,
        "act": "Registrer endringen",
        "happens": [
            "Hovedboka og tallene på nettsiden følger endringen med en gang.",
            "Penger som er bundet eller betalt, blir ikke rørt.",
        ],
        "undo": "Endringen blir stående i historikken. Den kan bare rettes med en ny endring.",
    }
    return work_page(request, "finance/money_act.html", facts, room=ROOM, status=422 if form.errors else 200)
