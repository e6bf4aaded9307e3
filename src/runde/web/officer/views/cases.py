"""One case: should it have money, how much, and what stands in the way?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse

from runde.foundation.people.api import Role
from runde.grants.casework.api import Case, CasePage, following, get_case, read_case, read_messages
from runde.web.components.facts import SumRow
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.access import READERS, declaration_of, must_declare
from runde.web.officer.case_words import (
    answers_of,
    decision_facts,
    documents_list,
    heading_of,
    history_of,
    identity_facts,
    proposal_facts,
    state_tag,
    word_text,
)
from runde.web.officer.following import talk_of
from runde.web.officer.views.impartiality import closed_page, question_page
from runde.web.officer.weighing import Typed, weighing_fields
from runde.web.staff import new_key, others_who_are, work_page
from runde.web.verdicts import criteria_of, sum_rows

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
    status = 422 if said or (typed and typed.errors) else 200
    talk = talk_of(request, page, following(page.case, by=request.actor, at=request.at), said)
    if talk["may_correspond"]:
        read_messages(case_id=case_id, by=request.actor, at=request.at, as_applicant=False)
    return work_page(
        request,
        "officer/case.html",
        {**_facts(request, page, typed), "talk": talk},
        room="worklist",
        status=status,
    )


def _facts(request: Request, page: CasePage, typed: Typed | None) -> dict[str, Any]:
    slug, case = request.tenant.slug, page.case
    fields = weighing_fields(page, typed) if page.may_propose else []
    rows = sum_rows(page.verdict, "nb")
    return {
        "h1": heading_of(page),
        "case_number": case.number,
        "back_url": reverse("worklist", args=[slug]),
        "back_text": "Saker",
        "case": case,
        "company": page.application.company_name,
        "identity": identity_facts(page),
        "state": state_tag(page),
        "word": word_text(page.my_word),
        "assign_url": reverse("assign_case", args=[slug, case.id]) if page.may_propose else "",
        "assigned_to": page.assigned_to,
        "is_mine": case.assigned_to == request.actor.person_id,
        "interest_url": reverse("declare_impartiality", args=[slug, case.id]) if page.my_word else "",
        **_criteria(page),
        "rows": rows,
        "amount_row": next((row for row in rows if row.result), SumRow("", "")),
        "decisions": decision_facts(page),
        "proposal": proposal_facts(page),
        "proposal_url": reverse("proposal", args=[slug, page.open_line.proposal_id])
        if page.open_line
        else "",
        "fields": fields,
        "errors": fields if typed and typed.errors else [],
        "has_errors": bool(typed and typed.errors),
        "propose_url": reverse("propose_case", args=[slug, case.id]),
        "letter_url": reverse("letter_preview", args=[slug, case.id]) if _has_preview(request, page) else "",
        "approvers": others_who_are(request, Role.APPROVER) if page.may_propose else "",
        "sections": answers_of(page),
        "documents": documents_list(page, slug),
        "history": history_of(page),
        "key": new_key(),
    }


def _criteria(page: CasePage) -> dict[str, Any]:
    """What stands in the way in full; what is met behind one line."""
    every = criteria_of(page.verdict, "nb")
    met = [one for one in every if one.verdict == "met"]
    whole = "Alle" if len(met) == len(every) else f"{len(met)} av"
    return {
        "open_criteria": [one for one in every if one.verdict != "met"],
        "met_criteria": met,
        "met_text": f"{whole} {len(every)} krav er oppfylt",
    }


def _has_preview(request: Request, page: CasePage) -> bool:
    """A letter can be shown before the decision when somebody has proposed, or the rules alone settle the case."""
    if page.case.state == Case.State.DECIDED or not must_declare(request.actor):
        return False
    return page.open_line is not None or page.case.lane != "yellow"
