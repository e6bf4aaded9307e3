"""The same answer by hand: scaled integers and bit masks in NumPy, written for this one scheme."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from runde.engine.whatif import Reach

from .columns import LETTERS, Columns
from .scheme import CRITERIA, MEASURED, REFERS, SECTIONS

REGISTERED_LIMIT = 20_513  # 2026-03-01 in days since 1970
STEPS = {
    "registered_before": (30, 90, 365),
    "size": (1, 2, 5),
    "fall": (100, 500, 1000),
    "revenue": (1_500_000, 3_000_000, 7_500_000),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What both must agree on, to the last company and krone."""

    lanes: tuple[int, int, int, int]
    """Eligible, referred, unknown, refused."""
    criteria: dict[str, tuple[int, int, int, tuple[int, ...]]]
    """Not met, alone, unknown, and near by band."""
    cells: dict[tuple[int, int], tuple[int, int]]
    """By municipality and section: eligible, and cost in kroner."""
    cost_nok: int


def by_numpy(columns: Columns) -> Found:
    import numpy as np

    met, gaps = _met(np, columns)
    not_met = np.zeros(len(columns.section), dtype=np.uint16)
    unknown = np.zeros_like(not_met)
    for place, (holds, known) in enumerate(met.values()):
        failed = ~holds if known is True else known & ~holds
        not_met |= failed.astype(np.uint16) << np.uint16(place)
        if known is not True:
            unknown |= (~known).astype(np.uint16) << np.uint16(place)
    kinds = 1 << len(met)
    failures, doubts = np.bincount(not_met, minlength=kinds), np.bincount(unknown, minlength=kinds)
    masks = np.arange(kinds)
    criteria = {}
    for place, slug in enumerate(CRITERIA):
        bit = 1 << place
        having = (masks & bit) != 0
        near = _near(np, gaps[slug][not_met == bit], STEPS[slug]) if slug in MEASURED else ()
        counts = int(failures[having].sum()), int(failures[bit]), int(doubts[having].sum())
        criteria[slug] = (*counts, near)
    lanes, ready = _lanes(np, not_met, unknown)
    return Found(lanes, criteria, *_cells(np, columns, ready))


def _met(np: Any, columns: Columns) -> tuple[dict[str, Any], dict[str, Any]]:
    """For each criterion whether it holds, and whether that is known; and how far off it is."""
    sections = np.zeros(LETTERS, dtype=bool)
    sections[[ord(letter) - 64 for letter in SECTIONS]] = True
    industry = sections[columns.section] | (columns.division == 79)
    met = {
        "industry": (industry, industry | ((columns.section != 0) & (columns.division != 0))),
        "outside_oslo": (columns.municipality != 301, columns.municipality != 0),
        "not_bankrupt": (~columns.bankrupt, True),
        "not_under_liquidation": (~columns.under_liquidation, True),
        "not_forced": (~columns.forced_dissolution, True),
        "legal_form": (columns.form != 0, True),
        "registered_before": (columns.registered < REGISTERED_LIMIT, True),
        "size": (columns.employees <= 249, True),
        "vat": (columns.vat_registered, True),
        "business_register": (columns.in_business_register, True),
        "fall": (columns.drop >= 3000, True),
        "revenue": (columns.revenue >= 30_000_000, True),
    }
    gaps = {
        "registered_before": columns.registered - (REGISTERED_LIMIT - 1),
        "size": columns.employees - 249,
        "fall": 3000 - columns.drop,
        "revenue": 30_000_000 - columns.revenue,
    }
    return met, gaps


def _near(np: Any, gaps: Any, steps: tuple[int, ...]) -> tuple[int, ...]:
    upto = [int((gaps <= step).sum()) for step in steps]
    return tuple(after - before for before, after in zip([0, *upto], upto, strict=False))


def _lanes(np: Any, not_met: Any, unknown: Any) -> tuple[tuple[int, int, int, int], Any]:
    refusing = np.uint16(sum(1 << place for place, slug in enumerate(CRITERIA) if slug != REFERS))
    refused = (not_met & refusing) != 0
    doubtful = (unknown != 0) & ~refused
    ready = (not_met == 0) & (unknown == 0)
    referred = len(not_met) - int(refused.sum()) - int(doubtful.sum()) - int(ready.sum())
    return (int(ready.sum()), referred, int(doubtful.sum()), int(refused.sum())), ready


def _cells(np: Any, columns: Columns, ready: Any) -> tuple[dict[tuple[int, int], tuple[int, int]], int]:
    """Amounts in millionths of a krone, in whole numbers throughout."""
    costs, drop = columns.costs[ready], columns.drop[ready]
    net = np.maximum(costs * drop * 85 - 5_000 * 100_000_000, 0)
    amount = np.minimum(net // 100_000_000, 500_000) // 100 * 100
    keys = columns.municipality[ready].astype(np.int64) * LETTERS + columns.section[ready]
    counts = np.bincount(keys)
    sums = np.bincount(keys, weights=amount)  # whole hundreds below 2^53: exact in a float
    places = np.flatnonzero(counts)
    cells = {divmod(int(key), LETTERS): (int(counts[key]), int(sums[key])) for key in places}
    return cells, int(amount.sum())


def of_reach(reach: Reach) -> Found:
    """Our own answer in the same words. Raises AssertionError when it rests on less than everything."""
    if reach.missing:
        raise AssertionError(f"without a value: {reach.missing}")
    criteria = {
        one.slug: (
            one.not_met or 0,
            one.alone or 0,
            one.unknown or 0,
            tuple(near.count or 0 for near in one.near),
        )
        for one in reach.criteria
    }
    cells = {
        (int(one.municipality or 0), ord(one.section) - 64 if one.section else 0): (
            one.eligible or 0,
            int(one.cost_nok or 0),
        )
        for one in reach.cells
    }
    lanes = (reach.eligible or 0, reach.refer or 0, reach.unknown or 0, reach.refused or 0)
    if reach.full_cost_nok != int(reach.full_cost_nok or Decimal(0)):
        raise AssertionError(f"not whole kroner: {reach.full_cost_nok}")
    return Found(lanes, criteria, cells, int(reach.full_cost_nok))
