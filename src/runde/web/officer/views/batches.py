"""Many settled cases laid before an approver at once: a legal act with a page of its own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import amount_text, number_text
from runde.foundation.people.api import Role, authorise
from runde.grants.casework.api import Case, Lane, propose_as_checked
from runde.web.components.facts import Fact
from runde.web.components.fields import ErrorLine, Field
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.officer import frozen
from runde.web.officer.batch import Batch, gather
from runde.web.officer.calls import name_of, page_url
from runde.web.officer.proposed import funding_table, left_out_table, outcome_text
from runde.web.staff import (
    attempt,
    count_text,
    given_ids,
    key_of,
    new_key,
    others_who_are,
    pressed_once,
    work_page,
)

LANGUAGES = {"nb": "bokmål", "nn": "nynorsk", "en": "engelsk"}
MUST_SAY = "Kryss av for at du kan behandle sakene, eller ta ut dem du ikke kan behandle."
LISTED = 500  # more than anybody reads; the rest is counted


@entrance(staff(Role.OFFICER))
def prepare(request: Request) -> HttpResponse:
    authorise(request.actor, "casework.propose")
    chosen, out = frozen.read(request.POST), given_ids(request.POST.getlist("ta_ut"))
    batch = gather(chosen, taken_out=out, by=request.actor, at=request.at)
    if batch is None:
        return _nothing(request)
    kept = [one for one in chosen if one not in set(out)]
    if request.POST.get("go") != "send":
        return _page(request, batch, kept)
    if out:
        text = f"{count_text(len(out), 'sak er', 'saker er')} tatt ut. Se over en gang til før du sender."
        return _page(request, batch, kept, notice=text)
    if request.POST.get("impartial") != "on":
        return _page(request, batch, kept, errors={"impartial": MUST_SAY})
    return _send(request, batch, kept)


def _send(request: Request, batch: Batch, kept: list[UUID]) -> HttpResponse:
    made: list[str] = []
    refusal = attempt(lambda: made.append(_proposed(request, batch, kept)))
    if refusal is not None:
        return _page(request, batch, kept, errors={"": refusal.sentence})
    sent = count_text(len(batch.cases), "sak er", "saker er")
    messages.success(request, f"{sent} sendt til godkjenning.")
    return redirect("proposal", request.tenant.slug, UUID(made[0]))


def _proposed(request: Request, batch: Batch, kept: list[UUID]) -> str:
    """Keyed by what was chosen, not by what is left of it: a second press finds the cases already sent."""
    ids = [case.id for case in batch.cases]
    return pressed_once(
        request,
        "propose_batch",
        {"cases": sorted(str(one) for one in kept)},
        lambda: str(
            propose_as_checked(case_ids=ids, by=request.actor, at=request.at, declares_impartial=True).id
        ),
    )


def _nothing(request: Request) -> HttpResponse:
    facts = {
        "h1": "Ingen saker er valgt",
        "worklist_url": reverse("worklist", args=[request.tenant.slug]),
    }
    return work_page(request, "officer/no_cases.html", facts, room="worklist")


def _page(
    request: Request,
    batch: Batch,
    kept: list[UUID],
    *,
    errors: dict[str, str] | None = None,
    notice: str = "",
) -> HttpResponse:
    wrong, slug, count = errors or {}, request.tenant.slug, len(batch.cases)
    word = Field(
        "impartial",
        "Jeg kan behandle alle sakene. Jeg har ingen egne interesser i dem.",
        kind="checkbox",
        error=wrong.get("impartial", ""),
        value=request.POST.get("impartial", ""),
    )
    facts = {
        "h1": f"Forslag til {number_text(count)} vedtak",
        "back_url": page_url("worklist", slug, batch.call),
        "back_text": "Saker",
        "facts": _facts(batch),
        "notice": notice,
        "funding": funding_table(batch.funding),
        "short": batch.funding.short,
        "left_out": left_out_table(batch.left_out, "Ikke med"),
        "left_out_text": f"{count_text(len(batch.left_out), 'sak er', 'saker er')} ikke med",
        "sample": _cases_table(batch.sample, "Brev å se på", slug),
        "cases": _cases_table(batch.cases[:LISTED], "Alle sakene", slug, mark_name="ta_ut"),
        "unlisted": number_text(count - LISTED) if count > LISTED else "",
        "count_text": count_text(count, "sak", "saker"),
        "frozen": frozen.written(kept),
        "word": word,
        "approvers": others_who_are(request, Role.APPROVER),
        "act": f"Send {number_text(count)} til godkjenning" if count and not batch.funding.short else "",
        "errors": [word if name else ErrorLine(text) for name, text in wrong.items()],
        "has_errors": bool(wrong),
        "key": key_of(request) if wrong else new_key(),
    }
    status = 422 if wrong else 200
    return work_page(request, "officer/batch.html", facts, room="worklist", status=status)


def _facts(batch: Batch) -> list[Fact]:
    version = batch.call.scheme_version
    letters = ", ".join(
        f"{number_text(count)} på {LANGUAGES.get(code, code)}"
        for code, count in sorted(batch.languages.items())
    )
    return [
        Fact("Ordning", name_of(batch.call), source=f"Versjon {version.number} av reglene"),
        Fact("Vedtak", outcome_text(len(batch.grants), batch.refusals)),
        Fact("Sum", amount_text(batch.sum_nok), source="Regnet ut av reglene, sak for sak"),
        Fact("Brev", letters or "Ingen"),
    ]


def _cases_table(cases: tuple[Case, ...], caption: str, slug: str, *, mark_name: str = "") -> Table:
    columns = (
        Column("Virksomhet"),
        Column("Forslag"),
        Column("Kontroll"),
        Column("Beløp (kr)", "number"),
        Column("Brev"),
    )
    rows = tuple(_case_row(case, slug) for case in cases)
    return Table(caption, columns, rows, hide_caption=True, tight=True, mark_name=mark_name)


def _case_row(case: Case, slug: str) -> Row:
    granted = case.lane == Lane.GREEN
    name = case.application.company_name
    cells = (
        Cell(name, url=reverse("case", args=[slug, case.id]), note=f"Sak {case.number}"),
        Cell("Tilskudd" if granted else "Avslag"),
        Cell(case.reason),
        Cell(number_text(case.recommended_nok or 0) if granted else "0"),
        Cell("Vis brev (PDF)", url=reverse("letter_preview", args=[slug, case.id])),
    )
    return Row(cells, mark_value=str(case.id), mark_label=f"sak {case.number}, {name}")
