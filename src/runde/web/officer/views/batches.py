"""Many settled cases laid before an approver at once: a legal act with a page of its own."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import amount_text, number_text
from runde.foundation.people.api import Role, authorise
from runde.grants.casework.api import ONE_REQUEST, Case, Lane, order_batch, propose_as_checked, propose_short
from runde.web.components.facts import Fact
from runde.web.components.fields import Choice, ErrorLine, Field
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.officer import frozen
from runde.web.officer.batch import Batch, gather
from runde.web.officer.calls import name_of, page_url
from runde.web.officer.proposed import apart_table, funding_table, outcome_text
from runde.web.officer.shortage import way_choice
from runde.web.officer.spread import spread_tables
from runde.web.officer.unlike import unlike_table
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
MUST_CHOOSE = "Pengene rekker ikke til alle. Velg hva du vil foreslå."
ON_A_PAGE = 100
LISTED = 50  # of what is left out, and of what is unlike; the rest is counted


@entrance(staff(Role.OFFICER))
def prepare(request: Request) -> HttpResponse:
    authorise(request.actor, "casework.propose")
    chosen, out = frozen.read(request.POST), given_ids(request.POST.getlist("ta_ut"))
    batch = gather(chosen, taken_out=out, since=_seen_at(request), by=request.actor, at=request.at)
    if batch is None:
        return _nothing(request)
    kept = [one for one in chosen if one not in set(out)]
    if request.POST.get("go") != "send":
        return _page(request, batch, kept)
    if out:
        text = f"{count_text(len(out), 'sak er', 'saker er')} tatt ut. Se over en gang til før du sender."
        return _page(request, batch, kept, notice=text)
    wrong = _wrong(request, batch)
    return _page(request, batch, kept, errors=wrong) if wrong else _send(request, batch, kept)


def _seen_at(request: Request) -> datetime | None:
    """When the page was first shown: what has happened to a case after that must be looked at."""
    with suppress(ValueError):
        found = datetime.fromisoformat(request.POST.get("seen_at", ""))
        return found if found.tzinfo else None
    return None


def _wrong(request: Request, batch: Batch) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if batch.funding.short and _way(request, batch) is None:
        wrong["way"] = MUST_CHOOSE
    if request.POST.get("impartial") != "on":
        wrong["impartial"] = MUST_SAY
    return wrong


def _way(request: Request, batch: Batch) -> str | None:
    given = request.POST.get("way", "")
    return given if given in {one.code for one in batch.ways} else None


def _send(request: Request, batch: Batch, kept: list[UUID]) -> HttpResponse:
    made: list[str] = []
    is_large = len(batch.cases) > ONE_REQUEST
    send = _ordered if is_large else _proposed
    refusal = attempt(lambda: made.append(send(request, batch, kept)))
    if refusal is not None:
        return _page(request, batch, kept, errors={"": refusal.sentence})
    if is_large:
        return redirect("sending", request.tenant.slug, UUID(made[0]))
    messages.success(request, "Forslaget er sendt til godkjenning." if batch.funding.short else _sent(batch))
    return redirect("proposal", request.tenant.slug, UUID(made[0]))


def _sent(batch: Batch) -> str:
    return f"{count_text(len(batch.cases), 'sak er', 'saker er')} sendt til godkjenning."


def _proposed(request: Request, batch: Batch, kept: list[UUID]) -> str:
    """Keyed by what was chosen, not by what is left of it: a second press finds the cases already sent."""
    ids, way = [case.id for case in batch.cases], _way(request, batch) or ""

    def work() -> str:
        if way:
            made = propose_short(
                case_ids=ids, way=way, by=request.actor, at=request.at, declares_impartial=True
            )
        else:
            made = propose_as_checked(case_ids=ids, by=request.actor, at=request.at, declares_impartial=True)
        return str(made.id)

    return pressed_once(request, "propose_batch", _pressed(kept, way), work)


def _ordered(request: Request, batch: Batch, kept: list[UUID]) -> str:
    """By a job that counts as it goes, when one request would keep the officer waiting."""
    ids, way = [case.id for case in batch.cases], _way(request, batch) or ""

    def work() -> str:
        return str(order_batch(case_ids=ids, way=way, by=request.actor, at=request.at).id)

    return pressed_once(request, "order_batch", _pressed(kept, way), work)


def _pressed(kept: list[UUID], way: str) -> dict[str, Any]:
    return {"cases": sorted(str(one) for one in kept), "way": way}


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
    page = Paginator(batch.cases, ON_A_PAGE).get_page(_side(request))
    asked = _asked(request, batch, wrong)
    facts = {
        "h1": f"Forslag til {number_text(count)} vedtak",
        "back_url": page_url("worklist", slug, batch.call),
        "back_text": "Saker",
        "facts": _facts(batch),
        "notice": notice,
        "funding": funding_table(batch.funding),
        "left_out": apart_table(batch.left_out[:LISTED], slug) if batch.left_out else None,
        "left_out_more": _rest(len(batch.left_out)),
        "left_out_text": f"{count_text(len(batch.left_out), 'sak er', 'saker er')} ikke med",
        "spread": spread_tables(batch.cases),
        "sample": _cases_table(batch.sample, "Brev å se på", slug),
        "cases": _cases_table(tuple(page.object_list), "Alle sakene", slug, mark_name="ta_ut"),
        "page": page,
        "previous_page": f"side-{page.number - 1}",
        "next_page": f"side-{page.number + 1}",
        "page_words": f"Viser {page.start_index()}–{page.end_index()} av {number_text(count)}",
        "cases_open": bool(request.POST.get("go")) and not wrong,
        **_unlike_facts(request, batch),
        "count_text": count_text(count, "sak", "saker"),
        "kept": frozen.fields(request.POST, kept),
        "seen_at": (_seen_at(request) or request.at).isoformat(),
        "approvers": others_who_are(request, Role.APPROVER),
        **asked,
        **_act(batch, slug),
        "errors": [*([ErrorLine(wrong[""])] if "" in wrong else []), *asked["fields"]] if wrong else [],
        "has_errors": bool(wrong),
        "key": key_of(request) if wrong else new_key(),
    }
    status = 422 if wrong else 200
    return work_page(request, "officer/batch.html", facts, room="worklist", status=status)


def _side(request: Request) -> str:
    """The page of the table asked for, or the one that was shown."""
    go = request.POST.get("go", "")
    return go.removeprefix("side-") if go.startswith("side-") else request.POST.get("side", "1")


def _rest(count: int) -> str:
    return f"Og {number_text(count - LISTED)} til." if count > LISTED else ""


def _unlike_facts(request: Request, batch: Batch) -> dict[str, Any]:
    count, slug = len(batch.unlike), request.tenant.slug
    verb = "ligner på en sak med annet utfall" if count == 1 else "ligner på saker med annet utfall"
    return {
        "unlike": unlike_table(batch.unlike[:LISTED], slug) if count else None,
        "unlike_words": f"{number_text(count)} {verb}",
        "unlike_more": _rest(count),
        "fairness_url": page_url("fairness", slug, batch.call),
    }


def _act(batch: Batch, slug: str) -> dict[str, Any]:
    """What the button is called, and the way on when the money does not reach."""
    count, short = len(batch.cases), batch.funding.short
    may_send = bool(count) and (not short or bool(batch.ways))
    name = "Send forslaget til godkjenning" if short else f"Send {number_text(count)} til godkjenning"
    return {
        "short": short,
        "act": name if may_send else "",
        "rank_url": reverse("make_panel", args=[slug]) if short else "",
    }


def _asked(request: Request, batch: Batch, wrong: dict[str, str]) -> dict[str, Any]:
    """What the officer must say: which way when the money is short, and that they may work on the cases."""
    word = Field(
        "impartial",
        "Jeg kan behandle alle sakene. Jeg har ingen egne interesser i dem.",
        kind="checkbox",
        error=wrong.get("impartial", ""),
        value=request.POST.get("impartial", ""),
    )
    if not batch.ways:
        return {"word": word, "way": None, "fields": [word]}
    way = Field(
        "way",
        "Hva vil du foreslå?",
        kind="radios",
        choices=tuple(Choice(*way_choice(one)) for one in batch.ways),
        error=wrong.get("way", ""),
        value=request.POST.get("way", ""),
    )
    return {"word": word, "way": way, "fields": [way, word]}


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
