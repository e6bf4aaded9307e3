"""What is begun and not done: a draft several have written in, a beginning without a name, a draft that is gone."""

from __future__ import annotations

from datetime import datetime, timedelta

from runde.foundation.forms.api import Stage
from runde.grants.applications.api import (
    Application,
    begin,
    erase_draft,
    invite_participant,
    save_answers,
    save_stage_answers,
    start_application,
)
from runde.grants.schemes.api import Call, add_call_file, extend_call

from ..region import Town
from .files import a_picture

A_DAY = timedelta(days=1)


def begin_things(town: Town, call: Call, sent: Application, at: datetime) -> None:
    """In the town's fence; `call` is one its first company has not applied to."""
    by = town.applying(at)
    begin(call=call, at=at)
    gone = start_application(call=call, organisation_number=town.companies[0], by=by, at=at)
    erase_draft(application=gone, by=by, at=at)
    draft = Application.objects.filter(state=Application.State.DRAFT).first()
    assert draft is not None  # noqa: S101 - made before
    raw = {"fixed_costs": "121 000"}
    save_answers(application=draft, raw=raw, expected_revision=draft.revision, by=by, at=at)
    email = f"med@{town.tenant.slug}.example"
    invite_participant(application=draft, email=email, role="fills_in", by=by, at=at)
    save_stage_answers(application=sent, stage=Stage.REPORT, raw={}, expected_revision=0, by=by, at=at)


def change_call(town: Town, call: Call, at: datetime) -> None:
    """A day more to apply, and a file to read."""
    manager = town.actor("manager", at)
    add_call_file(call=call, file=a_picture(), title="Kart", by=manager, at=at)
    extend_call(
        call=call,
        closes_at=call.closes_at + A_DAY,
        answer_by_date=call.answer_by_date + A_DAY,
        reason=f"{town.mark} venter.",
        by=manager,
        at=at,
    )
