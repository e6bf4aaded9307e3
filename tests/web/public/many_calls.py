"""More calls for the small region: each with rules of its own, and what is assumed where answers are unknown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from runde.engine.rules import RuleSet, load_example
from runde.foundation.forms.api import publish_form
from runde.foundation.trust.api import fence
from runde.grants.schemes.api import (
    Call,
    CallTerms,
    attach_funding,
    create_scheme,
    open_call,
    publish_call,
    publish_version,
    register_source,
)
from runde.grants.schemes.examples import load_scheme
from tests.journeys.region import Town

MOSS = ("3103", {"nb": "Moss", "nn": "Moss", "en": "Moss"})


def band(share: str, value: str) -> dict[str, str]:
    return {"share": share, "value": value}


ASSUMED: list[dict[str, Any]] = [
    {
        "name": "revenue_drop",
        "source": "Spørreundersøkelse i næringsforeningen (oppdiktet)",
        "as_of": "2026-10-01",
        "lines": [
            {"sections": ["I"], "bands": [band("0.5", "0.35"), band("0.3", "0.6"), band("0.2", "0.1")]},
            {"sections": [], "bands": [band("1", "0.3")]},
        ],
    },
    {
        "name": "fixed_costs",
        "source": "Regnskapstall for bransjen (oppdiktet)",
        "lines": [
            {"employees_from": 0, "employees_to": 4, "bands": [band("1", "90000")]},
            {"employees_from": 5, "bands": [band("0.5", "200000"), band("0.5", "400000")]},
        ],
    },
]
"""For a company in I with nine employees: from 200 000 × 35 % × 85 % − 5 000 to 400 000 × 60 % × 85 % − 5 000."""
LOW, HIGH = "54 500", "199 000"


def add_call(
    town: Town,
    slug: str,
    *,
    at: datetime,
    rules: RuleSet | None = None,
    form: Mapping[str, Any] | None = None,
    assumptions: Sequence[Mapping[str, Any]] = (),
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    terms: CallTerms | None = None,
    publish: bool = True,
    earmark: tuple[str, str] = ("", ""),
    texts: Mapping[str, Any] | None = None,
) -> Call:
    """A call under the example's texts, with its own rules, paid by decided money."""
    example = load_scheme("smittevern")
    with fence(town.tenant.id):
        manager = town.actor("manager", at)
        version = publish_version(
            scheme=create_scheme(slug=slug, by=manager, at=at),
            texts=texts_of(example["texts"], slug, town) | dict(texts or {}),
            rules=rules or example_rules(),
            form=publish_form(slug=slug, definition=form or example["form"], by=manager, at=at),
            legal_basis=example["legal_basis"],
            assumptions=assumptions,
            by=manager,
            at=at,
        )
        call = open_call(
            scheme_version=version,
            slug=slug,
            opens_at=opens_at or at - timedelta(days=1),
            closes_at=closes_at or at + timedelta(days=30),
            answer_by_date=timezone.localdate(at) + timedelta(days=60),
            euro_rate=Decimal("11.72"),
            euro_rate_date=timezone.localdate(at),
            euro_rate_source="Norges Bank (eksempel)",
            terms=terms or CallTerms(),
            by=manager,
            at=at,
        )
        source = register_source(
            name=slug,
            giver="Kommunen",
            amount_nok=Decimal("1000000"),
            decision_document="Kommunestyret sak 1/26",
            earmark=earmark[0],
            earmark_text=earmark[1],
            by=manager,
            at=at,
        )
        attach_funding(call=call, source=source, rank=1, by=manager, at=at)
        if publish:
            publish_call(call=call, by=manager, at=at)
    return call


def texts_of(texts: Mapping[str, Any], slug: str, town: Town) -> dict[str, Any]:
    written = json.dumps(texts).replace("{municipality}", town.tenant.name.removesuffix(" kommune"))
    return {**json.loads(written), "name": dict.fromkeys(("nb", "nn", "en"), f"Ordning {slug}")}


def example_rules(required_drop: str = "0.30", municipality: tuple[str, Mapping[str, str]] = MOSS) -> RuleSet:
    number, label = municipality
    rules = load_example("smittevern", municipality=number, label=label)
    return rules.with_parameter("required_drop", Decimal(required_drop), source="Prøve")


def add_many(town: Town, count: int, *, at: datetime) -> None:
    """Open calls with different rules, each with assumptions."""
    for number in range(count):
        drop = Decimal("0.2500") + Decimal(number).scaleb(-4)
        rules = example_rules(str(drop))
        add_call(town, f"ordning-{number}", at=at, rules=rules, assumptions=ASSUMED)
