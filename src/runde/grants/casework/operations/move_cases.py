from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from runde.foundation.journal.api import Happening, record_many
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Refused, current_tenant, insert_rows, once
from runde.grants.applications.api import plain_values
from runde.grants.schemes.api import Call, SchemeVersion

from ..domain.lanes import reason_line
from ..models import Case, CaseMove, Check
from ..queries.cases import lock_cases
from ..queries.move_preview import Weighed, weigh
from ..queries.versions import get_call_with_form, get_version_for, last_moves

BATCH = 500
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Moved:
    """What the move did. `changed` counts cases in another lane or with another amount.

    `left_out` is `[{"case_id", "number", "why"}]`.
    """

    case_ids: tuple[UUID, ...]
    changed: int
    left_out: tuple[dict[str, Any], ...]


def move_cases(
    *,
    call: Call,
    version: SchemeVersion,
    case_ids: Collection[UUID],
    key: str,
    reason: str,
    by: Actor,
    at: datetime,
    seen: Mapping[UUID, UUID] | None = None,
) -> Moved:
    """Judge open cases by another version of their scheme from now on: a new check and a line in each case's history.

    Left out and listed: cases that are decided, withdrawn or before an approver, those the person has declared an
    interest in, those already on the version, and all when the form did not ask for what the version needs. With
    `seen` (case to check id, from `preview_move`) also cases that have changed since they were looked at. The same
    `key` again gives the same answer.

    Raises NotAllowed, Refused without a reason, NotFound, WrongVersion, VersionMissing.
    """
    authorise(by, "schemes.manage")
    reason = _required(reason)
    body = {
        "call": call.id,
        "version": version.id,
        "cases": sorted(map(str, case_ids)),
        "seen": {str(case): str(check) for case, check in (seen or {}).items()},
        "reason": reason,
        "by": by.person_id,
    }
    with transaction.atomic():
        result = once(
            operation="casework.move_cases",
            key=key,
            body=body,
            at=at,
            work=lambda: _move(call.id, version.id, frozenset(case_ids), reason, by, at, seen),
        )
    return _as_moved(result)


def _required(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Refused(
            "Skriv hvorfor sakene skal vurderes etter en annen versjon. Det står i hver sak etterpå."
        )
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Begrunnelsen kan ha høyst {LONGEST_REASON} tegn. Kort den ned.")
    return reason


def _move(
    call_id: UUID,
    version_id: UUID,
    case_ids: frozenset[UUID],
    reason: str,
    by: Actor,
    at: datetime,
    seen: Mapping[UUID, UUID] | None,
) -> dict[str, Any]:
    call = get_call_with_form(call_id)
    version = get_version_for(call, version_id)
    cases = lock_cases(case_ids)
    _refuse_other_calls(cases, call)
    weighed, stays = weigh(cases, call, version, by=by, at=at, seen=seen)
    changed = sum(one.row.is_changed for one in weighed)
    _store(weighed, version, reason, by, at)
    return {
        "cases": [str(one.case.id) for one in weighed],
        "changed": changed,
        "left_out": [{"case_id": str(one.case_id), "number": one.number, "why": one.why} for one in stays],
    }


def _refuse_other_calls(cases: Sequence[Case], call: Call) -> None:
    if not cases:
        raise Refused("Ingen saker er valgt. Gå til lista og velg saker.")
    if any(case.call_id != call.id for case in cases):
        raise Refused("En av sakene hører til en annen utlysning. Flytt sakene i én utlysning om gangen.")


def _store(weighed: Sequence[Weighed], version: SchemeVersion, reason: str, by: Actor, at: datetime) -> None:
    checks = [_check(one, at) for one in weighed]
    insert_rows(checks)
    before = last_moves([one.case.id for one in weighed])
    moves = [
        CaseMove(
            case=one.case,
            number=before[one.case.id].number + 1 if one.case.id in before else 1,
            from_version=one.from_version,
            to_version=version,
            check_run=check,
            reason=reason,
            moved_by=by.person_id,
            moved_at=at,
        )
        for one, check in zip(weighed, checks, strict=True)
    ]
    CaseMove.objects.bulk_create(moves, batch_size=BATCH)
    happened = [_moved(one, move) for one, move in zip(weighed, moves, strict=True)]
    _update(weighed)
    record_many(happened, by=by.person_id, at=at)


def _check(one: Weighed, at: datetime) -> Check:
    return Check(
        case=one.case,
        number=one.standing.number + 1,
        rules_digest=one.verdict.digest,
        verdict=one.verdict.to_dict(),
        ran_at=at,
        with_register_now=one.standing.with_register_now,
        known=plain_values(one.known) if one.standing.with_register_now else None,
    )


UPDATE = """
UPDATE casework_case AS moved SET lane = now.lane, reason = now.reason, recommended_nok = now.recommended_nok
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::numeric[]) AS now(id, lane, reason, recommended_nok)
WHERE moved.tenant_id = %s AND moved.id = now.id
"""


def _update(weighed: Sequence[Weighed]) -> None:
    columns: list[list[object]] = [
        [one.case.id for one in weighed],
        [one.verdict.lane for one in weighed],
        [reason_line(one.verdict) for one in weighed],
        [one.verdict.amount_nok for one in weighed],
    ]
    with connection.cursor() as cursor:
        cursor.execute(UPDATE, [*columns, current_tenant()])


def _moved(one: Weighed, move: CaseMove) -> Happening:
    facts = {
        "from_version": move.from_version_id,
        "to_version": move.to_version_id,
        "version_number": move.to_version.number,
        "reason": move.reason,
        "check": move.check_run_id,
        "rules_digest": one.verdict.digest,
        "lane_before": one.before.lane,
        "lane": one.after.lane,
        "recommended_nok_before": one.before.amount_nok,
        "recommended_nok": one.after.amount_nok,
    }
    return Happening("casework.moved", "case", one.case.id, facts)


def _as_moved(result: Mapping[str, Any]) -> Moved:
    return Moved(
        tuple(UUID(case_id) for case_id in result["cases"]), result["changed"], tuple(result["left_out"])
    )
