"""Appeals and what is like them, on the case page: each in a few lines with the way to its own page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from runde.engine.reference.api import date_text
from runde.grants.casework.api import Appeal
from runde.web.officer.opened import Facts, Opened
from runde.web.staff import day_and_clock


def appeals_part(opened: Opened) -> Facts | None:
    appeals = [_appeal(one, opened) for one in opened.following.appeals]
    return {"appeals": appeals} if appeals else None


def _appeal(one: Appeal, opened: Opened) -> dict[str, Any]:
    last = f"Siste dag var {date_text(one.last_date)}." if one.last_date else ""
    return {
        "when": day_and_clock(one.sent_at) if one.sent_at else "",
        "who": one.other_party,
        "timing": f"Kom etter fristen. {last}" if one.is_late else f"Kom i tide. {last}",
        "state": one.get_result_display() if one.result else one.get_state_display(),
        "url": reverse("appeal_case", args=[opened.slug, one.id]),
    }
