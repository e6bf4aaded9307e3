"""The demo's region: real municipalities by name and number, fictitious people, numbers from the test range."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.contrib.auth.hashers import make_password

from runde.foundation.organisations.api import Kind, Organisation, register_organisation
from runde.foundation.people.api import Mandate, Person, Role, give_mandate, grant_role, register_person
from runde.foundation.trust.api import fence

PASSWORD = "rundt-bordet-2026"  # noqa: S105 - the demo's own, shown on its sign-in page; never used elsewhere
DOMAIN = "runde.example"


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality in the demo; `subregion` as the region's own cooperation names it."""

    name: str
    slug: str
    number: str
    organisation_number: str
    subregion: str


TOWNS = (
    Town("Moss", "moss", "3103", "210000011", "Mosseregionen"),
    Town("Fredrikstad", "fredrikstad", "3107", "210100016", "Søndre Østfold"),
    Town("Lillestrøm", "lillestrom", "3205", "210100024", "Nedre Romerike"),
    Town("Horten", "horten", "3901", "210100032", "Vestfold"),
    Town("Hamar", "hamar", "3403", "210100040", "Hamarregionen"),
    Town("Oslo", "oslo", "0301", "210100059", "Oslo"),
)

STAFF = (
    ("Ida Lunde", "ida", (Role.OFFICER,)),
    ("Per Strand", "per", (Role.APPROVER,)),
    ("Solveig Moe", "solveig", (Role.FINANCE,)),
    ("Tor Bakken", "tor", (Role.FINANCE,)),
    ("Nina Haug", "nina", (Role.SCHEME_MANAGER,)),
    ("Arne Vik", "arne", (Role.AUDITOR,)),
)


@dataclass(frozen=True, slots=True)
class Staff:
    """The people who run one municipality's round."""

    officer: Person
    approver: Person
    finance: Person
    second_finance: Person
    manager: Person
    auditor: Person


@dataclass(frozen=True, slots=True)
class Municipality:
    """A tenant of the demo with its people."""

    town: Town
    tenant: Organisation
    staff: Staff


def build_region(at: datetime) -> list[Municipality]:
    """Register the region, its secretariat, sub-regions and municipalities with their people. Harmless twice."""
    region = register_organisation(kind=Kind.REGION, name="Osloregionen", slug="osloregionen", is_tenant=True)
    register_organisation(
        kind=Kind.AGENCY, name="Osloregionens sekretariat", slug="sekretariatet", parent=region
    )
    register_organisation(
        kind=Kind.ASSOCIATION, name="Horten Næringsforum", slug="horten-naringsforum", parent=region
    )
    _build_secretary(region, at)
    return [_build_municipality(town, region, at) for town in TOWNS]


def give_demo_account(municipality: Municipality, organisation_number: str, *, on: date) -> Person:
    """The owner of one applying company, for whoever wants to see the round from the other side."""
    town = municipality.town
    person = register_person(email=address_of("kari", town), name="Kari Dahl", hashed_password=_hashed())
    give_mandate(
        person=person,
        organisation_number=organisation_number,
        source=Mandate.Source.REGISTER_ROLE,
        valid_from=on,
        evidence="Daglig leder (demodata)",
    )
    return person


@cache
def _hashed() -> str:
    """Hashed once for all: each hash is slow on purpose, and every account of the demo has the same password."""
    return make_password(PASSWORD)


def address_of(nickname: str, town: Town) -> str:
    return f"{nickname}@{town.slug}.{DOMAIN}"


def _build_secretary(region: Organisation, at: datetime) -> None:
    secretary = register_person(
        email=f"mari@{region.slug}.{DOMAIN}", name="Mari Lie", hashed_password=_hashed(), home_tenant=region
    )
    with fence(region.id):
        grant_role(person=secretary, role=Role.SECRETARY, valid_from=at.date(), by=None, at=at)


def _build_municipality(town: Town, region: Organisation, at: datetime) -> Municipality:
    subregion = register_organisation(
        kind=Kind.SUBREGION, name=town.subregion, slug=f"delregion-{town.slug}", parent=region
    )
    tenant = register_organisation(
        kind=Kind.MUNICIPALITY,
        name=f"{town.name} kommune",
        slug=town.slug,
        parent=subregion,
        municipality_number=town.number,
        organisation_number=town.organisation_number,
        is_tenant=True,
        contact_name="Næringsavdelingen",
        contact_email=f"naring@{town.slug}.{DOMAIN}",
        contact_phone="00000000",
    )
    people = [_build_staff(name, nickname, roles, town, tenant, at) for name, nickname, roles in STAFF]
    return Municipality(town, tenant, Staff(*people))


def _build_staff(
    name: str, nickname: str, roles: tuple[Role, ...], town: Town, tenant: Organisation, at: datetime
) -> Person:
    person = register_person(
        email=address_of(nickname, town), name=name, hashed_password=_hashed(), home_tenant=tenant
    )
    with fence(tenant.id):
        for role in roles:
            grant_role(person=person, role=role, valid_from=at.date(), by=None, at=at)
    return person
