"""«Hva kan vi få?»: the whole page for one company with fifty open calls, beside the same page with none."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from http import HTTPStatus
from itertools import count

from django.test import Client

from runde.cli.demo.region import Municipality, build_region
from runde.cli.demo.setting import acting, fill_register
from runde.engine.rules import load_example
from runde.foundation.companies.api import list_companies_in
from runde.foundation.forms.api import publish_form
from runde.foundation.jobs.api import settle
from runde.foundation.trust.api import fence
from runde.grants.schemes.api import (
    attach_funding,
    create_scheme,
    load_scheme,
    open_call,
    publish_call,
    publish_version,
    register_source,
)

from .measuring import Figure

CALLS = 50
COMPANIES = 2_000
VISITS = 40
INDUSTRIES = ("56", "90", "96")
_addresses = count(1)


def company_finds_calls() -> list[Figure]:
    """Server time of a page, template and all, asked for by companies in turn. Rules are compiled beforehand."""
    at = datetime.now(UTC)
    municipalities = build_region(at)
    towns = {one.town.number: 1.0 for one in municipalities}
    fill_register(None, count=COMPANIES, seed=1, towns=towns, now=at)
    numbers = _numbers(municipalities)
    empty = _milliseconds(numbers, calls=0)
    for place in range(CALLS):
        _announce(municipalities[place % len(municipalities)], place, at)
    _milliseconds(numbers[:1], calls=CALLS)
    settle()  # as the server does
    full = _milliseconds(numbers, calls=CALLS)
    target = "≤ 30 ms"
    return [Figure(f"hva-kan-vi-få-{CALLS}", full, "ms", full / empty, "no open call", target, full <= 30)]


def _numbers(municipalities: Iterable[Municipality]) -> list[str]:
    """Companies of the industries the schemes are for, so that there is something to judge."""
    found = [
        company.orgnr
        for one in municipalities
        for company in list_companies_in(one.town.number, industry_prefixes=INDUSTRIES, limit=VISITS)
    ]
    return found[:VISITS]


def _milliseconds(numbers: list[str], *, calls: int) -> float:
    """The median visit, each from an address of its own: the site would else say that it was too many."""
    client = Client(SERVER_NAME="localhost", headers={"accept-language": "nb"})

    def visit(number: str) -> float:
        place = next(_addresses)
        address = f"10.0.{place // 250}.{place % 250 + 1}"
        started = time.perf_counter()
        page = client.get("/finn/", {"q": number}, REMOTE_ADDR=address)
        taken = time.perf_counter() - started
        if page.status_code != HTTPStatus.OK or page.content.count(b"<article") != calls:
            raise AssertionError(f"{page.status_code}, {page.content.count(b'<article')} calls of {calls}")
        return taken

    visit(numbers[0])
    return statistics.median(visit(number) for number in numbers) * 1000


def _announce(municipality: Municipality, place: int, at: datetime) -> None:
    """An open call of its own scheme, whose rules no other call has."""
    example, town, slug = load_scheme("smittevern"), municipality.town, f"ordning-{place}"
    texts = json.loads(json.dumps(example["texts"]).replace("{municipality}", town.name))
    rules = load_example("smittevern", town.number, {"nb": town.name, "nn": town.name, "en": town.name})
    rules = rules.with_parameter("required_drop", Decimal("0.25") + Decimal(place) / 1000, source="oppdiktet")
    with fence(municipality.tenant.id):
        by = acting(municipality.staff.manager, at)
        version = publish_version(
            scheme=create_scheme(slug=slug, by=by, at=at),
            texts=texts,
            rules=rules,
            form=publish_form(slug=slug, definition=example["form"], by=by, at=at),
            legal_basis=example["legal_basis"],
            by=by,
            at=at,
        )
        call = open_call(
            scheme_version=version,
            slug=slug,
            opens_at=at - timedelta(days=1),
            closes_at=at + timedelta(days=30),
            answer_by_date=(at + timedelta(days=60)).date(),
            euro_rate=Decimal("11.72"),
            euro_rate_date=at.date(),
            euro_rate_source="oppdiktet",
            by=by,
            at=at,
        )
        source = register_source(
            name=slug,
            giver="oppdiktet",
            amount_nok=Decimal(1_000_000),
            decision_document="oppdiktet",
            by=by,
            at=at,
        )
        attach_funding(call=call, source=source, rank=1, by=by, at=at)
        publish_call(call=call, by=by, at=at)
