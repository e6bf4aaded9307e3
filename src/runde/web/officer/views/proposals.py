"""Proposals waiting for approval, and one of them: what is signed, how much, what is unusual."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from runde.engine.reference.api import amount_text, number_text
from runde.foundation.people.api import Role, may
from runde.grants.casework.api import Proposal, ProposalPage, list_proposal_rows, open_sample, proposal_page
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.bearing import bearings_of
from runde.web.officer.calls import page_url, worked_calls
from runde.web.officer.proposed import (
    funding_table,
    left_out_table,
    lines_table,
    proposals_table,
    summary_facts,
)
from runde.web.officer.unusual import largest_group, unusual_groups
from runde.web.staff import count_text, day_and_clock, others_who_are, sent_as_file, work_page

READERS = (Role.OFFICER, Role.APPROVER, Role.AUDITOR)
ON_A_PAGE = 100
LISTED = 50  # of what is lost on the way; the rest is counted
SAMPLE = 5
DONE = (Proposal.State.APPROVED, Proposal.State.RETURNED)


@entrance(staff(*READERS))
def index(request: Request) -> HttpResponse:
    slug = request.tenant.slug
    waiting = list_proposal_rows(by=request.actor)
    handled = list_proposal_rows(by=request.actor, states=DONE)
    facts = {
        "h1": _index_heading(request, len(waiting)),
        "waiting": proposals_table(waiting, "Venter på godkjenning", slug) if waiting else None,
        "handled": proposals_table(handled, "Behandlet", slug) if handled else None,
        "worklist_url": reverse("worklist", args=[slug]) if may(request.actor, "casework.propose") else "",
        "next_round": "" if waiting else _next_round(request),
    }
    return work_page(request, "officer/proposals.html", facts, room="proposals")


def _index_heading(request: Request, waiting: int) -> str:
    if not waiting:
        approves = may(request.actor, "casework.approve")
        return "Ingenting å godkjenne nå" if approves else "Ingen forslag venter nå"
    return f"{count_text(waiting, 'forslag', 'forslag')} venter på godkjenning"


def _next_round(request: Request) -> str:
    """When there may be something again: the next deadline for applications."""
    coming = [call.closes_at for call in worked_calls() if call.closes_at > request.at]
    return f"Neste søknadsfrist er {day_and_clock(min(coming))}." if coming else ""


@entrance(staff(*READERS))
def show(request: Request, proposal: UUID) -> HttpResponse:
    found = proposal_page(proposal, by=request.actor, at=request.at)
    slug = request.tenant.slug
    only_unusual = request.GET.get("vis") == "avvik"
    rows = found.deviating if only_unusual else found.rows
    lines = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("side"))
    acts = _acts(request, found)
    letters = may(request.actor, "casework.declare") and found.proposal.state == Proposal.State.PENDING
    facts = {
        "h1": _heading(found, decides=bool(acts["approve_url"])),
        "back_url": reverse("proposals", args=[slug]),
        "back_text": "Forslag til vedtak",
        "found": found,
        "facts": summary_facts(found),
        "funding": funding_table(found.funding) if found.funding else None,
        "short": found.funding.short if found.funding else "",
        "bearings": bearings_of(found, slug),
        "left_out": left_out_table(found.left_out[:LISTED], "Tatt ut"),
        "left_out_more": _rest(len(found.left_out)),
        "lines": lines_table(
            lines.object_list,
            "Alle sakene i forslaget",
            slug,
            mark_name="ta_ut" if acts["approve_url"] else "",
            letters=letters and is_short(found),
        ),
        "is_short": is_short(found),
        "lines_open": is_short(found) or "side" in request.GET or only_unusual,
        "lines_words": "Sakene med avvik" if only_unusual else "Alle sakene",
        "whole_url": reverse("proposal", args=[slug, proposal]) if only_unusual else "",
        "marks_key": str(proposal) if acts["approve_url"] else "",
        "page": lines,
        "letters_url": reverse("letters_made", args=[slug, proposal])
        if found.proposal.state == Proposal.State.APPROVED
        else "",
        "handled_by": found.decided_by,
        "handled_at": day_and_clock(found.approval.decided_at) if found.approval.decided_at else "",
        "worklist_url": page_url("worklist", slug, found.call),
        **_unusual(found, slug, letters=letters),
        **acts,
    }
    return work_page(request, "officer/proposal.html", facts, room="proposals")


@require_GET
@entrance(staff(Role.OFFICER, Role.APPROVER))
def letter(request: Request, proposal: UUID, case: UUID) -> HttpResponse:
    """The letter as it will be. That it was opened is written, and whether the system had drawn it."""
    content = open_sample(proposal_id=proposal, case_id=case, by=request.actor, at=request.at)
    return sent_as_file(content, media_type="application/pdf", file_name="utkast-til-vedtak.pdf")


def _heading(found: ProposalPage, *, decides: bool) -> str:
    count, total = number_text(found.count), amount_text(found.sum_nok)
    if found.proposal.state == Proposal.State.APPROVED:
        return f"{count} vedtak er fattet, til sammen {total}"
    if found.proposal.state == Proposal.State.RETURNED:
        return f"Forslaget om {count} vedtak er sendt tilbake"
    if decides:
        return f"Godkjenn {count} vedtak, til sammen {total}"
    return f"Forslag til {count} vedtak, til sammen {total}"


def _unusual(found: ProposalPage, slug: str, *, letters: bool) -> dict[str, Any]:
    """The unusual first, kind by kind, and the largest; then a sample drawn by the system."""
    if found.proposal.state != Proposal.State.PENDING:
        return {"groups": [], "largest": None, "sample": None, "falling": None}
    falling = [row for row in found.rows if row.will_fall_out]
    short = is_short(found)
    return {
        "falling": lines_table(falling[:LISTED], "Kommer ikke med", slug) if falling else None,
        "falling_more": _rest(len(falling)),
        "groups": unusual_groups(found, slug, letters=letters),
        "unusual_url": "?vis=avvik#alle" if found.deviating else "",
        "largest": None if short else largest_group(found, slug, letters=letters),
        "sample": None
        if short
        else lines_table(found.sample, "Fem saker trukket av systemet", slug, letters=letters),
    }


def _rest(count: int) -> str:
    """How many of a list are not shown."""
    return f"Og {number_text(count - LISTED)} til." if count > LISTED else ""


def is_short(found: ProposalPage) -> bool:
    """So few that a sample would be all of them."""
    return len(found.rows) <= SAMPLE


def _acts(request: Request, found: ProposalPage) -> dict[str, Any]:
    """What the viewer may do, or who may do it instead."""
    pending = found.proposal.state == Proposal.State.PENDING
    address = [request.tenant.slug, found.proposal.id]
    decides = pending and not found.why_not
    board = found.proposal.route == Proposal.Route.BOARD
    return {
        "pending": pending,
        "approve_url": reverse("approve_proposal", args=address) if decides else "",
        "return_url": reverse("return_proposal", args=address) if decides else "",
        "is_own": pending and not board and found.proposal.prepared_by == request.actor.person_id,
        "who_may": others_who_are(request, Role.APPROVER) if pending and not decides and not board else "",
        "for_board": found.why_not if pending and board else "",
    }
