"""One case: should it have money, how much, and what stands in the way?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse

from runde.grants.casework.api import following, get_case, read_case, read_messages
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.access import READERS, declaration_of, must_declare
from runde.web.officer.case_parts import errors_in, parts_in
from runde.web.officer.case_words import heading_of, identity_facts, state_tag, word_text
from runde.web.officer.opened import Opened
from runde.web.officer.views.impartiality import closed_page, question_page
from runde.web.officer.weighing import Typed
from runde.web.staff import work_page

__all__ = ["Typed", "case_view", "show"]


@entrance(staff(*READERS))
def show(request: Request, case: UUID) -> HttpResponse:
    return case_view(request, case)


def case_view(
    request: Request, case_id: UUID, *, typed: Typed | None = None, said: QueryDict | None = None
) -> HttpResponse:
    """The page; with `typed` or `said` a form is shown again with what is to be mended."""
    case = get_case(case_id)
    declared = declaration_of(request.actor, case)
    if declared is not None and not declared.is_impartial:
        return closed_page(request, case, declared)
    if declared is None and must_declare(request.actor):
        return question_page(request, case)
    page = read_case(case_id=case_id, by=request.actor, at=request.at)
    found = following(page.case, by=request.actor, at=request.at)
    status = 422 if said or (typed and typed.errors) else 200
    facts = _facts(Opened(request, page, found, typed, said))
    if found.may_correspond:
        read_messages(case_id=case_id, by=request.actor, at=request.at, as_applicant=False)
    return work_page(request, "officer/case.html", facts, room="worklist", status=status)


def _facts(opened: Opened) -> dict[str, Any]:
    slug, page, case = opened.slug, opened.page, opened.page.case
    main, side = parts_in("main", opened), parts_in("side", opened)
    errors = errors_in([*main, *side])
    return {
        "h1": heading_of(page),
        "case_number": case.number,
        "back_url": reverse("worklist", args=[slug]),
        "back_text": "Saker",
        "company": page.application.company_name,
        "identity": identity_facts(page),
        "state": state_tag(page),
        "word": word_text(page.my_word),
        "may_propose": page.may_propose,
        "assign_url": reverse("assign_case", args=[slug, case.id]) if page.may_propose else "",
        "assigned_to": page.assigned_to,
        "is_mine": case.assigned_to == opened.request.actor.person_id,
        "interest_url": reverse("declare_impartiality", args=[slug, case.id]) if page.my_word else "",
        "main": main,
        "side": side,
        "errors": errors,
        "has_errors": bool(errors),
    }
