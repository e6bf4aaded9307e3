"""A set of cases on its way to an approver: what goes along, what is taken out and why, what it costs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from runde.foundation.people.api import Actor
from runde.grants.applications.api import account_in, load_versions
from runde.grants.casework.api import (
    Case,
    FundingPreview,
    Impartiality,
    Lane,
    Unlike,
    WayOut,
    cases_with_applications,
    funding_preview,
    reasons_apart,
    unlike_in_batch,
    ways_out,
)
from runde.grants.schemes.api import Call, list_calls

SAMPLE = 3
NOT_OPEN = "Saken er ikke lenger åpen."
INTEREST = "Du har meldt fra om at du ikke kan behandle saken."
OTHER_CALL = "Saken hører til en annen utlysning."
TO_WEIGH = "Saken må vurderes for seg."


@dataclass(frozen=True, slots=True)
class Batch:
    """`cases` go along, oldest first; `left_out` is `[{"case_id", "number", "name", "why"}]`; `sample` are the first
    and three drawn. `ways` are the ways on when the money does not reach, each with its effect; `unlike` those that
    would come out otherwise than a case like them.
    """

    call: Call
    cases: tuple[Case, ...]
    left_out: tuple[dict[str, Any], ...]
    funding: FundingPreview
    sample: tuple[Case, ...]
    ways: tuple[WayOut, ...] = ()
    unlike: tuple[Unlike, ...] = ()

    @property
    def grants(self) -> list[Case]:
        return [case for case in self.cases if case.lane == Lane.GREEN]

    @property
    def refusals(self) -> int:
        return len(self.cases) - len(self.grants)

    @property
    def sum_nok(self) -> Decimal:
        return sum((case.recommended_nok or Decimal(0) for case in self.grants), Decimal(0))

    @property
    def languages(self) -> dict[str, int]:
        """How many letters in each language."""
        counts: dict[str, int] = {}
        for case in self.cases:
            counts[case.application.language] = counts.get(case.application.language, 0) + 1
        return counts


def gather(
    chosen: Sequence[UUID],
    *,
    taken_out: Collection[UUID],
    since: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Batch | None:
    """The batch as it stands now; None when none of the chosen exists. `since` is when it was first shown.

    A fixed number of SQL statements while the money reaches.
    """
    out = set(taken_out)
    cases = cases_with_applications([one for one in chosen if one not in out])
    if not cases:
        return None
    call = next(call for call in list_calls() if call.id == cases[0].call_id)
    why = _reasons(cases, call, since, by, at)
    kept = [case for case in cases if case.id not in why]
    ready = [case for case in kept if case.lane == Lane.GREEN]
    funding = funding_preview(call, [(case, case.recommended_nok or Decimal(0)) for case in ready], at=at)
    return Batch(
        call=call,
        cases=tuple(kept),
        left_out=tuple(_left_out(case, why[case.id]) for case in cases if case.id in why),
        funding=funding,
        sample=_sample(kept),
        ways=tuple(ways_out(ready, call, at=at)) if funding.short else (),
        unlike=tuple(unlike_in_batch(kept, by=by, at=at)),
    )


def _left_out(case: Case, why: str) -> dict[str, Any]:
    return {"case_id": case.id, "number": case.number, "name": case.application.company_name, "why": why}


def _reasons(
    cases: Sequence[Case], call: Call, since: datetime | None, by: Actor, at: datetime
) -> dict[UUID, str]:
    """Why each case that cannot go along is taken out."""
    declared = Impartiality.objects.filter(case__in=cases, person_id=by.person_id, is_impartial=False)
    interests = set(declared.values_list("case_id", flat=True))
    why: dict[UUID, str] = {}
    for case in cases:
        if case.id in interests:
            why[case.id] = INTEREST
        elif case.state != Case.State.OPEN:
            why[case.id] = NOT_OPEN
        elif case.call_id != call.id:
            why[case.id] = OTHER_CALL
        elif case.lane == Lane.YELLOW:
            why[case.id] = TO_WEIGH
    rest = [case for case in cases if case.id not in why]
    why |= reasons_apart(rest, call, since=since, at=at)
    return why | _sharing_account([case for case in rest if case.id not in why])


def _sharing_account(cases: Sequence[Case]) -> dict[UUID, str]:
    """Grants that name the same account as an earlier one: somebody must look at them first."""
    load_versions([case.application for case in cases])
    first: dict[str, str] = {}
    why: dict[UUID, str] = {}
    for case in cases:
        account = account_in(case.application)
        if not account or case.lane != Lane.GREEN:
            continue
        if account in first:
            why[case.id] = f"Samme kontonummer som sak {first[account]}. Åpne saken og vurder den."
        first.setdefault(account, case.number)
    return why


def _sample(cases: Sequence[Case]) -> tuple[Case, ...]:
    """The first, and three more drawn from the set itself: the same each time the page is shown."""
    if len(cases) <= SAMPLE + 1:
        return tuple(cases)
    drawn = Random(str([case.id for case in cases])).sample(cases[1:], SAMPLE)  # noqa: S311
    return (cases[0], *sorted(drawn, key=cases.index))
