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
RANKED = """
SELECT * FROM (
    SELECT p.id, {weights[criteria]} * k.criteria + {weights[distance]} * ({distance})
        + {weights[industry]} * (CASE WHEN %(industry)s <> '' AND p.industry = %(industry)s THEN {points[code]}
            WHEN %(division)s <> '' AND left(p.industry, 2) = %(division)s THEN {points[division]}
            WHEN %(section)s <> '' AND p.section = %(section)s THEN {points[section]} ELSE 0 END)
        + {weights[size]} * (CASE WHEN p.employees IS NULL OR %(employees)s::int IS NULL
            THEN 0 ELSE {size} END) AS points, p.decided_at
    FROM precedents_precedent p JOIN (VALUES {keys}) AS k (missed_key, criteria{names}) ON k.missed_key = p.missed_key
    WHERE p.tenant_id = %(tenant)s AND p.rules_name = %(rules)s AND p.stands AND p.case_id <> ALL(%(out)s::uuid[])
) ranked WHERE points >= %(least)s ORDER BY points DESC, decided_at DESC, id LIMIT %(limit)s
"""


def most_alike(
    features: Features, *, limit: int, least: int, leaving_out: Collection[UUID] = ()
) -> list[tuple[UUID, int]]:
    """Ids of precedents that stand, with their likeness, the most alike first; of equals the newest. Two statements."""
    tenant = current_tenant()
    with connection.cursor() as cursor:
        cursor.execute(KEYS, {"tenant": tenant, "rules": features.rules_name})
        keys = _sharing(features, [key for (key,) in cursor.fetchall()])
        if not keys:
            return []
        text, given = _statement(features, keys)
        asked: dict[str, Any] = given | {
            "tenant": tenant,
            "rules": features.rules_name,
            "out": list(leaving_out),
            "least": least,
            "limit": limit,
        }
        cursor.execute(text, asked)
        return [(found, points) for found, points, _ in cursor.fetchall()]


def _sharing(features: Features, keys: Sequence[str]) -> dict[str, tuple[int, tuple[int | None, ...]]]:
    """Each key that shares a missed criterion: its points, and where in it each of our criteria stands (from 1)."""
    ours = set(features.tokens)
    found = {}
    for key in keys:
        theirs = key.split(BETWEEN) if key else []
        either = ours.union(theirs)
        points = ALL * len(ours.intersection(theirs)) // len(either) if either else ALL
        if points:
            places = tuple(theirs.index(one) + 1 if one in theirs else None for one in features.tokens)
            found[key] = points, places
    return found


def _statement(
    features: Features, keys: Mapping[str, tuple[int, tuple[int | None, ...]]]
) -> tuple[str, dict[str, object]]:
    given: dict[str, object] = {
        "industry": features.industry,
        "division": features.division,
        "section": features.section,
        "employees": features.employees,
    }
    rows = []
    for number, (key, (points, places)) in enumerate(keys.items()):
        given[f"key{number}"] = key
        listed = "".join(f", {'NULL::int' if one is None else one}" for one in places)
        rows.append(f"(%(key{number})s, {points}{listed})")
    text = RANKED.format(
        weights=measures().weights,
        points=measures().industry_points,
        distance=_distance(features.gaps),
        size=NEARNESS.format(theirs="p.employees", ours="%(employees)s", no_gap=NO_GAP),
        keys=", ".join(rows),
        names="".join(f", place{one}" for one in range(len(features.gaps))),
    )
    return text, given


def _distance(gaps: Sequence[int]) -> str:
    """The mean over the criteria both missed. Numbers of our own alone are written into the statement."""
    if not gaps:
        return str(ALL)
    parts, counts = [], []
    for place, gap in enumerate(gaps):
        near = NEARNESS.format(theirs=f"p.gaps[k.place{place}]", ours=f"({gap})::bigint", no_gap=NO_GAP)
        parts.append(f"CASE WHEN k.place{place} IS NULL THEN 0 ELSE {near} END")
        counts.append(f"(k.place{place} IS NOT NULL)::int")
    return f"({' + '.join(parts)}) / ({' + '.join(counts)})"
