"""How many need me, how many are ready, what is late."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import amount_text, number_text
from runde.foundation.people.api import Role, may
from runde.grants.casework.api import Case, Worklist, list_case_ids, worklist
from runde.grants.schemes.api import Call, sources_of
from runde.web.components.fields import Choice, Field
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.calls import calls_table, chosen_call, name_of, worked_calls
from runde.web.officer.frozen import written
from runde.web.officer.listing import (
    LANES,
    SETTLED,
    STATE_WORDS,
    STATES,
    Asked,
    cases_table,
    chips_of,
    lanes_of,
    money_line,
)
from runde.web.staff import count_text, work_page

READERS = (Role.OFFICER, Role.APPROVER, Role.SCHEME_MANAGER, Role.AUDITOR)
ON_A_PAGE = 25


@entrance(staff(*READERS, Role.FINANCE))
def show(request: Request) -> HttpResponse:
    if not request.actor.holds(*READERS):
        return redirect("payments", request.tenant.slug)  # everybody's way home leads here
    call = chosen_call(request)
    return _list(request, call) if call else _choose(request)


def _choose(request: Request) -> HttpResponse:
    table = calls_table("worklist", request.tenant.slug)
    facts = {
        "h1": "Hvilken utlysning vil du jobbe med?" if table.rows else "Ingen utlysninger ennå",
        "calls": table if table.rows else None,
    }
    return work_page(request, "officer/choose_call.html", facts, room="worklist")


def _list(request: Request, call: Call) -> HttpResponse:
    slug, asked = request.tenant.slug, Asked.of(request.GET)
    found = worklist(
        call.id,
        by=request.actor,
        at=request.at,
        lane=asked.lane_code,
        state=asked.state_code,
        filters=asked.filters(request.actor),
        page=asked.page,
        size=ON_A_PAGE,
    )
    may_propose = may(request.actor, "casework.propose")
    may_mark = may_propose and asked.state == "apne" and LANES[asked.lane] in SETTLED
    facts = {
        "h1": f"{name_of(call)}: {count_text(found.counts.total, 'sak', 'saker')}",
        "lead": money_line(found, sources_of(call)),
        "call": call,
        "asked": asked,
        "other_calls_url": reverse("worklist", args=[slug]) if len(worked_calls()) > 1 else "",
        "lanes": lanes_of(asked, found, slug, call),
        "chips": chips_of(asked, slug, call),
        "clear_url": replace(Asked(), lane=asked.lane, state=asked.state).url(slug, call),
        "search": filter_fields(asked),
        "found": found,
        "table": cases_table(asked, found, slug, call, may_mark=may_mark) if found.rows else None,
        "page": Paginator(range(found.total), ON_A_PAGE).get_page(found.page),
        "may_mark": may_mark and bool(found.rows),
        "weigh": may_propose and asked.state == "apne" and not may_mark and bool(found.rows),
        "empty": _empty(asked, found),
        "next_lane": _next_lane(asked, found, slug, call),
        **_everything(request, call, asked, found, may_mark=may_mark),
    }
    return work_page(request, "officer/worklist.html", facts, room="worklist")


def _everything(
    request: Request, call: Call, asked: Asked, found: Worklist, *, may_mark: bool
) -> dict[str, Any]:
    """«Velg alle 250»: the set is frozen now, and travels with the form."""
    if not may_mark or not found.total:
        return {"all_url": "", "frozen": ""}
    slug = request.tenant.slug
    count = number_text(found.total)
    if not asked.everything:
        words = f"Velg alle {count} i «{asked.words}»" if found.total > 1 else f"Velg saken i «{asked.words}»"
        return {"all_url": replace(asked, everything=True).url(slug, call), "all_words": words, "frozen": ""}
    ids = list_case_ids(
        call.id,
        at=request.at,
        lane=asked.lane_code,
        state=asked.state_code,
        filters=asked.filters(request.actor),
    )
    total = "" if asked.text or asked.mine else amount_text(found.counts.lanes[LANES[asked.lane]].recommended_nok)
    return {
        "all_url": "",
        "none_url": replace(asked, everything=False).url(slug, call),
        "frozen": written(ids),
        "chosen_words": f"{count_text(len(ids), 'sak', 'saker')} valgt" + (f" · {total}" if total else ""),
    }


def filter_fields(asked: Asked) -> list[Field]:
    states = tuple(Choice(name, STATE_WORDS[code]) for name, code in STATES.items())
    return [
        Field("sok", "Navn, org.nr. eller saksnummer", kind="search", value=asked.text),
        Field("tilstand", "Status", kind="select", value=asked.state, choices=states),
        Field(
            "mine",
            "Ansvarlig",
            kind="select",
            value="ja" if asked.mine else "",
            choices=(Choice("", "Alle"), Choice("ja", "Mine saker")),
        ),
    ]


def _empty(asked: Asked, found: Worklist) -> str:
    if found.rows:
        return ""
    if asked.text or asked.mine:
        return "no_match"
    return "done" if found.counts.total else "not_yet"


def _next_lane(asked: Asked, found: Worklist, slug: str, call: Call) -> dict[str, str]:
    """Where to go when this lane is done."""
    for name, code in LANES.items():
        count = found.counts.lanes[code].count
        if count and name != asked.lane:
            other = Asked(lane=name)
            return {"url": other.url(slug, call), "text": f"Se {number_text(count)} i «{other.words}»"}
    waiting = found.counts.states[Case.State.PROPOSED].count
    if waiting and asked.state == "apne":
        other = Asked(state="til-godkjenning")
        return {"url": other.url(slug, call), "text": f"Se {number_text(waiting)} til godkjenning"}
    return {}
