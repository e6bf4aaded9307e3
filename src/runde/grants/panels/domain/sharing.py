"""Who scores which cases, evenly and the same way each time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID


def share_out(
    cases: Sequence[UUID],
    assessors: Sequence[UUID],
    per_case: int | None,
    *,
    barred: Collection[tuple[UUID, UUID]] = (),
    standing: Mapping[UUID, Collection[UUID]] | None = None,
) -> dict[UUID, tuple[UUID, ...]]:
    """New assessors for each case, so that it has `per_case` of them (None: all), those with fewest cases first.

    `barred` are (case, assessor) pairs that may not meet; `standing` the assessors each case has already. A case gets
    fewer when there are not enough.
    """
    apart = set(barred)
    has = {case: set((standing or {}).get(case, ())) for case in cases}
    load = {one: sum(one in given for given in has.values()) for one in assessors}
    shared: dict[UUID, tuple[UUID, ...]] = {}
    for turn, case in enumerate(cases):
        free = [one for one in assessors if one not in has[case] and (case, one) not in apart]
        wanted = len(free) if per_case is None else max(0, per_case - len(has[case]))
        free.sort(key=lambda one: (load[one], (assessors.index(one) - turn) % len(assessors)))
        chosen = tuple(free[:wanted])
        for one in chosen:
            load[one] += 1
        shared[case] = chosen
    return shared
