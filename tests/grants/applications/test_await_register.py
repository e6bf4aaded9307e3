"""The register is away when one starts, and answers later: each is asked about, and told once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from runde.engine.reference.api import synthetic_orgnr
from runde.foundation.companies.api import connect_look_up, disconnect_look_up
from runde.foundation.companies.models import Confirmation
from runde.foundation.notices.models import Notice
from runde.grants.applications import tasks
from runde.grants.applications.api import (
    Application,
    save_answers,
    see_facts,
    start_application,
    tell_waiting,
    waiting_companies,
)
from runde.grants.schemes.api import Call
from tests.factories import ANSWERS, CompanyFactory, a_draft, an_applicant
from tests.fakes.register import FakeRegister, answer

from .papers import MORE, a_call_with

UNKNOWN = synthetic_orgnr(900_001)


@pytest.fixture
def call(tenant: object, at: datetime) -> Call:
    return a_call_with(at, *MORE)


@pytest.fixture
def register() -> Iterator[FakeRegister]:
    fake = FakeRegister()
    connect_look_up(fake)
    yield fake
    disconnect_look_up()


@pytest.fixture
def clock(at: datetime, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """What the jobs take for now: the last of these."""
    moments = [at]

    class Clock:
        @staticmethod
        def now(zone: object) -> datetime:
            return moments[-1]

    monkeypatch.setattr(tasks, "datetime", Clock)
    return moments


def pending(call: Call, at: datetime, **answers: str) -> Application:
    by = an_applicant(UNKNOWN, at=at)
    draft = start_application(call=call, organisation_number=UNKNOWN, by=by, at=at, typed_name="Nybakt kafé")
    raw = {**ANSWERS, **answers}
    return save_answers(application=draft, raw=raw, expected_revision=0, by=by, at=at).application


def told_of(draft: Application) -> dict[str, tuple[object, object]]:
    stands = Application.objects.get(id=draft.id)
    return {one["fact"]: (one["was"], one["now"]) for one in stands.facts_changed}


def test_those_we_know_nothing_or_only_old_things_of_are_asked_about(call: Call, at: datetime) -> None:
    fresh, old = a_draft(call=call, at=at), a_draft(call=call, at=at)
    Confirmation.objects.filter(orgnr=old.organisation_number).update(as_of_date=at - timedelta(days=30))
    pending(call, at)
    assert waiting_companies(at=at) == [UNKNOWN, old.organisation_number]
    assert fresh.organisation_number not in waiting_companies(at=at)
    assert waiting_companies(at=call.closes_at) == []


def test_the_applicant_is_told_once_and_the_draft_until_it_is_seen(call: Call, at: datetime) -> None:
    draft = pending(call, at, employees="9")
    assert tell_waiting(at=at) == 0
    CompanyFactory.create(orgnr=UNKNOWN, name="NYBAKT KAFÉ AS", employees=7)
    assert tell_waiting(at=at) == 1
    assert told_of(draft) == {"name": ("Nybakt kafé", "NYBAKT KAFÉ AS"), "employees": (9, 7)}
    stands = Application.objects.get(id=draft.id)
    assert (stands.register_state, stands.company_name) == ("known", "NYBAKT KAFÉ AS")
    assert stands.answers["employees"] == draft.answers["employees"]
    [mail] = Notice.objects.filter(subject_id=draft.id)
    assert mail.subject == "Vi har fått opplysninger om NYBAKT KAFÉ AS fra Enhetsregisteret"
    assert "Vi fikk ikke kontakt med Enhetsregisteret da du begynte" in mail.body
    assert tell_waiting(at=at) == 0
    assert see_facts(application=stands, by=an_applicant(UNKNOWN, at=at), at=at).facts_changed == []


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_mail_is_in_the_applicants_language(call: Call, at: datetime, language: str) -> None:
    draft = pending(call, at)
    Application.objects.filter(id=draft.id).update(language=language)
    CompanyFactory.create(orgnr=UNKNOWN, name="NYBAKT KAFÉ AS")
    tell_waiting(at=at)
    [mail] = Notice.objects.filter(subject_id=draft.id)
    opening = {"nb": "Vi fikk ikke", "nn": "Vi fekk ikkje", "en": "We could not"}[language]
    assert mail.body.startswith(opening)
    assert "{" not in mail.subject + mail.body


def test_what_is_sent_stands_on_what_was_sealed(call: Call, at: datetime) -> None:
    draft = pending(call, at)
    Application.objects.filter(id=draft.id).update(state="withdrawn")
    CompanyFactory.create(orgnr=UNKNOWN)
    assert (waiting_companies(at=at), tell_waiting(at=at)) == ([], 0)
    assert Application.objects.get(id=draft.id).register_state == "pending"


def test_the_job_asks_while_the_register_is_away_and_tells_when_it_is_back(
    call: Call, register: FakeRegister, at: datetime, clock: list[datetime]
) -> None:
    draft = pending(call, at)
    register.is_silent = True
    tasks.await_register(0)
    assert Application.objects.get(id=draft.id).register_state == "pending"
    assert not Notice.objects.filter(subject_id=draft.id).exists()
    register.is_silent, register.units = False, {UNKNOWN: answer(UNKNOWN)}
    clock.append(at + timedelta(minutes=10))
    for _ in range(2):
        tasks.await_register(0)
    assert Application.objects.get(id=draft.id).register_state == "known"
    assert register.asked == [UNKNOWN] * 2
    assert Notice.objects.filter(subject_id=draft.id).count() == 1


@pytest.mark.usefixtures("clock")
def test_a_change_found_by_asking_again_is_told_too(call: Call, register: FakeRegister, at: datetime) -> None:
    draft = a_draft(call=call, at=at)
    number = draft.organisation_number
    Confirmation.objects.filter(orgnr=number).update(as_of_date=at - timedelta(days=30))
    register.units[number] = answer(number, antallAnsatte=9)
    tasks.await_register(0)
    assert told_of(draft)["employees"] == (7, 9)
    assert Notice.objects.filter(subject_id=draft.id).count() == 1
