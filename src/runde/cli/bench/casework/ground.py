"""Towns with as many cases as the measurement wants: the first thousand as in life, the others copies of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from django.conf import settings
from django.test import Client

from runde.cli.demo.applicants import answer, choose_applicants
from runde.cli.demo.region import Municipality, build_region
from runde.cli.demo.setting import Timeline, acting, decide_budget, fill_register, set_up_call
from runde.foundation.people.api import Mandate, get_applicant, give_mandates, register_person
from runde.foundation.trust.api import fence
from runde.grants.applications.api import start_many, submit_many
from runde.grants.casework.api import Lane, approve_proposal, list_cases, propose_as_checked
from runde.grants.schemes.api import Call

from .copying import copy_cases, take_stock

AS_IN_LIFE = 1_000
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True, slots=True)
class Ground:
    """One town's call with `cases` cases, and its officer signed in."""

    municipality: Municipality
    call: Call
    cases: int
    at: datetime
    client: Client

    @property
    def list_url(self) -> str:
        return f"/{self.municipality.tenant.slug}/saker/?utlysning={self.call.slug}"


def prepare(sizes: tuple[int, ...], *, decided: int) -> tuple[list[Ground], Ground]:
    """A town for each size with open cases, and one more with `decided` cases of a past round."""
    at = datetime.now(UTC)
    when = Timeline(at)
    towns = build_region(when.published_at)[: len(sizes) + 1]
    fill_register(
        None,
        count=30 * AS_IN_LIFE * len(towns),
        seed=1,
        towns={one.town.number: 1.0 for one in towns},
        now=at,
    )
    standing = [_town(town, size, when) for town, size in zip(towns, sizes, strict=False)]
    past = _town(towns[len(sizes)], decided, when, decides=True)
    take_stock()
    return standing, past


def _town(municipality: Municipality, cases: int, when: Timeline, *, decides: bool = False) -> Ground:
    setting = set_up_call(municipality, AS_IN_LIFE, when)
    _apply(municipality, setting.call, min(cases, AS_IN_LIFE), when)
    if decides:
        decide_budget(municipality, setting, when)
        _decide(municipality, setting.call, when)
    with fence(municipality.tenant.id):
        copy_cases(setting.call.id, until=cases)
    return Ground(municipality, setting.call, cases, when.now, _signed_in(municipality))


def _apply(municipality: Municipality, call: Call, count: int, when: Timeline) -> None:
    chance = Random(1)  # noqa: S311 - made-up answers
    companies = choose_applicants(municipality.town.number, count, chance)
    slug = municipality.tenant.slug
    accountant = register_person(email=f"regnskap@{slug}.bench.runde.example", name="Siri Holm")
    give_mandates(
        person=accountant,
        organisation_numbers=[company.orgnr for company in companies],
        source=Mandate.Source.REGISTER_ROLE,
        valid_from=when.published_at.date(),
        evidence="Regnskapsfører (måling)",
    )
    new = [answer(company, place, chance) for place, company in enumerate(companies)]
    with fence(municipality.tenant.id):
        by = get_applicant(accountant, on=when.applied_at.date())
        started = start_many(call=call, new=new, by=by, at=when.applied_at)
        submit_many(applications=started, by=by, at=when.applied_at)


def _decide(municipality: Municipality, call: Call, when: Timeline) -> None:
    """Everything the rules alone lead to, by two people."""
    with fence(municipality.tenant.id):
        officer = acting(municipality.staff.officer, when.now)
        approver = acting(municipality.staff.approver, when.now)
        ids = [case.id for case in list_cases(call.id) if case.lane != Lane.YELLOW]
        proposal = propose_as_checked(case_ids=ids, by=officer, at=when.now, declares_impartial=True)
        approve_proposal(proposal_id=proposal.id, key=str(proposal.id), by=approver, at=when.now)


def _signed_in(municipality: Municipality) -> Client:
    settings.STAFF_NEED_SECOND_FACTOR = False  # signing in is not what is measured
    client = Client(SERVER_NAME="localhost", headers={"accept-language": "nb"})
    client.force_login(municipality.staff.officer, backend=BACKEND)
    return client
