"""Laying ready cases before a political body, as a list of recommendations."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import amount_text, number_text
from runde.foundation.people.api import Role, authorise
from runde.foundation.trust.api import Refused
from runde.grants.casework.api import Case, How, ToBoard, propose_as_checked, ready_cases
from runde.grants.schemes.api import Call
from runde.web.components.facts import Fact
from runde.web.components.fields import Field
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.calls import chosen_call, name_of
from runde.web.officer.round_page import (
    NO_WORD,
    Notice,
    Part,
    RoundPage,
    asked_day,
    asked_text,
    show,
    word_field,
    word_given,
)
from runde.web.staff import attempt, count_text, pressed_once

UNDO = "Lista kan sendes tilbake før møtet. Ingen søkere får beskjed før utfallet er registrert."


@entrance(staff(Role.OFFICER))
def lay(request: Request) -> HttpResponse:
    call = chosen_call(request)
    if call is None:
        return redirect("overview", request.tenant.slug)
    authorise(request.actor, "casework.propose")
    cases = ready_cases(call, by=request.actor)
    if request.method != "POST":
        return show(request, _page(request, call, cases, {}), room="proposals")
    day, errors = _wrong(request)
    if errors or day is None:
        return show(request, _page(request, call, cases, errors), room="proposals")
    to, made = ToBoard(asked_text(request, "body"), day, asked_text(request, "number")), list[str]()
    refusal = attempt(lambda: made.append(_proposed(request, cases, to)))
    if refusal is not None:
        return show(request, _page(request, call, cases, {}, refusal), room="proposals")
    return redirect("treatment", request.tenant.slug, made[0])


def _wrong(request: Request) -> tuple[date | None, dict[str, str]]:
    day, bad = asked_day(request, "meeting")
    errors = {"meeting": bad} if bad else {}
    if not asked_text(request, "body"):
        errors["body"] = "Skriv hvem som skal bestemme, for eksempel «Formannskapet»."
    if len(asked_text(request, "body")) > 200:
        errors["body"] = "Skriv høyst 200 tegn."
    if not word_given(request):
        errors["word"] = NO_WORD
    return day, errors


def _proposed(request: Request, cases: list[Case], to: ToBoard) -> str:
    ids = [case.id for case in cases]

    def work() -> str:
        proposal = propose_as_checked(
            case_ids=ids, by=request.actor, at=request.at, declares_impartial=True, how=How(board=to)
        )
        return str(proposal.id)

    body = {"cases": [str(one) for one in ids], "body": to.body, "day": to.meeting_date.isoformat()}
    return pressed_once(request, "lay_before_board", body, work)


def _page(
    request: Request, call: Call, cases: list[Case], errors: dict[str, str], refusal: Refused | None = None
) -> RoundPage:
    granted = [case for case in cases if case.lane == "green"]
    total = sum(case.recommended_nok or 0 for case in granted)
    count = count_text(len(cases), "sak", "saker")
    return RoundPage(
        h1=f"Legg {count} fram for politisk behandling" if cases else "Ingen klare saker å legge fram",
        back_url=reverse("boards", args=[request.tenant.slug]),
        back_text="Politisk behandling",
        facts=[
            Fact("Ordning", name_of(call)),
            Fact("Innstilles til tilskudd", number_text(len(granted)), source=amount_text(total)),
            Fact("Innstilles til avslag", number_text(len(cases) - len(granted))),
        ],
        notices=[Notice("Dette gikk ikke", refusal.sentence, "danger")] if refusal else [],
        parts=[Part("Sakene", _table(cases, request.tenant.slug), fold="Se alle sakene")] if cases else [],
        fields=_fields(request, errors),
        kept={"utlysning": call.slug},
        happens=[
            f"{count[0].upper()}{count[1:]} blir en innstilling. Det er ikke vedtak ennå.",
            "Lista kan lastes ned til sakspapirene, som PDF og regneark.",
            "Etter møtet registrerer en godkjenner hva som ble bestemt, sak for sak.",
            "Sakene kan ikke endres mens de venter.",
        ],
        undo=UNDO,
        act=f"Legg fram {count}" if cases else "",
    )


def _fields(request: Request, errors: dict[str, str]) -> list[Field]:
    return [
        Field("body", "Hvem skal bestemme?", value=asked_text(request, "body"), error=errors.get("body", "")),
        Field(
            "meeting",
            "Når er møtet?",
            kind="date",
            value=asked_text(request, "meeting"),
            description="For eksempel 14.12.2026",
            error=errors.get("meeting", ""),
        ),
        Field("number", "Saksnummer i møtet", value=asked_text(request, "number"), optional=True),
        word_field(errors.get("word", "")),
    ]


def _table(cases: list[Case], slug: str) -> Table:
    columns = (Column("Virksomhet"), Column("Innstilling"), Column("Beløp (kr)", "number"))
    rows = tuple(
        Row(
            (
                Cell(case.company_name, url=reverse("case", args=[slug, case.id]), note=f"Sak {case.number}"),
                Cell("Tilskudd" if case.lane == "green" else "Avslag"),
                Cell(number_text(case.recommended_nok or 0) if case.lane == "green" else "0"),
            )
        )
        for case in cases
    )
    return Table("Saker", columns, rows, hide_caption=True)
