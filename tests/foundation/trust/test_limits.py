"""Limits are exact across connections, and the site refuses to be too powerful."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from runde.foundation.trust.api import TooMany, TooPowerful, refuse_powerful_role, take
from runde.foundation.trust.limits import NoSuchLimit
from runde.foundation.trust.models import RateLimit


@pytest.mark.django_db
def test_a_burst_passes_and_the_next_is_told_when_to_come_back() -> None:
    RateLimit.objects.create(name="test", burst=3, period_ms=60_000)
    for _ in range(3):
        take("test", "me")
    with pytest.raises(TooMany) as refusal:
        take("test", "me")
    assert 1 <= int(str(refusal.value.facts["retry_after"])) <= 60
    take("test", "somebody else")


@pytest.mark.django_db
def test_a_limit_nobody_has_set_up_refuses() -> None:
    with pytest.raises(NoSuchLimit):
        take("unknown", "me")


def test_a_limit_of_forty_lets_exactly_forty_pass_among_eight_callers(fresh_database: str) -> None:
    connections["owner"].cursor().execute(
        "INSERT INTO trust_ratelimit (name, burst, period_ms, enforced) VALUES ('test', 40, 3600000, true)"
    )

    def call(_: int) -> int:
        passed = 0
        try:
            for _turn in range(10):
                try:
                    take("test", "all")
                    passed += 1
                except TooMany:
                    pass
        finally:
            connections.close_all()
        return passed

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(call, range(8))) == 40


def test_the_site_refuses_to_run_as_the_tables_owner(fresh_database: str) -> None:
    refuse_powerful_role("default")
    with pytest.raises(TooPowerful, match="runde_owner"):
        refuse_powerful_role("owner")
    with pytest.raises(TooPowerful, match="runde_check"):
        refuse_powerful_role("check")
