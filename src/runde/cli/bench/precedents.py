"""The most alike of a hundred thousand decided cases, beside the plainest way: fetch those that missed the same, rank
them here."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from runde.cli.demo.region import build_region
from runde.foundation.trust.api import fence, new_id
from runde.grants.precedents.api import (
    Features,
    Gap,
    Missed,
    Precedent,
    Weighed,
    features_of,
    likeness,
    list_similar,
    record_precedents,
)

from .measuring import Figure, side_by_side

DECIDED = 100_000
BATCH = 10_000
LIMIT_MS = 300
INDUSTRIES = (
    ("56.110", "I"),
    ("56.301", "I"),
    ("55.101", "I"),
    ("47.520", "G"),
    ("96.020", "T"),
    ("90.040", "S"),
)
CRITERIA = ("revenue_drop", "minimum_amount", "registered_before")


def similar_cases() -> list[Figure]:
    """A case that missed one criterion among as many that missed it as there are: half of all."""
    at, chance = datetime.now(UTC), random.Random(5)  # noqa: S311 - made-up cases
    tenant = build_region(at)[0].tenant
    with fence(tenant.id):
        for _ in range(DECIDED // BATCH):
            record_precedents([_decided(chance) for _ in range(BATCH)], at=at)
        asked = _stands(chance, ("revenue_drop",))
        ours, plain = side_by_side(lambda: list_similar(asked), lambda: _plainly(asked))
    target = f"≤ {LIMIT_MS} ms"
    value = ours * 1000
    return [
        Figure(f"similar-{DECIDED}", value, "ms", ours / plain, "ranked in Python", target, value <= LIMIT_MS)
    ]


def _plainly(asked: Features) -> list[Precedent]:
    rows = Precedent.objects.filter(rules_name=asked.rules_name, missed_key=asked.missed_key, stands=True)
    ranked = sorted(rows.iterator(), key=lambda row: -likeness(asked, features_of(row)).total)
    return ranked[:5]


def _decided(chance: random.Random) -> Weighed:
    missed = chance.choice([("revenue_drop",), ("revenue_drop",), (), CRITERIA[:2], CRITERIA[1:]])
    is_granted = chance.random() < 0.6
    return Weighed(
        decision_id=new_id(),
        case_id=new_id(),
        case_number="26/1",
        call_id=UUID(int=1),
        features=_stands(chance, missed),
        outcome="granted" if is_granted else "refused",
        amount_nok=Decimal(60_000) if is_granted else Decimal(0),
        reason_code="discretion_granted" if is_granted else "criteria_not_met",
        words="Kommunen stengte lokalet i to uker i mai, og det forklarer det som mangler.",
    )


def _stands(chance: random.Random, missed: tuple[str, ...]) -> Features:
    code, section = chance.choice(INDUSTRIES)
    gaps = [
        Missed(
            slug, gap=Gap("drop", Decimal(chance.randrange(1, 2000)) / 10_000, "share", True), label="Krav"
        )
        for slug in sorted(missed)
    ]
    return Features(
        rules_name="smittevern",
        lane="yellow" if missed else "green",
        missed=tuple(gaps),
        industry=code,
        section=section,
        employees=chance.randrange(0, 60),
        municipality="3103",
        age_years=chance.randrange(0, 40),
        calculated_nok=Decimal(80_000),
    )
