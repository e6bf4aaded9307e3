"""The ranking: who comes first, where the panel disagrees, and where the line goes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from runde.engine.reference.api import amount_text, number_text
from runde.foundation.people.api import may
from runde.grants.casework.api import Proposal
from runde.grants.panels.api import Panel, Standings, points_text, standings
from runde.web.components.facts import Fact
from runde.web.entrance import Request, entrance, staff
from runde.web.panels.access import READERS, readable_panel
from runde.web.panels.words import WAYS, company_of, name_of, ranking_table, unscored_table
from runde.web.staff import count_text, day_and_clock, work_page


@require_GET
@entrance(staff(*READERS))
def show(request: Request, panel: UUID) -> HttpResponse:
    found_panel = readable_panel(panel, request.actor)
    slug = request.tenant.slug
    if found_panel.opened_at is None:
        return _still_blind(request, found_panel)
    found = standings(found_panel, by=request.actor)
    drawn = found.line if found.line_holds else None
    facts = {
        "h1": _heading(found),
        "lead": name_of(found_panel),
        "back_url": reverse("panel", args=[slug, panel]),
        "back_text": "Panelet",
        "ranking": ranking_table(found, slug, above=drawn.above if drawn else None),
        "unscored": unscored_table(found),
        "tie_rule": found_panel.get_tie_rule_display().lower(),
        "has_ties": any(one.shared_with for one in found.ranking.ranked),
        "to_discuss": [
            {
                "name": company_of(found.cases[one.entry.case_id]),
                "url": reverse("panel_case", args=[slug, panel, one.entry.case_id]),
                "spread": points_text(one.spread),
            }
            for one in found.to_discuss
        ],
        "line": line_facts(found),
        "line_is_old": found.line is not None and not found.line_holds,
        **_ways(request, found),
    }
    return work_page(request, "panels/ranking.html", facts, room="panels")


def _still_blind(request: Request, panel: Panel) -> HttpResponse:
    facts = {
        "h1": "Poengene er ikke åpnet ennå",
        "lead": name_of(panel),
        "back_url": reverse("panel", args=[request.tenant.slug, panel.id]),
        "back_text": "Panelet",
    }
    return work_page(request, "panels/blind.html", facts, room="panels")


def _heading(found: Standings) -> str:
    count = len(found.ranking.ranked)
    if found.proposal and found.proposal.state != Proposal.State.RETURNED:
        return "Rangeringen er sendt til godkjenning"
    if found.to_discuss:
        return f"Drøft {count_text(len(found.to_discuss), 'søknad', 'søknader')} før linja trekkes"
    if found.line is not None and found.line_holds:
        return f"Linja går etter nummer {found.line.above} av {count}"
    return f"{count_text(count, 'søknad er', 'søknader er')} rangert"


def line_facts(found: Standings) -> list[Fact]:
    line = found.line
    if line is None or not found.line_holds:
        return []
    return [
        Fact("Slik er linja trukket", WAYS[line.way], source=day_and_clock(line.chosen_at)),
        Fact("Over linja", count_text(line.above, "søknad", "søknader")),
        Fact("Sum", amount_text(line.sum_nok)),
        Fact("Igjen av pengene", amount_text(line.money_nok - line.sum_nok)),
        *([Fact("Begrunnelse", line.reason)] if line.reason else []),
    ]


def _ways(request: Request, found: Standings) -> dict[str, Any]:
    slug, panel = request.tenant.slug, found.panel
    standing = found.proposal if found.proposal and found.proposal.state != Proposal.State.RETURNED else None
    leads = may(request.actor, "panels.lead", panel) and standing is None
    holds = found.line is not None and found.line_holds
    return {
        "line_url": reverse("panel_line", args=[slug, panel.id]) if leads and found.ranking.ranked else "",
        "line_is_first": not holds,
        "propose_url": reverse("panel_propose", args=[slug, panel.id])
        if leads and holds and may(request.actor, "casework.propose")
        else "",
        "proposal_url": reverse("proposal", args=[slug, standing.id])
        if standing and may(request.actor, "casework.list")
        else "",
        "sent_back": found.proposal is not None and standing is None,
        "count": number_text(len(found.ranking.ranked)),
    }
