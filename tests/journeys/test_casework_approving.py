"""Laying many before an approver, and approving: exceptions with reasons, what is unusual first, a written sample."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from runde.foundation.journal.api import events_of
from runde.foundation.ledger.api import Share, balances, commit_many
from runde.foundation.people.api import Role, grant_role
from runde.foundation.trust.api import fence
from runde.grants.casework.api import Case, Decision, Proposal, ProposalLine, ask_information
from runde.grants.schemes.api import get_call, sources_of

from .region import CAFE, CALL, Region, send_applications
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
MONEY = {"Næringsfondet": Decimal(300_000)}


def wait_for_the_cafe(region: Region) -> None:
    """The café has been asked about something and has not answered."""
    with fence(region.moss.tenant.id):
        at = timezone.now()
        case = Case.objects.get(application__organisation_number=CAFE)
        ask_information(
            case_id=case.id,
            text="Hvor mange ansatte er dere nå?",
            due_date=timezone.localdate(at) + timedelta(days=14),
            by=region.moss.actor("officer", at),
            at=at,
        )


def leave_little_money(region: Region) -> None:
    with fence(region.moss.tenant.id):
        at, case = timezone.now(), Case.objects.order_by("ordinal")[0]
        shares = [
            Share(f"test:{one.id}", case.id, one.id, one.amount_nok - MONEY.get(one.name, Decimal(0)))
            for one in sources_of(get_call(CALL))
            if one.state == "decided"
        ]
        commit_many(shares, by=region.moss.actor("officer", at), at=at)


def lay_before(ida: Visitor, region: Region) -> None:
    """From the list: mark what is ready, and go on."""
    ida.go("/moss/saker/?ko=klare")
    ida.sign_in(region.moss.email("officer"), at="/moss/saker/?ko=klare")
    ida.go("/moss/saker/?ko=klare")
    for box in ida.page.locator("input[type=checkbox][name=case]").all():
        box.check()
    ida.press("Lag forslag til vedtak")


@pytest.mark.parametrize("size", SIZES)
def test_what_somebody_should_look_at_is_taken_out(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    send_applications(region.moss)
    wait_for_the_cafe(region)
    ida = visitor(size)
    lay_before(ida, region)
    assert ida.heading() == "Forslag til 3 vedtak"
    assert "Venter på svar fra søkeren." in ida.text()
    assert "Etter næring" in ida.text()
    ida.look("batch")
    ida.press("Send 3 til godkjenning")
    assert "Kryss av for at du kan behandle sakene" in ida.text()
    ida.look("batch-error")
    ida.page.get_by_label("Jeg kan behandle alle sakene.").check()
    ida.press("Send 3 til godkjenning")
    assert ida.heading() == "Forslag til 3 vedtak, til sammen 442 800 kroner"

    with fence(region.moss.tenant.id):
        at, ida_herself = timezone.now(), region.moss.staff["officer"]
        grant_role(person=ida_herself, role=Role.APPROVER, valid_from=timezone.localdate(at), by=None, at=at)
    ida.page.reload()
    assert "Du kan ikke godkjenne egne forslag" in ida.text()
    assert "Per Strand kan godkjenne." in ida.text()
    ida.look("own")

    per = visitor(size)
    per.go("/moss/forslag/")
    per.sign_in(region.moss.email("approver"))
    per.press("3 saker")
    assert per.heading() == "Godkjenn 3 vedtak, til sammen 442 800 kroner"
    per.look("proposal")
    with per.page.expect_download():
        per.page.get_by_role("link", name="Vis brev (PDF)").first.click()
    per.press("Gå til godkjenning")
    per.look("confirm")
    per.press("Godkjenn 3 vedtak, 442 800 kroner")
    assert per.heading() == "3 vedtak er fattet, til sammen 442 800 kroner"
    per.look("approved")
    with fence(region.moss.tenant.id):
        proposal = Proposal.objects.get()
        actions = [event.action for event in events_of([("proposal", proposal.id)])]
        assert "casework.sample_drawn" in actions
        assert "casework.sample_opened" in actions
        decided = sum((one.amount_nok for one in Decision.objects.all()), Decimal(0))
        sources = [one.id for one in sources_of(get_call(CALL))]
        assert sum((one.committed for one in balances(sources).values()), Decimal(0)) == decided == 442_800
    per.go("/moss/forslag/")
    assert per.heading() == "Ingenting å godkjenne nå"
    assert "Neste søknadsfrist er" in per.text()


@pytest.mark.parametrize("size", SIZES)
def test_money_for_some_only(region: Region, visitor: VisitorFactory, size: tuple[int, int]) -> None:
    send_applications(region.moss)
    leave_little_money(region)
    ida = visitor(size)
    lay_before(ida, region)
    assert "Pengene rekker ikke" in ida.text()
    ida.look("short")
    ida.page.get_by_label("Jeg kan behandle alle sakene.").check()
    ida.press("Send forslaget til godkjenning")
    assert "Velg hva du vil foreslå." in ida.text()
    ida.page.get_by_label("De som søkte først, resten på reserveliste").check()
    ida.press("Send forslaget til godkjenning")
    assert "Forslaget er sendt til godkjenning." in ida.page.locator("body").inner_text()
    ida.look("short-sent")
    with fence(region.moss.tenant.id):
        lines = list(ProposalLine.objects.all())
    assert sum((one.amount_nok for one in lines), Decimal(0)) <= MONEY["Næringsfondet"]
    assert sorted(one.reserve_rank for one in lines if one.reserve_rank) == [1, 2, 3]
