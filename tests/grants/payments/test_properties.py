"""Any order of acts by anybody: after every step the money is where a plain model says, and nothing is paid twice."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings as house
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runde.engine.bank.api import read_pain001
from runde.foundation.approvals.api import OwnWork
from runde.foundation.ledger import api as ledger
from runde.foundation.trust.api import fence
from runde.grants.payments import api as payments
from runde.grants.payments.models import BankFile, Batch, Payment

from .conftest import Town, build_town, found_municipality

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
REFUSALS = (payments.BatchHandled, payments.NothingToPay, payments.AlreadyInBatch, OwnWork)

amounts = st.integers(1, 400)
people = st.sampled_from(["kari", "ola"])
acts = st.one_of(
    st.tuples(st.just("decide"), amounts, people),
    st.tuples(st.just("prepare"), st.just(0), people),
    st.tuples(st.sampled_from(["approve", "return", "send"]), st.integers(0, 2), people),
)


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(acts, min_size=3, max_size=14))
def test_nothing_is_paid_twice_in_any_order(manifests: Path, plan: list[tuple[str, int, str]]) -> None:
    assert manifests == house.MANIFESTS
    with transaction.atomic():
        with fence(found_municipality()):
            town = build_town(AT)
            for act, number, name in plan:
                before = standing(town)
                with suppress(*REFUSALS), transaction.atomic():
                    take(town, act, number, name)
                assert_whole(town)
                assert sum(before) <= sum(standing(town))
        transaction.set_rollback(True)


def take(town: Town, act: str, number: int, name: str) -> None:
    if act == "decide":
        town.decide(number)
    elif act == "prepare":
        town.prepare(by=town.actors[name])
    else:
        batches = list(Batch.objects.order_by("number"))
        if batches:
            handle(town, act, batches[number % len(batches)], name)


def handle(town: Town, act: str, batch: Batch, name: str) -> None:
    by = town.actors[name]
    if act == "approve":
        town.approve(batch, by=name)
    elif act == "return":
        payments.return_batch(batch_id=batch.id, reason="Nei", by=by, at=AT)
    else:
        payments.mark_sent(batch_id=batch.id, by=by, at=AT)


def standing(town: Town) -> list[Decimal]:
    """What is committed, in bank files and paid, over both sources."""
    stands = ledger.balances(town.sources).values()
    return [
        sum((getattr(one, place) for one in stands), Decimal(0))
        for place in ("committed", "in_bank_file", "paid")
    ]


def assert_whole(town: Town) -> None:
    """The ledger is what the bytes of the files and the states of the batches say, to the øre."""
    owed = sum(Payment.objects.values_list("amount_nok", flat=True), Decimal(0))
    in_state, paid_to = Counter[str](), Counter[str]()
    for file in BankFile.objects.select_related("batch"):
        read = read_pain001(bytes(file.content))
        in_state[file.batch.state] += int(read.sum_nok)
        paid_to.update(read.references)
    assert set(paid_to.values()) <= {1}
    sealed, sent = in_state[Batch.State.SEALED], in_state[Batch.State.SENT]
    assert standing(town) == [owed - sealed - sent, sealed, sent]
    assert ledger.is_balanced()
    for batch in Batch.objects.exclude(approved_by=None):
        assert batch.approved_by != batch.prepared_by
