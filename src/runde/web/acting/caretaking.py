"""Which municipality looks after a company: where it lies, or the first of the region for one from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from runde.engine.reference.api import format_orgnr
from runde.foundation.companies.api import find_company
from runde.foundation.organisations.api import Organisation, list_tenants
from runde.foundation.trust.api import fence


def caretaker_of(organisation_number: str) -> Organisation:
    company, tenants = find_company(organisation_number), list_tenants()
    home = [one for one in tenants if company and one.municipality_number == company.municipality]
    return (home or tenants)[0]


@contextmanager
def at_the_caretaker(organisation_number: str) -> Iterator[Organisation]:
    """In the fence of the municipality that looks after the company: its journal and its mail."""
    caretaker = caretaker_of(organisation_number)
    with fence(caretaker.id):
        yield caretaker


def name_of(organisation_number: str) -> str:
    company = find_company(organisation_number)
    return company.name if company else format_orgnr(organisation_number)
