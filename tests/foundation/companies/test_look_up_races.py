"""Several who ask at once, and one who asks while a file is read in: each with a connection of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection, connections, transaction

from runde.engine.reference.api import synthetic_orgnr
from runde.foundation.companies.api import (
    RegisterSilent,
    RegisterUnavailable,
    UnitAnswer,
    connect_look_up,
    fetch_company,
    register_standing,
)
from runde.foundation.companies.models import Company, Snapshot
from runde.foundation.companies.operations.import_register import ONE_IMPORT_AT_A_TIME
from tests.fakes.register import FakeRegister, answer

NUMBER = synthetic_orgnr(700_001)


def test_one_unit_does_not_wait_for_a_whole_file(
    fresh_database: str, register: FakeRegister, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("runde.foundation.companies.operations.take_in_unit.PATIENCE", "100ms")
    register.units[NUMBER] = answer(NUMBER)
    importing = connection.copy()
    try:
        with importing.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_IMPORT_AT_A_TIME])
        with pytest.raises(RegisterUnavailable) as refused:
            fetch_company(NUMBER, at=at)
    finally:
        importing.close()
    assert refused.value.reason == "a file is being read in"
    assert register_standing(at).is_down_since is None
    assert fetch_company(NUMBER, at=at).orgnr == NUMBER


def test_silence_is_remembered_though_the_page_fails(
    fresh_database: str, register: FakeRegister, at: datetime
) -> None:
    """Written at once, not with the page: another connection sees it before this one is done."""
    register.is_silent = True
    with pytest.raises(RegisterSilent):
        fetch_company(NUMBER, at=at)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT down_since_at FROM companies_registercontact")
            assert cursor.fetchone() == (at,)
    finally:
        other.close()


def test_two_who_ask_at_once_keep_one(fresh_database: str, register: FakeRegister, at: datetime) -> None:
    register.units[NUMBER] = answer(NUMBER)

    def ask(_: int) -> str:
        try:
            return fetch_company(NUMBER, at=at).name
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(ask, range(4))) == {"NYBAKT KAFÉ AS"}
    assert Company.objects.count() == 1
    assert not Snapshot.objects.exists()


def test_one_who_tries_within_a_transaction_holds_nobody_up(
    fresh_database: str, register: FakeRegister, at: datetime
) -> None:
    later = at + timedelta(minutes=2)
    register.is_silent = True
    with pytest.raises(RegisterSilent):
        fetch_company(NUMBER, at=at)

    def others() -> str:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            fetch_company(NUMBER, at=later)
        except RegisterSilent as refused:
            return refused.reason
        finally:
            connections.close_all()
        return "asked"

    class Meanwhile:
        told = ""

        def unit(self, orgnr: str) -> UnitAnswer:
            with ThreadPoolExecutor(1) as pool:
                self.told = pool.submit(others).result()
            return FakeRegister({NUMBER: answer(NUMBER)}).unit(orgnr)

    meanwhile = Meanwhile()
    connect_look_up(meanwhile)
    with transaction.atomic():
        assert fetch_company(NUMBER, at=later).orgnr == NUMBER
    assert meanwhile.told == "quiet: fake"
