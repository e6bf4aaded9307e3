"""Changing a decision without an appeal (forvaltningsloven § 35): told beforehand when it is to the party's harm."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import date_text, weekday_date_text
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound, Refused

from ..domain.case_letters import language_of
from ..domain.lines import Line
from ..domain.reversal_states import (
    REVERSAL_LABELS,
    Ground,
    ReversalEvent,
    ReversalState,
    find_after,
    is_harm,
    may_rest_on,
    opening,
)
from ..errors import NotToHarm, NotWaiting
from ..models import Appeal, Proposal, Reversal
from ..queries.appealing import appeal_period_of
from .appeal_letters import write_letter
from .declare_impartiality import declare_missing
from .following import hold_decision, is_in_force, journal, said
from .propose import decide_anew
from .reassess_appeal import amount_after
from .telling_of_cases import News, tell_applicant


def open_reversal(*, decision_id: UUID, ground: str, why: str, by: Actor, at: datetime) -> Reversal:
    """Begin to consider it, on a ground the law knows. Raises Refused, Unsaid, NotWaiting, NotAllowed.

    One at a time for each decision, and not while an appeal against it waits: the appeal is the way then.
    """
    if ground not in Ground.__members__.values():
        raise Refused("Velg hvorfor vedtaket kan endres.")
    with transaction.atomic():
        decision = hold_decision(decision_id)
        authorise(by, "casework.correspond", decision.case)
        if not is_in_force(decision):
            raise NotWaiting("Vedtaket er erstattet av et nytt.")
        if Appeal.objects.filter(decision=decision, sent_at__isnull=False, settled_at__isnull=True).exists():
            raise NotWaiting("Det er en klage på vedtaket. Endre vedtaket der.")
        if Reversal.objects.filter(decision=decision, ended_at__isnull=True).exists():
            raise NotWaiting("Noen vurderer allerede å endre vedtaket.")
        is_told = appeal_period_of(decision).started_by is not None
        if not may_rest_on(Ground(ground), is_told=is_told):
            raise NotToHarm("Søkeren har fått vite om vedtaket. Velg en annen grunn, eller la vedtaket stå.")
        event = opening(Ground(ground))
        made = Reversal.objects.create(
            decision=decision,
            ground=ground,
            why=said(why, if_empty="Skriv hvorfor vedtaket bør endres."),
            state=ReversalState.READY if event is ReversalEvent.OPEN else ReversalState.OPENED,
            opened_by=by.person_id,
            opened_at=at,
        )
        declare_missing([decision.case], by, at)
        _journal(made, event, by, at)
    return made


def notify_reversal(
    *, reversal_id: UUID, notice: str, comment_by_date: date, by: Actor, at: datetime
) -> Reversal:
    """Tell the party what may be changed, why, and until when they can comment (§ 16). Raises Unsaid, Refused."""
    with transaction.atomic():
        reversal = _hold(reversal_id)
        authorise(by, "casework.correspond", reversal.decision.case)
        if comment_by_date <= timezone.localdate(at):
            raise Refused("Fristen må være i morgen eller senere.")
        text = said(notice, if_empty="Skriv hva som kan bli endret, og hvorfor.")
        _go(
            reversal,
            ReversalEvent.NOTIFY,
            by,
            at,
            notice=text,
            notified_by=by.person_id,
            notified_at=at,
            comment_by_date=comment_by_date,
        )
        language = language_of(reversal.decision.snapshot)
        day, slots = (
            date_text(comment_by_date, language),
            {"due_day": weekday_date_text(comment_by_date, language)},
        )
        write_letter(reversal.decision, "notice", reversal.id, said=text, by=by, at=at, slots=slots)
        _tell(reversal, "reversal_notice", at, has_letter=True, day=day)
    return reversal


def comment_reversal(*, reversal_id: UUID, text: str, by: Actor, at: datetime) -> Reversal:
    """What the party says to it, also after the day, until the municipality has gone on. Raises Unsaid, NotWaiting."""
    with transaction.atomic():
        reversal = _hold(reversal_id)
        authorise(by, "casework.commit", reversal.decision.case)
        words = said(text, if_empty="Skriv hva dere mener.")
        _go(
            reversal,
            ReversalEvent.COMMENT,
            by,
            at,
            comment=words,
            commented_by=by.person_id,
            commented_at=at,
        )
        _tell(reversal, "reversal_heard", at)
    return reversal


def go_on_with_reversal(*, reversal_id: UUID, by: Actor, at: datetime) -> Reversal:
    """Nothing came from the party in time. Raises Refused before the day is out, NotWaiting, NotAllowed."""
    with transaction.atomic():
        reversal = _hold(reversal_id)
        authorise(by, "casework.correspond", reversal.decision.case)
        due = reversal.comment_by_date
        if due is not None and timezone.localdate(at) <= due:
            raise Refused(f"Søkeren kan uttale seg til og med {date_text(due)}. Vent til etter den dagen.")
        _go(reversal, ReversalEvent.GO_ON, by, at)
    return reversal


def propose_reversal(*, reversal_id: UUID, line: Line, by: Actor, at: datetime) -> Proposal:
    """Lay the new decision before an approver. Raises NotToHarm for less than stands on the ground that it is no harm,
    Refused for the same, NotWaiting, and as `decide_anew`.
    """
    with transaction.atomic():
        reversal = _hold(reversal_id)
        decision = reversal.decision
        authorise(by, "casework.correspond", decision.case)
        after = amount_after(line, decision.case)
        if not reversal.is_harmful and is_harm(decision.amount_nok, after):
            raise NotToHarm(
                "Endringen gjør vedtaket dårligere for søkeren. Da må den ha en annen grunn, og søkeren må varsles. "
                "La vedtaket stå, og begynn på nytt med riktig grunn."
            )
        if (line.outcome, after) == (decision.outcome, decision.amount_nok):
            raise Refused(
                "Det nye vedtaket er likt det som står. Skriv et nytt beløp, eller la vedtaket stå."
            )
        proposal = decide_anew(line=line, by=by, at=at, declares_impartial=True)
        _go(reversal, ReversalEvent.PROPOSE, by, at, proposal=proposal)
    return proposal


def drop_reversal(*, reversal_id: UUID, why: str, by: Actor, at: datetime) -> Reversal:
    """Let the decision stand; the party is told when they had been warned. Raises Unsaid, NotWaiting, NotAllowed."""
    with transaction.atomic():
        reversal = _hold(reversal_id)
        authorise(by, "casework.correspond", reversal.decision.case)
        words = said(why, if_empty="Skriv hvorfor vedtaket blir stående.")
        _go(
            reversal,
            ReversalEvent.DROP,
            by,
            at,
            result=Reversal.Result.DROPPED,
            ended_why=words,
            ended_by=by.person_id,
            ended_at=at,
        )
        if reversal.notified_at:
            _tell(reversal, "reversal_dropped", at)
    return reversal


def _hold(reversal_id: UUID) -> Reversal:
    decision_id = Reversal.objects.filter(id=reversal_id).values_list("decision_id", flat=True).first()
    if decision_id is None:
        raise NotFound("Vi finner ikke vurderingen. Gå tilbake til saken og åpne den derfra.")
    decision = hold_decision(decision_id)
    reversal = Reversal.objects.get(id=reversal_id)
    reversal.decision = decision
    return reversal


def _go(reversal: Reversal, event: ReversalEvent, by: Actor, at: datetime, **marks: Any) -> None:
    after = find_after(reversal.state, event)
    if after is None:
        raise NotWaiting(
            f"Vurderingen står nå som «{REVERSAL_LABELS[reversal.state]}». Last siden på nytt og se hva som er gjort."
        )
    reversal.state = after
    for name, value in marks.items():
        setattr(reversal, name, value)
    reversal.save(update_fields=["state", *marks])
    _journal(reversal, event, by, at)


def _journal(reversal: Reversal, event: ReversalEvent, by: Actor, at: datetime) -> None:
    journal(f"casework.reversal_{event}", reversal.decision.case_id, by.person_id, at, reversal=reversal.id)


def _tell(reversal: Reversal, sentence: str, at: datetime, *, has_letter: bool = False, **slots: str) -> None:
    news = News(key=f"{sentence}:{reversal.id}", sentence=sentence, slots=slots, has_letter=has_letter)
    tell_applicant(reversal.decision.case, news, at=at)
