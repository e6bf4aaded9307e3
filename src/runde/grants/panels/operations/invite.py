from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from runde.foundation.journal.api import record
from runde.foundation.notices.api import queue_notices
from runde.foundation.people.api import Actor, Person, Role, authorise, get_actor, grant_role, register_person
from runde.foundation.trust.api import NotFound, Refused

from ..errors import WrongStage
from ..models import Assessor, Assignment, Panel
from ..queries.panels import active_assessors, lock_panel
from .assigning import give_out, open_if_all_in
from .telling import invitation

STAFF = (Role.OFFICER, Role.APPROVER, Role.SCHEME_MANAGER, Role.ASSESSOR)


def invite_assessor(*, panel_id: UUID, email: str, name: str, by: Actor, at: datetime) -> Assessor:
    """Invite a person by mail address: one with an account here, or a new one from outside, who gets the role assessor
    in this municipality and sees nothing but their own panels.

    An invited person gets a mail. While the scoring runs the new assessor gets their cases at once. Raises NotAllowed,
    Refused for an address that is none, WrongStage once the scores are opened.
    """
    authorise(by, "panels.lead")
    _refuse_address(email)
    with transaction.atomic():
        panel = lock_panel(panel_id)
        if panel.state == Panel.State.OPENED:
            raise WrongStage("Poengene er åpnet. Nye kan ikke komme med nå.")
        person = _person(email.strip().lower(), name.strip())
        if any(one.person_id == person.id for one in active_assessors(panel)):
            raise Refused(f"{person.name} er allerede invitert.")
        _let_in(person, by, at)
        assessor = Assessor.objects.create(
            panel=panel, person_id=person.id, invited_by=by.person_id, invited_at=at
        )
        if panel.state == Panel.State.SCORING:
            give_out(panel)
        _tell("panels.invited", panel, assessor, by, at)
        queue_notices([invitation(panel, assessor, by.name)], at=at)
    return assessor


def remove_assessor(*, assessor_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Somebody is no longer in the panel. What they have handed in still counts; their other cases go to others.

    Raises NotAllowed, WrongStage once the scores are opened, Refused without a reason.
    """
    authorise(by, "panels.lead")
    if not reason.strip():
        raise Refused("Skriv hvorfor hen ikke er med lenger.")
    with transaction.atomic():
        found = Assessor.objects.filter(id=assessor_id, left_at__isnull=True).first()
        if found is None:
            raise NotFound("Vi finner ikke personen i panelet. Last siden på nytt.")
        panel = lock_panel(found.panel_id)
        if panel.state == Panel.State.OPENED:
            raise WrongStage("Poengene er åpnet. Panelet kan ikke endres nå.")
        found.left_at, found.left_why = at, reason.strip()[:500]
        found.save(update_fields=["left_at", "left_why"])
        Assignment.objects.filter(assessor=found, end="", sheets__isnull=True).update(
            end=Assignment.End.LEFT, ended_at=at
        )
        if panel.state == Panel.State.SCORING:
            give_out(panel)
            open_if_all_in(panel, by, at)
        _tell("panels.removed", panel, found, by, at)


def _refuse_address(email: str) -> None:
    try:
        validate_email(email.strip())
    except ValidationError:
        raise Refused("Skriv e-postadressen slik: navn@eksempel.no.") from None


def _person(email: str, name: str) -> Person:
    found = Person.objects.filter(email=email).first()
    if found:
        return found
    if not name:
        raise Refused("Skriv navnet også. Vi kjenner ikke adressen fra før.")
    return register_person(email=email, name=name)


def _let_in(person: Person, by: Actor, at: datetime) -> None:
    today = timezone.localdate(at)
    if not get_actor(person, on=today).holds(*STAFF):
        grant_role(person=person, role=Role.ASSESSOR, valid_from=today, by=by.person_id, at=at)


def _tell(action: str, panel: Panel, assessor: Assessor, by: Actor, at: datetime) -> None:
    record(
        action=action,
        subject_kind="panel",
        subject_id=panel.id,
        by=by.person_id,
        at=at,
        person=assessor.person_id,
        reason=assessor.left_why,
    )
