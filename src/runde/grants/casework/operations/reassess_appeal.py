"""Somebody who took no part looks at the case anew: the decision is changed, or the appeal sent on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import amount_text, date_text
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import NotAllowed, Refused

from ..domain.appeal_period import latest_harm
from ..domain.appeal_states import AppealEvent, AppealState
from ..domain.case_letters import body_of, language_of
from ..domain.final import code_after_body, is_final
from ..domain.lines import Line, Standing, settled_amount
from ..domain.reversal_states import is_harm
from ..domain.words import words as words_of
from ..errors import NotToHarm
from ..models import Appeal, AppealStep, Case, Decision, Proposal
from ..queries.cases import latest_decisions
from .appeal_letters import write_letter, write_statement
from .appeal_money import end_set_aside
from .appealing import hold_for_officer, hold_for_party, move
from .declare_impartiality import declare_missing
from .following import said
from .propose import decide_anew
from .telling_of_appeals import tell_of_step

OUTCOMES = {
    "kept": AppealEvent.BODY_KEPT,
    "changed": AppealEvent.BODY_CHANGED,
    "annulled": AppealEvent.BODY_ANNULLED,
    "dismissed": AppealEvent.BODY_DISMISSED,
}


def take_appeal(*, appeal_id: UUID, by: Actor, at: datetime) -> Appeal:
    """Become the one who looks at it anew; also one's word that one may. Raises TookPart, NotWaiting, NotAllowed."""
    with transaction.atomic():
        appeal = hold_for_officer(appeal_id, by)
        declare_missing([appeal.decision.case], by, at)
        move(appeal, AppealEvent.TAKE, by=by, at=at, reassessor=by.person_id)
    return appeal


def give_back_appeal(*, appeal_id: UUID, by: Actor, at: datetime) -> Appeal:
    """Leave it to somebody else. Any officer who may work on appeals, so that nothing waits on one who is away."""
    with transaction.atomic():
        appeal = hold_for_officer(appeal_id, by)
        move(appeal, AppealEvent.GIVE_BACK, by=by, at=at, reassessor=None)
    return appeal


def uphold_appeal(
    *, appeal_id: UUID, line: Line, is_partial: bool, words: str, by: Actor, at: datetime
) -> Proposal:
    """Propose a new decision that gives the party all or part of what they want; approved by somebody else again.

    `words` are kept with the appeal; what the party reads stands in the line. Raises NotToHarm for less than
    stands, Refused for the same, NotAllowed for anybody but the reassessor, and as `decide_anew`.
    """
    with transaction.atomic():
        appeal = _hold_as_reassessor(appeal_id, by)
        why = said(words, if_empty="Skriv hva du har vurdert, og hvorfor vedtaket bør endres.")
        _refuse_no_better(line, appeal.decision.case)
        proposal = decide_anew(line=line, by=by, at=at, declares_impartial=True)
        facts = {"proposal": str(proposal.id), "is_partial": is_partial}
        move(
            appeal,
            AppealEvent.UPHOLD,
            by=by,
            at=at,
            words=why,
            facts=facts,
            proposal=proposal,
            is_partial=is_partial,
        )
    return proposal


def forward_appeal(*, appeal_id: UUID, statement: str, by: Actor, at: datetime) -> Appeal:
    """Send it to the appeal body with the municipality's view; both that and the party's own letter are in the case.

    Raises Unsaid, NotWaiting, TookPart, NotAllowed for anybody but the reassessor when there is one.
    """
    with transaction.atomic():
        appeal = hold_for_officer(appeal_id, by)
        if appeal.state == AppealState.REASSESSING:
            _refuse_others(appeal, by)
        view = said(statement, if_empty="Skriv hva kommunen mener om klagen, punkt for punkt.")
        snapshot = appeal.decision.snapshot
        body = body_of(snapshot, language_of(snapshot))
        step = move(
            appeal, AppealEvent.FORWARD, by=by, at=at, words=view, facts={"body": body_of(snapshot, "nb")}
        )
        about = (_came(appeal),)
        write_letter(
            appeal.decision,
            "forward",
            step.id,
            said=view,
            by=by,
            at=at,
            slots={"appeal_body": body},
            about=about,
            to_other=appeal.other_party,
        )
        write_statement(appeal, step, view=view, by=by, at=at)
        tell_of_step(appeal, step, "appeal_forwarded", at, has_letter=True, body=body)
    return appeal


def answer_rest(*, appeal_id: UUID, maintains: bool, by: Actor, at: datetime) -> Appeal:
    """After part of what they wanted: does the appeal stand for the rest? Raises NotWaiting, NotAllowed."""
    with transaction.atomic():
        appeal = hold_for_party(appeal_id, by)
        if maintains:
            move(appeal, AppealEvent.MAINTAIN, by=by, at=at)
        else:
            end_set_aside([appeal], "released", by=by, at=at)
            move(appeal, AppealEvent.CONTENT, by=by, at=at, result="partly")
    return appeal


def register_body_outcome(
    *, appeal_id: UUID, outcome: str, decided_on: date, reference: str, words: str, by: Actor, at: datetime
) -> Appeal:
    """What the appeal body has decided: kept, changed, annulled or dismissed, with its day, reference and reasons.

    Changed or annulled waits for a new decision (`propose_after_body`).
    Raises Unsaid, Refused, NotWaiting, TookPart.
    """
    event = OUTCOMES.get(outcome)
    if event is None:
        raise Refused("Velg hva klageinstansen har kommet til.")
    with transaction.atomic():
        appeal = hold_for_officer(appeal_id, by)
        _refuse_odd_day(decided_on, appeal, at)
        where = said(reference, if_empty="Skriv saksnummeret eller møtesaken hos klageinstansen.")[:100]
        why = said(words, if_empty="Gjengi klageinstansens begrunnelse.")
        ends = event in (AppealEvent.BODY_KEPT, AppealEvent.BODY_DISMISSED)
        if ends:
            end_set_aside([appeal], "released", by=by, at=at)
        facts = {"outcome": outcome, "decided_on": decided_on.isoformat(), "reference": where}
        result = outcome if ends else ""
        step = move(
            appeal,
            event,
            by=by,
            at=at,
            words=why,
            facts=facts,
            body_result=outcome,
            result=result,
            result_text=why,
        )
        _tell_outcome(appeal, step, why, by, at)
    return appeal


def propose_after_body(*, appeal_id: UUID, line: Line, by: Actor, at: datetime) -> Proposal:
    """Lay the decision that follows from the appeal body's before an approver.

    Has the body itself changed the decision, the reason is that, whatever the line says: nobody can appeal again.
    Raises Refused for that reason when the body annulled, NotToHarm for less than stands when the body's word came more
    than three months after the appeal, and as `decide_anew`.
    """
    with transaction.atomic():
        appeal = hold_for_officer(appeal_id, by)
        _refuse_late_harm(appeal, line, at)
        line = replace(line, reason_code=code_after_body(appeal.body_result, line.outcome, line.reason_code))
        if appeal.body_result != "changed" and is_final(line.reason_code):
            raise Refused("Klageinstansen har opphevet vedtaket. Velg kommunens egen grunn for det nye.")
        proposal = decide_anew(line=line, by=by, at=at, declares_impartial=True)
        facts = {"proposal": str(proposal.id)}
        move(appeal, AppealEvent.PROPOSE, by=by, at=at, facts=facts, proposal=proposal)
    return proposal


def _refuse_odd_day(decided_on: date, appeal: Appeal, at: datetime) -> None:
    sent = timezone.localdate(appeal.sent_at) if appeal.sent_at else decided_on
    if not sent <= decided_on <= timezone.localdate(at):
        raise Refused(f"Dagen for avgjørelsen må være fra {date_text(sent)} til i dag.")


def _hold_as_reassessor(appeal_id: UUID, by: Actor) -> Appeal:
    appeal = hold_for_officer(appeal_id, by)
    _refuse_others(appeal, by)
    return appeal


def _refuse_others(appeal: Appeal, by: Actor) -> None:
    if appeal.reassessor is not None and appeal.reassessor != by.person_id:
        raise NotAllowed("En annen har klagen. Be hen gi den fra seg, eller gi den tilbake selv først.")


def _in_force(case: Case) -> Decision:
    return latest_decisions([case.id])[case.id]


def amount_after(line: Line, case: Case) -> Decimal:
    return settled_amount(line, Standing(case.lane, case.recommended_nok))


def _refuse_no_better(line: Line, case: Case) -> None:
    before, after = _in_force(case), amount_after(line, case)
    if is_harm(before.amount_nok, after):
        raise NotToHarm(
            f"Vedtaket gir {amount_text(before.amount_nok)}. En klage kan ikke gi mindre når kommunen ser på "
            "saken på nytt. Send klagen videre, eller skriv et høyere beløp."
        )
    if (line.outcome, after) == (before.outcome, before.amount_nok):
        raise Refused(
            "Det nye vedtaket er likt det som står. Send klagen videre i stedet, eller skriv et nytt beløp."
        )


def _refuse_late_harm(appeal: Appeal, line: Line, at: datetime) -> None:
    before, after = _in_force(appeal.decision.case), amount_after(line, appeal.decision.case)
    if not is_harm(before.amount_nok, after) or appeal.sent_at is None:
        return
    told = appeal.steps.filter(event__in=("body_changed", "body_annulled")).order_by("-number").first()
    last = latest_harm(timezone.localdate(appeal.sent_at))
    if told is None or timezone.localdate(told.at) > last:
        raise NotToHarm(
            f"Vedtaket kan ikke bli dårligere for søkeren nå. Søkeren måtte fått vite det innen {date_text(last)}."
        )


def _tell_outcome(appeal: Appeal, step: AppealStep, said_why: str, by: Actor, at: datetime) -> None:
    snapshot, facts = appeal.decision.snapshot, step.facts
    language = language_of(snapshot)
    body = body_of(snapshot, language)
    decided = date_text(date.fromisoformat(facts["decided_on"]), language)
    slots = {"body_day": decided, "appeal_body": body, "reference": facts["reference"]}
    about = (words_of(f"outcome_{facts['outcome']}", language),)
    write_letter(
        appeal.decision,
        "outcome",
        step.id,
        said=said_why,
        by=by,
        at=at,
        slots=slots,
        about=about,
        to_other=appeal.other_party,
    )
    sentence = "body_dismissed" if facts["outcome"] == "dismissed" else facts["outcome"]
    tell_of_step(appeal, step, f"appeal_{sentence}", at, has_letter=True, body=body)


def _came(appeal: Appeal) -> str:
    language = language_of(appeal.decision.snapshot)
    came = timezone.localdate(appeal.sent_at) if appeal.sent_at else timezone.localdate(appeal.begun_at)
    return words_of("letter_appealed", language, day=date_text(came, language))
