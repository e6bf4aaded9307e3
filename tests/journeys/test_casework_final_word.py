"""The appeal body has the last word: the decision stands or is changed, and nobody is led to appeal once more."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from runde.foundation.people.api import Actor, Person, get_actor
from runde.foundation.trust.api import fence
from runde.grants.casework.api import (
    Appeal,
    Case,
    Decision,
    Line,
    approve_proposal,
    confirm_reading,
    forward_appeal,
    propose_after_body,
    register_body_outcome,
    take_appeal,
)

from .appealing import add_others, appeal_by_party, party, refuse
from .region import CAFE, Region, answers, send_applications
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
LAST = "Klageinstansen har avgjort klagen i sak 14/27, og vedtaket er endelig."


def forwarded(region: Region) -> tuple[Appeal, dict[str, Person]]:
    """The café's appeal against a refusal, seen again by another officer and sent on."""
    at, moss = timezone.now(), region.moss
    send_applications(moss, {CAFE: answers()}, by=region.applicant)
    with fence(moss.tenant.id):
        case = Case.objects.select_related("application").get()
    refuse(moss, case, at)
    others = add_others(moss, at)
    appeal = appeal_by_party(moss, case, at)
    with fence(moss.tenant.id):
        by = other(others, "other_officer")
        take_appeal(appeal_id=appeal.id, by=by, at=at)
        sent = forward_appeal(appeal_id=appeal.id, statement="Vi mener vedtaket er riktig.", by=by, at=at)
    return sent, others


def other(others: dict[str, Person], who: str) -> Actor:
    return get_actor(others[who], on=timezone.localdate())


def outcome(eli: Visitor, answer: str) -> None:
    """What the body has decided, written on its page."""
    eli.page.get_by_label(answer, exact=True).check()
    eli.page.get_by_label("Dag for avgjørelsen").fill(f"{timezone.localdate():%d.%m.%Y}")
    eli.page.get_by_label("Saksnummer hos klageinstansen").fill("14/27")
    eli.page.get_by_label("Begrunnelsen deres").fill("Nemnda er enig med kommunen.")
    eli.press("Registrer avgjørelsen")


@pytest.mark.parametrize("size", SIZES)
def test_the_body_keeps_the_decision(region: Region, visitor: VisitorFactory, size: tuple[int, int]) -> None:
    appeal, others = forwarded(region)
    eli = visitor(size)
    eli.go(f"/moss/klager/{appeal.id}/utfall/")
    eli.sign_in(others["other_officer"].email)
    eli.press("Registrer avgjørelsen")
    assert "Velg hva klageinstansen har kommet til." in eli.text()
    eli.look("outcome-error")
    outcome(eli, "Ikke endret")
    eli.look("kept")

    kari = visitor(size)
    kari.go(f"/moss/soknader/{appeal.decision.case.application_id}/klage/{appeal.id}/")
    kari.sign_in(region.applicant.email)
    kari.look("party-kept")
    kari.go(f"/moss/soknader/{appeal.decision.case.application_id}/")
    assert kari.page.get_by_role("link", name="Klag på vedtaket").count() == 0
    kari.look("party-case")


@pytest.mark.parametrize("size", SIZES)
def test_what_the_body_changed_is_final(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    appeal, others = forwarded(region)
    case = carry_out(region, appeal, others)
    eli = visitor(size)
    eli.go(f"/moss/saker/{case.id}/")
    eli.sign_in(others["other_officer"].email)
    assert "Avgjort av klageinstansen. Vedtaket er endelig." in eli.text()
    eli.look("case-final")
    eli.go(f"/moss/saker/{case.id}/klage/")
    eli.page.get_by_label("Klagen", exact=True).fill("Vi er fortsatt uenige.")
    eli.page.get_by_label("Dagen klagen ble postlagt eller levert").fill(f"{timezone.localdate():%d.%m.%Y}")
    eli.press("Registrer klagen")
    assert "Det kan ikke klages på en gang til." in eli.text()
    eli.look("paper-refused")

    kari = visitor(size)
    kari.go(f"/moss/soknader/{case.application_id}/")
    kari.sign_in(region.applicant.email)
    assert LAST in kari.text()
    assert kari.page.get_by_role("link", name="Klag på vedtaket").count() == 0
    kari.look("party-final")


def carry_out(region: Region, appeal: Appeal, others: dict[str, Person]) -> Case:
    """The body gives half; the new decision is approved by somebody new and read by the party."""
    at = timezone.now()
    with fence(region.moss.tenant.id):
        officer = other(others, "other_officer")
        case = Case.objects.select_related("application").get()
        register_body_outcome(
            appeal_id=appeal.id,
            outcome="changed",
            decided_on=timezone.localdate(at),
            reference="14/27",
            words="Nemnda mener halvparten er rimelig.",
            by=officer,
            at=at,
        )
        line = Line(case.id, "granted", "appeal_upheld", Decimal(60_000), "Klagenemnda har bestemt det.")
        proposal = propose_after_body(appeal_id=appeal.id, line=line, by=officer, at=at)
        approve_proposal(proposal_id=proposal.id, key="body", by=other(others, "other_approver"), at=at)
        newest = Decision.objects.filter(case=case).order_by("-number")[0]
        confirm_reading(decision_id=newest.id, by=party(case, at), at=at)
    return case
