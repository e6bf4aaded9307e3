"""The party asks why, and is told. Asked in time it stops the appeal period, which begins anew with the answer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import date_text, deadline, weekday_date_text
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound

from ..domain.case_letters import language_of
from ..domain.words import words
from ..errors import NotWaiting
from ..models import ReasonsDemand
from ..queries.appealing import appeal_period_of
from .appeal import refuse_final
from .appeal_letters import write_letter
from .following import hold_decision, is_in_force, journal, said
from .telling_of_cases import News, tell_applicant


def demand_reasons(*, decision_id: UUID, by: Actor, at: datetime) -> ReasonsDemand:
    """Ask for the reasons (§ 24), within the appeal period and once. Raises NotWaiting, FinalDecision, NotAllowed."""
    with transaction.atomic():
        decision = hold_decision(decision_id)
        authorise(by, "casework.commit", decision.case)
        if not is_in_force(decision):
            raise NotWaiting("Vedtaket er erstattet av et nytt. Åpne saken og les det nye vedtaket.")
        if ReasonsDemand.objects.filter(decision_id=decision.id).exists():
            raise NotWaiting("Dere har allerede bedt om en begrunnelse.")
        refuse_final(decision)
        period = appeal_period_of(decision)
        if period.is_late(timezone.localdate(at)):
            last = date_text(period.last_date)
            raise NotWaiting(
                f"Siste dag å be om begrunnelse var {last}. Send gjerne spørsmål som melding i saken."
            )
        made = ReasonsDemand.objects.create(
            decision=decision, asked_by=by.person_id, asked_at=at, stops_period=True
        )
        journal("casework.reasons_asked", decision.case_id, by.person_id, at, decision=decision.id)
        tell_applicant(decision.case, News(key=f"reasons_asked:{made.id}", sentence="reasons_asked"), at=at)
    return made


def give_reasons(*, decision_id: UUID, text: str, by: Actor, at: datetime) -> ReasonsDemand:
    """Answer the demand with a letter; from that day there are three new weeks to appeal. Raises Unsaid, NotWaiting."""
    with transaction.atomic():
        decision = hold_decision(decision_id)
        authorise(by, "casework.correspond", decision.case)
        demand = ReasonsDemand.objects.select_for_update().filter(decision_id=decision.id).first()
        if demand is None:
            raise NotFound("Ingen har bedt om en begrunnelse for vedtaket.")
        if demand.answered_at is not None:
            raise NotWaiting("Begrunnelsen er allerede sendt.")
        demand.text = said(
            text, if_empty="Skriv reglene, det dere la til grunn, og hva dere la mest vekt på."
        )
        demand.answered_by, demand.answered_at = by.person_id, at
        demand.save(update_fields=["text", "answered_by", "answered_at"])
        journal("casework.reasons_given", decision.case_id, by.person_id, at, decision=decision.id)
        language = language_of(decision.snapshot)
        today = timezone.localdate(at)
        last = max(deadline("appeal", today), decision.appeal_by_date)
        day, slots = date_text(last, language), {"due_day": weekday_date_text(last, language)}
        asked = date_text(timezone.localdate(demand.asked_at), language)
        about = (words("letter_asked", language, day=asked),)
        write_letter(decision, "reasons", demand.id, said=demand.text, by=by, at=at, slots=slots, about=about)
        news = News(
            key=f"reasons_given:{demand.id}", sentence="reasons_given", slots={"day": day}, has_letter=True
        )
        tell_applicant(decision.case, news, at=at)
    return demand
