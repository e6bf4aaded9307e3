from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password

from runde.foundation.journal.api import record
from runde.foundation.organisations.api import Organisation
from runde.foundation.people.models import Person, Role, RoleGrant


def register_person(
    *,
    email: str,
    name: str,
    hashed_password: str | None = None,
    home_tenant: Organisation | None = None,
    language: str = "nb",
) -> Person:
    """Make an account, or give the one with this address unchanged except for its name and home.

    `hashed_password` as Django's `make_password` gives it; without one the person signs in some other way.
    """
    defaults = {"name": name, "home_tenant": home_tenant}
    first = {"password": hashed_password or make_password(None), "language": language}
    person, _ = Person.objects.update_or_create(
        email=email.lower(), defaults=defaults, create_defaults=defaults | first
    )
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
