"""A town's competitive call: a panel that has scored, discussed, drawn the line and proposed."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from runde.grants.applications.api import NewApplication, get_receipt, start_many, submit_many
from runde.grants.panels.api import (
    Assignment,
    Criterion,
    Panel,
    Scale,
    Score,
    SetUp,
    choose_line,
    declare,
    hand_in,
    invite_assessor,
    make_panel,
    note_discussion,
    propose_ranking,
    standings,
    start_scoring,
)
from runde.grants.schemes.api import Call, attach_funding, get_call, open_call, publish_call, sources_of

from ..region import CALL, Town, answers

RANKED = f"{CALL}-panel"
JURY = ("second_officer", "second_approver")
AN_HOUR = timedelta(hours=1)


def judge(town: Town, at: datetime) -> None:
    """In the town's fence: from an outrun deadline to a proposal, every table of panels used."""
    call = _closed_call(town, at)
    leader = town.actor("officer", at)
    panel = make_panel(call_id=call.id, set_up=_set_up(town, at), by=leader, at=at)
    for who in JURY:
        invite_assessor(panel_id=panel.id, email=town.staff[who].email, name="", by=leader, at=at)
    start_scoring(panel_id=panel.id, by=leader, at=at)
    for who in JURY:
        _score(town, panel, who, at)
    panel = Panel.objects.select_related("call__scheme_version").get(id=panel.id)
    found = standings(panel, by=leader)
    first = found.ranking.ranked[0].entry.case_id
    text = f"{town.mark} er enige."
    note_discussion(panel_id=panel.id, case_id=first, text=text, by=leader, at=at)
    choose_line(panel_id=panel.id, way="count", value=Decimal(1), digest=found.digest, by=leader, at=at)
    propose_ranking(panel_id=panel.id, by=leader, at=at, declares_impartial=True)


def _set_up(town: Town, at: datetime) -> SetUp:
    criteria = (Criterion("k1", f"Nytte for {town.mark}", 100),)
    return SetUp(criteria, Scale(1, 6), "drawn", Decimal(2), timezone.localdate(at) + timedelta(days=9))


def _score(town: Town, panel: Panel, who: str, at: datetime) -> None:
    by = town.actor(who, at)
    for held in Assignment.objects.filter(panel_case__panel=panel, assessor__person_id=by.person_id):
        declare(assignment_id=held.id, is_impartial=True, by=by, at=at)
        words = f"{town.mark} har vurdert dette."
        hand_in(assignment_id=held.id, scores=[Score("k1", 4, words)], by=by, at=at)


def _closed_call(town: Town, at: datetime) -> Call:
    known, manager, by = get_call(CALL), town.actor("manager", at), town.applying(at)
    then = at - 2 * AN_HOUR
    call = open_call(
        scheme_version=known.scheme_version,
        slug=RANKED,
        opens_at=known.opens_at,
        closes_at=at - AN_HOUR,
        answer_by_date=known.answer_by_date,
        euro_rate=known.euro_rate,
        euro_rate_date=known.euro_rate_date,
        euro_rate_source=known.euro_rate_source,
        by=manager,
        at=then,
    )
    for rank, source in enumerate(sources_of(known), start=1):
        attach_funding(call=call, source=source, rank=rank, by=manager, at=then)
    call = publish_call(call=call, by=manager, at=then)
    new = [NewApplication(number, answers(number, "deep", town.mark)) for number in town.companies[1:3]]
    drafts = start_many(call=call, new=new, by=by, at=then)
    for sent in submit_many(applications=drafts, by=by, at=then):
        get_receipt(application=sent, by=by, at=at)
    return call
