"""What a new total means for the aid written down before: aid keeps the day its right arose, as far as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Stood:
    """Aid written down for an earlier decision of the case, and still standing."""

    decision_id: UUID
    amount_nok: Decimal
    right_arose_date: date


@dataclass(frozen=True, slots=True)
class AidChange:
    """What is taken back, and what the new decision writes down: `more_nok` with a right from `from_date`."""

    reversed_ids: tuple[UUID, ...]
    more_nok: Decimal
    from_date: date


def aid_change(stood: Sequence[Stood], total_nok: Decimal, on: date) -> AidChange:
    """`stood` oldest first. A higher total adds the difference; a lower one takes from the newest first.

    What is left of aid that is cut keeps the day its right arose.
    """
    kept, cut = NOTHING, list(stood)
    while cut and kept + cut[0].amount_nok <= total_nok:
        kept += cut.pop(0).amount_nok
    since = cut[0].right_arose_date if cut else on
    return AidChange(tuple(one.decision_id for one in cut), total_nok - kept, since)
