"""The reserve list of a call: who is next, how far the money reaches, and the way to give it."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import number_text
from runde.foundation.people.api import Role, may
from runde.foundation.trust.api import Refused
from runde.grants.casework.api import ReserveList, ReserveRow, propose_from_reserve, reserve_list
from runde.grants.schemes.api import Call
from runde.web.components.facts import Fact
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.calls import chosen_call, name_of, page_url
from runde.web.officer.round_page import (
    NO_WORD,
    Notice,
    Part,
    RoundPage,
    goes_to,
    laid,
    show,
    sum_fact,
    word_field,
    word_given,
)
from runde.web.staff import attempt, count_text, pressed_once

READERS = (Role.OFFICER, Role.APPROVER, Role.SCHEME_MANAGER, Role.FINANCE, Role.AUDITOR)


@entrance(staff(*READERS))
def reserve(request: Request) -> HttpResponse:
    call = chosen_call(request)
    if call is None:
        return redirect("overview", request.tenant.slug)
    found = reserve_list(call, by=request.actor, at=request.at)
    if request.method != "POST":
        return show(request, _page(request, call, found))
    if not word_given(request):
        return show(request, _page(request, call, found, wrong=NO_WORD))
    made: list[str] = []
    refusal = attempt(lambda: made.append(_proposed(request, call)))
    if refusal is not None:
        return show(request, _page(request, call, found, refusal=refusal))
    return laid(request, made)


def _proposed(request: Request, call: Call) -> str:
    def work() -> str:
        proposal = propose_from_reserve(
            call_id=call.id, by=request.actor, at=request.at, declares_impartial=True
        )
        return str(proposal.id)

    return pressed_once(request, "reserve", {"call": str(call.id)}, work)


def _page(
    request: Request, call: Call, found: ReserveList, *, wrong: str = "", refusal: Refused | None = None
) -> RoundPage:
    slug, ready = request.tenant.slug, found.ready
    can = bool(ready) and may(request.actor, "casework.propose")
    parts = [Part("I rekkefølge", _table(found, slug), text=RULE)] if found.rows else []
    if found.done:
        parts.append(Part("Ikke lenger på lista", _done(found), fold="Se hvem"))
    return RoundPage(
        h1=_heading(found),
        back_url=page_url("overview", slug, call),
        back_text="Oversikt",
        facts=[
            Fact("Ordning", name_of(call)),
            Fact("På lista", count_text(len(found.rows), "virksomhet", "virksomheter")),
            sum_fact("Ledige penger", found.free_nok),
            *_lacks(found),
        ],
        notices=[Notice("Dette gikk ikke", refusal.sentence, "danger")] if refusal else [],
        parts=parts,
        fields=[word_field(wrong)],
        kept={"utlysning": call.slug},
        happens=_happens(request, ready),
        act=f"Send {count_text(len(ready), 'vedtak', 'vedtak')} til godkjenning" if can else "",
    )


def _lacks(found: ReserveList) -> list[Fact]:
    """What it takes to reach the first who waits; nothing when the money reaches somebody or all are proposed."""
    waiting = [row for row in found.rows if not row.is_proposed]
    if found.ready or not waiting or found.free_nok >= waiting[0].amount_nok:
        return []
    return [
        sum_fact("Mangler til den første", waiting[0].amount_nok - found.free_nok, waiting[0].company_name)
    ]


RULE = "Pengene går til den som står øverst. Rekker de ikke til den, går de ikke til den neste."


def _heading(found: ReserveList) -> str:
    if not found.rows:
        return "Ingen står på reservelista"
    if not found.ready:
        return f"Reserveliste: {count_text(len(found.rows), 'virksomhet venter', 'virksomheter venter')}"
    return f"Reserveliste: pengene rekker til {count_text(len(found.ready), 'virksomhet', 'virksomheter')}"


def _happens(request: Request, ready: tuple[ReserveRow, ...]) -> list[str]:
    total = sum((row.amount_nok for row in ready), Decimal(0))
    count = count_text(len(ready), "nytt vedtak", "nye vedtak")
    return [
        goes_to(request, f"{count} på til sammen {number_text(total)} kroner"),
        "Når det er godkjent, gjelder tilskuddet i stedet for avslaget, og søkeren får brev.",
        "De andre beholder plassen sin på lista.",
    ]


def _table(found: ReserveList, slug: str) -> Table:
    """Each place as the applicant is told it: how many stand before, now."""
    columns = (
        Column("Virksomhet"),
        Column("Plass", "number"),
        Column("Beløp (kr)", "number"),
        Column("Status"),
    )
    rows = tuple(
        Row(
            (
                Cell(
                    row.company_name, url=reverse("case", args=[slug, row.case_id]), note=f"Sak {row.number}"
                ),
                Cell(str(place)),
                Cell(number_text(row.amount_nok)),
                _status(row),
            )
        )
        for place, row in enumerate(found.rows, start=1)
    )
    return Table("Reserveliste", columns, rows, hide_caption=True)


def _status(row: ReserveRow) -> Cell:
    if row.is_proposed:
        return Cell("Til godkjenning", tag_color="warning")
    return (
        Cell("Pengene rekker", tag_color="success") if row.is_reached else Cell("Venter", tag_color="neutral")
    )


def _done(found: ReserveList) -> Table:
    rows = tuple(
        Row((Cell(one.case.company_name, note=f"Sak {one.case.number}"), Cell(one.get_state_display())))
        for one in found.done
    )
    return Table(
        "Ikke lenger på lista", (Column("Virksomhet"), Column("Hva skjedde")), rows, hide_caption=True
    )
