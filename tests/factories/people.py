from __future__ import annotations

from datetime import date, datetime

import factory
from factory.django import DjangoModelFactory

from runde.foundation.people.api import Actor, Mandate, Person, Role, get_actor, give_mandate, grant_role

_FROM = date(2020, 1, 1)


class PersonFactory(DjangoModelFactory[Person]):
    """A fictitious person who cannot sign in (no password)."""

    class Meta:
        model = Person

    name = factory.Sequence(lambda number: f"Person {number}")
    email = factory.Sequence(lambda number: f"person{number}@example.no")
    password = "!"


def an_actor(*roles: Role, at: datetime, person: Person | None = None) -> Actor:
    """A person with these roles in the open fence's tenant."""
    person = person or PersonFactory.create()
    for role in roles:
        grant_role(person=person, role=role, valid_from=_FROM, by=None, at=at)
    return get_actor(person, on=at.date())


def an_applicant(*organisation_numbers: str, at: datetime, person: Person | None = None) -> Actor:
    """A person who acts for these companies and has no role in the tenant."""
    person = person or PersonFactory.create()
    for number in organisation_numbers:
        give_mandate(
            person=person, organisation_number=number, source=Mandate.Source.REGISTER_ROLE, valid_from=_FROM
        )
    return get_actor(person, on=at.date())
