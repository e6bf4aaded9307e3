"""How far a large batch has come on its way to an approver: counted, and harmless to leave."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from runde.engine.reference.api import number_text
from runde.foundation.people.api import Role
from runde.grants.casework.api import BatchOrder, cases_with_applications, get_batch_order
from runde.grants.schemes.api import list_calls
from runde.web.components.tables import Table
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.calls import page_url
from runde.web.officer.proposed import apart_table
from runde.web.staff import count_text, work_page

READERS = (Role.OFFICER, Role.APPROVER, Role.SCHEME_MANAGER, Role.AUDITOR)
LISTED = 50  # of what is left out; the rest is counted


@entrance(staff(*READERS))
def show(request: Request, order: UUID) -> HttpResponse:
    found = get_batch_order(order, by=request.actor)
    if request.htmx:
        return render(request, "officer/_sending.html", _counted(request, found))
    facts = {
        "h1": _heading(found),
        "lead": "" if found.ended_at else "Du kan gå fra siden. Sakene blir sendt likevel, og du får e-post.",
        "back_url": _worklist(request, found),
        "back_text": "Saker",
        **_counted(request, found),
    }
    return work_page(request, "officer/sending.html", facts, room="worklist")


def _heading(order: BatchOrder) -> str:
    if not order.ended_at:
        return f"Vi sender {count_text(len(order.case_ids), 'sak', 'saker')} til godkjenning"
    sent = len(order.case_ids) - len(order.apart)
    if order.proposal_id is None:
        return "Sakene ble ikke sendt til godkjenning"
    return f"{count_text(sent, 'sak er', 'saker er')} sendt til godkjenning"


def _counted(request: Request, order: BatchOrder) -> dict[str, object]:
    slug, total = request.tenant.slug, len(order.case_ids)
    return {
        "order": order,
        "total": total,
        "all_looked": order.looked == total,
        "count_text": f"{number_text(order.looked)} av {number_text(total)} saker er sett over",
        "here": reverse("sending", args=[slug, order.id]),
        "proposal_url": reverse("proposal", args=[slug, order.proposal_id]) if order.proposal_id else "",
        "worklist_url": _worklist(request, order),
        "left_out": _left_table(order.apart, slug) if order.apart and order.ended_at else None,
        "left_out_text": f"{count_text(len(order.apart), 'sak', 'saker')} ble ikke med",
        "left_out_more": f"Og {number_text(len(order.apart) - LISTED)} til."
        if len(order.apart) > LISTED
        else "",
        "tenant": request.tenant,
    }


def _left_table(apart: Sequence[dict[str, str]], slug: str) -> Table:
    shown = apart[:LISTED]
    cases = cases_with_applications([UUID(one["case_id"]) for one in shown])
    names = {str(case.id): case.company_name for case in cases}
    return apart_table([{**one, "name": names[one["case_id"]]} for one in shown], slug)


def _worklist(request: Request, order: BatchOrder) -> str:
    call = next(one for one in list_calls() if one.id == order.call_id)
    return page_url("worklist", request.tenant.slug, call)
