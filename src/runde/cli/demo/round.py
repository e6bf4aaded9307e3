"""The demo's round, stage by stage, in several municipalities at once, through the rooms' own doors."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from runde.cli.serving import worker_beside
from runde.engine.reference.api import next_bank_day
from runde.foundation.jobs.api import run_pending
from runde.foundation.organisations.api import find_tenant
from runde.foundation.people.api import Mandate, Person, get_applicant, give_mandates, register_person
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application, NewApplication, start_many, submit_many
from runde.grants.casework.api import (
    Case,
    Deviation,
    Lane,
    Line,
    approve_proposal,
    case_features,
    list_cases,
    list_proposals,
    propose,
    propose_as_checked,
)
from runde.grants.payments.api import approve_batch, list_due, mark_sent, prepare_batch
from runde.grants.precedents.api import Features
from runde.grants.schemes.api import list_calls

from .applicants import answer, choose_applicants
from .progress import Steps
from .region import TOWNS, Municipality, address_of, build_region, give_demo_account
from .setting import (
    Setting,
    Timeline,
    acting,
    copy_from_neighbours,
    decide_budget,
    fill_register,
    set_up_call,
)

FEWEST_COMPANIES = 30_000  # so that a design reaches enough companies to tell something
COMPANIES_FOR_EACH_APPLICATION = 15  # about one company in ten is in a supported industry
LATE_APPLICANTS, LATE_PROPOSED = 24, 5
LATE_SERIAL = 200_000  # account numbers no earlier applicant has
SHARE_WEIGHED = 0.6  # of the cases that need discretion; the rest wait for whoever opens the demo


@dataclass(slots=True)
class Round:
    """One municipality's part of the round as it goes."""

    municipality: Municipality
    setting: Setting
    applications: list[Application] = field(default_factory=list)

    @property
    def tenant_id(self) -> UUID:
        return self.municipality.tenant.id


@dataclass(frozen=True, slots=True)
class Account:
    """What the demo needs to know afterwards."""

    rounds: list[Round]
    ended_at: datetime
    seconds: float
    stages: Mapping[str, float]
    """What each stage took, in seconds."""


def has_run() -> bool:
    """Whether the demo's round stands in this database already."""
    tenant = find_tenant(TOWNS[0].slug)
    if tenant is None:
        return False
    with fence(tenant.id):
        return bool(list_calls())


def run_round(*, applications: int, seed: int, register: Path | None, now: datetime, steps: Steps) -> Account:
    """Run the whole round. `now` is when it ends; earlier stages are dated before it.

    One municipality after the other, with a worker beside as in operation: while the next one gets its applications,
    the letters of the one before are made.
    """
    started = time.monotonic()
    when, chance = Timeline(now), Random(seed)  # noqa: S311 - made-up data, no secrets
    rounds = _prepare(applications, seed, register, when, steps)
    steps.begin("Kommunene behandler søknadene", len(rounds) * (1 + len(STAGES)))
    with worker_beside():
        left = applications
        for place, one in enumerate(rounds):
            with steps.stage("apply"):
                share = -(-left // (len(rounds) - place))
                left -= _apply(one, share, applications - left, when, chance)
            for stage in STAGES:
                with steps.stage(stage.__name__):
                    stage(one, when, chance)
        steps.begin("Brev og meldinger", 1)
        with steps.stage("letters"):
            run_pending()
    return Account(rounds, now, time.monotonic() - started, steps.seconds)


def _prepare(
    applications: int, seed: int, register: Path | None, when: Timeline, steps: Steps
) -> list[Round]:
    steps.begin("Regionen og virksomhetsregisteret", 2)
    with steps.stage("region"):
        municipalities = build_region(when.published_at)
    with steps.stage("register"):
        towns = {town.number: 1.0 for town in TOWNS}
        companies = max(FEWEST_COMPANIES, COMPANIES_FOR_EACH_APPLICATION * applications)
        fill_register(register, count=companies, seed=seed, towns=towns, now=when.published_at)
    steps.begin("Utlysningene publiseres", len(municipalities))
    rounds = []
    for municipality, share in zip(municipalities, _shares(applications, len(municipalities)), strict=True):
        with steps.stage("calls"):
            rounds.append(Round(municipality, set_up_call(municipality, share, when)))
    copy_from_neighbours(municipalities, when)
    return rounds


def _shares(applications: int, places: int) -> list[int]:
    """As even as can be; the first places take one more."""
    least, over = divmod(applications, places)
    return [least + (place < over) for place in range(places)]


def _apply(one: Round, share: int, serial: int, when: Timeline, chance: Random) -> int:
    """Companies apply where they belong; gives how many. A town too small for its share leaves the rest to the next.

    `serial` numbers the accounts, so that no two are alike.
    """
    companies = choose_applicants(one.municipality.town.number, share, chance)
    new = [answer(company, serial + offset, chance) for offset, company in enumerate(companies)]
    if new:
        _send(one, new, when)
    return len(new)


def _send(one: Round, new: list[NewApplication], when: Timeline) -> None:
    """One owner applies herself, so that there is somebody to sign in as; an accountant applies for the rest."""
    own, others = new[:1], new[1:]
    owner = give_demo_account(one.municipality, own[0].organisation_number, on=when.published_at.date())
    accountant = _accountant(one.municipality, [each.organisation_number for each in others], when)
    with fence(one.tenant_id):
        for person, theirs in ((owner, own), (accountant, others)):
            by = get_applicant(person, on=when.applied_at.date())
            started = start_many(call=one.setting.call, new=theirs, by=by, at=when.applied_at)
            sent_at = when.applied_at + timedelta(minutes=20)
            one.applications += submit_many(applications=started, by=by, at=sent_at)


def _accountant(municipality: Municipality, numbers: list[str], when: Timeline) -> Person:
    """An accountant who applies for all her clients, so that a thousand can apply in a few statements."""
    person = register_person(email=address_of("regnskap", municipality.town), name="Siri Holm")
    give_mandates(
        person=person,
        organisation_numbers=numbers,
        source=Mandate.Source.REGISTER_ROLE,
        valid_from=when.published_at.date(),
        evidence="Regnskapsfører (demodata)",
    )
    return person


def leave_work(account: Account, seed: int) -> None:
    """A last wave, for whoever opens the site: cases in every lane, and some that wait for an approver."""
    when, chance = Timeline(account.ended_at), Random(seed + 1)  # noqa: S311 - made-up data, no secrets
    for one in account.rounds:
        applied = {application.organisation_number for application in one.applications}
        found = choose_applicants(one.municipality.town.number, LATE_APPLICANTS + len(applied), chance)
        late = [company for company in found if company.orgnr not in applied][:LATE_APPLICANTS]
        numbers = [company.orgnr for company in late]
        accountant = _accountant(one.municipality, numbers, when)
        with fence(one.tenant_id):
            by = get_applicant(accountant, on=when.now.date())
            new = [answer(company, LATE_SERIAL + place, chance) for place, company in enumerate(late)]
            started = start_many(call=one.setting.call, new=new, by=by, at=when.now - timedelta(hours=2))
            submit_many(applications=started, by=by, at=when.now - timedelta(hours=1))
            _propose_some(one, when)
    run_pending()


def _propose_some(one: Round, when: Timeline) -> None:
    ready = list_cases(one.setting.call.id, lane=Lane.GREEN, state=Case.State.OPEN)[:LATE_PROPOSED]
    if ready:
        officer = acting(one.municipality.staff.officer, when.now)
        propose_as_checked(
            case_ids=[case.id for case in ready], by=officer, at=when.now, declares_impartial=True
        )


def decide(one: Round, when: Timeline, chance: Random) -> None:
    decide_budget(one.municipality, one.setting, when)


def weigh(one: Round, when: Timeline, chance: Random) -> None:
    """Ready and failing cases as the rules say; some of those that need discretion by an officer's own words."""
    at = when.now - timedelta(days=1, hours=2)
    with fence(one.tenant_id):
        officer = acting(one.municipality.staff.officer, at)
        settled = [
            case.id
            for lane in (Lane.GREEN, Lane.RED)
            for case in list_cases(one.setting.call.id, lane=lane, state=Case.State.OPEN)
        ]
        if settled:
            propose_as_checked(case_ids=settled, by=officer, at=at, declares_impartial=True)
        weighed = _weighed(
            list_cases(one.setting.call.id, lane=Lane.YELLOW, state=Case.State.OPEN), chance, at
        )
        if weighed:
            propose(lines=weighed, by=officer, at=at + timedelta(hours=1), declares_impartial=True)


def _weighed(cases: list[Case], chance: Random, at: datetime) -> list[Line]:
    taken = cases[: round(len(cases) * SHARE_WEIGHED)]
    stands = case_features([case.id for case in taken], at=at)
    return [_line(case, stands[case.id], chance) for case in taken]


def _line(case: Case, stands: Features, chance: Random) -> Line:
    differs, why = "facts_differ", "Kommunen har hørt med virksomheten om hva som skjedde."
    if case.recommended_nok and chance.random() < 0.6:
        words = "Lokalet var stengt i deler av perioden etter pålegg, og fallet ligger nær kravet."
        past = tuple(Deviation(one.slug, "beyond_control", "Stengt etter pålegg.") for one in stands.missed)
        return Line(case.id, "granted", "discretion_granted", case.recommended_nok, words, past, differs, why)
    words = "Vi har sett etter særlige forhold, og har ikke funnet noen som taler for støtte."
    return Line(case.id, "refused", "discretion_refused", None, words, (), differs, why)


def approve(one: Round, when: Timeline, chance: Random) -> None:
    at = when.now - timedelta(days=1)
    with fence(one.tenant_id):
        approver = acting(one.municipality.staff.approver, at)
        for proposal in list_proposals():
            approve_proposal(proposal_id=proposal.id, key=f"demo-{proposal.id}", by=approver, at=at)


def pay(one: Round, when: Timeline, chance: Random) -> None:
    """One finance officer gathers, another releases, the file is marked as sent."""
    at = when.now - timedelta(hours=3)
    with fence(one.tenant_id):
        if not list_due(on=_execution_day(when)).payments:
            return
        finance = acting(one.municipality.staff.finance, at)
        batch = prepare_batch(execution_date=_execution_day(when), by=finance, at=at)
        other = acting(one.municipality.staff.second_finance, at)
        approve_batch(batch_id=batch.id, key=f"demo-{batch.id}", by=other, at=at + timedelta(hours=1))
        mark_sent(batch_id=batch.id, by=finance, at=at + timedelta(hours=2))


STAGES = (decide, weigh, approve, pay)
"""What each municipality does with its applications, in this order."""


def _execution_day(when: Timeline) -> date:
    return next_bank_day((when.now + timedelta(days=14)).date())
