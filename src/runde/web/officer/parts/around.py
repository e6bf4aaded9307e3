"""What lies in the case: the application, its files and people, the documents, and what has happened."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from runde.grants.casework.api import Following
from runde.web.components.facts import Fact
from runde.web.officer.case_words import answers_of, documents_list, history_of
from runde.web.officer.files import files_of
from runde.web.officer.opened import Facts, Opened
from runde.web.officer.openness import mark_of

ROLES = {"fills_in": "Fyller ut", "signs": "Kan sende inn"}


def application_part(opened: Opened) -> Facts:
    """The answers; those that are exempt from the public carry their ground."""
    sections = [
        {"title": one.title, "answers": [_answer(opened, each) for each in one.answers]}
        for one in answers_of(opened.page)
        if one.answers
    ]
    return {"sections": sections}


def _answer(opened: Opened, one: Any) -> dict[str, Any]:
    mark = mark_of(opened, "answer", one.slug, is_personal=one.is_personal)
    return {"label": one.label, "text": one.text, "mark": mark if mark["who"] == "exempt" else None}


def documents_part(opened: Opened) -> Facts:
    """What the system has made. The applicant sees all of it unless it is exempt."""
    page = opened.page
    marks = {str(one.id): mark_of(opened, "document", one.document_id) for one in page.documents}
    return {
        "documents": [{**one, "mark": marks[one["id"]]} for one in documents_list(page, opened.slug)],
        "openness_url": reverse("case_openness", args=[opened.slug, page.case.id]) if page.may_note else "",
    }


def prints_part(opened: Opened) -> Facts:
    case = opened.page.case
    as_of = f"?per={opened.per}" if opened.per else ""
    return {
        "whole_url": reverse("case_print", args=[opened.slug, case.id]) + as_of,
        "party_url": reverse("case_print_party", args=[opened.slug, case.id]) + as_of,
    }


def history_part(opened: Opened) -> Facts:
    return {"moments": history_of(opened.page)}


def disputes_part(opened: Opened) -> Facts | None:
    """What the applicant says is wrong in the register."""
    disputes = opened.page.application.disputes
    facts = [
        Fact(
            fact.replace("_", " "),
            str(one.get("comment", "")),
            source=f"Registeret sier {one.get('said', '')}",
        )
        for fact, one in disputes.items()
    ]
    return {"facts": facts} if facts else None


def attachments_part(opened: Opened) -> Facts | None:
    found = opened.following.files.get(opened.page.application.id, ())
    if not found:
        return None
    marks = [mark_of(opened, "attachment", one.id) for one in found]
    files = files_of(found, opened.slug)
    return {"files": [{**one, "mark": mark} for one, mark in zip(files, marks, strict=True)]}


def participants_part(opened: Opened) -> Facts | None:
    people = _participants(opened.following)
    return {"people": people} if people else None


def _participants(found: Following) -> list[dict[str, str]]:
    return [
        {
            "who": one.email,
            "role": ROLES.get(one.role, one.role),
            "state": "Sluttet" if one.ended_at else "Med" if one.accepted_at else "Invitert",
        }
        for one in found.participants
    ]
