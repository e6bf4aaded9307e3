"""How many need me, how many are ready, what is late."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import amount_text, number_text
from runde.foundation.people.api import Role, may
from runde.foundation.trust.api import NotFound
from runde.grants.casework.api import (
    Case,
    Selection,
    Worklist,
    find_bulk_act,
    find_selection,
    list_views,
    worklist,
)
from runde.grants.schemes.api import Call, sources_of
from runde.web.entrance import Request, entrance, staff
from runde.web.officer import frozen
from runde.web.officer.asked import HELD, Asked
from runde.web.officer.calls import calls_table, name_of, worked_calls
from runde.web.officer.done import told
from runde.web.officer.listing import (
    cases_table,
    chips_of,
    filter_fields,
    first_of,
    lanes_of,
    money_line,
    views_of,
)
from runde.web.staff import count_text, given_ids, work_page

READERS = (Role.OFFICER, Role.APPROVER, Role.SCHEME_MANAGER, Role.AUDITOR)
ON_A_PAGE = 25


@entrance(staff(*READERS, Role.FINANCE))
def show(request: Request) -> HttpResponse:
    if not request.actor.holds(*READERS):
        return redirect("payments", request.tenant.slug)  # everybody's way home leads here
    calls = worked_calls()
    call = _chosen(request, calls)
    return _list(request, call, several=len(calls) > 1) if call else _choose(request)


def _chosen(request: Request, calls: list[Call]) -> Call | None:
    """The call in the address, or the only one there is."""
    slug = request.GET.get("utlysning")
    if not slug:
        return calls[0] if len(calls) == 1 else None
    found = next((call for call in calls if call.slug == slug), None)
    if found is None:
        raise NotFound("Vi finner ikke utlysningen. Velg en fra lista.")
    return found


def _choose(request: Request) -> HttpResponse:
    table = calls_table("worklist", request.tenant.slug)
    facts = {
        "h1": "Hvilken utlysning vil du jobbe med?" if table.rows else "Ingen utlysninger ennå",
        "calls": table if table.rows else None,
    }
    return work_page(request, "officer/choose_call.html", facts, room="worklist")


def _list(request: Request, call: Call, *, several: bool) -> HttpResponse:
    slug, asked = request.tenant.slug, Asked.of(request.GET)
    found = worklist(
        call.id,
        by=request.actor,
        at=request.at,
        lane=asked.lane_code,
        state=asked.state_code,
        filters=asked.filters(request.actor),
        order=asked.order_code,
        page=asked.page,
        size=ON_A_PAGE,
    )
    selection = find_selection(asked.chosen) if asked.chosen else None
    may_mark = asked.is_open and bool(found.rows) and may(request.actor, "casework.assign")
    chosen = frozenset(selection.case_ids) if selection else frozenset()
    facts = {
        "h1": f"{name_of(call)}: {count_text(found.counts.total, 'sak', 'saker')}",
        "money": money_line(found.counts, sources_of(call)),
        "call": call,
        "asked": asked,
        "other_calls_url": reverse("worklist", args=[slug]) if several else "",
        "lanes": lanes_of(asked, found.counts, slug, call),
        "chips": chips_of(asked, found.names, slug, call),
        "clear_url": asked.plain().url(slug, call),
        "search": filter_fields(asked, found, request.actor),
        "views": views_of(list_views(by=request.actor), slug, call),
        "query": urlencode(asked.query()),
        "done": _done(request, slug),
        "table": cases_table(asked, found, slug, call, may_mark=may_mark, chosen=chosen)
        if found.rows
        else None,
        "page": _pages(found),
        "total_words": _total_words(found),
        **_marking(request, call, asked, found, selection, may_mark=may_mark),
        **_ending(asked, found, slug, call),
    }
    return work_page(request, "officer/worklist.html", facts, room="worklist")


def _pages(found: Worklist) -> Page[int]:
    return Paginator(range(found.total), ON_A_PAGE).get_page(found.page)


def _total_words(found: Worklist) -> str:
    return f"Det er mer enn {number_text(found.total)}. Snevre inn filteret." if found.has_more else ""


def _done(request: Request, slug: str) -> dict[str, Any] | None:
    """What the person just did, from the address the act led to."""
    for one in given_ids([request.GET.get("gjort", "")]):
        act = find_bulk_act(one, by=request.actor)
        return told(act, slug) if act else None
    return None


def _marking(
    request: Request,
    call: Call,
    asked: Asked,
    found: Worklist,
    selection: Selection | None,
    *,
    may_mark: bool,
) -> dict[str, Any]:
    """What the marks and the bar need: the whole pile as a choice, and what may be done to the chosen."""
    if not may_mark:
        return {"may_mark": False, "weigh": False}
    may_propose = may(request.actor, "casework.propose")
    return {
        "may_mark": True,
        "may_propose": may_propose and asked.is_settled,
        "may_hold": may(request.actor, "casework.hold"),
        "is_held": asked.is_open and asked.pile == HELD,
        "weigh": may_propose and not asked.is_settled and asked.pile == "vurderes",
        "selection": selection,
        "selected_words": _selected_words(selection) if selection else "",
        "none_url": asked.url(request.tenant.slug, call, valg="") if selection else "",
        "all_words": "" if selection else _all_words(asked, found),
        "listed": frozen.written(row.case_id for row in found.rows),
        "marks_key": f"{request.tenant.slug}:{call.slug}:{selection.id if selection else ''}",
    }


def _selected_words(selection: Selection) -> str:
    count = len(selection.case_ids)
    return f"{count_text(count, 'sak', 'saker')} valgt · {amount_text(selection.recommended_nok)}"


def _all_words(asked: Asked, found: Worklist) -> str:
    where = f"i «{asked.words}»" if not asked.is_narrowed else "i filteret"
    if found.has_more:
        return f"Velg alle {where}"
    if found.total == 1:
        return f"Velg saken {where}"
    return f"Velg alle {number_text(found.total)} {where}"


def _ending(asked: Asked, found: Worklist, slug: str, call: Call) -> dict[str, Any]:
    """What is said when the list is empty, and where to go then."""
    if found.rows:
        return {"empty": ""}
    if asked.is_narrowed:
        return {"empty": "no_match"}
    if not found.counts.total:
        return {"empty": "not_yet"}
    onward = first_of(asked, found.counts)
    sent = found.counts.states[Case.State.PROPOSED].count
    said = f" {count_text(sent, 'sak er', 'saker er')} til godkjenning." if sent else ""
    next_lane: dict[str, str] = {}
    if onward:
        count = found.counts.lanes[onward.lane_code].count if onward.lane_code else sent
        words = f"i «{onward.words}»" if onward.lane_code else "til godkjenning"
        next_lane = {"url": onward.url(slug, call), "text": f"Se {number_text(count)} {words}"}
    return {"empty": "done", "done_words": f"Ingen saker her nå.{said}", "next_lane": next_lane}
