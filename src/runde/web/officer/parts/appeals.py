"""Appeals and what is like them, on the case page: each in a few lines with the way to its own page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import date_text
from runde.grants.casework.api import Appeal, Reversal, reversals_of
from runde.web.officer.opened import Facts, Opened
from runde.web.staff import day_and_clock


def appeals_part(opened: Opened) -> Facts | None:
    """Appeals, demands for reasons and reversals: one statement, and only in a decided case. Nothing for a reader
    when nothing has come."""
    if not opened.page.decisions:
        return None
    slug, case = opened.slug, opened.page.case
    reversals, demands = reversals_of(case.id), opened.page.reasons_demands
    may_act = opened.following.may_correspond
    if not (may_act or opened.following.appeals or reversals):
        return None
    return {
        "appeals": [_appeal(one, opened) for one in opened.following.appeals],
        "reversals": [(_told(one), reverse("reversal", args=[slug, one.id])) for one in reversals],
        "reasons_url": reverse("give_reasons", args=[slug, case.id]) if demands and may_act else "",
        "paper_url": reverse("register_appeal", args=[slug, case.id]) if may_act else "",
        "begin_url": reverse("begin_reversal", args=[slug, case.id]) if may_act else "",
    }


def _told(one: Reversal) -> str:
    day = date_text(timezone.localdate(one.opened_at))
    return f"Vurdering av å endre vedtaket, {day}: {one.get_result_display() or one.get_state_display()}"


def _appeal(one: Appeal, opened: Opened) -> dict[str, Any]:
    last = f"Frist {date_text(one.last_date)}." if one.last_date else ""
    return {
        "when": day_and_clock(one.sent_at) if one.sent_at else "",
        "who": one.other_party,
        "timing": f"Kom etter fristen. {last}" if one.is_late else f"Kom i tide. {last}",
        "state": one.get_result_display() if one.result else one.get_state_display(),
        "url": reverse("appeal_case", args=[opened.slug, one.id]),
    }
