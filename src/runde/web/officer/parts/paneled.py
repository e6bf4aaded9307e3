"""Where a case stands in its panel: that there is one, and its place once the scores are opened."""

from __future__ import annotations

from django.urls import reverse

from runde.grants.panels.api import PanelStanding, panel_standing, points_text
from runde.web.components.facts import Fact
from runde.web.officer.opened import Facts, Opened


def panel_part(opened: Opened) -> Facts | None:
    """None for a case in no panel. One statement then; the ranking is read only where there is one."""
    found = panel_standing(opened.page.case.id, by=opened.request.actor)
    if found is None:
        return None
    address = [opened.slug, found.panel.id]
    opened_scores = found.panel.opened_at is not None
    return {
        "facts": _facts(found),
        "url": reverse("panel_case", args=[*address, opened.page.case.id])
        if opened_scores and found.ranked
        else reverse("panel", args=address),
        "link_text": "Se poengene" if opened_scores and found.ranked else "Gå til panelet",
    }


def _facts(found: PanelStanding) -> list[Fact]:
    if found.panel.opened_at is None:
        return [Fact("Panel", "Vurderes", source="Poengene vises når alle har levert")]
    if found.ranked is None:
        return [Fact("Panel", "Ikke rangert")]
    place = f"{found.ranked.place} av {found.count}"
    facts = [
        Fact("Snitt", f"{points_text(found.ranked.mean)} av {found.panel.highest} poeng"),
        Fact("Plass", place),
    ]
    if found.above is not None:
        facts.append(Fact("Linja", "Over" if found.ranked.place <= found.above else "Under"))
    return facts
