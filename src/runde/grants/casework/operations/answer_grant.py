"""A grant that must be accepted: yes, no, or too late."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import date_text
from runde.foundation.forms.api import Stage, questions_of
from runde.foundation.ledger.api import Share, release_many
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Refused
from runde.grants.aid.api import Why
from runde.grants.applications.api import find_stage_answers

from ..errors import NotWaiting, StageMissing
from ..models import Acceptance, Award, Decision
from ..signals import grant_accepted
from .aid import take_back_aid
from .following import hold_decision, is_in_force, journal, said
from .reserving import money_came_back
from .telling_of_cases import News, tell_applicant

Answer = Acceptance.Answer


def accept_grant(*, decision_id: UUID, by: Actor, at: datetime) -> Acceptance:
    """Say yes to a grant with its conditions; from now on it is owed.

    What the form asks at acceptance must be answered and sent first (StageMissing). Accepting twice is accepting
    once. After the last day it still counts, until the municipality has let the grant lapse. Raises NotWaiting.
    """
    with transaction.atomic():
        decision = _waiting(decision_id)
        authorise(by, "casework.commit", decision.case)
        standing = Acceptance.objects.filter(decision_id=decision.id).first()
        if standing is not None and standing.is_accepted:
            return standing
        _refuse_answered(standing)
        _refuse_missing_stage(decision)
        acceptance = _answer(decision, Answer.ACCEPTED, "", by, at)
        tell_applicant(decision.case, News(key=f"accepted:{decision.id}", sentence="accepted"), at=at)
        grant_accepted.send(sender=Acceptance, decision=decision, by=by, at=at)
    return acceptance


def decline_grant(*, decision_id: UUID, reason: str = "", by: Actor, at: datetime) -> Acceptance:
    """Say no to a grant: the money goes back to its sources. The decision stands, as declined. Raises NotWaiting."""
    with transaction.atomic():
        decision = _waiting(decision_id)
        authorise(by, "casework.commit", decision.case)
        _refuse_answered(Acceptance.objects.filter(decision_id=decision.id).first())
        acceptance = _answer(decision, Answer.DECLINED, reason.strip()[:500], by, at)
        _give_back(decision, "declined", by, at)
        tell_applicant(decision.case, News(key=f"declined:{decision.id}", sentence="declined"), at=at)
    return acceptance


def lapse_grant(*, decision_id: UUID, reason: str, by: Actor, at: datetime) -> Acceptance:
    """Let a grant nobody accepted in time lapse: the money goes back to its sources. Only after the last day."""
    with transaction.atomic():
        decision = _waiting(decision_id)
        authorise(by, "casework.correspond", decision.case)
        _refuse_answered(Acceptance.objects.filter(decision_id=decision.id).first())
        last = decision.accept_by_date
        if last is not None and timezone.localdate(at) <= last:
            raise Refused(f"Virksomheten kan svare til og med {date_text(last)}. Vent til etter den dagen.")
        why = said(reason, if_empty="Skriv hvorfor tilskuddet faller bort.")[:500]
        acceptance = _answer(decision, Answer.LAPSED, why, by, at)
        _give_back(decision, "lapsed", by, at)
        tell_applicant(decision.case, News(key=f"lapsed:{decision.id}", sentence="lapsed"), at=at)
    return acceptance


def _waiting(decision_id: UUID) -> Decision:
    decision = hold_decision(decision_id)
    if decision.accept_by_date is None:
        raise NotWaiting("Tilskuddet trenger ikke å godtas.")
    if not is_in_force(decision):
        raise NotWaiting("Vedtaket er erstattet av et nytt. Åpne saken og les det nye vedtaket.")
    return decision


def _refuse_answered(standing: Acceptance | None) -> None:
    if standing is not None:
        raise NotWaiting(f"Tilskuddet er allerede besvart: {standing.get_answer_display().lower()}.")


def _refuse_missing_stage(decision: Decision) -> None:
    application = decision.case.application
    if not questions_of(application.scheme_version.form, stage=Stage.ACCEPTANCE):
        return
    answered = find_stage_answers(application, Stage.ACCEPTANCE)
    if answered is None or answered.submitted_at is None:
        raise StageMissing("Svar på spørsmålene om vilkårene først.")


def _answer(decision: Decision, answer: Answer, reason: str, by: Actor, at: datetime) -> Acceptance:
    made = Acceptance.objects.create(
        decision_id=decision.id, answer=answer, reason=reason, answered_by=by.person_id, answered_at=at
    )
    journal(
        f"casework.grant_{answer.value}",
        decision.case_id,
        by.person_id,
        at,
        decision=decision.id,
        reason=reason,
    )
    return made


def _give_back(decision: Decision, why: Why, by: Actor, at: datetime) -> None:
    shares = [
        Share(f"declined:{decision.id}", decision.case_id, award.source_id, award.amount_nok)
        for award in Award.objects.filter(decision_id=decision.id).order_by("source_id")
    ]
    release_many(shares, by=by, at=at, text="Tilskuddet er ikke godtatt")
    take_back_aid(decision, why, at)
    money_came_back(decision.case.call_id, by=by, at=at)
