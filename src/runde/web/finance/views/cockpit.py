"""How much is left, what must be used soon, and what waits: all sources and schemes on one page."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import amount_text
from runde.foundation.people.api import Role, may
from runde.foundation.trust.api import NotFound
from runde.grants.budget.api import Cockpit, asked_rests
from runde.grants.budget.api import cockpit as cockpit_of
from runde.web.components.charts.figure import figure_csv
from runde.web.entrance import Request, entrance, staff
from runde.web.finance.money_shown import (
    bars_of,
    heading_of,
    lapsing_sentences,
    lines_of,
    schemes_table,
    sources_table,
)
from runde.web.staff import sent_as_file, work_page

READERS = (Role.FINANCE, Role.SCHEME_MANAGER, Role.OFFICER, Role.APPROVER, Role.AUDITOR)
SETTLERS = (Role.FINANCE, Role.APPROVER)
ROOM = "cockpit"
WRONG = "Tallene stemmer ikke med hovedboka. Si fra til den som drifter løsningen."


@entrance(staff(*READERS))
def show(request: Request) -> HttpResponse:
    slug = request.tenant.slug
    found = cockpit_of(by=request.actor, at=request.at)
    if not found.is_balanced:
        return work_page(
            request, "finance/cockpit.html", {"h1": "Vi viser ikke tallene nå", "wrong": WRONG}, room=ROOM
        )
    facts = {
        "h1": heading_of(found),
        "lapsing": lapsing_sentences(found),
        "short": found.short,
        "figure": bars_of(found, at=request.at, csv_url=reverse("cockpit_csv", args=[slug])),
        "timeline": _timeline(request, found),
        "sources": sources_table(found, slug) if found.sources else None,
        "schemes": schemes_table(found) if found.schemes else None,
        "rests": _rests(request) if request.actor.holds(*SETTLERS) else [],
        "add_url": reverse("add_source", args=[slug]) if may(request.actor, "schemes.fund") else "",
        "export_url": reverse("export_books", args=[slug]) if may(request.actor, "budget.export") else "",
    }
    return work_page(request, "finance/cockpit.html", facts, room=ROOM)


def _timeline(request: Request, found: Cockpit) -> object:
    proposed = sum((one.recommended_nok for one in found.sources if one.is_decided), Decimal(0))
    today = timezone.localdate(request.at)
    return lines_of(found.timeline, found.decided_nok, proposed, at=request.at, today=today)


def _rests(request: Request) -> list[dict[str, str]]:
    """What somebody wants to let go of, with the way to say yes or no."""
    return [
        {
            "text": f"Sak {rest.case_number}, {rest.company_name}: {amount_text(rest.amount_nok)}",
            "url": reverse("settle_rest", args=[request.tenant.slug, rest.case_id]),
        }
        for rest in asked_rests()
    ]


@entrance(staff(*READERS))
def as_csv(request: Request) -> HttpResponse:
    """The table of the bars, for a spreadsheet."""
    figure = bars_of(cockpit_of(by=request.actor, at=request.at), at=request.at, csv_url="")
    if figure is None:
        raise NotFound("Ingen penger er registrert ennå.")
    return sent_as_file(figure_csv(figure), media_type="text/csv; charset=utf-8", file_name="penger.csv")
