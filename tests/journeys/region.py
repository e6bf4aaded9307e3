"""A small region for journeys: two municipalities, their people, an open call each, a register of made-up companies.

Everything is set up through the rooms' own operations and committed, so that the site's process sees it.

    region = make_region()
    region.moss.staff["officer"].email       sign in with visitors.PASSWORD
    send_applications(region.moss, CASES)    in bulk, as the demo does
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from runde.engine.reference.api import synthetic_account
from runde.foundation.companies.api import import_register
from runde.foundation.organisations.api import Kind, Organisation, register_organisation
from runde.foundation.people.api import (
    Actor,
    Mandate,
    Person,
    Role,
    get_actor,
    get_applicant,
    give_mandate,
    grant_role,
    register_person,
)
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application, NewApplication, start_many, submit_many
from runde.grants.casework.api import (
    approve_proposal,
    list_cases,
    propose_as_checked,
    write_letters,
)
from runde.grants.payments.api import (
    Payment,
    approve_batch,
    bank_file_bytes,
    mark_sent,
    prepare_batch,
    set_payer_account,
)
from runde.grants.schemes.api import (
    Call,
    attach_funding,
    get_call,
    install_example_scheme,
    open_call,
    publish_call,
    register_source,
)

from .visitors import PASSWORD

CALL = "smittevern-2026"
CAFE = "310000027"  # fits, in Moss
PIZZA = "310000035"  # fits by the register, in Moss
BANKRUPT = "310000043"
SHOP = "310100013"  # another industry
NEW = "310100021"  # registered too late
ELSEWHERE = "310100048"  # fits, in Horten
CAFE_UNIT = "310100056"  # a sub-unit of the café
STAFF = {
    "officer": ("Ida Lunde", Role.OFFICER),
    "approver": ("Per Strand", Role.APPROVER),
    "finance": ("Solveig Moe", Role.FINANCE),
    "second_finance": ("Tor Bakken", Role.FINANCE),
    "manager": ("Nina Haug", Role.SCHEME_MANAGER),
    "auditor": ("Arne Vik", Role.AUDITOR),
}
NAMES = (
    ("310000027", "KAFÉ KANALEN AS", "56.110", "3103"),
    ("310000035", "BAKGÅRDEN PIZZA AS", "56.110", "3103"),
    ("310000043", "STRANDKROA AS", "56.110", "3103"),
    ("310100013", "MOSS JERNVARE AS", "47.520", "3103"),
    ("310100021", "NYE BORD AS", "56.110", "3103"),
    ("310100048", "HORTEN HAVNEKAFÉ AS", "56.110", "3901"),
    ("310100064", "ÅSGÅRD GJESTEHUS AS", "55.101", "3103"),
    ("310100072", "ØRE FRISØR ENK", "96.020", "3103"),
    ("310100080", "MOSS KINO OG SCENE AS", "90.040", "3103"),
    ("310100099", "VERKET BAR AS", "56.301", "3103"),
)


@dataclass(frozen=True)
class Town:
    """A municipality with its people and its open call."""

    tenant: Organisation
    staff: Mapping[str, Person]

    @property
    def slug(self) -> str:
        return self.tenant.slug

    def actor(self, who: str, at: datetime) -> Actor:
        """The person as actor, inside the town's fence."""
        return get_actor(self.staff[who], on=timezone.localdate(at))

    def email(self, who: str) -> str:
        return self.staff[who].email


@dataclass(frozen=True)
class Region:
    """`applicant` is Kari Dahl, who runs the café; `at` the moment of setting up."""

    moss: Town
    horten: Town
    applicant: Person
    at: datetime


def make_region(*, conditional: bool = True) -> Region:
    """The whole region, committed. With `conditional` part of the money still waits for a budget decision."""
    at = timezone.now()
    import_companies(at)
    region = register_organisation(kind=Kind.REGION, name="Osloregionen", slug="osloregionen")
    moss = make_town("Moss", "moss", "3103", "210000011", region, at)
    horten = make_town("Horten", "horten", "3901", "210100032", region, at)
    for town, number in ((moss, "3103"), (horten, "3901")):
        make_call(town, number, at, conditional=conditional)
    applicant = register_person(
        email="kari@kanalen.example", name="Kari Dahl", hashed_password=make_password(PASSWORD)
    )
    give_mandate(
        person=applicant,
        organisation_number=CAFE,
        source=Mandate.Source.REGISTER_ROLE,
        evidence="Du er daglig leder.",
        valid_from=timezone.localdate(at),
    )
    return Region(moss, horten, applicant, at)


@cache
def hashed() -> str:
    """Everybody's password, hashed once."""
    return make_password(PASSWORD)


def make_town(name: str, slug: str, number: str, orgnr: str, region: Organisation, at: datetime) -> Town:
    tenant = register_organisation(
        kind=Kind.MUNICIPALITY,
        name=f"{name} kommune",
        slug=slug,
        parent=region,
        municipality_number=number,
        organisation_number=orgnr,
        is_tenant=True,
        contact_name="Næringsavdelingen",
        contact_email=f"naring@{slug}.example",
        contact_phone="00 00 00 00",
    )
    staff = {}
    for nickname, (full_name, role) in STAFF.items():
        person = register_person(
            email=f"{nickname}@{slug}.example", name=full_name, hashed_password=hashed(), home_tenant=tenant
        )
        with fence(tenant.id):
            grant_role(person=person, role=role, valid_from=timezone.localdate(at), by=None, at=at)
        staff[nickname] = person
    return Town(tenant, staff)


def make_call(town: Town, number: str, at: datetime, *, conditional: bool) -> Call:
    """The example scheme, three sources of money, and a published call with three weeks left."""
    with fence(town.tenant.id):
        manager, finance = town.actor("manager", at), town.actor("finance", at)
        version = install_example_scheme(slug="smittevern", municipality_number=number, by=manager, at=at)
        call = open_call(
            scheme_version=version,
            slug=CALL,
            opens_at=at - timedelta(days=7),
            closes_at=timezone.localtime(at + timedelta(days=21)).replace(hour=23, minute=59, second=0),
            answer_by_date=timezone.localdate(at) + timedelta(days=42),
            euro_rate=Decimal("11.7200"),
            euro_rate_date=timezone.localdate(at),
            euro_rate_source="Norges Bank (eksempel)",
            by=manager,
            at=at,
        )
        for rank, source in enumerate(sources(conditional, at), start=1):
            made = register_source(**source, by=manager, at=at)
            attach_funding(call=call, source=made, rank=rank, by=manager, at=at)
        publish_call(call=call, by=manager, at=at)
        set_payer_account(
            account_number=synthetic_account(int(number)),
            bank_bic="DNBANOKK",
            valid_from=timezone.localdate(at),
            by=finance,
            at=at,
        )
    return call


def sources(conditional: bool, at: datetime) -> list[dict[str, Any]]:
    money: list[dict[str, Any]] = [
        {
            "name": "Statlig kompensasjon, servering",
            "giver": "Fylkeskommunen",
            "amount_nok": Decimal("3000000"),
            "decision_document": "Fylkestinget sak 12/26",
            "earmark": "nace_section = 'I'",
            "earmark_text": "overnatting og servering",
        },
        {
            "name": "Næringsfondet",
            "giver": "Kommunen",
            "amount_nok": Decimal("5000000"),
            "decision_document": "Kommunestyret sak 42/26",
        },
    ]
    if conditional:
        expected = timezone.localdate(at) + timedelta(days=10)
        more = {"name": "Tilleggsbevilgning", "giver": "Formannskapet", "amount_nok": Decimal("2000000")}
        money.append({**more, "decision_expected_date": expected})
    return money


def import_companies(at: datetime) -> None:
    """The made-up companies, through the register's own reader."""
    units = [unit(orgnr, name, industry, number) for orgnr, name, industry, number in NAMES]
    by_number = {one["organisasjonsnummer"]: one for one in units}
    by_number[BANKRUPT]["konkurs"] = True
    by_number[NEW]["registreringsdatoEnhetsregisteret"] = "2026-09-14"
    sub_unit = unit(CAFE_UNIT, "KAFÉ KANALEN AVD BRYGGA", "56.110", "3103")
    sub_unit |= {"organisasjonsform": {"kode": "BEDR"}, "overordnetEnhet": CAFE}
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("enheter.json", units), ("underenheter.json", [sub_unit])):
            path = Path(folder) / name
            path.write_text(json.dumps(content), encoding="utf-8")
            result = import_register(
                path, register_date=timezone.localdate(at) - timedelta(days=3), at=at, edition="SN2025"
            )
            assert result.rejected == 0, result.rejections


def unit(orgnr: str, name: str, industry: str, municipality: str) -> dict[str, Any]:
    place = {"3103": ("1530", "MOSS"), "3901": ("3187", "HORTEN")}[municipality]
    return {
        "organisasjonsnummer": orgnr,
        "navn": name,
        "organisasjonsform": {"kode": "ENK" if name.endswith("ENK") else "AS"},
        "registreringsdatoEnhetsregisteret": "2018-04-03",
        "registrertIMvaregisteret": True,
        "registrertIForetaksregisteret": True,
        "naeringskode1": {"kode": industry},
        "institusjonellSektorkode": {"kode": "2100"},
        "antallAnsatte": 9,
        "harRegistrertAntallAnsatte": True,
        "konkurs": False,
        "underAvvikling": False,
        "underTvangsavviklingEllerTvangsopplosning": False,
        "maalform": "Bokmål",
        "forretningsadresse": {
            "adresse": ["Storgata 1"],
            "postnummer": place[0],
            "poststed": place[1],
            "kommunenummer": municipality,
            "landkode": "NO",
        },
    }


def answers(
    revenue: int = 308000, before: int = 560000, costs: int = 320000, account: int = 1
) -> dict[str, str]:
    """Answers as typed, to the example scheme's form."""
    return {
        "revenue_period": str(revenue),
        "revenue_comparison": str(before),
        "fixed_costs": str(costs),
        "de_minimis_three_years": "0",
        "exceptional_circumstances": "no",
        "account_number": synthetic_account(account),
        "declaration": "yes",
    }


CASES: Mapping[str, dict[str, str]] = {
    CAFE: answers(account=1),  # falls 45 per cent: ready
    "310100064": answers(revenue=200000, before=900000, costs=410000, account=2),  # ready
    "310100072": answers(revenue=90000, before=210000, costs=60000, account=3),  # ready
    "310100099": answers(revenue=100000, before=640000, costs=220000, account=4),  # ready
    PIZZA: answers(revenue=412000, before=560000, account=5),  # falls 26,4 per cent: to be considered
    SHOP: answers(account=6),  # another industry: does not fit
    BANKRUPT: answers(account=7),  # does not fit
}


def send_applications(
    town: Town,
    cases: Mapping[str, dict[str, str]] = CASES,
    *,
    languages: Sequence[str] = ("nb",),
    by: Person | None = None,
) -> list[Application]:
    """Sent applications from several companies, one person acting for all: an accountant unless given."""
    at = timezone.now()
    person = by or register_person(
        email="regnskap@bilag.example", name="Bilag Regnskap", hashed_password=hashed()
    )
    for orgnr in cases:
        give_mandate(
            person=person,
            organisation_number=orgnr,
            source=Mandate.Source.REGISTER_ROLE,
            evidence="Du er regnskapsfører.",
            valid_from=timezone.localdate(at),
        )
    new = [
        NewApplication(orgnr, raw, languages[place % len(languages)])  # type: ignore[arg-type]
        for place, (orgnr, raw) in enumerate(cases.items())
    ]
    with fence(town.tenant.id):
        actor = get_applicant(person, on=timezone.localdate(at))
        drafts = start_many(call=get_call(CALL), new=new, by=actor, at=at)
        return submit_many(applications=drafts, by=actor, at=at)


def decide_as_checked(town: Town) -> None:
    """Two people decide every sent case that the rules alone can settle, and the letters are written."""
    at = timezone.now()
    with fence(town.tenant.id):
        officer, approver = town.actor("officer", at), town.actor("approver", at)
        cases = [case.id for case in list_cases(get_call(CALL).id)]
        proposal = propose_as_checked(case_ids=cases, by=officer, at=at, declares_impartial=True)
        approved = approve_proposal(proposal_id=proposal.id, key=str(proposal.id), by=approver, at=at)
        write_letters(decision_ids=approved.decision_ids, at=at)


def pay(town: Town) -> None:
    """Two people from finance release the money that is due, and tell that the bank has the file."""
    at = timezone.now()
    with fence(town.tenant.id):
        first, second = town.actor("finance", at), town.actor("second_finance", at)
        day = max(payment.due_date for payment in Payment.objects.all())
        batch = prepare_batch(execution_date=day, by=first, at=at)
        approve_batch(batch_id=batch.id, key=str(batch.id), by=second, at=at)
        bank_file_bytes(batch_id=batch.id, by=second, at=at)
        mark_sent(batch_id=batch.id, by=first, at=at)
