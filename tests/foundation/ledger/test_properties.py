"""Any sequence of postings: the books equal a plain model after every step, and every prefix balances."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from runde.foundation.ledger import api as ledger
from runde.foundation.ledger.api import Share
from runde.foundation.trust.api import fence

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PLACES = ("available", "committed", "in_bank_file", "paid")
MOVES: dict[str, tuple[str, str, Any]] = {
    "commit": ("available", "committed", ledger.commit_many),
    "release": ("committed", "available", ledger.release_many),
    "to_bank_file": ("committed", "in_bank_file", ledger.to_bank_file_many),
    "mark_paid": ("in_bank_file", "paid", ledger.mark_paid_many),
}


class Step(NamedTuple):
    """One command: a move for several cases and sources at once, or money given."""

    move: str
    shares: list[tuple[int, int, Decimal]]  # case, source, amount
    repeat: bool


amounts = st.integers(1, 30_000).map(lambda ore: Decimal(ore) / 100)
shares = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), amounts), min_size=1, max_size=4)
steps = st.builds(Step, st.sampled_from(["give", *MOVES]), shares, st.booleans())


class Model:
    """The books as a person would keep them on paper: a sum for each source, place and case."""

    def __init__(self) -> None:
        self.stands: dict[tuple[int, str, int | None], Decimal] = {}

    def after(self, out: str, into: str, shares: list[tuple[int, int, Decimal]]) -> dict[Any, Decimal] | None:
        """What would stand where; None when something would be below zero."""
        stands = dict(self.stands)
        for case, source, amount in shares:
            for place, change in ((out, -amount), (into, amount)):
                key = (source, place, None if place in ("available", "giver") else case)
                stands[key] = stands.get(key, Decimal(0)) + change
        short = any(total < 0 for (_, place, _), total in stands.items() if place != "giver")
        return None if short else stands

    def total(self, source: int, place: str) -> Decimal:
        return sum((v for (s, p, _), v in self.stands.items() if (s, p) == (source, place)), Decimal(0))


@contextmanager
def undone() -> Iterator[None]:
    """Hypothesis runs many examples in one test: each leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(st.lists(steps, min_size=1, max_size=10))
def test_the_books_are_the_model_after_every_step(plan: list[Step]) -> None:
    with undone(), fence(uuid4()):
        sources, cases, model = [uuid4(), uuid4()], [uuid4(), uuid4(), uuid4()], Model()
        for source in sources:
            ledger.open_accounts(source)
        for number, step in enumerate(plan):
            run(number, step, model, sources, cases)
            compare(model, sources)
        assert_every_prefix_balances()


def run(number: int, step: Step, model: Model, sources: list[UUID], cases: list[UUID]) -> None:
    if step.move == "give":
        _, source, amount = step.shares[0]
        ledger.appropriate(source_id=sources[source], amount_nok=amount, key=f"{number}", by=None, at=AT)
        model.stands = model.after("giver", "available", [(0, source, amount)]) or {}
        return
    out, into, post = MOVES[step.move]
    wanted = [
        Share(f"{number}:{case}", cases[case], sources[source], nok) for case, source, nok in step.shares
    ]
    expected = model.after(out, into, step.shares)
    if expected is None:
        with pytest.raises((ledger.NotEnoughMoney, ledger.NotThatMuchOnCase)):
            post(wanted, by=None, at=AT)
        return
    for _ in range(2 if step.repeat else 1):
        post(wanted, by=None, at=AT)
    model.stands = expected


def compare(model: Model, sources: list[UUID]) -> None:
    standing = ledger.balances(sources)
    for number, source in enumerate(sources):
        found = [getattr(standing[source], place) for place in PLACES]
        assert found == [model.total(number, place) for place in PLACES]
        assert standing[source].given == sum(found)
    assert ledger.is_balanced()


PREFIXES = """
SELECT count(*) FROM (
    SELECT sum(total) OVER (ORDER BY id) AS prefix FROM (
        SELECT entry.id, sum(leg.amount_nok) AS total FROM ledger_entry entry
        JOIN ledger_leg leg ON leg.entry_id = entry.id GROUP BY entry.id
    ) entries
) prefixes WHERE prefix <> 0
"""


def assert_every_prefix_balances() -> None:
    with connection.cursor() as cursor:
        cursor.execute(PREFIXES)
        assert cursor.fetchone() == (0,)
