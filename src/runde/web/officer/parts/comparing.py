"""How like cases were decided: fetched after the page, so that the page never waits for it."""

from __future__ import annotations

from django.urls import reverse

from runde.web.officer.opened import Facts, Opened


def similar_part(opened: Opened) -> Facts:
    case_id = opened.page.case.id
    return {
        "url": reverse("similar_cases", args=[opened.slug, case_id]),
        "panel_url": reverse("similar_cases_panel", args=[opened.slug, case_id]),
    }
