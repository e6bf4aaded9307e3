"""The most alike among many, ranked by the database with the same points as `domain/likeness.py`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from runde.foundation.trust.api import current_tenant

from ..domain.features import BETWEEN, NO_GAP, Features
from ..domain.likeness import ALL
from ..domain.measures import measures

KEYS = """
WITH RECURSIVE keys AS (
    (SELECT missed_key FROM precedents_precedent
     WHERE tenant_id = %(tenant)s AND rules_name = %(rules)s AND stands ORDER BY missed_key LIMIT 1)
    UNION ALL
    (SELECT next.missed_key FROM keys CROSS JOIN LATERAL
        (SELECT missed_key FROM precedents_precedent
         WHERE tenant_id = %(tenant)s AND rules_name = %(rules)s AND stands AND missed_key > keys.missed_key
         ORDER BY missed_key LIMIT 1) next)
) SELECT missed_key FROM keys
"""
NEARNESS = (
    "CASE WHEN {theirs} = {ours} THEN 100 WHEN {theirs} = {no_gap} OR {ours} = {no_gap} THEN 0 "
    "ELSE 100 - 100 * abs({theirs} - {ours}) / greatest({theirs}, {ours}) END"
)
BRANCH = """
(SELECT p.id, {criteria} + {weights[distance]} * ({distance})
    + {weights[industry]} * (CASE WHEN %(industry)s <> '' AND p.industry = %(industry)s THEN {points[code]}
        WHEN %(division)s <> '' AND left(p.industry, 2) = %(division)s THEN {points[division]}
        WHEN %(section)s <> '' AND p.section = %(section)s THEN {points[section]} ELSE 0 END)
    + {weights[size]} * (CASE WHEN p.employees IS NULL OR %(employees)s::int IS NULL
        THEN 0 ELSE {size} END) AS points, p.decided_at
FROM precedents_precedent p
WHERE p.tenant_id = %(tenant)s AND p.rules_name = %(rules)s AND p.stands
    AND p.missed_key = %({key})s AND p.case_id <> ALL(%(out)s::uuid[])
ORDER BY points DESC, decided_at DESC, id LIMIT %(limit)s)
"""
RANKED = """
SELECT id, points FROM ({branches}) ranked WHERE points >= %(least)s
ORDER BY points DESC, decided_at DESC, id LIMIT %(limit)s
"""
Places = tuple[int | None, ...]


def most_alike(
    features: Features, *, limit: int, least: int, leaving_out: Collection[UUID] = ()
) -> list[tuple[UUID, int]]:
    """Ids of precedents that stand, with their likeness, the most alike first; of equals the newest. Two statements."""
    tenant = current_tenant()
    with connection.cursor() as cursor:
        cursor.execute(KEYS, {"tenant": tenant, "rules": features.rules_name})
        keys = _sharing(features, [key for (key,) in cursor.fetchall()], least)
        if not keys:
            return []
        cursor.execute(*_statement(features, keys, tenant, leaving_out, least, limit))
        return [(found, points) for found, points in cursor.fetchall()]


def _sharing(features: Features, keys: Sequence[str], least: int) -> dict[str, tuple[int, Places]]:
    """Each key that shares a missed criterion and can reach `least`: its points, and where in it each of our criteria
    stands (from 1).
    """
    ours, weight = set(features.tokens), measures().weights["criteria"]
    found = {}
    for key in keys:
        theirs = key.split(BETWEEN) if key else []
        either = ours.union(theirs)
        points = ALL * len(ours.intersection(theirs)) // len(either) if either else ALL
        if points and weight * points + (ALL - weight) * ALL >= least:
            places = tuple(theirs.index(one) + 1 if one in theirs else None for one in features.tokens)
            found[key] = points, places
    return found


def _statement(
    features: Features,
    keys: Mapping[str, tuple[int, Places]],
    tenant: UUID,
    leaving_out: Collection[UUID],
    least: int,
    limit: int,
) -> tuple[str, dict[str, Any]]:
    """A branch for each key, so that the index finds its rows and only they are counted."""
    given: dict[str, Any] = {
        "tenant": tenant,
        "rules": features.rules_name,
        "industry": features.industry,
        "division": features.division,
        "section": features.section,
        "employees": features.employees,
        "out": list(leaving_out),
        "least": least,
        "limit": limit,
    }
    branches = []
    for number, (key, (points, places)) in enumerate(keys.items()):
        given[f"key{number}"] = key
        branches.append(_branch(f"key{number}", points, _distance(features.gaps, places)))
    return RANKED.format(branches=" UNION ALL ".join(branches)), given


def _branch(key: str, points: int, distance: str) -> str:
    """Numbers of our own alone are written into the statement."""
    return BRANCH.format(
        criteria=measures().weights["criteria"] * points,
        weights=measures().weights,
        points=measures().industry_points,
        distance=distance,
        size=NEARNESS.format(theirs="p.employees", ours="%(employees)s", no_gap=NO_GAP),
        key=key,
    )


def _distance(gaps: Sequence[int], places: Places) -> str:
    """The mean over the criteria both missed; all when there is none."""
    shared = [(gap, place) for gap, place in zip(gaps, places, strict=True) if place]
    if not shared:
        return str(ALL)
    parts = [
        NEARNESS.format(theirs=f"p.gaps[{place}]", ours=f"({gap})::bigint", no_gap=NO_GAP)
        for gap, place in shared
    ]
    return f"({' + '.join(parts)}) / {len(shared)}"
