"""Messages both ways, questions to the applicant, and when an answer is expected."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from runde.engine.reference.api import date_text
from runde.grants.casework.api import Expected, InformationRequest, Message
from runde.web.components.fields import Field
from runde.web.officer.files import files_of
from runde.web.officer.opened import Facts, Opened
from runde.web.officer.openness import mark_of
from runde.web.staff import day_and_clock, new_key


def messages_part(opened: Opened) -> Facts:
    found, case, said = opened.following, opened.page.case, opened.said or QueryDict()
    names = opened.page.names_with(one.written_by for one in found.messages)
    message_fields, ask_fields = _message_fields(said), _ask_fields(said)
    return {
        "expected": expected_text(found.expected) if found.expected else "",
        "requests": [_request(one, opened) for one in found.requests],
        "messages": [_message(one, names, opened) for one in found.messages],
        "may_correspond": found.may_correspond,
        "may_ask": found.may_correspond and case.state == "open",
        "key": new_key(),
        "message_fields": message_fields,
        "ask_fields": ask_fields,
        "errors": [field for field in (*message_fields, *ask_fields) if field.error],
        "unread": opened.page.unread if found.may_correspond else 0,
        "read_url": reverse("case_read", args=[opened.slug, case.id]),
        "message_url": reverse("case_message", args=[opened.slug, case.id]),
        "ask_url": reverse("case_ask", args=[opened.slug, case.id]),
    }


def expected_text(expected: Expected) -> str:
    """ "Svar ventes innen 4. desember 2026. Åtte av ti av de 87 siste sakene ble avgjort så fort." """
    day = date_text(expected.date)
    basis = "Utlysningen lover svar da."
    if expected.basis == "throughput":
        basis = f"Åtte av ti av de {expected.of_how_many} siste sakene ble avgjort så fort."
    paused = ""
    if expected.paused_days:
        paused = f" Saken har ventet på søkeren i {expected.paused_days} dager."
    start = "Svaret er forsinket, det var ventet innen" if expected.is_overdue else "Svar ventes innen"
    return f"{start} {day}. {basis}{paused}"


def _message(one: Message, names: dict[UUID, str], opened: Opened) -> dict[str, Any]:
    return {
        "who": names.get(one.written_by, ""),
        "side": "Søkeren" if one.from_applicant else "Kommunen",
        "when": day_and_clock(one.sent_at) if one.sent_at else "",
        "text": one.text,
        "mark": mark_of(opened, "message", one.id),
        "is_new": one.from_applicant and one.read_at is None,
        "read": "" if one.from_applicant else _read(one),
        "files": files_of(opened.following.files.get(one.id, ()), opened.slug),
    }


def _read(one: Message) -> str:
    return f"Lest {day_and_clock(one.read_at)}" if one.read_at else "Ikke lest ennå"


def _request(one: InformationRequest, opened: Opened) -> dict[str, Any]:
    slug, case_id = opened.slug, opened.page.case.id
    state = "Venter på svar"
    if one.answered_at:
        state = f"Besvart {day_and_clock(one.answered_at)}"
    elif one.closed_at:
        state = f"Avsluttet {day_and_clock(one.closed_at)}"
    return {
        "text": one.text,
        "mark": mark_of(opened, "request", one.id),
        "due": date_text(one.due_date),
        "asked": day_and_clock(one.asked_at),
        "state": state,
        "close_url": reverse("case_close_request", args=[slug, case_id, one.id]) if one.is_open else "",
    }


def _message_fields(said: QueryDict) -> list[Field]:
    return [
        Field(
            "message",
            "Melding til søkeren",
            kind="textarea",
            rows=4,
            value=said.get("message", ""),
            error=said.get("message_error", ""),
            audience="applicant",
        ),
        Field("files", "Vedlegg", kind="file", multiple=True, optional=True, accept=".pdf,.jpg,.jpeg,.png"),
    ]


def _ask_fields(said: QueryDict) -> list[Field]:
    return [
        Field(
            "question",
            "Hva trenger dere å vite?",
            kind="textarea",
            rows=4,
            value=said.get("question", ""),
            error=said.get("question_error", ""),
            audience="applicant",
        ),
        Field(
            "due",
            "Svarfrist",
            kind="date",
            value=said.get("due", ""),
            error=said.get("due_error", ""),
            description="Skriv dag, måned og år, for eksempel 14.12.2026. Saken venter til søkeren har svart.",
        ),
    ]
