"""Many rows in one statement: what is read back is what was stored, whatever the text holds."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from runde.foundation.trust.api import fence, insert_rows
from runde.foundation.trust.models import Counter, IdempotencyKey

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 3, 4, 5, 678901, tzinfo=UTC)
HARD = "\"'\\ {}\n\t\x01 %s $1 æøå 𝒳 \u2028"


def made(key: str = "1", result: object = 0) -> IdempotencyKey:
    return IdempotencyKey(operation="test", key=key, fingerprint=b"\x00\\\xff", result=result, made_at=AT)


@pytest.mark.parametrize("result", [{HARD: [HARD, None, True, 10**30]}, [], HARD])
def test_what_is_stored_is_read_back(result: object) -> None:
    with fence(uuid4()):
        insert_rows([made("a", result), made(HARD, result)])
        rows = sorted(IdempotencyKey.objects.all(), key=lambda row: row.key != "a")
        assert [(row.key, row.result, bytes(row.fingerprint), row.made_at) for row in rows] == [
            ("a", result, b"\x00\\\xff", AT),
            (HARD, result, b"\x00\\\xff", AT),
        ]


def test_a_row_may_be_changed_afterwards() -> None:
    with fence(uuid4()):
        row = Counter(kind="test", year=2026, value=1)
        insert_rows([row])
        row.value = 2
        row.save()
        assert Counter.objects.get().value == 2


def test_a_key_that_stands_is_refused_or_passed_by() -> None:
    with fence(uuid4()):
        insert_rows([made(result=1)])
        insert_rows([made(result=2), made("2", 3)], skip_known=True)
        assert {row.key: row.result for row in IdempotencyKey.objects.all()} == {"1": 1, "2": 3}
        with pytest.raises(IntegrityError), transaction.atomic():
            insert_rows([made()])


def test_a_thousand_rows_take_ten_statements() -> None:
    with fence(uuid4()), CaptureQueriesContext(connection) as seen:
        insert_rows([made(str(number)) for number in range(1000)])
    assert sum("INSERT" in query["sql"] for query in seen.captured_queries) == 10
