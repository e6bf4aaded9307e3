"""Two people in one application: inviting, joining and leaving. Who has taken part stays written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import Language, date_text
from runde.foundation.journal.api import record
from runde.foundation.notices.api import queue_notice
from runde.foundation.people.api import Actor, authorise, link_address, make_link, withdraw_links
from runde.foundation.trust.api import Conflict
from runde.grants.schemes.api import scheme_name

from ..models import Application, Participant
from ..queries.participants import held_participant

Role = Participant.Role
PURPOSE = "join_application"
LINK_LASTS = timedelta(days=14)
SUBJECT: Mapping[str, str] = {
    "nb": "{inviter} ber deg hjelpe med en søknad",
    "nn": "{inviter} ber deg hjelpe med ein søknad",
    "en": "{inviter} asks you to help with an application",
}
BODY: Mapping[str, str] = {
    "nb": (
        "{inviter} søker om «{scheme}» for {company} og ber deg {task}.\n\n"
        "Åpne søknaden: {link}\n\nLenken virker til {until}. "
        "Har du ikke fått denne meldingen fra noen du kjenner, kan du se bort fra den."
    ),
    "nn": (
        "{inviter} søkjer om «{scheme}» for {company} og ber deg {task}.\n\n"
        "Opne søknaden: {link}\n\nLenkja verkar til {until}. "
        "Har du ikkje fått denne meldinga frå nokon du kjenner, kan du sjå bort frå henne."
    ),
    "en": (
        "{inviter} is applying for “{scheme}” for {company} and asks you to {task}.\n\n"
        "Open the application: {link}\n\nThe link works until {until}. "
        "If this did not come from somebody you know, you can ignore it."
    ),
}
TASKS: Mapping[str, Mapping[str, str]] = {
    Role.FILLS_IN: {"nb": "fylle ut", "nn": "fylle ut", "en": "fill it in"},
    Role.SIGNS: {
        "nb": "fylle ut og sende inn",
        "nn": "fylle ut og sende inn",
        "en": "fill it in and send it",
    },
}


@transaction.atomic
def invite_participant(
    *, application: Application, email: str, role: str, by: Actor, at: datetime
) -> Participant:
    """Ask somebody to take part in this one application, by mail with a link that lasts 14 days.

    Role "fills_in" may change answers, "signs" may also send. Raises NotAllowed, AddressRefused, and Conflict when
    the address is invited already.
    """
    authorise(by, "applications.invite", application)
    address = email.strip().lower()
    if Participant.objects.filter(application=application, email=address, ended_at=None).exists():
        raise Conflict(f"{address} er allerede invitert til søknaden.")
    participant = Participant.objects.create(
        application=application,
        email=address,
        role=Role(role),
        invited_by=by.person_id,
        invited_at=at,
    )
    _send_link(participant, application, by=by, at=at)
    _record("applications.participant_invited", participant, by=by, at=at, role=participant.role)
    return participant


@transaction.atomic
def accept_participation(*, participant: Participant, by: Actor, at: datetime) -> Participant:
    """Take part, as the person who is signed in. The page has opened the link of the invitation.

    Accepting again changes nothing. Raises Conflict when the invitation is ended or is somebody else's by now.
    """
    current = held_participant(participant.id)
    if current.ended_at is not None:
        raise Conflict("Invitasjonen gjelder ikke lenger. Be om en ny.")
    if current.accepted_at is not None:
        if current.person_id != by.person_id:
            raise Conflict("Invitasjonen er allerede brukt av en annen. Be om en ny.")
        return current
    current.person_id, current.accepted_at = by.person_id, at
    current.save(update_fields=["person_id", "accepted_at"])
    _record("applications.participant_joined", current, by=by, at=at, role=current.role)
    return current


@transaction.atomic
def end_participation(*, participant: Participant, by: Actor, at: datetime) -> Participant:
    """Let somebody take part no longer, or leave oneself. What they wrote stays. Ending again changes nothing."""
    current = held_participant(participant.id)
    if current.person_id != by.person_id:
        authorise(by, "applications.invite", current.application)
    if current.ended_at is not None:
        return current
    current.ended_at, current.ended_by = at, by.person_id
    current.save(update_fields=["ended_at", "ended_by"])
    withdraw_links(purpose=PURPOSE, subject_id=current.id, at=at)
    _record("applications.participant_ended", current, by=by, at=at)
    return current


def _send_link(participant: Participant, application: Application, *, by: Actor, at: datetime) -> None:
    language: Language = application.language  # type: ignore[assignment]
    until = at + LINK_LASTS
    token = make_link(
        purpose=PURPOSE,
        subject_id=participant.id,
        tenant_id=application.tenant_id,
        email=participant.email,
        language=language,
        expires_at=until,
        at=at,
    )
    fill = {
        "inviter": by.name,
        "scheme": scheme_name(application.scheme_version, language),
        "company": application.company_name,
        "task": TASKS[participant.role][language],
        "link": link_address(token),
        "until": date_text(timezone.localdate(until), language),
    }
    queue_notice(
        key=f"participant_invited:{participant.id}",
        language=language,
        subject=SUBJECT[language].format_map(fill),
        body=BODY[language].format_map(fill),
        subject_kind="application",
        subject_id=application.id,
        email=participant.email,
        at=at,
    )


def _record(action: str, participant: Participant, *, by: Actor, at: datetime, **facts: str) -> None:
    record(
        action=action,
        subject_kind="application",
        subject_id=participant.application_id,
        by=by.person_id,
        at=at,
        participant=participant.id,
        **facts,
    )
