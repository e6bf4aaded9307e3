from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from runde.engine.reference.api import date_text
from runde.foundation.approvals.api import approve
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import once

from ..domain.state_table import TABLE
from ..errors import ForTheBoard, NothingLeft
from ..models import Proposal, ProposalLine, Treatment
from ..queries.cases import declarations_by, latest_checks, number_key
from ..queries.proposals import lock_pending_proposal
from .aid import hold_room, over_ceiling
from .appeal_decided import refuse_barred_by_appeals
from .appeal_money import use_set_aside
from .carry_out import Held, carry_out, hold_proposal
from .comparing import departed_meanwhile
from .declare_impartiality import declare_missing
from .laying import KIND
from .money import standings

WHY_CHOSEN = "Tatt ut av godkjenneren."
WHY_CHANGED = "Saken er endret siden forslaget ble laget."
WHY_DEPARTS = "Lignende saker er avgjort annerledes siden forslaget ble laget."
WHY_APPROVER = "Godkjenneren har meldt fra om at hen ikke kan behandle saken."
WHY_PAID = "Mer enn det nye beløpet er allerede betalt eller ligger i en bankfil."
WHY_PREPARER = "Saksbehandleren har meldt fra om at hen ikke kan behandle saken."


@dataclass(frozen=True, slots=True)
class Approved:
    """What pressing the button did. `left_out` is `[{"case_id", "number", "why"}]`."""

    decision_ids: tuple[UUID, ...]
    granted: int
    refused: int
    sum_nok: Decimal
    left_out: tuple[dict[str, Any], ...]


def approve_proposal(
    *, proposal_id: UUID, leave_out: Collection[UUID] = (), key: str, by: Actor, at: datetime
) -> Approved:
    """Turn a proposal into decisions: awards, money set aside, letters and messages, all or none.

    Pressing the button is also the approver's word that they may work on the cases; the page must say so. Left
    out and listed: `leave_out` (case ids), cases where the approver or the preparer has declared an interest, and
    cases that have changed, or whose like were decided otherwise, since. The same `key` again gives the same
    answer; of two approvers one wins.

    Raises NotAllowed, OwnWork, AlreadyHandled, ForTheBoard, TookPart, TooLittleMoney, NothingLeft, NotFound.
    """
    authorise(by, "casework.approve")
    body = {"proposal": proposal_id, "leave_out": sorted(map(str, leave_out)), "by": by.person_id}
    with transaction.atomic():
        result = once(
            operation="casework.approve_proposal",
            key=key,
            body=body,
            at=at,
            work=lambda: _approve(proposal_id, frozenset(leave_out), by, at),
        )
    return as_approved(result)


def _approve(proposal_id: UUID, leave_out: frozenset[UUID], by: Actor, at: datetime) -> dict[str, Any]:
    proposal = lock_pending_proposal(proposal_id)
    _refuse_for_board(proposal)
    held = hold_proposal(proposal)
    hold_room(held.lines, at)
    clear_to_decide(held, by, at)
    why = {line.case_id: WHY_CHOSEN for line in held.lines if line.case_id in leave_out}
    why = reasons_to_leave_out(held, by, why)
    remaining = [line for line in held.lines if line.case_id not in why]
    why |= dict.fromkeys(departed_meanwhile(remaining, at), WHY_DEPARTS)
    why |= over_ceiling([line for line in by_number(held.lines) if line.case_id not in why], held.call, at)
    kept = kept_lines(held, why)
    declare_missing([held.cases[line.case_id] for line in kept], by, at)
    return carry_out(held, kept, why, by=by, at=at)


def clear_to_decide(held: Held, by: Actor, at: datetime) -> None:
    """Somebody else than prepared it, and than took part before; what was held for appeals is there to be used."""
    refuse_barred_by_appeals(held.lines, by)
    use_set_aside(held.lines, by=by, at=at)
    approve(kind=KIND, subject_id=held.proposal.id, by=by, at=at)


def kept_lines(held: Held, why: dict[UUID, str]) -> list[ProposalLine]:
    """By case number. Raises NothingLeft."""
    kept = by_number([line for line in held.lines if line.case_id not in why])
    if not kept:
        raise NothingLeft(
            "Ingen av sakene kan godkjennes nå. Send forslaget tilbake.", left_out=list(why.values())
        )
    return kept


def by_number(lines: Sequence[ProposalLine]) -> list[ProposalLine]:
    """In the order cases are decided: what is scarce goes to the lower number."""
    return sorted(lines, key=lambda line: number_key(line.case.number))


def reasons_to_leave_out(held: Held, by: Actor, chosen: dict[UUID, str]) -> dict[UUID, str]:
    """Why cases fall out, `chosen` among them: an interest declared, a change since, or money that has left."""
    checks = latest_checks(held.cases.keys())
    spoken = declarations_by([by.person_id, held.proposal.prepared_by], held.cases.keys())
    why = dict(chosen)
    for line in held.lines:
        case_id = line.case_id
        if case_id in why:
            continue
        if spoken.get((case_id, by.person_id)) is False:
            why[case_id] = WHY_APPROVER
        elif spoken.get((case_id, held.proposal.prepared_by)) is False:
            why[case_id] = WHY_PREPARER
        elif (
            not TABLE.fits("case", "decide", held.cases[case_id].state)
            or checks[case_id] != line.check_run_id
        ):
            why[case_id] = WHY_CHANGED
    return why | _paid_meanwhile([line for line in held.lines if line.case_id not in why])


def _paid_meanwhile(lines: Sequence[ProposalLine]) -> dict[UUID, str]:
    """Cases that would get less than has left for the bank since they were proposed."""
    standing = standings([line.replaces for line in lines if line.replaces])
    return {
        line.case_id: WHY_PAID
        for line in lines
        if line.case_id in standing and line.amount_nok < standing[line.case_id].least_nok
    }


def _refuse_for_board(proposal: Proposal) -> None:
    if proposal.route != Proposal.Route.BOARD:
        return
    treatment = Treatment.objects.get(proposal=proposal)
    raise ForTheBoard(
        f"{treatment.body} skal behandle dette {date_text(treatment.meeting_date)}. "
        "Registrer hva de bestemmer, i stedet for å godkjenne her."
    )


def as_approved(result: dict[str, Any]) -> Approved:
    return Approved(
        decision_ids=tuple(UUID(decision_id) for decision_id in result["decisions"]),
        granted=result["granted"],
        refused=result["refused"],
        sum_nok=Decimal(result["sum_nok"]),
        left_out=tuple(result["left_out"]),
    )
