"""What stands before anybody applies: a town with an open call, companies, and people who act for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any

from django.conf import settings
from django.test import Client

from runde.cli.demo.applicants import answer, choose_applicants
from runde.cli.demo.region import Municipality, build_region
from runde.cli.demo.setting import Timeline, acting, fill_register, set_up_call
from runde.foundation.companies.api import CompanyFacts
from runde.foundation.forms.api import publish_form
from runde.foundation.people.api import Mandate, Person, get_actor, give_mandates, register_person
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application, start_many
from runde.grants.schemes.api import (
    Call,
    attach_funding,
    create_scheme,
    open_call,
    publish_call,
    publish_version,
    sources_of,
)

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SHORT, FILE_QUESTION = "kort", "documentation"
TOKEN = "b" * 32
"""As long as the token a browser is given; the cookie and the form carry the same one."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The town, its call, the same call asked on one page with a file, and companies that have not applied yet."""

    municipality: Municipality
    call: Call
    short_call: Call
    companies: list[CompanyFacts]
    at: datetime

    def take(self, count: int) -> list[CompanyFacts]:
        taken, self.companies[:] = self.companies[:count], self.companies[count:]
        if len(taken) < count:
            raise AssertionError("the made-up register has too few companies for this measurement")
        return taken


@dataclass(frozen=True, slots=True)
class Applicant:
    """A signed-in person with companies to apply for; `headers` carry the session as a browser does."""

    person: Person
    companies: Sequence[CompanyFacts]
    client: Client
    headers: dict[str, str]


def prepare(companies: int) -> Ground:
    at = datetime.now(UTC)
    when = Timeline(at)
    municipality = build_region(when.published_at)[0]
    fill_register(None, count=companies * 2, seed=1, towns={municipality.town.number: 1.0}, now=at)
    call = set_up_call(municipality, companies, when).call
    chosen = choose_applicants(municipality.town.number, companies, Random(1))  # noqa: S311
    return Ground(municipality, call, _short_call(municipality, call, when), chosen, at)


def _short_call(municipality: Municipality, call: Call, when: Timeline) -> Call:
    """The same scheme with all its questions on one page, and a file."""
    version = call.scheme_version
    with fence(municipality.tenant.id):
        by = acting(municipality.staff.manager, when.published_at)
        made: dict[str, Any] = {"by": by, "at": when.published_at}
        form = publish_form(slug=SHORT, definition=_on_one_page(version.form.definition), **made)
        scheme = create_scheme(slug=SHORT, **made)
        short = publish_version(
            scheme=scheme,
            texts=version.texts,
            rules=version.rules,
            form=form,
            legal_basis=version.legal_basis,
            **made,
        )
        opened = open_call(
            scheme_version=short,
            slug=SHORT,
            opens_at=call.opens_at,
            closes_at=call.closes_at,
            answer_by_date=call.answer_by_date,
            euro_rate=call.euro_rate,
            euro_rate_date=call.euro_rate_date,
            euro_rate_source=call.euro_rate_source,
            **made,
        )
        for rank, source in enumerate(sources_of(call), start=1):
            attach_funding(call=opened, source=source, rank=rank, **made)
        return publish_call(call=opened, **made)


def _on_one_page(definition: dict[str, Any]) -> dict[str, Any]:
    *parts, statements = definition["sections"]
    questions = [question for part in parts for question in part["questions"]]
    file = {"slug": FILE_QUESTION, "type": "file", "label": {"nb": "Regnskap"}, "required": False}
    return {**definition, "sections": [{**parts[0], "questions": [*questions, file]}, statements]}


def applicant(ground: Ground, place: int, companies: int) -> Applicant:
    """A person of their own, with some of the companies, signed in."""
    taken = ground.take(companies)
    person = register_person(email=f"soker{place}@bench.runde.example", name=f"Søker {place}")
    give_mandates(
        person=person,
        organisation_numbers=[one.orgnr for one in taken],
        source=Mandate.Source.REGISTER_ROLE,
        valid_from=ground.at.date(),
        evidence="Daglig leder (måling)",
    )
    client = Client(SERVER_NAME="localhost", headers={"accept-language": "nb"})
    client.force_login(person, backend=BACKEND)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    headers = {"Cookie": cookies, "Host": "localhost", "Accept-Language": "nb"}
    return Applicant(person, taken, client, headers)


def drafts_of(ground: Ground, one: Applicant) -> list[Application]:
    """A draft for each of the person's companies, every question answered."""
    chance = Random(1)  # noqa: S311 - made-up answers
    new = [answer(company, place, chance) for place, company in enumerate(one.companies, start=1)]
    with fence(ground.municipality.tenant.id):
        actor = get_actor(one.person, on=ground.at.date())
        return start_many(call=ground.call, new=new, by=actor, at=ground.at)
