"""A word from the officer that an answer takes longer than said, in one case or in a whole call."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from runde.engine.reference.api import date_text, weekday_date_text
from runde.foundation.people.api import Role, authorise
from runde.foundation.trust.api import Refused
from runde.grants.casework.api import (
    DelayReach,
    Lateness,
    Unsaid,
    delay_reach,
    lateness_by_call,
    say_delay,
    say_delay_of_call,
    why_later,
)
from runde.grants.schemes.api import Call
from runde.web.components.facts import Fact
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.calls import chosen_call, name_of, page_url
from runde.web.officer.parts.clock import delay_fields
from runde.web.officer.round_page import Part, RoundPage, show
from runde.web.officer.typed_days import read_day
from runde.web.officer.views.cases import case_view
from runde.web.staff import attempt, count_text, pressed_once

NO_DAY = "Skriv dag, måned og år, for eksempel 14.12.2026."
NO_REASON = "Velg hvorfor det tar lengre tid."


@require_POST
@entrance(staff(Role.OFFICER))
def delay(request: Request, case: UUID) -> HttpResponse:
    day, wrong = _asked(request)
    if day is None or wrong:
        return _again(request, case, wrong)
    refusal = attempt(
        lambda: pressed_once(
            request,
            "case_delay",
            {"case": str(case)},
            lambda: str(
                say_delay(
                    case_id=case, expected_date=day, **_why(request), by=request.actor, at=request.at
                ).id
            ),
        )
    )
    if refusal is not None:
        return _again(request, case, _refused(refusal))
    messages.success(request, f"Søkeren ser nå at svaret kan ventes {weekday_date_text(day)}.")
    return redirect("case", request.tenant.slug, case)


@entrance(staff(Role.OFFICER, Role.SCHEME_MANAGER))
def delay_of_call(request: Request) -> HttpResponse:
    """The same word to everybody who waits in a call."""
    authorise(request.actor, "casework.assign")
    call = chosen_call(request)
    if call is None:
        return redirect("overview", request.tenant.slug)
    if request.method != "POST":
        return _call_page(request, call, {})
    day, wrong = _asked(request)
    if day is None or wrong:
        return _call_page(request, call, wrong)
    refusal = attempt(
        lambda: pressed_once(
            request, "call_delay", {"call": str(call.id)}, lambda: _said_of_call(request, call, day)
        )
    )
    if refusal is not None:
        return _call_page(request, call, _refused(refusal))
    messages.success(request, f"De som venter, ser nå at svaret kan ventes {weekday_date_text(day)}.")
    return redirect(page_url("overview", request.tenant.slug, call))


def _said_of_call(request: Request, call: Call, day: date) -> str:
    return str(
        say_delay_of_call(call=call, expected_date=day, **_why(request), by=request.actor, at=request.at).id
    )


def _asked(request: Request) -> tuple[date | None, dict[str, str]]:
    """The day as typed, and what is missing."""
    day = read_day(request.POST.get("expected", ""))
    wrong = {"expected_error": NO_DAY} if day is None else {}
    return day, wrong | ({} if request.POST.get("delay_reason") else {"delay_reason_error": NO_REASON})


def _why(request: Request) -> dict[str, str]:
    return {
        "reason_code": request.POST.get("delay_reason", ""),
        "reason_text": request.POST.get("delay_words", ""),
    }


def _refused(refusal: Refused) -> dict[str, str]:
    about = "delay_words_error" if isinstance(refusal, Unsaid) else "expected_error"
    return {about: refusal.sentence}


def _again(request: Request, case: UUID, errors: dict[str, str]) -> HttpResponse:
    """The page once more, with what was typed and what is wrong with it."""
    return case_view(request, case, place="main", said=_typed(request, errors))


def _typed(request: Request, errors: dict[str, str]) -> QueryDict:
    said: QueryDict = request.POST.copy()
    for name, sentence in errors.items():
        said[name] = sentence
    return said


def _call_page(request: Request, call: Call, errors: dict[str, str]) -> HttpResponse:
    reach = delay_reach(call.id, by=request.actor)
    told = reach.undecided - reach.apart
    page = RoundPage(
        h1="Si fra at svarene tar lengre tid" if told else "Ingen venter på svar nå",
        back_url=page_url("overview", request.tenant.slug, call),
        back_text="Oversikt",
        facts=_facts(request, call, reach),
        parts=[Part("Sagt før om hele utlysningen", _said_table(reach))] if reach.said else [],
        fields=delay_fields(_typed(request, errors)),
        kept={"utlysning": call.slug},
        happens=_happens(told, reach),
        undo="Det kan ikke tas tilbake, men dere kan si fra om en annen dag.",
        act=f"Si fra til {count_text(told, 'søker', 'søkere')}" if told else "",
    )
    return show(request, page)


def _facts(request: Request, call: Call, reach: DelayReach) -> list[Fact]:
    late = lateness_by_call(request.at).get(call.id, Lateness())
    return [
        Fact("Ordning", name_of(call)),
        Fact("Lovet svar innen", weekday_date_text(call.answer_by_date)),
        Fact("Venter på svar", count_text(reach.undecided, "sak", "saker")),
        Fact("Over fristen", count_text(late.overdue, "sak", "saker")),
        Fact("Har fått foreløpig svar", count_text(late.told, "sak", "saker")),
    ]


def _happens(told: int, reach: DelayReach) -> list[str]:
    own = f"{count_text(reach.apart, 'sak', 'saker')} med en egen dag blir ikke endret."
    return [
        f"{count_text(told, 'søker', 'søkere')} ser den nye dagen og årsaken på siden sin med en gang.",
        "Den som ikke har fått svar en måned etter at søknaden ble sendt, får e-post med dagen og årsaken. "
        "Går dagen vi har sagt ut, får søkeren e-post igjen.",
        "Svarfristen blir ikke flyttet. Saker som er over fristen, er det fortsatt.",
        *([own] if reach.apart else []),
    ]


def _said_table(reach: DelayReach) -> Table:
    rows = tuple(
        Row(
            (
                Cell(date_text(timezone.localdate(one.said_at))),
                Cell(date_text(one.expected_date)),
                Cell(why_later(one.reason_code, one.reason_text, "nb")),
            )
        )
        for one in reach.said
    )
    return Table(
        "Sagt før", (Column("Sagt"), Column("Svar innen"), Column("Hvorfor")), rows, hide_caption=True
    )
