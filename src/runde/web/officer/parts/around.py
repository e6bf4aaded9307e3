"""What lies in the case: the application, its files and people, the documents, and what has happened."""

from __future__ import annotations

from runde.grants.casework.api import Following
from runde.web.components.facts import Fact
from runde.web.officer.case_words import answers_of, documents_list, history_of
from runde.web.officer.files import files_of
from runde.web.officer.opened import Facts, Opened

ROLES = {"fills_in": "Fyller ut", "signs": "Kan sende inn"}


def application_part(opened: Opened) -> Facts:
    return {"sections": [one for one in answers_of(opened.page) if one.answers]}


def documents_part(opened: Opened) -> Facts:
    return {"documents": documents_list(opened.page, opened.slug)}


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
    return {"files": files_of(found, opened.slug)} if found else None


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
