"""Money held for what an appeal may lead to: set aside when it comes, used by the new decision or given back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import amount_text
from runde.foundation.ledger.api import Share, commit_many, release_many
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import Refused
from runde.grants.applications.api import assess_many

from ..domain.appeal_states import OVER
from ..errors import NotWaiting, TooLittleMoney
from ..models import Appeal, ProposalLine, SetAside
from .appealing import hold_for_officer, write_step
from .following import journal
from .money import Wish, hold_decided_sources, share_out

NOTHING = Decimal(0)


def set_aside_for_appeal(*, appeal_id: UUID, amount_nok: Decimal, by: Actor, at: datetime) -> list[SetAside]:
    """Hold this much for the appeal instead of what is held; nothing gives it all back.

    Raises TooLittleMoney, NotWaiting when the appeal is over, NotAllowed, TookPart, Refused below zero.
    """
    if amount_nok < NOTHING:
        raise Refused("Beløpet kan ikke være under null.")
    with transaction.atomic():
        appeal = hold_for_officer(appeal_id, by)
        if appeal.state in OVER:
            raise NotWaiting("Klagen er avgjort. Det er ikke noe å sette av penger til.")
        hold_decided_sources(appeal.decision.case.application.call)
        end_set_aside([appeal], "released", by=by, at=at)
        made = _set_aside(appeal, amount_nok, by, at) if amount_nok else []
        facts = {"amount_nok": format(amount_nok, "f")}
        write_step(appeal, "set_aside", by=by, at=at, facts=facts)
        journal(
            "casework.appeal_set_aside", appeal.decision.case_id, by.person_id, at, appeal=appeal.id, **facts
        )
    return made


def set_aside_at_receipt(appeal: Appeal, *, by: Actor, at: datetime) -> dict[str, str]:
    """What the rules say the party may win, held at once when there is enough; what was done, as facts of the step.

    What the rules cannot say is for an officer to set aside.
    """
    wanted = may_win(appeal)
    if not wanted:
        return {}
    try:
        _set_aside(appeal, wanted, by, at)
    except TooLittleMoney as short:
        return {"wanted_nok": format(wanted, "f"), "too_little": short.sentence}
    return {"set_aside_nok": format(wanted, "f")}


def may_win(appeal: Appeal) -> Decimal:
    """How much more than the decision the rules give; nothing when they say no more, or do not say."""
    recommended = appeal.decision.case.recommended_nok
    if recommended is None or appeal.other_party:
        return NOTHING
    return max(recommended - appeal.decision.amount_nok, NOTHING)


def end_set_aside(appeals: Collection[Appeal], how: str, *, by: Actor | None, at: datetime) -> Decimal:
    """Give what is held for the appeals back to its sources, which the caller holds when it is to be used at once."""
    held = list(
        SetAside.objects.filter(appeal__in=appeals, ended_at__isnull=True)
        .select_related("appeal__decision")
        .order_by("appeal_id", "number", "source_id")
    )
    if not held:
        return NOTHING
    shares = [
        Share(
            f"appeal_back:{one.appeal_id}:{one.number}",
            one.appeal.decision.case_id,
            one.source_id,
            one.amount_nok,
        )
        for one in held
    ]
    release_many(shares, by=by, at=at, text="Satt av til klage, ikke lenger")
    SetAside.objects.filter(id__in=[one.id for one in held]).update(ended_at=at, ended_how=how)
    return sum((one.amount_nok for one in held), NOTHING)


def use_set_aside(lines: Collection[ProposalLine], *, by: Actor, at: datetime) -> None:
    """Before the money of new decisions is shared out: what is held for their appeals is there to be used.

    The sources are held by the caller, so nobody else can take it meanwhile.
    """
    anew = [line for line in lines if line.replaces_id]
    if not anew:
        return
    appeals = Appeal.objects.filter(
        proposal_id__in={line.proposal_id for line in anew},
        decision__case_id__in={line.case_id for line in anew},
    )
    end_set_aside(list(appeals), "used", by=by, at=at)


def held_text(appeal: Appeal) -> str:
    """ "117 400 kroner", empty when nothing is held."""
    held = SetAside.objects.filter(appeal=appeal, ended_at__isnull=True)
    total = sum(held.values_list("amount_nok", flat=True), NOTHING)
    return amount_text(total) if total else ""


def _set_aside(appeal: Appeal, amount_nok: Decimal, by: Actor, at: datetime) -> list[SetAside]:
    case = appeal.decision.case
    sources = hold_decided_sources(case.application.call)
    [known] = assess_many([case.application], at)
    parts = share_out([Wish(case.id, amount_nok, known.values)], sources, timezone.localdate(at))[case.id]
    number = SetAside.objects.filter(appeal=appeal).values("number").distinct().count() + 1
    made = [
        SetAside(
            appeal=appeal, number=number, source_id=part.source_id, amount_nok=part.amount_nok, made_at=at
        )
        for part in parts
    ]
    SetAside.objects.bulk_create(made)
    key = f"appeal:{appeal.id}:{number}"
    shares = [Share(key, case.id, part.source_id, part.amount_nok) for part in parts]
    commit_many(shares, by=by, at=at, text="Satt av til klage")
    return made
