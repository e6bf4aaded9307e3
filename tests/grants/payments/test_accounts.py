"""A new account waits, everybody known is told, and no trick gets money out early or to another account."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid5

import pytest
from django.conf import settings as house
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runde.engine.bank.api import read_pain001
from runde.engine.reference.api import is_bank_day, synthetic_account
from runde.foundation.approvals.api import OwnWork
from runde.foundation.notices.models import Notice
from runde.foundation.people.api import Actor, get_actor, get_person
from runde.foundation.trust.api import NotAllowed, fence
from runde.grants.casework.api import find_account
from runde.grants.payments import api as payments
from runde.grants.payments.models import AccountChange, BankFile, Batch, Payment, SealedPayment

from .conftest import Town, build_town, found_municipality

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NEW, OTHER = synthetic_account(901), synthetic_account(902)
AFTER = timedelta(days=11)


def applicant(town: Town) -> Actor:
    return get_actor(get_person(town.actors["applicant"].person_id), on=AT.date())


def ask(town: Town, number: str = NEW, at: datetime = AT) -> AccountChange:
    return payments.ask_account_change(
        case_id=Payment.objects.get().case_id, account_number=number, by=owner(town), at=at
    )


def owner(town: Town) -> Actor:
    """The one who applied, vouched for in the register."""
    person = applicant(town)
    numbers = frozenset(Payment.objects.values_list("recipient_number", flat=True))
    return Actor(person.person_id, person.name, companies=numbers, vouched=numbers)


def test_a_new_account_waits_and_everybody_known_is_told(town: Town) -> None:
    town.decide(250)
    before = Notice.objects.count()
    change = ask(town)
    assert change.effective_date == date(2026, 12, 3)
    assert is_bank_day(change.effective_date)
    told = Notice.objects.filter(subject_kind="account_change")
    assert told.count() == Notice.objects.count() - before == 1
    assert told.get().to_person_id == town.actors["applicant"].person_id
    assert NEW not in told.get().body


def test_nothing_is_paid_while_it_waits_and_the_new_account_is_used_after(town: Town) -> None:
    town.decide(250)
    ask(town)
    with pytest.raises(payments.PaymentsStopped, match="venter"):
        town.prepare()
    later = Town(town.tenant_id, AT + AFTER, town.actors, town.sources, town.call)
    assert list(payments.list_due(on=date(2026, 12, 4)).accounts.values()) == [NEW]
    batch = later.prepare(execution_date=date(2026, 12, 4))
    assert list(payments.batch_page(batch.id, on=later.at.date()).accounts.values()) == [NEW]
    later.approve(batch)
    [line] = [one for block in read_pain001(later.bytes_of(batch)).blocks for one in block.lines]
    assert line.creditor_account == NEW
    assert SealedPayment.objects.get().account_number == NEW


def test_a_change_after_gathering_stops_the_seal(town: Town) -> None:
    town.decide(250)
    batch = town.prepare(execution_date=date(2026, 12, 15))
    ask(town)
    with pytest.raises(payments.PaymentsStopped, match="venter"):
        town.approve(batch)
    town.at = AT + AFTER
    with pytest.raises(payments.PaymentsStopped, match="endret etter"):
        town.approve(batch)
    assert not BankFile.objects.exists()


def test_it_can_be_called_off_until_its_day(town: Town) -> None:
    town.decide(250)
    change = ask(town)
    payments.cancel_account_change(change_id=change.id, by=owner(town), at=AT + timedelta(days=1))
    town.prepare()
    assert find_account(change.case_id) == change.old_number
    with pytest.raises(payments.AccountRefused):
        payments.cancel_account_change(change_id=change.id, by=owner(town), at=AT)
    assert Notice.objects.filter(key__startswith="account_cancelled:").count() == 1


def test_a_newer_wish_calls_off_the_older_and_waits_anew(town: Town) -> None:
    town.decide(250)
    first = ask(town)
    second = ask(town, OTHER, AT + timedelta(days=9))
    first.refresh_from_db()
    assert first.cancelled_at is not None
    assert second.effective_date > first.effective_date
    assert second.old_number == first.old_number


@pytest.mark.parametrize("number", ["12345678901", "", "9999 99 00019"])
def test_a_number_that_is_none_is_refused(town: Town, number: str) -> None:
    town.decide(250)
    with pytest.raises(payments.AccountRefused):
        ask(town, number)


def test_others_may_not(town: Town) -> None:
    town.decide(250)
    for who in ("officer", "approver", "kari"):
        with pytest.raises(NotAllowed):
            payments.ask_account_change(
                case_id=Payment.objects.get().case_id, account_number=NEW, by=town.actors[who], at=AT
            )


def test_what_is_on_its_way_keeps_its_account(town: Town) -> None:
    town.decide(250)
    town.approve(town.prepare())
    with pytest.raises(payments.AlreadyOnItsWay):
        ask(town)


def test_the_database_holds_it_alone(town: Town) -> None:
    town.decide(250)
    change = ask(town)
    with pytest.raises(IntegrityError, match="called off"), transaction.atomic():
        AccountChange.objects.filter(id=change.id).update(
            cancelled_by=change.asked_by, cancelled_at=AT + AFTER
        )
    batch = Batch.objects.create(
        number=9, execution_date=date(2026, 12, 1), prepared_by=change.asked_by, prepared_at=AT
    )
    file = BankFile.objects.create(
        batch=batch, message_id="m", content=b"x", sha256="0" * 64, count=1, sum_nok=250, sealed_at=AT
    )
    with pytest.raises(IntegrityError, match="account that holds"), transaction.atomic():
        SealedPayment.objects.create(payment=Payment.objects.get(), bank_file=file, end_to_end_id="e")


REFUSALS = (
    payments.AccountRefused,
    payments.AlreadyInBatch,
    payments.AlreadyOnItsWay,
    payments.BatchHandled,
    payments.NothingToPay,
    payments.PaymentsStopped,
    payments.PaymentsRefused,
    OwnWork,
)
tricks = st.one_of(
    st.tuples(st.just("ask"), st.integers(900, 903)),
    st.tuples(st.just("cancel"), st.just(0)),
    st.tuples(st.just("days"), st.integers(1, 12)),
    st.tuples(st.sampled_from(["prepare", "approve", "return"]), st.sampled_from([0, 1])),
)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(tricks, min_size=4, max_size=14))
def test_no_trick_pays_early_or_elsewhere(manifests: Path, plan: list[tuple[str, int]]) -> None:
    assert manifests == house.MANIFESTS
    with transaction.atomic():
        with fence(found_municipality()):
            town = build_town(AT)
            town.decide(250)
            for act, number in plan:
                with suppress(*REFUSALS), transaction.atomic():
                    play(town, act, number)
            assert_told_each_time()
            assert_paid_where_it_should(synthetic_account(1))
        transaction.set_rollback(True)


def play(town: Town, act: str, number: int) -> None:
    who = town.actors[("kari", "ola")[number % 2]]
    if act == "days":
        town.at += timedelta(days=number)
    elif act == "ask":
        ask(town, synthetic_account(number), town.at)
    elif act == "cancel":
        newest = AccountChange.objects.order_by("-asked_at").first()
        if newest:
            payments.cancel_account_change(change_id=newest.id, by=owner(town), at=town.at)
    elif act == "prepare":
        town.prepare(by=who, execution_date=next_bank_day_after(town.at.date()))
    else:
        handle(town, act, who)


def handle(town: Town, act: str, who: Actor) -> None:
    batch = Batch.objects.order_by("-number").first()
    if batch is None:
        return
    if act == "approve":
        key = str(uuid5(batch.id, f"{who.person_id} {town.at}"))
        payments.approve_batch(batch_id=batch.id, key=key, by=who, at=town.at)
    else:
        payments.return_batch(batch_id=batch.id, reason="Nei", by=who, at=town.at)


def next_bank_day_after(day: date) -> date:
    day += timedelta(days=1)
    return day if is_bank_day(day) else next_bank_day_after(day)


def assert_told_each_time() -> None:
    for change in AccountChange.objects.all():
        assert Notice.objects.filter(key__startswith=f"account_asked:{change.id}:").exists()


def assert_paid_where_it_should(own: str) -> None:
    """A plain model: walk the changes in order of time up to the seal."""
    for sealed in SealedPayment.objects.select_related("bank_file"):
        at, account = sealed.bank_file.sealed_at, own
        for change in AccountChange.objects.order_by("asked_at"):
            if change.asked_at > at or change.cancelled_at and change.cancelled_at <= at:
                continue
            assert change.effective_date <= at.date()
            assert (change.effective_date - change.asked_at.date()).days >= 10
            account = change.new_number
        assert sealed.account_number == account
        content = bytes(sealed.bank_file.content)
        assert account.encode() in content
