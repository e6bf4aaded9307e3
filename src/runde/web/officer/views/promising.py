"""Conditional grants: ready cases decided before their money is."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import date_text, number_text
from runde.foundation.people.api import Role, authorise
from runde.foundation.trust.api import Refused
from runde.grants.casework.api import (
    Case,
    How,
    PromisePreview,
    preview_promise,
    propose_as_checked,
)
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


@entrance(staff(Role.OFFICER))
def promise(request: Request) -> HttpResponse:
    """All ready cases of the call, as far as the expected money reaches, oldest first."""
    call = chosen_call(request)
    if call is None:
        return redirect("overview", request.tenant.slug)
    authorise(request.actor, "casework.propose")
    found = preview_promise(call, by=request.actor, at=request.at)
    if request.method != "POST":
        return show(request, _page(request, call, found))
    if not word_given(request):
        return show(request, _page(request, call, found, wrong=NO_WORD))
    made: list[str] = []
    refusal = attempt(lambda: made.append(_proposed(request, found.cases)))
    if refusal is not None:
        return show(request, _page(request, call, found, refusal=refusal))
    return laid(request, made)


def _proposed(request: Request, cases: tuple[Case, ...]) -> str:
    ids = [case.id for case in cases]

    def work() -> str:
        proposal = propose_as_checked(
            case_ids=ids,
            by=request.actor,
            at=request.at,
            declares_impartial=True,
            how=How(is_conditional=True),
        )
        return str(proposal.id)

    return pressed_once(request, "promise", {"cases": [str(one) for one in ids]}, work)


def _page(
    request: Request, call: Call, found: PromisePreview, *, wrong: str = "", refusal: Refused | None = None
) -> RoundPage:
    count = count_text(len(found.cases), "betinget vedtak", "betingede vedtak")
    notices = [Notice("Dette gikk ikke", refusal.sentence, "danger")] if refusal else []
    if found.without:
        notices.append(
            Notice(
                "De ventede pengene rekker ikke til alle",
                f"{count_text(found.without, 'klar sak', 'klare saker')} er ikke med.",
            )
        )
    return RoundPage(
        h1=f"Lag {count}" if found.cases else "Ingen saker kan få betinget vedtak nå",
        back_url=page_url("overview", request.tenant.slug, call),
        back_text="Oversikt",
        facts=[
            Fact("Ordning", name_of(call)),
            sum_fact("Betinget lovet", found.sum_nok, count),
            sum_fact("Ventede penger igjen", found.left_nok - found.sum_nok),
        ],
        notices=notices,
        parts=[
            Part("Penger som ikke er vedtatt", _sources(found)),
            *(
                [Part("Sakene", _cases(found, request.tenant.slug), fold="Se alle sakene")]
                if found.cases
                else []
            ),
        ],
        fields=[word_field(wrong)],
        kept={"utlysning": call.slug},
        happens=[
            goes_to(request, count[0].upper() + count[1:]),
            "Når det er godkjent, får søkerne brev om at vedtaket er betinget, og hva det venter på.",
            "Ingen penger blir satt av eller betalt før budsjettvedtaket er registrert.",
            "Da velger dere om vedtakene skal gjelde fullt ut, settes ned likt for alle eller falle bort.",
        ],
        act=f"Send {count} til godkjenning" if found.cases else "",
    )


def _sources(found: PromisePreview) -> Table:
    columns = (
        Column("Kilde"),
        Column("Blir behandlet"),
        Column("Ventet (kr)", "number"),
        Column("Lovet før (kr)", "number"),
        Column("Igjen å love (kr)", "number"),
    )
    rows = tuple(
        Row(
            (
                Cell(one.source.name, note=one.source.giver),
                Cell(
                    date_text(one.source.decision_expected_date) if one.source.decision_expected_date else "–"
                ),
                Cell(number_text(one.source.amount_nok)),
                Cell(number_text(one.source.amount_nok - one.left_nok)),
                Cell(number_text(one.left_nok)),
            )
        )
        for one in found.sources
    )
    return Table("Kilder som ikke er vedtatt", columns, rows, hide_caption=True)


def _cases(found: PromisePreview, slug: str) -> Table:
    columns = (Column("Virksomhet"), Column("Beløp (kr)", "number"))
    rows = tuple(
        Row(
            (
                Cell(case.company_name, url=reverse("case", args=[slug, case.id]), note=f"Sak {case.number}"),
                Cell(number_text(case.recommended_nok or Decimal(0))),
            )
        )
        for case in found.cases
    )
    return Table("Saker", columns, rows, total=("Til sammen", number_text(found.sum_nok)), hide_caption=True)
