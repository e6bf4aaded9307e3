"""The figures' own addresses: the panel alone or as a page, its files, the comparison and the council's paper."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from runde.engine.rules import RuleError
from runde.foundation.companies.api import ExtractFailed, NoRegister
from runde.foundation.trust.api import NotFound, Refused
from runde.grants.designs.api import Draft, get_draft
from runde.web.components.fields import Field
from runde.web.designer.access import READERS
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import sent_as_file, work_page

from .comparison import compared
from .council import council_pdf
from .panel import panel_facts, replaced_url, scope_fields
from .planned import plan
from .reckoning import reckon
from .scope import Scope, places_of, read_scope
from .spreadsheet import FILES, file_of
from .subjects import Subject, find_subject, of_draft, of_start, standard_base, subject_choices

ROOM = "schemes"
CANNOT_RECKON = "Vi kan ikke regne på denne kladden ennå."


class CannotReckon(Refused):
    """The content has faults; the draft's own page tells which."""

    code = "cannot_reckon"


@entrance(staff(*READERS))
def figures(request: Request, draft: UUID) -> HttpResponse:
    """The panel: a part for script, a whole page without."""
    found = get_draft(draft, request.actor)
    facts = panel_facts(found, request)
    if not request.htmx:
        page = {"h1": f"Tall for «{found.title}»", **_way_back(request, found)}
        return work_page(request, "designer/figures/page.html", {**page, **facts}, room=ROOM)
    with override("nb"):
        answer = render(request, "designer/figures/part.html", facts)
    answer["HX-Replace-Url"] = replaced_url(request, facts["panel"].scope, found)
    return answer


@entrance(staff(*READERS))
def file(request: Request, draft: UUID, name: str) -> HttpResponse:
    """One table of the figures for a spreadsheet, with nothing under five."""
    if name not in FILES:
        raise NotFound("Vi har ingen slik fil.")
    found = get_draft(draft, request.actor)
    on, scope = timezone.localdate(request.at), _scope(request)
    try:
        planned = plan(found.content, on)
        reach = reckon(found.content, on, scope.municipalities).public()
    except RuleError as error:
        raise CannotReckon(CANNOT_RECKON) from error
    content = file_of(name, reach, planned).encode()
    return sent_as_file(
        content, media_type="text/csv; charset=utf-8", file_name=f"{found.slug}-{name}-{on:%Y-%m-%d}.csv"
    )


@entrance(staff(*READERS))
def paper(request: Request, draft: UUID) -> HttpResponse:
    """The council's paper as PDF."""
    found = get_draft(draft, request.actor)
    on = timezone.localdate(request.at)
    try:
        pdf = council_pdf(found, _scope(request), request.tenant, on=on, at=request.at)
    except RuleError as error:
        raise CannotReckon(CANNOT_RECKON) from error
    return sent_as_file(
        pdf, media_type="application/pdf", file_name=f"saksvedlegg-{found.slug}-{on:%Y-%m-%d}.pdf"
    )


@entrance(staff(*READERS))
def compare(request: Request, draft: UUID) -> HttpResponse:
    """The draft beside a version, another draft or its own beginning."""
    found = get_draft(draft, request.actor)
    on, scope = timezone.localdate(request.at), _scope(request)
    ref = request.GET.get("mot", "")
    base = find_subject(ref, request.actor) if ref else standard_base(found) or of_start(found)
    choices = subject_choices(request.actor, found)
    facts: dict[str, Any] = {
        "h1": f"Kladden mot {base.short}",
        "fields": (
            Field("mot", "Sammenlign kladden med", "select", value=base.ref, choices=choices),
            *scope_fields(scope, places_of(request.tenant)),
        ),
        **_way_back(request, found),
    }
    return _comparison(request, base, of_draft(found), scope, on, facts)


@entrance(staff(*READERS))
def compare_any(request: Request) -> HttpResponse:
    """Two of anything: `fra` and `til` are references such as "versjon:<id>". The first is what was before."""
    if not (request.GET.get("fra") and request.GET.get("til")):
        messages.info(request, "Velg to versjoner eller kladder å sammenligne.")
        return redirect("schemes", request.tenant.slug)
    on, scope = timezone.localdate(request.at), _scope(request)
    before, after = (find_subject(request.GET[name], request.actor) for name in ("fra", "til"))
    facts: dict[str, Any] = {
        "h1": f"{after.head} mot {before.short}",
        "kept": (("fra", before.ref), ("til", after.ref)),
        "fields": scope_fields(scope, places_of(request.tenant)),
        "back_url": reverse("schemes", args=[request.tenant.slug]),
        "back_text": "Ordninger",
    }
    return _comparison(request, before, after, scope, on, facts)


def _comparison(
    request: Request, before: Subject, after: Subject, scope: Scope, on: date, facts: dict[str, Any]
) -> HttpResponse:
    try:
        facts |= compared(before, after, scope, on)
    except RuleError as error:
        facts["problems"] = [problem.sentence() for problem in error.problems]
    except (NoRegister, ExtractFailed) as refusal:
        facts["problems"] = [refusal.sentence]
    return work_page(request, "designer/figures/compare.html", facts, room=ROOM)


def _scope(request: Request) -> Scope:
    return read_scope(request.GET, places_of(request.tenant), timezone.localdate(request.at))


def _way_back(request: Request, draft: Draft) -> dict[str, str]:
    return {"back_url": reverse("draft", args=[request.tenant.slug, draft.id]), "back_text": draft.title}
