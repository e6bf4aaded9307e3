from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from runde.foundation.organisations.api import get_tenant
from runde.foundation.people.api import Role
from runde.foundation.trust.api import current_tenant
from runde.grants.schemes.api import (
    Call,
    CallTerms,
    FundingSource,
    SchemeVersion,
    attach_funding,
    install_example_scheme,
    open_call,
    publish_call,
    register_source,
)

from .people import an_actor

_numbers = count(1)


def a_scheme_version(*, at: datetime, municipality_number: str | None = None) -> SchemeVersion:
    """The ready-made scheme `smittevern` for the fenced tenant's municipality."""
    number = municipality_number or get_tenant(current_tenant()).municipality_number
    manager = an_actor(Role.SCHEME_MANAGER, at=at)
    return install_example_scheme(slug="smittevern", municipality_number=number, by=manager, at=at)


def a_source(*, at: datetime, **facts: Any) -> FundingSource:
    """A decided source of 10 million kroner, unless the facts say otherwise."""
    given = {
        "name": "Kommunale midler",
        "giver": "Kommunestyret",
        "amount_nok": Decimal(10_000_000),
        "decision_document": "Kommunestyret sak 42/26",
    }
    return register_source(**(given | facts), by=an_actor(Role.SCHEME_MANAGER, at=at), at=at)


def a_call(
    *,
    at: datetime,
    sources: tuple[FundingSource, ...] | None = None,
    publish: bool = True,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    scheme_version: SchemeVersion | None = None,
    terms: CallTerms | None = None,
) -> Call:
    """A published call, open from yesterday for three weeks, paid for by `sources` in that order."""
    manager = an_actor(Role.SCHEME_MANAGER, at=at)
    closes_at = closes_at or at + timedelta(days=21)
    call = open_call(
        scheme_version=scheme_version or a_scheme_version(at=at),
        slug=f"smittevern-{next(_numbers)}",
        opens_at=opens_at or at - timedelta(days=1),
        closes_at=closes_at,
        answer_by_date=closes_at.date() + timedelta(days=28),
        euro_rate=Decimal("11.7190"),
        euro_rate_date=date(2026, 11, 20),
        euro_rate_source="Norges Bank (eksempel)",
        terms=terms or CallTerms(),
        by=manager,
        at=at,
    )
    for rank, source in enumerate((a_source(at=at),) if sources is None else sources, start=1):
        attach_funding(call=call, source=source, rank=rank, by=manager, at=at)
    return publish_call(call=call, by=manager, at=at) if publish else call
