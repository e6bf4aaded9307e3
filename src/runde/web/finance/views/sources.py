"""One source from the inside, and money that is registered anew."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import amount_text, date_text
from runde.foundation.people.api import Role, authorise, may
from runde.grants.budget.api import SourcePage, source_page
from runde.grants.schemes.api import FundingSource, SourceChange, SourceRefused, register_source
from runde.web.components.facts import Fact
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.finance.money_shown import NO_GROUND, lines_of
from runde.web.finance.shown import amount
from runde.web.finance.source_form import NewSource
from runde.web.finance.views.cockpit import READERS, ROOM
from runde.web.staff import attempt, key_of, new_key, pressed_once, work_page

FUNDERS = (Role.SCHEME_MANAGER, Role.FINANCE)
State = FundingSource.State
NOTHING = Decimal(0)


@entrance(staff(*READERS))
def show(request: Request, source: UUID) -> HttpResponse:
    found = source_page(source, by=request.actor, at=request.at)
    slug, one = request.tenant.slug, found.source
    today = timezone.localdate(request.at)
    is_decided = one.state == State.DECIDED
    args = [slug, one.id]
    funds = may(request.actor, "schemes.fund", one)
    facts = {
        "h1": _heading(found),
        "back_url": reverse("cockpit", args=[slug]),
        "back_text": "Penger",
        "facts": _facts(found),
        "sums": _sums(found) if is_decided else [],
        "timeline": lines_of(found.timeline, one.amount_nok, NOTHING, at=request.at, today=today)
        if is_decided
        else None,
        "remaining": _remaining(request, found) if found.remaining else None,
        "history": _history(found),
        "years": [(year, reverse("source_year", args=[*args, year])) for year in found.years]
        if is_decided
        else [],
        "change_url": reverse("change_source", args=args) if funds and one.state != State.WITHDRAWN else "",
        "decide_url": reverse("decide_budget", args=args) if funds and _waits(one) else "",
    }
    return work_page(request, "finance/source.html", facts, room=ROOM)


def _waits(source: FundingSource) -> bool:
    return source.state == State.SUBJECT_TO_DECISION


def _heading(found: SourcePage) -> str:
    source = found.source
    if source.state == State.DECIDED:
        return f"{source.name}: {amount_text(found.standing.available)} av {amount_text(source.amount_nok)} igjen"
    return f"{source.name}: {amount_text(source.amount_nok)}, {source.stands_as.lower()}"


def _facts(found: SourcePage) -> list[Fact]:
    source = found.source
    expected = source.decision_expected_date
    said = next((change.document for change in found.changes if change.document), source.decision_document)
    document = said or (f"Ventes {date_text(expected)}" if expected else "")
    return [
        Fact("Giver", source.giver),
        Fact("Status", source.stands_as, source=document),
        Fact("Hjemmel", source.legal_basis or "Ikke oppgitt"),
        Fact("Kan brukes til", source.earmark_text or NO_GROUND),
        Fact("Når de kan brukes", period_text(source.use_from_date, source.use_by_date)),
    ]


def period_text(first: date | None, last: date | None) -> str:
    """ "fra 1. januar 2027 til 31. desember 2027" """
    parts = [f"fra {date_text(first)}"] if first else []
    parts += [f"til {date_text(last)}"] if last else []
    return " ".join(parts) or "Uten frist"


def _sums(found: SourcePage) -> list[Fact]:
    stands = found.standing
    return [
        Fact("Ledig", amount_text(stands.available)),
        Fact("Bundet", amount_text(stands.committed)),
        Fact("I bankfil", amount_text(stands.in_bank_file)),
        Fact("Utbetalt", amount_text(stands.paid)),
    ]


def _remaining(request: Request, found: SourcePage) -> Table:
    slug = request.tenant.slug
    opens = request.actor.holds(Role.OFFICER, Role.APPROVER, Role.AUDITOR)
    settles = request.actor.holds(Role.FINANCE, Role.APPROVER)
    columns = (
        Column("Virksomhet"),
        Column("Igjen (kr)", "number"),
        Column("I bankfil", "number"),
        Column("Utbetalt", "number"),
        Column("Hva du kan gjøre", hide_name=True),
    )
    rows = tuple(
        Row(
            (
                Cell(
                    one.company_name,
                    note=f"Sak {one.number}",
                    url=reverse("case", args=[slug, one.case_id]) if opens else "",
                ),
                Cell(amount(one.committed_nok)),
                Cell(amount(one.in_bank_file_nok)),
                Cell(amount(one.paid_nok)),
                Cell("Frigi resten", url=reverse("settle_rest", args=[slug, one.case_id]))
                if settles and one.committed_nok
                else Cell(""),
            )
        )
        for one in found.remaining
    )
    return Table("Det som er igjen på hvert tilsagn", columns, rows, hide_caption=True, tight=True)


def _history(found: SourcePage) -> Table:
    columns = (
        Column("Hva"),
        Column("Dato"),
        Column("Beløp (kr)", "number"),
        Column("Dokument"),
        Column("Hvem"),
    )
    rows = tuple(
        Row(
            (
                Cell(change.get_kind_display(), note=_note(change)),
                Cell(date_text(change.on_date)),
                Cell(amount(change.amount_nok)),
                Cell(change.document or "–"),
                Cell(found.names.get(change.made_by, "")),
            )
        )
        for change in found.changes
    )
    return Table("Det som har skjedd, nyeste først", columns, rows, hide_caption=True)


def _note(change: SourceChange) -> str:
    said = []
    if change.kind == SourceChange.Kind.CHANGED and change.before_nok is not None:
        said.append(f"Før: {amount_text(change.before_nok)}.")
    if change.carried_nok is not None and change.use_by_date:
        said.append(f"{amount_text(change.carried_nok)} kan brukes til {date_text(change.use_by_date)}.")
    return " ".join([*said, change.reason])


@entrance(staff(*FUNDERS))
def add(request: Request) -> HttpResponse:
    authorise(request.actor, "schemes.fund")
    if request.method != "POST":
        return _add_page(request, NewSource({}), new_key())
    form = NewSource(request.POST.dict())
    facts = form.facts()
    if form.errors:
        return _add_page(request, form, key_of(request))
    made: list[str] = []
    refusal = attempt(lambda: made.append(_registered(request, facts)))
    if refusal is not None:
        field = str(refusal.facts.get("field", "amount")) if isinstance(refusal, SourceRefused) else "amount"
        form.errors[field] = refusal.sentence
        return _add_page(request, form, key_of(request))
    messages.success(request, f"{amount_text(facts['amount_nok'])} fra {facts['giver']} er registrert.")
    return redirect("source", request.tenant.slug, made[0])


def _registered(request: Request, facts: dict[str, Any]) -> str:
    body = {"name": facts["name"], "amount": str(facts["amount_nok"])}
    return pressed_once(
        request, "add_source", body, lambda: str(register_source(**facts, by=request.actor, at=request.at).id)
    )


def _add_page(request: Request, form: NewSource, key: str) -> HttpResponse:
    fields = form.fields()
    facts = {
        "h1": "Registrer penger",
        "back_url": reverse("cockpit", args=[request.tenant.slug]),
        "back_text": "Penger",
        "fields": fields,
        "errors": fields if form.errors else [],
        "has_errors": bool(form.errors),
        "key": key,
        "act": "Registrer pengene",
        "happens": [
            "Vedtatte penger kan deles ut når de er knyttet til en utlysning.",
            "Penger som ikke er vedtatt, står som ventet til du registrerer vedtaket.",
        ],
        "undo": "Registreringen blir stående i historikken. Du kan endre eller trekke pengene senere.",
    }
    return work_page(request, "finance/money_act.html", facts, room=ROOM, status=422 if form.errors else 200)
