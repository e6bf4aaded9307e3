"""A later allocation: more to the grants that stand, looked at again only where something changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import Happening, record_many
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict
from runde.grants.applications.api import plain_values
from runde.grants.schemes.api import Call

from ..domain.lines import Line
from ..errors import NothingLeft
from ..models import Case, Check, Proposal
from ..queries.cases import latest_checks, lock_cases
from ..queries.topping_up import Judged, TopUpPreview, TopUpTerms, gather, reckon
from .laying import How
from .propose import propose_changes


def propose_top_up(
    *, call: Call, terms: TopUpTerms, seen: str, by: Actor, at: datetime, declares_impartial: bool = False
) -> Proposal:
    """Propose more to the grants of a call: each gets a new total, and is paid only the difference.

    Cases where a fact has changed get a check of their own by the register now. `seen` is what the preview showed
    (`TopUpPreview.seen`). Raises Conflict when what was seen has changed, NothingLeft, TooLittleMoney, NotDeclared,
    NotFound.
    """
    authorise(by, "casework.propose")
    with transaction.atomic():
        lock_cases(list(Case.objects.filter(call_id=call.id).values_list("id", flat=True)))
        gathered = gather(call, terms, at)
        shown = reckon(call, terms, gathered)
        _refuse_unfit(shown, seen)
        wanted = {row.case_id for row in shown.rows}
        checks = _keep_checks([one for one in gathered.judged if one.case.id in wanted], by, at)
        how = How(kind=Proposal.Kind.TOP_UP, terms=_kept(shown))
        lines = [Line(row.case_id, "granted", "topped_up", row.total_nok) for row in shown.rows]
        return propose_changes(
            lines=lines, by=by, at=at, how=how, declares_impartial=declares_impartial, checks=checks
        )


def _refuse_unfit(shown: TopUpPreview, seen: str) -> None:
    if shown.seen != seen:
        raise Conflict("Noe er endret siden du så på siden. Se på tallene igjen før du går videre.")
    if not shown.rows:
        raise NothingLeft("Ingen kan få mer nå. Se hvorfor i lista.", left_out=[])


def _keep_checks(judged: Sequence[Judged], by: Actor, at: datetime) -> dict[UUID, UUID]:
    """The checks the new totals rest on: a new one where the case was judged again, else the decision's own."""
    newest = latest_checks([one.case.id for one in judged])
    numbers = dict(Check.objects.filter(id__in=newest.values()).values_list("case_id", "number"))
    made = [_check(one, numbers[one.case.id] + 1, at) for one in judged if one.verdict is not None]
    Check.objects.bulk_create(made, batch_size=500)
    record_many([_checked(check) for check in made], by=by.person_id, at=at)
    return {check.case_id: check.id for check in made}


def _check(one: Judged, number: int, at: datetime) -> Check:
    if one.verdict is None:
        raise ValueError(f"Case {one.case.number} was not judged again")
    return Check(
        case=one.case,
        number=number,
        rules_digest=one.verdict.digest,
        verdict=one.verdict.to_dict(),
        ran_at=at,
        with_register_now=True,
        known=plain_values(one.values),
    )


def _checked(check: Check) -> Happening:
    facts = {"check": check.id, "rules_digest": check.rules_digest, "for": "top_up"}
    return Happening("casework.checked", "case", check.case_id, facts)


def _kept(shown: TopUpPreview) -> Mapping[str, Any]:
    """The terms as frozen with the proposal."""
    version = shown.terms.version_id
    return {
        "money_nok": format(shown.money_nok, "f"),
        "wanted_nok": format(shown.wanted_nok, "f"),
        "more_nok": format(shown.more_nok, "f"),
        "share": shown.share,
        "left_over": shown.left_over,
        "lowest_nok": format(shown.terms.lowest_nok, "f"),
        "version_id": str(version) if version else "",
        "count": len(shown.rows),
        "looked_again": shown.looked_again,
    }
