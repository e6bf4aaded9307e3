"""What pays for a call: sources in the order they are used, decided or not."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from runde.engine.reference.api import amount_text
from runde.foundation.people.api import authorise
from runde.foundation.trust.api import NotFound, Refused
from runde.grants.schemes.api import (
    Call,
    FundingSource,
    SourceRefused,
    attach_funding,
    detach_funding,
    get_call_by_id,
    list_sources,
    money_left,
    register_source,
    sources_of,
)
from runde.web.components.fields import Choice, ErrorLine, Field
from runde.web.designer.calls.access import FUNDERS
from runde.web.designer.calls.shown import STATE_WORDS, money_facts, sources_table
from runde.web.designer.calls.source_form import SourceForm
from runde.web.designer.calls.views.listing import ROOM, crumbs
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import attempt, key_of, new_key, pressed_once, work_page

WITHDRAWN = FundingSource.State.WITHDRAWN


@entrance(staff(*FUNDERS))
def show(request: Request, call: UUID) -> HttpResponse:
    """The sources; and a form for money that is not registered yet."""
    authorise(request.actor, "schemes.fund")
    found = get_call_by_id(call)
    if request.method != "POST":
        return _page(request, found, SourceForm({}, []), key=new_key())
    form = SourceForm(request.POST.dict(), request.POST.getlist("sections"))
    facts = form.facts()
    if form.errors:
        return _page(request, found, form, key=key_of(request))
    refusal = attempt(
        lambda: pressed_once(
            request,
            "register_source",
            {"call": str(call), "name": facts["name"], "amount": str(facts["amount_nok"])},
            lambda: _registered(request, found, facts),
        )
    )
    if refusal is not None:
        form.errors["amount" if isinstance(refusal, SourceRefused) else ""] = refusal.sentence
        return _page(request, found, form, key=key_of(request))
    messages.success(request, f"{amount_text(facts['amount_nok'])} fra «{facts['name']}» er lagt til.")
    return redirect("staff_call_money", request.tenant.slug, call)


def _registered(request: Request, call: Call, facts: dict[str, Any]) -> str:
    source = register_source(**facts, by=request.actor, at=request.at)
    attach_funding(call=call, source=source, rank=_next_rank(call), by=request.actor, at=request.at)
    return str(source.id)


def _next_rank(call: Call) -> int:
    """After those that pay already."""
    return max((one.rank for one in call.funding.all()), default=0) + 1


@entrance(staff(*FUNDERS))
@require_POST
def attach(request: Request, call: UUID) -> HttpResponse:
    authorise(request.actor, "schemes.fund")
    found = get_call_by_id(call)
    source = next((one for one in _unused(found) if str(one.id) == request.POST.get("source")), None)
    if source is None:
        return _back(request, call, None, "Velg en kilde fra lista først.")
    refusal = attempt(
        lambda: attach_funding(
            call=found, source=source, rank=_next_rank(found), by=request.actor, at=request.at
        )
    )
    return _back(request, call, refusal, f"«{source.name}» betaler nå for utlysningen.")


@entrance(staff(*FUNDERS))
@require_POST
def detach(request: Request, call: UUID) -> HttpResponse:
    authorise(request.actor, "schemes.fund")
    found = get_call_by_id(call)
    source = next((one for one in sources_of(found) if str(one.id) == request.POST.get("source")), None)
    if source is None:
        raise NotFound("Vi finner ikke kilden. Last siden på nytt.")
    refusal = attempt(lambda: detach_funding(call=found, source=source, by=request.actor, at=request.at))
    return _back(request, call, refusal, f"«{source.name}» betaler ikke lenger for utlysningen.")


def _back(request: Request, call: UUID, refusal: Refused | None, done: str) -> HttpResponse:
    if refusal is None:
        messages.success(request, done)
    else:
        messages.warning(request, refusal.sentence)
    return redirect("staff_call_money", request.tenant.slug, call)


def _unused(call: Call) -> list[FundingSource]:
    used = {one.id for one in sources_of(call)}
    return [one for one in list_sources() if one.id not in used and one.state != WITHDRAWN]


def _unused_field(call: Call) -> Field | None:
    """The sources that may be used besides; None when there are none."""
    unused = [Choice(str(one.id), _source_words(one)) for one in _unused(call)]
    return (
        Field("source", "Kilde", kind="select", choices=(Choice("", "Velg"), *unused), answer="l")
        if unused
        else None
    )


def _source_words(source: FundingSource) -> str:
    state = STATE_WORDS[FundingSource.State(source.state)].lower()
    return f"{source.name}, {amount_text(source.amount_nok)}, {state}"


def _page(request: Request, call: Call, form: SourceForm, *, key: str) -> HttpResponse:
    args = [request.tenant.slug, call.id]
    sources, left = sources_of(call), money_left(call)
    main, whom = form.fields(), form.whom()
    fields = [*main, *whom]
    named = {one.name for one in fields}
    loose = [ErrorLine(words) for name, words in form.errors.items() if name not in named]
    total = amount_text(left.decided_nok + left.waiting_nok)
    facts: dict[str, Any] = {
        "h1": f"Utlysningen har {total}" if sources else "Hvem betaler for utlysningen?",
        "crumbs": crumbs(request.tenant.slug, call),
        "table": sources_table(sources) if sources else None,
        "facts": money_facts(left),
        "waiting": [
            (one, reverse("decide_budget", args=[request.tenant.slug, one.id]))
            for one in sources
            if one.state == FundingSource.State.SUBJECT_TO_DECISION
        ],
        "removable": sources if call.state == Call.State.DRAFT else [],
        "unused": _unused_field(call),
        "can_add": call.state != Call.State.WITHDRAWN,
        "attach_url": reverse("attach_funding", args=args),
        "detach_url": reverse("detach_funding", args=args),
        "fields": main,
        "whom": whom,
        "is_earmarked": form.is_earmarked,
        "key": key,
        "errors": [*loose, *fields] if form.errors else [],
        "has_errors": bool(form.errors),
    }
    status = 422 if form.errors else 200
    return work_page(request, "designer/calls/money.html", facts, room=ROOM, status=status)
