"""Whether an appeal is heard at all: late ones, defects, dismissal, reinstatement, withdrawal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import date_text, deadline, weekday_date_text
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import Refused

from ..domain.appeal_period import latest_hearing
from ..domain.appeal_states import AppealEvent, AppealState
from ..domain.case_letters import language_of
from ..errors import NotWaiting, TooOld
from ..models import Appeal
from .appeal_letters import write_letter
from .appeal_money import end_set_aside, set_aside_at_receipt
from .appealing import hold_for_officer, hold_for_party, move, write_step
from .following import said
from .telling_of_appeals import tell_of_step

LateGround = Literal["excusable", "special"]
LATE_GROUNDS: dict[LateGround, str] = {
    "excusable": "Søkeren kan ikke lastes for at klagen kom for sent",
    "special": "Særlige grunner gjør det rimelig å behandle klagen",
}


def hear_late_appeal(*, appeal_id: UUID, ground: LateGround, words: str, by: Actor, at: datetime) -> Appeal:
    """Hear an appeal that came after the deadline (§ 31). Raises TooOld, Unsaid, NotWaiting, TookPart."""
    with transaction.atomic():
        appeal = hold_for_officer(appeal_id, by)
        _refuse_too_old(appeal)
        why = said(words, if_empty="Skriv hvorfor klagen skal behandles selv om den kom etter fristen.")
        by_date = _anew(at)
        step = move(
            appeal,
            AppealEvent.HEAR,
            by=by,
            at=at,
            words=why,
            facts={"ground": ground},
            reassess_by_date=by_date,
        )
        tell_of_step(appeal, step, "appeal_heard", at, day=by_date)
    return appeal


def dismiss_appeal(*, appeal_id: UUID, words: str, by: Actor, at: datetime) -> Appeal:
    """Refuse to hear it: too late, a defect not mended, or no right to appeal. The party gets a letter with the way on.

    A defect can lead to dismissal only after its last day. Raises Unsaid, NotWaiting, TookPart.
    """
    with transaction.atomic():
        appeal = hold_for_officer(appeal_id, by)
        _refuse_before_due(appeal, "avvises", at)
        why = said(words, if_empty="Skriv hvorfor klagen ikke blir behandlet.")
        end_set_aside([appeal], "released", by=by, at=at)
        step = move(appeal, AppealEvent.DISMISS, by=by, at=at, words=why, result="dismissed", result_text=why)
        last = deadline("appeal", timezone.localdate(at))
        slots = {"due_day": weekday_date_text(last, language_of(appeal.decision.snapshot))}
        write_letter(
            appeal.decision,
            "dismiss",
            step.id,
            said=why,
            by=by,
            at=at,
            slots=slots,
            to_other=appeal.other_party,
        )
        tell_of_step(appeal, step, "appeal_dismissed", at, has_letter=True, day=last)
    return appeal


def contest_dismissal(*, appeal_id: UUID, text: str, by: Actor, at: datetime) -> Appeal:
    """The party asks for the dismissal to be looked at again and the appeal reinstated. Once, within three weeks.

    Raises Unsaid, NotWaiting, NotAllowed.
    """
    with transaction.atomic():
        appeal = hold_for_party(appeal_id, by)
        if appeal.is_contested:
            raise NotWaiting("Kommunen har allerede vurdert avvisningen på nytt. Send en melding i saken.")
        last = _contest_by(appeal)
        if last and timezone.localdate(at) > last:
            raise NotWaiting(
                f"Siste dag var {date_text(last)}. Send en melding i saken hvis dere ikke kunne vite om det."
            )
        why = said(text, if_empty="Skriv hvorfor klagen bør behandles.")
        step = move(appeal, AppealEvent.CONTEST, by=by, at=at, words=why, is_contested=True)
        tell_of_step(appeal, step, "appeal_contested", at, day=timezone.localdate(at))
    return appeal


def reinstate_appeal(*, appeal_id: UUID, words: str, by: Actor, at: datetime) -> Appeal:
    """Take up a dismissed appeal again (oppfriskning), with the reason. Raises TooOld, Unsaid, NotWaiting, TookPart."""
    with transaction.atomic():
        appeal = hold_for_officer(appeal_id, by)
        if appeal.is_late:
            _refuse_too_old(appeal)
        why = said(words, if_empty="Skriv hvorfor klagen tas opp igjen.")
        by_date = _anew(at)
        step = move(
            appeal,
            AppealEvent.REINSTATE,
            by=by,
            at=at,
            words=why,
            facts={},
            reassess_by_date=by_date,
            result_text="",
        )
        _hold_money_again(appeal, by, at)
        tell_of_step(appeal, step, "appeal_reinstated", at, day=by_date)
    return appeal


def ask_appeal_correction(*, appeal_id: UUID, words: str, due_date: date, by: Actor, at: datetime) -> Appeal:
    """Give a short time to mend what is missing (§ 32), in a letter. Raises Unsaid, Refused, NotWaiting, TookPart."""
    with transaction.atomic():
        appeal = hold_for_officer(appeal_id, by)
        if due_date <= timezone.localdate(at):
            raise Refused("Fristen må være i morgen eller senere.")
        what = said(words, if_empty="Skriv hva som mangler, og hva søkeren må gjøre.")
        step = move(appeal, AppealEvent.ASK_CORRECTION, by=by, at=at, words=what, due_date=due_date)
        slots = {"due_day": weekday_date_text(due_date, language_of(appeal.decision.snapshot))}
        write_letter(
            appeal.decision,
            "correct",
            step.id,
            said=what,
            by=by,
            at=at,
            slots=slots,
            to_other=appeal.other_party,
        )
        tell_of_step(appeal, step, "correct_appeal", at, has_letter=True, day=due_date)
    return appeal


def correct_appeal(*, appeal_id: UUID, text: str, by: Actor, at: datetime) -> Appeal:
    """What the party adds. Also after the last day, until the municipality has gone on. Raises Unsaid, NotWaiting."""
    with transaction.atomic():
        appeal = hold_for_party(appeal_id, by)
        what = said(text, if_empty="Skriv det som manglet i klagen.")
        step = move(appeal, AppealEvent.CORRECT, by=by, at=at, words=what)
        tell_of_step(appeal, step, "appeal_corrected", at)
    return appeal


def go_on_with_appeal(*, appeal_id: UUID, by: Actor, at: datetime) -> Appeal:
    """The party's time is out: the appeal stands as it is. Raises Refused, NotWaiting, TookPart."""
    with transaction.atomic():
        appeal = hold_for_officer(appeal_id, by)
        _refuse_before_due(appeal, "behandles videre", at)
        event = AppealEvent.KEEP_GOING if appeal.state == AppealState.PARTLY else AppealEvent.GO_ON
        move(appeal, event, by=by, at=at)
    return appeal


def withdraw_appeal(*, appeal_id: UUID, by: Actor, at: datetime) -> Appeal:
    """The party takes it back; the decision stands and money held is given back. Raises NotWaiting, NotAllowed."""
    with transaction.atomic():
        appeal = hold_for_party(appeal_id, by)
        if appeal.other_party:
            raise NotWaiting("Klagen er ikke deres, og kan bare trekkes av den som klaget.")
        end_set_aside([appeal], "released", by=by, at=at)
        step = move(appeal, AppealEvent.WITHDRAW, by=by, at=at, result="withdrawn")
        tell_of_step(appeal, step, "appeal_withdrawn", at)
    return appeal


def _refuse_too_old(appeal: Appeal) -> None:
    last = latest_hearing(timezone.localdate(appeal.decision.decided_at))
    came = timezone.localdate(appeal.sent_at) if appeal.sent_at else last
    if came > last:
        raise TooOld(f"Klagen kom etter {date_text(last)}, mer enn ett år etter vedtaket. Den må avvises.")


def _refuse_before_due(appeal: Appeal, what: str, at: datetime) -> None:
    due = appeal.due_date
    if due is not None and timezone.localdate(at) <= due:
        raise Refused(
            f"Søkeren har frist til og med {date_text(due)}. Klagen kan tidligst {what} etter den dagen."
        )


def _anew(at: datetime) -> date:
    return deadline("interim_reply", timezone.localdate(at))


def _contest_by(appeal: Appeal) -> date | None:
    return deadline("appeal", timezone.localdate(appeal.settled_at)) if appeal.settled_at else None


def _hold_money_again(appeal: Appeal, by: Actor, at: datetime) -> None:
    held = set_aside_at_receipt(appeal, by=by, at=at)
    if held:
        write_step(appeal, "set_aside", by=by, at=at, facts=held)
