from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from runde.foundation.journal.api import record
from runde.foundation.organisations.api import Organisation

from .models import Mandate, Person, Role, RoleGrant


def register_person(
    *,
    email: str,
    name: str,
    password: str | None = None,
    home_tenant: Organisation | None = None,
    language: str = "nb",
) -> Person:
    """Make an account, or give the one with this address unchanged except for its name and home."""
    person = Person.objects.filter(email=email.lower()).first()
    if person is None:
        return Person.objects.create_user(
            email, password, name=name, home_tenant=home_tenant, language=language
        )
    person.name, person.home_tenant = name, home_tenant
    person.save(update_fields=["name", "home_tenant"])
    return person


def grant_role(*, person: Person, role: Role, valid_from: date, by: UUID | None, at: datetime) -> None:
    """Give a role in the open fence's tenant; harmless when already given."""
    _, new = RoleGrant.objects.get_or_create(person=person, role=role, valid_from=valid_from)
    if new:
        record(
            action="people.role_granted",
            subject_kind="person",
            subject_id=person.id,
            by=by,
            at=at,
            role=role.value,
        )


def give_mandate(
    *, person: Person, organisation_number: str, source: Mandate.Source, valid_from: date, evidence: str = ""
) -> Mandate:
    """Let a person act for a company from a day; harmless when already given."""
    mandate, _ = Mandate.objects.get_or_create(
        person=person,
        organisation_number=organisation_number,
        valid_from=valid_from,
        defaults={"source": source, "evidence": evidence},
    )
    return mandate
