"""Who acts for whom, why, since when, and how it came about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model

from runde.foundation.people.models import ActingRequest, Invitation, Mandate, Person, RightsLook
from runde.foundation.trust.api import NotFound

from .acting import valid_on

Row = TypeVar("Row", bound=Model)
Source = Mandate.Source
STRONGEST = (Source.REGISTER_ROLE, Source.ALTINN, Source.APPROVED, Source.INVITED, Source.DECLARED)


def list_mandates(person: Person, *, on: date) -> list[Mandate]:
    """The standing mandates of a person, the strongest of each company first."""
    rows = Mandate.objects.filter(valid_on(on), person=person).select_related("person", "given_by")
    return sorted(rows, key=_strength)


def list_all_mandates(person: Person) -> list[Mandate]:
    """Everything a person has ever been let act for, ended or not, the oldest first."""
    rows = Mandate.objects.filter(person=person).select_related("person", "given_by", "ended_by")
    return list(rows.order_by("valid_from", "id"))


def list_people_of(organisation_number: str, *, on: date) -> list[Mandate]:
    """Everybody who acts for a company: each person once for each ground, by name and then the strongest first."""
    rows = Mandate.objects.filter(valid_on(on), organisation_number=organisation_number)
    found = rows.filter(person__is_active=True).select_related("person", "given_by")
    return sorted(found, key=lambda one: (one.person.name, _strength(one)))


def get_mandate(mandate_id: UUID, organisation_number: str) -> Mandate:
    """Raises NotFound."""
    rows = Mandate.objects.select_related("person").filter(id=mandate_id)
    return _found(rows.filter(organisation_number=organisation_number).first())


def list_open_invitations(organisation_number: str) -> list[Invitation]:
    rows = Invitation.objects.filter(organisation_number=organisation_number, answer="")
    return list(rows.select_related("invited_by").order_by("invited_at"))


def list_invitations_to(email: str, *, at: datetime) -> list[Invitation]:
    """What an address is invited to and may still answer."""
    rows = Invitation.objects.filter(email=email.lower(), answer="", expires_at__gt=at)
    return list(rows.select_related("invited_by").order_by("invited_at"))


def find_invitation(invitation_id: UUID) -> Invitation | None:
    return Invitation.objects.select_related("invited_by").filter(id=invitation_id).first()


def list_open_requests(organisation_number: str) -> list[ActingRequest]:
    rows = ActingRequest.objects.filter(organisation_number=organisation_number, answer="")
    return list(rows.select_related("person", "caretaker").order_by("asked_at"))


def list_requests_of(person: Person) -> list[ActingRequest]:
    """What a person has asked and has no answer to."""
    return list(ActingRequest.objects.filter(person=person, answer="").order_by("asked_at"))


def list_requests_to(caretaker_id: UUID) -> list[ActingRequest]:
    """Open requests about the companies a municipality looks after, oldest first."""
    rows = ActingRequest.objects.filter(caretaker_id=caretaker_id, answer="")
    return list(rows.select_related("person", "caretaker").order_by("asked_at"))


def get_request(request_id: UUID) -> ActingRequest:
    """Raises NotFound."""
    return _found(ActingRequest.objects.select_related("person", "caretaker").filter(id=request_id).first())


def list_vouched_signers(organisation_number: str, *, on: date) -> list[Person]:
    """Those who may let others act for the company."""
    mandates = list_people_of(organisation_number, on=on)
    wanted = [one for one in mandates if one.source != Source.DECLARED and one.scope == Mandate.Scope.ALL]
    return list({one.person_id: one.person for one in wanted}.values())


def was_ended_by_another(person: Person, organisation_number: str) -> bool:
    """Whether somebody else took the person's role in the company away, and none has been given since."""
    last = (
        Mandate.objects.filter(person=person, organisation_number=organisation_number).order_by("id").last()
    )
    return bool(last and last.ended_at and last.ended_by_id not in (None, person.id))


def find_rights_look(person: Person) -> RightsLook | None:
    return RightsLook.objects.filter(person=person).first()


ORDER = ("asked", "invited", "given", "refused", "declined", "called_back", "ended")


@dataclass(frozen=True, slots=True)
class PastActing:
    """One line of a company's history. `kind` is given, ended, invited, declined, called_back, asked or refused."""

    at: datetime | None
    day: date
    kind: str
    name: str
    by: str
    source: str = ""
    scope: str = ""


def list_acting_history(organisation_number: str) -> list[PastActing]:
    """Everything that has happened about who acts for a company, newest first. Nothing is ever taken out."""
    lines = [*_of_mandates(organisation_number), *_of_invitations(organisation_number)]
    lines += _of_requests(organisation_number)
    return sorted(lines, key=_newest_first, reverse=True)


def _of_mandates(number: str) -> Iterator[PastActing]:
    rows = Mandate.objects.filter(organisation_number=number).select_related("person", "given_by", "ended_by")
    for one in rows:
        by = one.given_by.name if one.given_by else ""
        yield PastActing(None, one.valid_from, "given", one.person.name, by, one.source, one.scope)
        if one.ended_at:
            by = one.ended_by.name if one.ended_by else ""
            yield PastActing(one.ended_at, one.ended_at.date(), "ended", one.person.name, by, one.source)


def _of_invitations(number: str) -> Iterator[PastActing]:
    for one in Invitation.objects.filter(organisation_number=number).select_related(
        "invited_by", "answered_by"
    ):
        by = one.invited_by.name
        yield PastActing(one.invited_at, one.invited_at.date(), "invited", one.email, by, scope=one.scope)
        if one.answered_at and one.answer != Invitation.Answer.ACCEPTED:
            by = one.answered_by.name if one.answered_by else ""
            yield PastActing(one.answered_at, one.answered_at.date(), one.answer, one.email, by)


def _of_requests(number: str) -> Iterator[PastActing]:
    for one in ActingRequest.objects.filter(organisation_number=number).select_related(
        "person", "answered_by"
    ):
        yield PastActing(one.asked_at, one.asked_at.date(), "asked", one.person.name, "")
        if one.answered_at and one.answer == ActingRequest.Answer.DECLINED:
            by = one.answered_by.name if one.answered_by else ""
            yield PastActing(one.answered_at, one.answered_at.date(), "refused", one.person.name, by)


def _newest_first(line: PastActing) -> tuple[date, int, float]:
    """Within a day in the order things follow from each other: a role has a day only."""
    return line.day, ORDER.index(line.kind), line.at.timestamp() if line.at else 0


def _strength(mandate: Mandate) -> tuple[int, UUID]:
    return STRONGEST.index(Source(mandate.source)), mandate.id


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotFound("Vi finner ikke dette.")
    return row
