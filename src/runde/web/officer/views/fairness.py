"""Are like cases treated alike? For a look before a round closes, and for the council after."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from runde.foundation.people.api import Role
from runde.foundation.trust.api import NotFound
from runde.grants.casework.api import round_fairness
from runde.web.components.charts.figure import figure_csv
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.calls import calls_table, chosen_call, name_of, page_url
from runde.web.officer.fairness import (
    criteria_table,
    figure_of,
    figures_of,
    heading_of,
    key_facts_of,
    outliers_table,
    pairs_of,
)
from runde.web.staff import sent_as_file, work_page

READERS = (Role.OFFICER, Role.APPROVER, Role.SCHEME_MANAGER, Role.AUDITOR)


@require_GET
@entrance(staff(*READERS))
def show(request: Request) -> HttpResponse:
    call, slug = chosen_call(request), request.tenant.slug
    if call is None:
        table = calls_table("fairness", slug)
        heading = "Hvilken utlysning vil du se?" if table.rows else "Ingen utlysninger ennå"
        choice = {"h1": heading, "calls": table if table.rows else None}
        return work_page(request, "officer/choose_call.html", choice, room="overview")
    found = round_fairness(call.id, by=request.actor)
    facts = {
        "h1": heading_of(found),
        "lead": name_of(call),
        "back_url": page_url("overview", slug, call),
        "back_text": "Oversikt",
        "counts": key_facts_of(found.report),
        "pairs": pairs_of(found, slug),
        "unlisted": found.pairs_in_all - len(found.pairs),
        "figures": figures_of(
            found.report,
            at=request.at,
            csv_url=lambda kind: page_url("fairness_csv", slug, call, tabell=kind),
        ),
        "criteria": criteria_table(found.report),
        "outliers": outliers_table(found.report, slug),
        "worklist_url": reverse("worklist", args=[slug]),
    }
    return work_page(request, "officer/fairness.html", facts, room="overview")


@require_GET
@entrance(staff(*READERS))
def as_csv(request: Request) -> HttpResponse:
    """The table of one chart, for a spreadsheet; small groups are withheld there too."""
    call, kind = chosen_call(request), request.GET.get("tabell", "")
    if call is None:
        raise NotFound("Velg en utlysning først.")
    figure = figure_of(round_fairness(call.id, by=request.actor).report, kind, at=request.at)
    if figure is None:
        raise NotFound("Vi finner ikke tabellen. Gå tilbake til siden om likebehandling og velg på nytt.")
    return sent_as_file(
        figure_csv(figure),
        media_type="text/csv; charset=utf-8",
        file_name=f"likebehandling-{kind}-{call.slug}.csv",
    )
