"""Who got what in a call, for anybody: a page to look through, and the same as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from runde.engine.reference.api import amount_text, date_text, format_orgnr, number_text
from runde.grants.casework.api import PublicAward, PublicAwards, public_awards
from runde.web.components.spreadsheet import spreadsheet
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import PUBLIC, Request, entrance
from runde.web.public.views.call import published
from runde.web.staff import sent_as_file
from runde.web.texts import chosen

ON_A_PAGE = 50
LONGEST_SEARCH = 100
COLUMNS = ("sak", "organisasjonsnummer", "virksomhet", "kommune", "belop_nok", "vedtaksdato")


@require_safe
@entrance(PUBLIC)
def show(request: Request, call: str) -> HttpResponse:
    """By the address: `q` finds companies, `side` is the page."""
    found, _phase = published(request, call)
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    page, awards = _page(found.id, text, request.GET.get("side", "1"))
    address, language = [request.tenant.slug, call], page_language()
    facts: dict[str, Any] = {
        "h1": _headline(awards, text),
        "lead": f"{chosen(found.scheme_version.texts, 'name', language)}, {request.tenant.name}",
        "text": text,
        "page": page,
        "table": _table(awards.rows),
        "clear_url": reverse("public_awards", args=address),
        "csv_url": reverse("public_awards_csv", args=address),
        "back_url": reverse("call", args=address),
        "back_text": _("Ordningen"),
    }
    return render(request, "public/awards.html", facts)


@require_safe
@entrance(PUBLIC)
def as_csv(request: Request, call: str) -> HttpResponse:
    """Every award, with plain figures and days for programs."""
    found, _phase = published(request, call)
    rows = [COLUMNS, *(_cells(one) for one in public_awards(found.id).rows)]
    file_name = f"tildelt-{found.slug}.csv"
    return sent_as_file(spreadsheet(rows), media_type="text/csv; charset=utf-8", file_name=file_name)


def _cells(one: PublicAward) -> tuple[str, ...]:
    return (
        one.case_number,
        one.organisation_number,
        one.company_name,
        one.municipality_number,
        f"{one.amount_nok:.2f}",
        one.decided_date.isoformat(),
    )


def _page(call_id: UUID, text: str, number: str) -> tuple[Page[int], PublicAwards]:
    """The page asked for, or the nearest there is."""
    wanted = int(number) if number.isdecimal() and len(number) < 6 else 1
    awards = public_awards(call_id, text=text, first=ON_A_PAGE * max(wanted - 1, 0), most=ON_A_PAGE)
    page = Paginator(range(awards.count), ON_A_PAGE).get_page(wanted)
    if page.number != wanted:
        awards = public_awards(call_id, text=text, first=ON_A_PAGE * (page.number - 1), most=ON_A_PAGE)
    return page, awards


def _headline(awards: PublicAwards, text: str) -> str:
    if not awards.count:
        return _("Ingen virksomheter passer søket") if text else _("Ingen har fått penger ennå")
    told = {"count": awards.count, "amount": amount_text(awards.sum_nok, page_language())}
    return _("%(count)s tilskudd, %(amount)s") % told


def _table(awards: Sequence[PublicAward]) -> Table:
    columns = (Column(_("Virksomhet")), Column(_("Vedtatt")), Column(_("Beløp (kr)"), kind="number"))
    return Table(_("Tilskudd"), columns, tuple(_row(one) for one in awards), hide_caption=True)


def _row(one: PublicAward) -> Row:
    language = page_language()
    number = format_orgnr(one.organisation_number) if one.organisation_number else ""
    return Row(
        (
            Cell(one.company_name or _("Enkeltpersonforetak"), note=number),
            Cell(date_text(one.decided_date, language)),
            Cell(number_text(one.amount_nok, language)),
        )
    )
