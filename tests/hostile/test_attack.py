"""The attack itself must see what it is there to see."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.signals import got_request_exception
from django.http import HttpResponse

from runde.foundation.people.api import Person
from tests.factories.organisations import TenantFactory
from tests.factories.people import PersonFactory

from .attack import Attack

PAGE = "<h1>Dette kan ikke gjøres</h1>"


@pytest.fixture
def attack(db: None) -> Iterator[Attack]:
    with Attack([TenantFactory.create().id]) as made:
        yield made


def test_a_calm_refusal_is_no_fault(attack: Attack) -> None:
    attack.request("calm", HttpResponse, PAGE, status=422)
    assert (attack.faults, attack.refused) == ({}, 1)


def test_a_row_stored_by_a_refusal_is_seen_and_undone(attack: Attack) -> None:
    def store() -> HttpResponse:
        PersonFactory.create(email="halv@example.no")
        return HttpResponse(PAGE, status=422)

    attack.request("half stored", store)
    assert list(attack.faults) == ["stored although refused: people_person"]
    assert not Person.objects.filter(email="halv@example.no").exists()


def test_a_crash_a_bare_refusal_and_a_stack_trace_are_seen(attack: Attack) -> None:
    def crash() -> HttpResponse:
        try:
            raise ZeroDivisionError
        except ZeroDivisionError:
            got_request_exception.send(sender=None)
        return HttpResponse(status=500)

    attack.request("crash", crash)
    attack.request("bare", HttpResponse, "", status=405)
    attack.request("trace", HttpResponse, f"{PAGE}Traceback (most recent call last)", status=400)
    attack.request("silent crash", HttpResponse, status=503)
    assert set(attack.faults) == {"ZeroDivisionError", "405 without a sentence", "traceback shown", "503"}
