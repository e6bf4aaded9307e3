"""A small region for the proofs: two municipalities with people, money, an open call and companies of their own.

Everything goes through the rooms' doors and is committed. Each town's private words carry its mark, so that a word
that turns up at the neighbour's is seen.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from runde.engine.reference.api import synthetic_account, synthetic_orgnr
from runde.foundation.companies.api import import_register
from runde.foundation.organisations.api import Kind, Organisation, register_organisation
from runde.foundation.people.api import (
    Actor,
    Mandate,
    Person,
    Role,
    get_actor,
    get_applicant,
    give_mandates,
    grant_role,
    register_person,
)
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application, NewApplication, start_many, submit_many
from runde.grants.payments.api import set_payer_account
from runde.grants.schemes.api import (
    attach_funding,
    get_call,
    install_example_scheme,
    open_call,
    publish_call,
    register_source,
)

CALL = "smittevern-bevis"
STAFF: Mapping[str, tuple[Role, ...]] = {
    "officer": (Role.OFFICER,),
    "second_officer": (Role.OFFICER,),
    "approver": (Role.APPROVER,),
    "second_approver": (Role.APPROVER,),
    "finance": (Role.FINANCE,),
    "second_finance": (Role.FINANCE,),
    "manager": (Role.SCHEME_MANAGER,),
    "auditor": (Role.AUDITOR,),
    "secretary": (Role.SECRETARY,),
}
TOWNS = (("Moss", "moss", "3103", "210000011"), ("Horten", "horten", "3901", "210100032"))
PLACES = {"3103": ("1530", "MOSS"), "3901": ("3187", "HORTEN")}


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality, its people by what they do, and the companies that belong there, oldest first."""

    tenant: Organisation
    staff: Mapping[str, Person]
    applicant: Person
    companies: Sequence[str]

    @property
    def id(self) -> UUID:
        return self.tenant.id

    @property
    def mark(self) -> str:
        return mark_of(self.tenant.slug)

    def actor(self, who: str, at: datetime) -> Actor:
        """The person as actor, inside the town's fence."""
        return get_actor(self.staff[who], on=timezone.localdate(at))

    def applying(self, at: datetime) -> Actor:
        return get_applicant(self.applicant, on=timezone.localdate(at))


def mark_of(slug: str) -> str:
    return f"KANARI{slug.upper()}"


def make_region(*, companies: int, at: datetime, money_nok: Decimal = Decimal(900_000_000)) -> list[Town]:
    """Two towns with `companies` fitting companies each, and plenty of money unless told."""
    region = register_organisation(kind=Kind.REGION, name="Osloregionen", slug="osloregionen")
    numbers = [synthetic_orgnr(place) for place in range(2 * companies)]
    shares = {town[1]: numbers[place::2] for place, town in enumerate(TOWNS)}
    _import(shares, at)
    return [_make_town(town, region, shares[town[1]], at, money_nok) for town in TOWNS]


def send(town: Town, numbers: Sequence[str], at: datetime, *, fall: str = "deep") -> list[Application]:
    """Applications from these companies, sent. A `fall` in revenue of "deep" fits, "slight" does not."""
    new = [NewApplication(number, answers(number, fall, town.mark)) for number in numbers]
    with fence(town.id):
        by = town.applying(at)
        return submit_many(applications=start_many(call=get_call(CALL), new=new, by=by, at=at), by=by, at=at)


def answers(organisation_number: str, fall: str, mark: str) -> dict[str, str]:
    """Answers as typed; each company has an account of its own."""
    return {
        "revenue_period": "308 000" if fall == "deep" else "412 000",
        "revenue_comparison": "560 000",
        "fixed_costs": "120 000",
        "de_minimis_three_years": "0",
        "exceptional_circumstances": "no" if fall == "deep" else "yes",
        "exceptional_text": "" if fall == "deep" else f"Lokalet var stengt. {mark} skrev dette.",
        "account_number": synthetic_account(int(organisation_number[:8]) - 31_100_000),
        "declaration": "yes",
    }


def _make_town(
    town: tuple[str, str, str, str],
    region: Organisation,
    companies: Sequence[str],
    at: datetime,
    money_nok: Decimal,
) -> Town:
    name, slug, number, own_number = town
    tenant = register_organisation(
        kind=Kind.MUNICIPALITY,
        name=f"{name} kommune",
        slug=slug,
        parent=region,
        municipality_number=number,
        organisation_number=own_number,
        is_tenant=True,
        contact_name="Næringsavdelingen",
        contact_email=f"naring@{slug}.example",
        contact_phone="00 00 00 00",
    )
    staff = {who: _employ(who, roles, tenant, at) for who, roles in STAFF.items()}
    applicant = _person(f"soker@{slug}.example", f"Kari {mark_of(slug)}")
    give_mandates(
        person=applicant,
        organisation_numbers=companies,
        source=Mandate.Source.REGISTER_ROLE,
        evidence="Daglig leder",
        valid_from=timezone.localdate(at),
    )
    made = Town(tenant, staff, applicant, companies)
    _open_call(made, number, at, money_nok)
    return made


def _employ(who: str, roles: tuple[Role, ...], tenant: Organisation, at: datetime) -> Person:
    person = _person(f"{who}@{tenant.slug}.example", f"{who.title()} {mark_of(tenant.slug)}")
    with fence(tenant.id):
        for role in roles:
            grant_role(person=person, role=role, valid_from=timezone.localdate(at), by=None, at=at)
    return person


def _person(email: str, name: str) -> Person:
    return register_person(email=email, name=name, hashed_password=make_password(None))


def _open_call(town: Town, number: str, at: datetime, money_nok: Decimal) -> None:
    with fence(town.id):
        manager = town.actor("manager", at)
        version = install_example_scheme(slug="smittevern", municipality_number=number, by=manager, at=at)
        call = open_call(
            scheme_version=version,
            slug=CALL,
            opens_at=at - timedelta(days=7),
            closes_at=at + timedelta(days=60),
            answer_by_date=timezone.localdate(at) + timedelta(days=90),
            euro_rate=Decimal("11.7200"),
            euro_rate_date=timezone.localdate(at),
            euro_rate_source="Eksempel",
            by=manager,
            at=at,
        )
        for rank, source in enumerate(_money(town, money_nok, at), start=1):
            made = register_source(**source, by=manager, at=at)
            attach_funding(call=call, source=made, rank=rank, by=manager, at=at)
        publish_call(call=call, by=manager, at=at)
        set_payer_account(
            account_number=synthetic_account(80_000 + int(number)),
            bank_bic="DNBANOKK",
            valid_from=timezone.localdate(at),
            by=town.actor("finance", at),
            at=at,
        )


def _money(town: Town, money_nok: Decimal, at: datetime) -> list[dict[str, Any]]:
    """One earmarked source, one free, one that still waits for a decision."""
    return [
        {
            "name": "Serveringspotten",
            "giver": "Fylkeskommunen",
            "amount_nok": money_nok / 2,
            "decision_document": "Fylkestinget sak 12/26",
            "earmark": "nace_section = 'I'",
            "earmark_text": "overnatting og servering",
        },
        {
            "name": "Næringsfondet",
            "giver": "Kommunen",
            "amount_nok": money_nok / 2,
            "decision_document": "Kommunestyret sak 42/26",
        },
        {
            "name": "Tilleggsbevilgning",
            "giver": "Formannskapet",
            "amount_nok": money_nok,
            "decision_expected_date": timezone.localdate(at) + timedelta(days=10),
        },
    ]


def _import(shares: Mapping[str, Sequence[str]], at: datetime) -> None:
    places = {slug: number for _, slug, number, _ in TOWNS}
    units = [_unit(number, slug, places[slug]) for slug, numbers in shares.items() for number in numbers]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "enheter.json"
        path.write_text(json.dumps(units), encoding="utf-8")
        day = timezone.localdate(at) - timedelta(days=3)
        import_register(path, register_date=day, at=at, edition="SN2025")


def _unit(number: str, slug: str, municipality: str) -> dict[str, Any]:
    post_code, place = PLACES[municipality]
    return {
        "organisasjonsnummer": number,
        "navn": f"{mark_of(slug)} KAFÉ {number} AS",
        "organisasjonsform": {"kode": "AS"},
        "registreringsdatoEnhetsregisteret": "2018-04-03",
        "registrertIMvaregisteret": True,
        "registrertIForetaksregisteret": True,
        "naeringskode1": {"kode": "56.110"},
        "institusjonellSektorkode": {"kode": "2100"},
        "antallAnsatte": 9,
        "harRegistrertAntallAnsatte": True,
        "konkurs": False,
        "underAvvikling": False,
        "underTvangsavviklingEllerTvangsopplosning": False,
        "maalform": "Bokmål",
        "forretningsadresse": {
            "adresse": ["Storgata 1"],
            "postnummer": post_code,
            "poststed": place,
            "kommunenummer": municipality,
            "landkode": "NO",
        },
    }
