"""What is said and done after sending, in the words and rows of the officer's case page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import date_text
from runde.foundation.documents.api import Attachment
from runde.foundation.people.api import names_of
from runde.grants.applications.api import Application
from runde.grants.casework.api import Appeal, CasePage, Expected, Following
from runde.web.components.facts import Fact
from runde.web.components.fields import Choice, Field
from runde.web.entrance import Request
from runde.web.staff import day_and_clock, new_key

FILE_STATES = {
    "received": "Ikke kontrollert ennå",
    "checked": "Ikke kontrollert for virus ennå",
    "scanned": "Kontrollert for virus",
    "refused": "Avvist",
    "infected": "Inneholder virus",
}
ROLES = {"fills_in": "Fyller ut", "signs": "Kan sende inn"}


def talk_of(
    request: Request, page: CasePage, found: Following, posted: QueryDict | None = None
) -> dict[str, Any]:
    """Everything the part of the page below the weighing needs."""
    slug, case = request.tenant.slug, page.case
    names = names_of({one.written_by for one in found.messages} | {one.written_by for one in found.appeals})
    return {
        "expected": expected_text(found.expected) if found.expected else "",
        "requests": [_request(one, slug, case.id) for one in found.requests],
        "messages": [
            {
                "who": names.get(one.written_by, ""),
                "side": "Søkeren" if one.from_applicant else "Kommunen",
                "when": day_and_clock(one.sent_at) if one.sent_at else "",
                "text": one.text,
                "is_new": one.from_applicant and one.read_at is None,
                "read": _read(one.read_at) if not one.from_applicant else "",
                "files": files_of(found.files.get(one.id, ()), slug),
            }
            for one in found.messages
        ],
        "appeals": [_appeal(one, found, slug) for one in found.appeals],
        "disputes": disputes_of(page.application),
        "participants": _participants(found),
        "attachments": files_of(found.files.get(page.application.id, ()), slug),
        "aftermath": _aftermath(page, found),
        "may_correspond": found.may_correspond,
        "may_ask": found.may_correspond and case.state == "open",
        "may_lapse": found.may_correspond and _may_lapse(page, found, timezone.localdate(request.at)),
        "key": new_key(),
        **_fields(posted),
        "urls": {
            "message": reverse("case_message", args=[slug, case.id]),
            "ask": reverse("case_ask", args=[slug, case.id]),
            "lapse": reverse("case_lapse", args=[slug, case.id]),
        },
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


def files_of(files: tuple[Attachment, ...], slug: str) -> list[dict[str, str]]:
    """Each file with how far its control has come; what may not be served has no address."""
    return [
        {
            "name": one.name,
            "state": FILE_STATES[one.state],
            "url": reverse("attachment", args=[slug, one.id]) if one.state in ("checked", "scanned") else "",
        }
        for one in files
    ]


def disputes_of(application: Application) -> list[Fact]:
    """What the applicant says is wrong in the register."""
    return [
        Fact(
            fact.replace("_", " "),
            str(one.get("comment", "")),
            source=f"Registeret sier {one.get('said', '')}",
        )
        for fact, one in application.disputes.items()
    ]


def _request(one: Any, slug: str, case_id: UUID) -> dict[str, Any]:
    state = "Venter på svar"
    if one.answered_at:
        state = f"Besvart {day_and_clock(one.answered_at)}"
    elif one.closed_at:
        state = f"Avsluttet {day_and_clock(one.closed_at)}"
    return {
        "text": one.text,
        "due": date_text(one.due_date),
        "asked": day_and_clock(one.asked_at),
        "state": state,
        "close_url": reverse("case_close_request", args=[slug, case_id, one.id]) if one.is_open else "",
    }


def _appeal(one: Appeal, found: Following, slug: str) -> dict[str, Any]:
    last = f"Siste dag var {date_text(one.last_date)}." if one.last_date else ""
    return {
        "when": day_and_clock(one.sent_at) if one.sent_at else "",
        "timing": f"Kom etter fristen. {last}" if one.is_late else f"Kom i tide. {last}",
        "text": one.text,
        "files": files_of(found.files.get(one.id, ()), slug),
        "result": one.get_result_display() if one.result else "",
        "result_text": one.result_text,
        "settle_url": "" if one.settled_at else reverse("settle_appeal", args=[slug, one.id]),
        "fields": _settle_fields(one),
    }


def _settle_fields(one: Appeal) -> list[Field]:
    choices = tuple(Choice(value, label) for value, label in Appeal.Result.choices)
    return [
        Field(
            "result",
            "Hva har dere kommet til?",
            kind="radios",
            choices=choices,
            html_id=f"id_result_{one.id}",
        ),
        Field(
            "text", "Forklar med egne ord", kind="textarea", html_id=f"id_text_{one.id}", audience="applicant"
        ),
    ]


def _participants(found: Following) -> list[dict[str, str]]:
    return [
        {
            "who": one.email,
            "role": ROLES.get(one.role, one.role),
            "state": "Sluttet" if one.ended_at else "Med" if one.accepted_at else "Invitert",
        }
        for one in found.participants
    ]


def _aftermath(page: CasePage, found: Following) -> list[Fact]:
    """Whether the decision in force is read and accepted."""
    if not page.decisions:
        return []
    decision = page.decisions[0]
    reading, answer = found.readings.get(decision.id), found.acceptances.get(decision.id)
    facts = [Fact("Lest av søkeren", day_and_clock(reading.read_at) if reading else "Ikke bekreftet ennå")]
    if answer:
        facts.append(
            Fact(
                "Vilkårene",
                answer.get_answer_display(),
                source=answer.reason or day_and_clock(answer.answered_at),
            )
        )
    elif decision.accept_by_date:
        facts.append(Fact("Vilkårene", f"Må godtas innen {date_text(decision.accept_by_date)}"))
    return facts


def _may_lapse(page: CasePage, found: Following, today: Any) -> bool:
    if not page.decisions or page.decisions[0].id in found.acceptances:
        return False
    last = page.decisions[0].accept_by_date
    return last is not None and today > last


def _read(at: Any) -> str:
    return f"Lest {day_and_clock(at)}" if at else "Ikke lest ennå"


def _fields(posted: QueryDict | None) -> dict[str, Any]:
    said = posted or QueryDict()
    return {
        "message_fields": [
            Field(
                "message",
                "Melding til søkeren",
                kind="textarea",
                rows=4,
                value=said.get("message", ""),
                error=said.get("message_error", ""),
                audience="applicant",
            ),
            Field(
                "files", "Vedlegg", kind="file", multiple=True, optional=True, accept=".pdf,.jpg,.jpeg,.png"
            ),
        ],
        "ask_fields": [
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
        ],
        "lapse_fields": [
            Field(
                "reason",
                "Hvorfor faller tilskuddet bort?",
                kind="textarea",
                rows=3,
                value=said.get("reason", ""),
                error=said.get("reason_error", ""),
            )
        ],
    }
