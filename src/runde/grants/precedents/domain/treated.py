"""One case in a round as fairness sees it: how it stood, and what it got or is proposed to get."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from .departing import level
from .features import Features


@dataclass(frozen=True, slots=True)
class Treated:
    """`is_explained`: whoever weighed it has given a coded reason for going another way than like cases."""

    case_id: UUID
    case_number: str
    features: Features
    outcome: str
    amount_nok: Decimal
    is_decided: bool
    is_explained: bool = False

    @property
    def is_granted(self) -> bool:
        return self.outcome == "granted"

    @property
    def level(self) -> Decimal | None:
        """What was given as per cent of what the rules alone give; None for a refusal, and where they give nothing."""
        if not self.is_granted or not self.features.calculated_nok:
            return None
        return level(self.amount_nok, self.features.calculated_nok)
