"""The cases an approver is asked to look at: drawn by the system, the same each time, nobody's choice."""

from __future__ import annotations

import random
from collections.abc import Sequence
from uuid import UUID

SAMPLE = 5


def drawn(case_ids: Sequence[UUID], seed: UUID, most: int = SAMPLE) -> tuple[UUID, ...]:
    """Up to `most` of the cases in the order given. Whatever order they came in, the same ones are drawn."""
    ordered = sorted(case_ids)
    chosen = set(random.Random(seed.int).sample(ordered, min(most, len(ordered))))  # noqa: S311 - no secret
    return tuple(one for one in case_ids if one in chosen)
