from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet, Value

from runde.foundation.people.models import Mandate, Person, Role, RoleGrant
from runde.foundation.people.permissions import Actor

OWN_WORD = Mandate.Source.DECLARED
Row = tuple[str, str, str]
"""Organisation number, source and scope of a mandate."""
NOBODYS = Value("")
"""Stands for the number and the scope where a row is a role."""


def get_actor(person: Person, *, on: date) -> Actor:
    """The person as actor in the open fence's tenant on a day. One statement: every page asks."""
    held = RoleGrant.objects.filter(_holds_on(on), person=person).values_list(NOBODYS, "role", NOBODYS)
    rows = list(held.union(_mandates(person, on), all=True))
    roles = frozenset(Role(role) for number, role, _ in rows if not number)
    return _actor(person, roles, [row for row in rows if row[0]], on)


def get_applicant(person: Person, *, on: date) -> Actor:
    """The person as actor without any role in a tenant: only the companies they act for."""
    return _actor(person, frozenset(), list(_mandates(person, on)), on)


def list_role_holders(role: Role, *, on: date) -> list[Person]:
    """Active people who hold the role in the open fence's tenant."""
    grants = RoleGrant.objects.filter(_holds_on(on), role=role, person__is_active=True).select_related(
        "person"
    )
    return sorted({grant.person for grant in grants}, key=lambda person: person.name)


def get_person(person_id: UUID) -> Person:
    return Person.objects.get(id=person_id)


def names_of(person_ids: set[UUID]) -> dict[UUID, str]:
    return dict(Person.objects.filter(id__in=person_ids).values_list("id", "name"))


def names_with_holders(
    person_ids: set[UUID], role: Role, *, on: date
) -> tuple[dict[UUID, str], frozenset[UUID]]:
    """The names of these people and of all who hold the role in the open fence's tenant, and who those are.

    One statement, for pages that need both.
    """
    asked = Person.objects.filter(id__in=person_ids).values_list("id", "name", Value(False))
    grants = RoleGrant.objects.filter(_holds_on(on), role=role, person__is_active=True)
    rows = list(asked.union(grants.values_list("person_id", "person__name", Value(True)), all=True))
    return {one: name for one, name, _ in rows}, frozenset(one for one, _, holds in rows if holds)


def valid_on(on: date) -> Q:
    """Mandates that stand on a day and that nobody has ended."""
    return _holds_on(on) & Q(ended_at__isnull=True)


def has_vouched_signer(organisation_number: str, *, on: date) -> bool:
    """Whether somebody vouched for may let others act for the company."""
    signers = Mandate.objects.filter(
        valid_on(on), organisation_number=organisation_number, scope=Mandate.Scope.ALL, person__is_active=True
    )
    return signers.exclude(source=OWN_WORD).exists()


def _mandates(person: Person, on: date) -> QuerySet[Mandate, Row]:
    mandates = Mandate.objects.filter(valid_on(on), person=person)
    return mandates.values_list("organisation_number", "source", "scope")


def _actor(person: Person, roles: frozenset[Role], rows: list[Row], on: date) -> Actor:
    return Actor(
        person_id=person.id,
        name=person.name,
        roles=roles,
        companies=frozenset(number for number, _, _ in rows),
        vouched=frozenset(number for number, source, _ in rows if source != OWN_WORD),
        fills_in=_only_filling_in(rows),
        on=on,
    )


def _only_filling_in(rows: list[Row]) -> frozenset[str]:
    """Where others have vouched for filling in alone: one's own word does not widen what they said."""
    vouched = {number for number, source, _ in rows if source != OWN_WORD}
    signing = {
        number
        for number, source, scope in rows
        if scope == Mandate.Scope.ALL and (source != OWN_WORD or number not in vouched)
    }
    return frozenset(number for number, _, _ in rows) - signing


def _holds_on(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
