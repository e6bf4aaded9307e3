"""How the most alike cases were decided, for the one who weighs a case."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import median
from uuid import UUID

from runde.foundation.people.api import Actor, authorise
from runde.grants.precedents.api import Elsewhere, Features, Similar, list_similar, pattern_elsewhere

from ..models import ProposalLine
from .cases import get_case, latest_checks
from .features import cases_of_interest, features_of_checks


@dataclass(frozen=True, slots=True)
class SimilarCases:
    """The most alike cases, most alike first; `proposed` is the open proposal in this case, when there is one.

    Cases the reader has declared an interest in are not among them. `elsewhere` is what other tenants did, all of
    them together; None when there are too few to hide in.
    """

    features: Features
    found: tuple[Similar, ...]
    elsewhere: Elsewhere | None
    proposed: ProposalLine | None

    @property
    def granted(self) -> int:
        return sum(one.precedent.outcome == "granted" for one in self.found)

    @property
    def refused(self) -> int:
        return len(self.found) - self.granted

    @property
    def median_nok(self) -> Decimal | None:
        """Of what was granted; None when nothing was."""
        amounts = [one.precedent.amount_nok for one in self.found if one.precedent.outcome == "granted"]
        return Decimal(median(amounts)) if amounts else None


def similar_cases(case_id: UUID, *, by: Actor, at: datetime) -> SimilarCases:
    """By the check the case rests on now. A fixed number of SQL statements. Raises NotFound, NotAllowed."""
    case = get_case(case_id)
    authorise(by, "casework.read", case)
    authorise(by, "precedents.read")
    ours = case_features([case.id], at=at)[case.id]
    return SimilarCases(
        features=ours,
        found=tuple(list_similar(ours, leaving_out=[case.id, *cases_of_interest(by.person_id)])),
        elsewhere=pattern_elsewhere(ours),
        proposed=ProposalLine.objects.filter(case=case).order_by("-proposal__prepared_at").first(),
    )


def case_features(case_ids: Collection[UUID], *, at: datetime) -> dict[UUID, Features]:
    """How each case stands by its newest check. Two statements."""
    return features_of_checks(latest_checks(case_ids), at)
