"""The case on paper: all of it for the municipality, and what the party may see."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from runde.web.entrance import Request, entrance, staff
from runde.web.officer.access import READERS
from runde.web.officer.printed import for_the_party, printed_whole
from runde.web.officer.views.cases import opened_case
from runde.web.staff import day_and_clock, work_page


@require_GET
@entrance(staff(*READERS))
def whole(request: Request, case: UUID) -> HttpResponse:
    return _printed(request, case, is_party=False)


@require_GET
@entrance(staff(*READERS))
def party(request: Request, case: UUID) -> HttpResponse:
    return _printed(request, case, is_party=True)


def _printed(request: Request, case: UUID, *, is_party: bool) -> HttpResponse:
    opened = opened_case(request, case)
    if isinstance(opened, HttpResponse):
        return opened
    number, name = opened.page.case.number, opened.page.application.company_name
    as_of = f" Slik saken var {opened.per}." if opened.per else ""
    made = f"Skrevet ut {day_and_clock(request.at)}.{as_of}"
    facts = {
        "h1": f"{'Innsynsutskrift' if is_party else 'Saksutskrift'}, sak {number}, {name}",
        "lead": made,
        "back_url": f"../dokumenter/{f'?per={opened.per}' if opened.per else ''}",
        "back_text": "Dokumenter",
        "is_party": is_party,
        "sections": for_the_party(opened) if is_party else printed_whole(opened),
    }
    return work_page(request, "officer/case_print.html", facts, room="worklist")
