from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from runde.foundation.people.models import Mandate, Person, Role, RoleGrant
from runde.foundation.people.permissions import Actor


def get_actor(person: Person, *, on: date) -> Actor:
    """The person as actor in the open fence's tenant on a day."""
    held = RoleGrant.objects.filter(_valid(on), person=person).values_list("role", flat=True)
    return _actor(person, frozenset(Role(role) for role in held), on)


def get_applicant(person: Person, *, on: date) -> Actor:
    """The person as actor without any role in a tenant: only the companies they act for."""
    return _actor(person, frozenset(), on)


def list_role_holders(role: Role, *, on: date) -> list[Person]:
    """Active people who hold the role in the open fence's tenant."""
    grants = RoleGrant.objects.filter(_valid(on), role=role, person__is_active=True).select_related("person")
    return sorted({grant.person for grant in grants}, key=lambda person: person.name)


def get_person(person_id: UUID) -> Person:
    return Person.objects.get(id=person_id)


def names_of(person_ids: set[UUID]) -> dict[UUID, str]:
    return dict(Person.objects.filter(id__in=person_ids).values_list("id", "name"))


def _actor(person: Person, roles: frozenset[Role], on: date) -> Actor:
    rows = Mandate.objects.filter(_valid(on), person=person).values_list("organisation_number", "source")
    mandates = list(rows)
    return Actor(
        person_id=person.id,
        name=person.name,
        roles=roles,
        companies=frozenset(number for number, _ in mandates),
        vouched=frozenset(number for number, source in mandates if source != Mandate.Source.DECLARED),
        on=on,
    )


def _valid(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
