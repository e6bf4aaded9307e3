"""Dealing cases out so that everybody ends with as nearly the same number as can be. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

Barred = Collection[tuple[UUID, UUID]]
"""(case, person) pairs that may not meet: the person has an interest in the case."""


def shared_evenly(
    cases: Sequence[UUID], open_before: Mapping[UUID, int], barred: Barred = ()
) -> dict[UUID, UUID | None]:
    """Who takes each case; None where nobody may.

    `open_before` is each person's open cases besides these. Each case in turn goes to the one with fewest, the first
    named when they are equal, so the same cases and people always give the same answer.
    """
    load = dict(open_before)
    taken: dict[UUID, UUID | None] = {}
    for case in cases:
        able = [person for person in load if (case, person) not in barred]
        taken[case] = min(able, key=load.__getitem__) if able else None
        if able:
            load[min(able, key=load.__getitem__)] += 1
    return taken
