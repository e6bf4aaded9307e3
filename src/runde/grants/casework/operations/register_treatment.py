"""What a political body has decided about a list of recommendations, registered line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import date_text
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound, Refused, once

from ..domain.changed import Board
from ..domain.lines import ORE
from ..errors import LinesRefused
from ..models import ProposalLine, TreatedLine, Treatment
from ..queries.proposals import lock_pending_proposal
from .aid import hold_room, over_ceiling
from .approve_proposal import (
    Approved,
    as_approved,
    by_number,
    clear_to_decide,
    kept_lines,
    reasons_to_leave_out,
)
from .carry_out import Held, carry_out, hold_proposal
from .declare_impartiality import declare_missing

Result = TreatedLine.Result


@dataclass(frozen=True, slots=True)
class Treated:
    """What the body decided for one case: as recommended, another amount, a refusal, or postponed."""

    case_id: UUID
    result: str
    amount_nok: Decimal | None = None
    words: str = ""


def register_treatment(
    *, proposal_id: UUID, protocol: str, treated: Sequence[Treated] = (), key: str, by: Actor, at: datetime
) -> Approved:
    """Turn a proposal a body has treated into decisions. Cases not named in `treated` came out as recommended.

    Registered by somebody else than prepared it, after the meeting; the body is named in each letter. Postponed cases
    are open again. The same `key` again gives the same answer. Raises NotAllowed, OwnWork, AlreadyHandled,
    LinesRefused, Refused, TooLittleMoney, NothingLeft, NotFound.
    """
    authorise(by, "casework.approve")
    body = {
        "proposal": proposal_id,
        "protocol": protocol,
        "treated": [{name: str(value) for name, value in asdict(one).items()} for one in treated],
        "by": by.person_id,
    }
    with transaction.atomic():
        result = once(
            operation="casework.register_treatment",
            key=key,
            body=body,
            at=at,
            work=lambda: _register(proposal_id, protocol.strip(), treated, by, at),
        )
    return as_approved(result)


def _register(
    proposal_id: UUID, protocol: str, treated: Sequence[Treated], by: Actor, at: datetime
) -> dict[str, Any]:
    proposal = lock_pending_proposal(proposal_id)
    treatment = Treatment.objects.filter(proposal=proposal).first()
    if treatment is None:
        raise NotFound("Dette forslaget skal ikke behandles politisk.")
    _refuse_unsaid(treatment, protocol, at)
    held = hold_proposal(proposal)
    hold_room(held.lines, at)
    results = {one.case_id: one for one in treated}
    _refuse_wrong(held, results)
    clear_to_decide(held, by, at)
    why = {
        one.case_id: f"{treatment.body} utsatte saken." for one in treated if one.result == Result.POSTPONED
    }
    why = reasons_to_leave_out(held, by, why)
    treated_lines = [_as_treated(line, results.get(line.case_id)) for line in by_number(held.lines)]
    why |= over_ceiling([line for line in treated_lines if line.case_id not in why], held.call, at)
    _keep(treatment, held, results, protocol, by, at)
    kept = [_as_treated(line, results.get(line.case_id)) for line in kept_lines(held, why)]
    declare_missing([held.cases[line.case_id] for line in kept], by, at)
    board = Board(treatment.body, treatment.meeting_date, treatment.agenda_reference, protocol)
    return carry_out(held, kept, why, by=by, at=at, board=board)


def _refuse_unsaid(treatment: Treatment, protocol: str, at: datetime) -> None:
    if timezone.localdate(at) < treatment.meeting_date:
        day = date_text(treatment.meeting_date)
        raise Refused(f"{treatment.body} møtes {day}. Registrer utfallet etter møtet.")
    if not protocol:
        raise Refused("Skriv hvor vedtaket står, for eksempel «Formannskapet 8. desember 2026, sak 61/26».")


def _refuse_wrong(held: Held, results: Mapping[UUID, Treated]) -> None:
    known = {line.case_id: line for line in held.lines}
    if set(results) - set(known):
        raise NotFound("Minst én av sakene er ikke med i lista. Last siden på nytt.")
    problems = {
        known[case_id].case.number: sentence
        for case_id, one in results.items()
        if (sentence := _problem(one))
    }
    if problems:
        number, sentence = next(iter(problems.items()))
        raise LinesRefused(f"Sak {number}: {sentence}", problems=problems)


def _problem(one: Treated) -> str | None:
    if one.result not in Result.values:
        return "Velg hva som ble bestemt."
    if one.result != Result.OTHER_AMOUNT:
        return None
    amount = one.amount_nok
    if amount is None or not amount.is_finite() or amount <= 0 or amount != amount.quantize(ORE):
        return "Skriv beløpet som ble bestemt. Det må være større enn 0 kroner."
    return None


def _as_treated(line: ProposalLine, one: Treated | None) -> ProposalLine:
    """The line as the body decided it. What was recommended stays in the proposal."""
    if one is None or one.result == Result.AS_PROPOSED:
        return line
    decided = copy(line)
    granted = one.result == Result.OTHER_AMOUNT
    decided.outcome = "granted" if granted else "refused"
    decided.amount_nok = one.amount_nok or Decimal(0)
    decided.reason_code = "board_granted" if granted else "board_refused"
    decided.reason_text = one.words.strip()
    decided.reserve_rank = decided.reserve_nok = None
    return decided


def _keep(
    treatment: Treatment, held: Held, results: Mapping[UUID, Treated], protocol: str, by: Actor, at: datetime
) -> None:
    rows = []
    for line in held.lines:
        one = results.get(line.case_id, Treated(line.case_id, Result.AS_PROPOSED))
        amount = one.amount_nok if one.result == Result.OTHER_AMOUNT else None
        rows.append(
            TreatedLine(
                treatment=treatment, line=line, result=one.result, amount_nok=amount, words=one.words.strip()
            )
        )
    TreatedLine.objects.bulk_create(rows, batch_size=500)
    treatment.protocol, treatment.registered_by, treatment.registered_at = protocol, by.person_id, at
    treatment.save(update_fields=["protocol", "registered_by", "registered_at"])
    record(
        action="casework.treatment_registered",
        subject_kind="proposal",
        subject_id=held.proposal.id,
        by=by.person_id,
        at=at,
        body=treatment.body,
        meeting_date=treatment.meeting_date,
        protocol=protocol,
    )
