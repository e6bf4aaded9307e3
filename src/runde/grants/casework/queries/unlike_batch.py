"""Which cases of a batch would come out otherwise than cases like them: for a look before they are proposed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from runde.foundation.people.api import Actor, authorise
from runde.grants.precedents.api import Pair, Treated, unlike_to

from ..domain.lines import as_checked, settled_amount
from ..models import Case
from .cases import latest_checks
from .fairness import list_treated
from .features import cases_of_interest, features_of_checks, standing_of


@dataclass(frozen=True, slots=True)
class Unlike:
    """`pair.first` is the case of the batch as it would come out, `pair.second` the most like that came out
    otherwise.
    """

    case: Case
    pair: Pair


def unlike_in_batch(cases: Sequence[Case], *, by: Actor, at: datetime) -> list[Unlike]:
    """Against what is decided or proposed in the call the cases belong to; in the order of the cases.

    At most five SQL statements. Cases the reader has declared an interest in are not compared with.
    Raises NotAllowed.
    """
    authorise(by, "precedents.read")
    if not cases:
        return []
    mine, ids = set(cases_of_interest(by.person_id)), {case.id for case in cases}
    stands = [one for one in list_treated(cases[0].call_id) if one.case_id not in ids | mine]
    outcomes = {one.outcome for one in stands}
    ours = _as_treated([case for case in cases if _could_differ(case, outcomes)], at)
    pairs = {pair.first.case_id: pair for pair in unlike_to(ours, stands)}
    return [Unlike(case, pairs[case.id]) for case in cases if case.id in pairs]


def _could_differ(case: Case, outcomes: Collection[str]) -> bool:
    """Whether anything came out otherwise at all: spares reading every check of a batch nothing can be unlike."""
    proposed = as_checked(case.id, standing_of(case))
    return proposed is not None and any(one != proposed.outcome for one in outcomes)


def _as_treated(cases: Sequence[Case], at: datetime) -> list[Treated]:
    """The cases as the rules alone would have them come out."""
    if not cases:
        return []
    features = features_of_checks(latest_checks([case.id for case in cases]), at)
    found = []
    for case in cases:
        line = as_checked(case.id, standing_of(case))
        if line is not None and case.id in features:
            amount = settled_amount(line, standing_of(case))
            stands = features[case.id]
            found.append(Treated(case.id, case.number, stands, line.outcome, amount, is_decided=False))
    return found
