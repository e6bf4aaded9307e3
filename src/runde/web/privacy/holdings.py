"""What is held about one person at one moment, gathered one municipality's fence at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from runde.foundation.notices.api import Notice, Subscription, list_notices_to, list_subscriptions
from runde.foundation.organisations.api import Organisation, list_tenants
from runde.foundation.people.api import (
    ActingRequest,
    Actor,
    Invitation,
    Mandate,
    Person,
    Role,
    get_actor,
    get_applicant,
    list_all_mandates,
    list_invitations_to,
    list_requests_of,
)
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application, list_of_person
from runde.grants.casework.api import OwnWords, list_own_words


@dataclass(frozen=True)
class InTenant:
    """What one municipality holds. `applications` are those the person began or was let into by name."""

    tenant: Organisation
    actor: Actor
    roles: tuple[Role, ...]
    applications: tuple[Application, ...]
    words: tuple[OwnWords, ...]
    notices: tuple[Notice, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.roles or self.applications or self.words or self.notices)


@dataclass(frozen=True)
class Holdings:
    """Everything, with the municipalities that hold nothing left out."""

    person: Person
    mandates: tuple[Mandate, ...]
    invitations: tuple[Invitation, ...]
    requests: tuple[ActingRequest, ...]
    subscriptions: tuple[Subscription, ...]
    places: tuple[InTenant, ...]


def holdings_of(person: Person, *, at: datetime, on: date) -> Holdings:
    places = [_in_tenant(person, tenant, on) for tenant in list_tenants()]
    return Holdings(
        person,
        tuple(list_all_mandates(person)),
        tuple(list_invitations_to(person.email, at=at)),
        tuple(list_requests_of(person)),
        tuple(list_subscriptions(person.email)),
        tuple(one for one in places if not one.is_empty),
    )


def _in_tenant(person: Person, tenant: Organisation, on: date) -> InTenant:
    with fence(tenant.id):
        actor = get_applicant(person, on=on)
        return InTenant(
            tenant,
            actor,
            tuple(sorted(get_actor(person, on=on).roles)),
            tuple(list_of_person(actor)),
            tuple(list_own_words(person.id)),
            tuple(list_notices_to(person.id, person.email)),
        )
