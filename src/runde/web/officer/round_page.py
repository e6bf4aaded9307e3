"""What the pages about many amounts at once share: what is found, what is asked, what happens, and the word given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from runde.engine.reference.api import amount_text
from runde.foundation.people.api import Role
from runde.grants.casework.api import Proposal
from runde.web.components.facts import Fact
from runde.web.components.fields import Field
from runde.web.components.tables import Table
from runde.web.entrance import Request
from runde.web.officer.typed_days import read_day
from runde.web.staff import count_text, new_key, others_who_are, read_amount, work_page

UNDO = "Den som godkjenner, kan sende forslaget tilbake. Ingen søkere får beskjed før det er godkjent."
NO_WORD = (
    "Kryss av for at du kan behandle sakene. Er det en sak du ikke kan behandle, åpne den og si fra først."
)


@dataclass(frozen=True)
class Part:
    """One thing shown on the page; with `fold`, the table lies behind a summary of those words."""

    heading: str
    table: Table | None = None
    text: str = ""
    fold: str = ""


@dataclass(frozen=True)
class Notice:
    """Something to see before anything else, with a way on."""

    heading: str
    text: str
    color: str = "warning"
    url: str = ""
    way: str = ""


@dataclass(frozen=True, kw_only=True)
class RoundPage:
    """`ask` is sent back to show another result; `fields` and `kept` go with the act, which is empty when nothing can
    be done."""

    h1: str
    back_url: str
    back_text: str
    facts: Sequence[Fact]
    parts: Sequence[Part] = ()
    notices: Sequence[Notice] = ()
    ask: Sequence[Field] = ()
    asked: Mapping[str, str] = field(default_factory=dict)
    fields: Sequence[Field] = ()
    kept: Mapping[str, str] = field(default_factory=dict)
    happens: Sequence[str] = ()
    undo: str = UNDO
    act: str = ""


def show(request: Request, page: RoundPage, *, room: str = "overview", extra: Any = None) -> HttpResponse:
    wrong = [one for one in (*page.ask, *page.fields) if one.error]
    facts = {
        **vars(page),
        "errors": wrong,
        "has_errors": bool(wrong),
        "key": request.POST.get("key") or new_key(),
        **(extra or {}),
    }
    return work_page(request, "officer/round_act.html", facts, room=room, status=422 if wrong else 200)


def word_field(error: str = "") -> Field:
    """The officer's word for every case at once."""
    return Field(
        "word",
        "Jeg kan behandle alle sakene.",
        kind="checkbox",
        description="Det vil si at du ikke har egne interesser i dem.",
        error=error,
    )


def word_given(request: Request) -> bool:
    return bool(request.POST.get("word"))


def approvers_of(request: Request) -> str:
    return others_who_are(request, Role.APPROVER)


def goes_to(request: Request, what: str) -> str:
    approvers = approvers_of(request)
    return f"{what} går til godkjenning{f' hos {approvers}' if approvers else ''}."


def laid(request: Request, proposal_ids: Sequence[str]) -> HttpResponse:
    """To the proposal that was made, or to the list when there are several."""
    slug = request.tenant.slug
    if len(proposal_ids) == 1:
        messages.success(request, "Forslaget er sendt til godkjenning.")
        return redirect("proposal", slug, UUID(proposal_ids[0]))
    made = count_text(len(proposal_ids), "forslag", "forslag")
    messages.success(request, f"{made} er sendt til godkjenning, ett for hver utlysning.")
    return redirect("proposals", slug)


def joined_ids(proposals: Sequence[Proposal]) -> str:
    """As one text, for what remembers a press."""
    return " ".join(str(one.id) for one in proposals)


def asked_amount(request: Request, name: str) -> tuple[Decimal | None, str]:
    """What was typed for an amount in the address or the form; None when empty."""
    typed = (request.POST if request.method == "POST" else request.GET).get(name, "").strip()
    return read_amount(typed)


def asked_text(request: Request, name: str) -> str:
    return (request.POST if request.method == "POST" else request.GET).get(name, "").strip()


def asked_day(request: Request, name: str) -> tuple[date | None, str]:
    typed = asked_text(request, name)
    day = read_day(typed)
    return day, "" if day else "Skriv datoen slik: 14.12.2026."


def sum_fact(label: str, amount_nok: Decimal, note: str = "") -> Fact:
    return Fact(label, amount_text(amount_nok), source=note)
