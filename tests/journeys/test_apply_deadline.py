"""The last second and the one after it: sent in time is sent, too late keeps the draft and says the rule."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.utils import timezone

from runde.foundation.people.api import get_applicant
from runde.foundation.trust.api import fence
from runde.grants.applications.api import NewApplication, start_many
from runde.grants.schemes.api import Call, CallTerms, get_call
from tests.web.public.many_calls import add_call

from .applying import COSTS, KARI, TRUE, answers_of, application_of, send
from .region import CAFE, Region, answers
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

LATE = "Søknader som kommer senere, blir ikke behandlet."
SECONDS_LEFT = 15
"""Enough for signing in and looking over; the rest is waited for."""


def call_about_to_close(region: Region, *, grace_minutes: int = 0) -> Call:
    """With a whole draft from the café, all but the statement."""
    at = timezone.now()
    terms = CallTerms(grace_minutes=grace_minutes, late_rule={"nb": LATE, "nn": LATE, "en": LATE})
    call = add_call(region.moss, "snart", at=at, closes_at=at + timedelta(seconds=SECONDS_LEFT), terms=terms)
    raw = {name: value for name, value in answers().items() if name != "declaration"}
    with fence(region.moss.tenant.id):
        call = get_call("snart")
        actor = get_applicant(region.applicant, on=timezone.localdate(at))
        start_many(call=call, new=[NewApplication(CAFE, raw)], by=actor, at=at)
    return call


def look_over(kari: Visitor, region: Region) -> None:
    kari.go(f"/moss/soknader/{application_of(region).id}/se-over/")
    kari.sign_in(KARI)
    assert kari.heading() == "Se over og send inn"


def wait_until(moment: datetime) -> None:
    time.sleep(max(0.0, (moment - timezone.now()).total_seconds()))


def test_in_the_last_second(region: Region, visitor: VisitorFactory) -> None:
    call = call_about_to_close(region)
    kari = visitor(DESKTOP)
    look_over(kari, region)
    kari.page.get_by_label(TRUE).check()
    wait_until(call.closes_at - timedelta(seconds=1))
    kari.press("Send inn søknaden")
    assert kari.heading() == "Søknaden er sendt"
    sent = application_of(region)
    assert sent.submitted_at is not None
    assert call.closes_at - timedelta(seconds=1) <= sent.submitted_at < call.closes_at


def test_a_second_too_late(region: Region, visitor: VisitorFactory) -> None:
    """The draft is kept, what is typed afterwards too, and the page says what the rule is."""
    call = call_about_to_close(region)
    kari, phone = visitor(DESKTOP), visitor(PHONE)
    look_over(kari, region)
    kari.page.get_by_label(TRUE).check()
    wait_until(call.closes_at + timedelta(seconds=1))
    kari.press("Send inn søknaden")
    assert "Fristen er ute" in kari.text()
    assert f"Kladden er lagret, men kan ikke sendes inn. {LATE}" in kari.text()
    assert kari.page.get_by_role("button", name="Send inn søknaden").count() == 0
    kari.look("too-late")
    assert application_of(region).state == "draft"

    phone.go(f"/moss/soknader/{application_of(region).id}/del/costs/")
    phone.sign_in(KARI)
    assert LATE in phone.text()
    phone.page.get_by_label(COSTS).fill("330 000")
    phone.page.get_by_text("Lagret kl.").wait_for()
    phone.look("closed-while-writing")
    phone.press("Neste steg")
    assert answers_of(region)["fixed_costs"] == "330000"


def test_those_who_had_begun_have_the_grace(region: Region, visitor: VisitorFactory) -> None:
    call = call_about_to_close(region, grace_minutes=30)
    kari = visitor(PHONE)
    look_over(kari, region)
    wait_until(call.closes_at + timedelta(seconds=1))
    kari.page.reload()
    assert "Du hadde begynt, og kan sende til" in kari.text()
    kari.look("grace")
    send(kari)
    assert kari.heading() == "Søknaden er sendt"
    assert application_of(region).state == "submitted"
