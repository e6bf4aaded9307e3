"""What the rules say, what is proposed, and what has been decided."""

from __future__ import annotations

from django.urls import reverse

from runde.foundation.people.api import Role
from runde.grants.casework.api import Case, CasePage
from runde.web.officer.access import must_declare
from runde.web.officer.case_words import decision_facts, proposal_facts
from runde.web.officer.opened import Facts, Opened
from runde.web.officer.weighing import weighing_fields
from runde.web.staff import new_key, others_who_are
from runde.web.verdicts import criteria_of, sum_rows


def decisions_part(opened: Opened) -> Facts | None:
    facts = decision_facts(opened.page)
    return {"facts": facts} if facts else None


def proposal_part(opened: Opened) -> Facts | None:
    """What waits for an approver."""
    line = opened.page.open_line
    if line is None:
        return None
    return {
        "facts": proposal_facts(opened.page),
        "url": reverse("proposal", args=[opened.slug, line.proposal_id]),
        "letter_url": letter_url(opened),
    }


def checks_part(opened: Opened) -> Facts:
    """What stands in the way in full; what is met behind one line."""
    every = criteria_of(opened.page.verdict, "nb")
    met = [one for one in every if one.verdict == "met"]
    whole = "Alle" if len(met) == len(every) else f"{len(met)} av"
    return {
        "open": [one for one in every if one.verdict != "met"],
        "met": met,
        "met_text": f"{whole} {len(every)} krav er oppfylt",
    }


def calculation_part(opened: Opened) -> Facts | None:
    rows = sum_rows(opened.page.verdict, "nb")
    return {"rows": rows} if rows else None


def weighing_part(opened: Opened) -> Facts | None:
    """The form that lays the case before an approver."""
    page, typed = opened.page, opened.typed
    if not page.may_propose:
        return None
    fields = weighing_fields(page, typed)
    return {
        "fields": fields,
        "errors": fields if typed and typed.errors else [],
        "url": reverse("propose_case", args=[opened.slug, page.case.id]),
        "letter_url": letter_url(opened),
        "approvers": others_who_are(opened.request, Role.APPROVER),
        "key": new_key(),
    }


def letter_url(opened: Opened) -> str:
    page = opened.page
    return reverse("letter_preview", args=[opened.slug, page.case.id]) if _has_preview(opened, page) else ""


def _has_preview(opened: Opened, page: CasePage) -> bool:
    """A letter can be shown before the decision when somebody has proposed, or the rules alone settle the case."""
    if page.case.state == Case.State.DECIDED or not must_declare(opened.request.actor):
        return False
    return page.open_line is not None or page.case.lane != "yellow"
