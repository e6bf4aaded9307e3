"""The municipality's calls, and one of them with everything about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from runde.grants.schemes.api import (
    Call,
    Phase,
    call_phase,
    files_of,
    get_call_by_id,
    list_calls,
    money_left,
    sources_of,
)
from runde.web.components.navigation import Crumb
from runde.web.designer.access import may_write
from runde.web.designer.calls.access import READERS, may_fund
from runde.web.designer.calls.history import history_table
from runde.web.designer.calls.shown import (
    calls_table,
    clock_facts,
    draft_tasks,
    file_rows,
    money_facts,
    sources_table,
    terms_facts,
)
from runde.web.designer.calls.words import TAGS, call_name, state_sentence
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import count_text, work_page

ROOM = "staff_calls"
CAN_APPLY = (Phase.NOT_OPEN, Phase.OPEN)
MOVABLE = (*CAN_APPLY, Phase.GRACE)


@entrance(staff(*READERS))
def index(request: Request) -> HttpResponse:
    slug, calls = request.tenant.slug, list_calls()
    phases = [call_phase(call, request.at) for call in calls]
    open_now = sum(phase in (Phase.OPEN, Phase.GRACE) for phase in phases)
    drafts = phases.count(Phase.DRAFT)
    facts = {
        "h1": f"{count_text(open_now, 'åpen utlysning', 'åpne utlysninger')} og "
        f"{count_text(drafts, 'kladd', 'kladder')}",
        "calls": calls_table(calls, slug, request.at),
        "new_url": reverse("new_call", args=[slug]) if may_write(request.actor) else "",
    }
    return work_page(request, "designer/calls/index.html", facts, room=ROOM)


@entrance(staff(*READERS))
def show(request: Request, call: UUID) -> HttpResponse:
    found, slug = get_call_by_id(call), request.tenant.slug
    phase, files, left = call_phase(found, request.at), files_of(found), money_left(found)
    sources = sources_of(found)
    facts: dict[str, Any] = {
        "h1": call_name(found),
        "lead": state_sentence(found, request.at),
        "crumbs": crumbs(slug),
        "call": found,
        "tag": TAGS[phase],
        "is_draft": phase is Phase.DRAFT,
        "is_conditional": left.waiting_nok > 0,
        "is_used_up": left.is_used_up,
        "tasks": draft_tasks(found, files, slug) if phase is Phase.DRAFT else [],
        "clock": clock_facts(found),
        "terms": terms_facts(found),
        "money": money_facts(left),
        "sources": sources_table(sources),
        "files": file_rows(found, files, slug) if files else None,
        "history": history_table(found),
        "public_url": reverse("call", args=[slug, found.slug]) if found.published_at else "",
        "version_url": reverse("scheme_version", args=[slug, found.scheme_version_id]),
        **_ways(request, found, phase),
    }
    return work_page(request, "designer/calls/show.html", facts, room=ROOM)


def crumbs(slug: str, call: Call | None = None) -> list[Crumb]:
    """The way up, from a call's own page or from a page below it."""
    trail = [Crumb("Utlysninger", reverse("staff_calls", args=[slug]))]
    if call is not None:
        trail.append(Crumb(call_name(call), reverse("staff_call", args=[slug, call.id])))
    return trail


def _ways(request: Request, call: Call, phase: Phase) -> dict[str, str]:
    """Where the person may go on from here; what cannot be done now is left out."""
    writes, funds = may_write(request.actor), may_fund(request.actor)
    published, stands = call.state == Call.State.PUBLISHED, phase is not Phase.WITHDRAWN
    offered = {
        "preview_call": phase is Phase.DRAFT,
        "publish_call": writes and phase is Phase.DRAFT,
        "change_call": writes and phase is Phase.DRAFT,
        "staff_call_money": funds and stands,
        "staff_call_files": writes and stands,
        "staff_call_contact": writes and stands,
        "extend_call": writes and phase in MOVABLE,
        "move_call": writes and phase in MOVABLE,
        "invite_to_call": writes and published and phase in CAN_APPLY,
        "withdraw_call": writes and stands,
    }
    args = [request.tenant.slug, call.id]
    return {f"{name}_url": reverse(name, args=args) for name, is_offered in offered.items() if is_offered}
