"""The books handed over to the municipality's own accounts: how they are coded, and the file of a period."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import account_proposals, business_functions, date_text
from runde.foundation.people.api import Role, authorise, may
from runde.grants.budget.api import CodingRefused, Exported, coding_on, export_books, set_coding
from runde.web.components.facts import Fact
from runde.web.components.fields import Choice, Field
from runde.web.entrance import Request, entrance, staff
from runde.web.finance.source_form import DAY, Typed
from runde.web.finance.views.cockpit import ROOM
from runde.web.finance.views.years import PLACES
from runde.web.staff import attempt, key_of, new_key, pressed_once, sent_as_file, work_page

LAYOUTS = (
    Choice("csv", "CSV", "Semikolon og desimalkomma. Passer for de fleste regnskapssystemer."),
    Choice("gbat10", "GBAT10", "For Visma og Tripletex."),
)
ENDINGS = {"csv": "csv", "gbat10": "csv"}


@entrance(staff(Role.FINANCE, Role.AUDITOR))
def export(request: Request) -> HttpResponse:
    authorise(request.actor, "budget.export")
    today = timezone.localdate(request.at)
    if request.method != "POST":
        start = {"first": f"{date(today.year, 1, 1):%d.%m.%Y}", "last": f"{today:%d.%m.%Y}", "layout": "csv"}
        return _export_page(request, Typed(start))
    form = Typed(request.POST.dict())
    first, last = (
        form.day("first", f"Skriv den første dagen. {DAY}"),
        form.day("last", f"Skriv den siste dagen. {DAY}"),
    )
    layout = form.typed.get("layout", "")
    made: list[Exported] = []
    if first and last and not form.errors:
        refusal = attempt(
            lambda: made.append(export_books(layout, first, last, by=request.actor, at=request.at))
        )
        if refusal is not None:
            form.errors["layout" if "format" in refusal.sentence else "last"] = refusal.sentence
    if not made:
        return _export_page(request, form)
    name = f"regnskap-{layout}-{first}-{last}.{ENDINGS[layout]}"
    return sent_as_file(made[0].content, media_type="text/csv", file_name=name)


def _export_page(request: Request, form: Typed) -> HttpResponse:
    coding = coding_on(timezone.localdate(request.at))
    fields = [
        form.field("first", "Fra og med", DAY, kind="date"),
        form.field("last", "Til og med", DAY, kind="date"),
        form.field("layout", "Format", kind="radios", choices=LAYOUTS),
    ]
    facts = {
        "h1": "Hent bilag til regnskapet",
        "lead": "Hvert bilag går i null, og summen av hver konto er den samme som i hovedboka.",
        "back_url": reverse("cockpit", args=[request.tenant.slug]),
        "back_text": "Penger",
        "facts": [Fact(PLACES[place], f"Konto {code}") for place, code in coding.accounts.items()]
        if coding
        else [],
        "since": f"Gjelder fra {date_text(coding.valid_from)}. Funksjon {coding.function}." if coding else "",
        "fields": fields,
        "errors": fields if form.errors else [],
        "has_errors": bool(form.errors),
        "coding_url": reverse("set_coding", args=[request.tenant.slug])
        if may(request.actor, "budget.code")
        else "",
    }
    return work_page(request, "finance/export.html", facts, room=ROOM, status=422 if form.errors else 200)


@entrance(staff(Role.FINANCE))
def coding(request: Request) -> HttpResponse:
    authorise(request.actor, "budget.code")
    if request.method != "POST":
        return _coding_page(request, Typed(_standing(request)), new_key())
    form = Typed(request.POST.dict())
    valid_from = form.day("valid_from", f"Skriv fra hvilken dag det gjelder. {DAY}")
    if valid_from is None:
        return _coding_page(request, form, key_of(request))
    refusal = attempt(lambda: _set(request, form, valid_from))
    if refusal is not None:
        field = (
            str(refusal.facts.get("field", "function")) if isinstance(refusal, CodingRefused) else "function"
        )
        form.errors[field] = refusal.sentence
        return _coding_page(request, form, key_of(request))
    messages.success(request, f"Kontoplanen gjelder fra {date_text(valid_from)}.")
    return redirect("export_books", request.tenant.slug)


def _set(request: Request, form: Typed, valid_from: date) -> None:
    def work() -> str:
        made = set_coding(
            accounts={place: form.text(f"account_{place}") for place in PLACES},
            function=form.text("function"),
            responsibility=form.text("responsibility"),
            project=form.text("project"),
            vat_code=form.text("vat_code"),
            valid_from=valid_from,
            by=request.actor,
            at=request.at,
        )
        return str(made.id)

    pressed_once(request, "set_coding", {"valid_from": str(valid_from)}, work)


def _standing(request: Request) -> dict[str, str]:
    """What holds now, or what the regulation suggests."""
    today = timezone.localdate(request.at)
    start = {"valid_from": f"{date(today.year, 1, 1):%d.%m.%Y}"}
    held = coding_on(today)
    if held is None:
        proposed = {f"account_{one.place}": one.code for one in account_proposals()}
        return {**start, **proposed, "function": business_functions()[0].code}
    accounts = {f"account_{place}": code for place, code in held.accounts.items()}
    more = {name: getattr(held, name) for name in ("function", "responsibility", "project", "vat_code")}
    return {**start, **accounts, **more}


def _coding_page(request: Request, form: Typed, key: str) -> HttpResponse:
    names = {one.place: f"Forslag: {one.code} {one.name}" for one in account_proposals()}
    functions = ", ".join(f"{one.code} {one.name}" for one in business_functions()[:1])
    fields: list[Field] = [
        *(
            form.field(f"account_{place}", f"Konto for «{words}»", names[place])
            for place, words in PLACES.items()
        ),
        form.field("function", "Funksjon", f"Forslag: {functions}"),
        form.field("responsibility", "Ansvar", optional=True),
        form.field("project", "Prosjekt", optional=True),
        form.field("vat_code", "Mva-kode", optional=True),
        form.field("valid_from", "Gjelder fra", DAY, kind="date"),
    ]
    facts = {
        "h1": "Hvordan føres pengene i regnskapet?",
        "back_url": reverse("export_books", args=[request.tenant.slug]),
        "back_text": "Hent bilag",
        "fields": fields,
        "errors": fields if form.errors else [],
        "has_errors": bool(form.errors),
        "key": key,
        "act": "Lagre kontoplanen",
        "happens": ["Filer for perioder som slutter etter denne dagen, bruker de nye kodene."],
        "undo": "Du kan legge inn en ny kontoplan når som helst.",
    }
    return work_page(request, "finance/money_act.html", facts, room=ROOM, status=422 if form.errors else 200)
