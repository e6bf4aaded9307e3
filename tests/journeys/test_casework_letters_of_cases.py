"""Letters that are no decision: worded by the municipality, and found by the party in the case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from runde.foundation.people.api import Actor
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application
from runde.grants.casework.api import Appeal, Case
from runde.grants.casework.models import ProvisionalReply
from runde.grants.casework.operations.provisional import tell_waiting
from runde.grants.casework.operations.receipts import write_receipt
from runde.grants.casework.operations.waiting_letters import write_waiting_letters
from runde.grants.letters.api import (
    LetterTemplateVersion,
    approve_template,
    ask_template_approval,
    take_in_use,
)

from .appealing import refuse
from .region import CAFE, Region, answers, send_applications
from .test_casework_letters import box
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
OWN = "Vi tar oss av saken."


def cafe(region: Region) -> Application:
    [application] = send_applications(region.moss, {CAFE: answers()}, by=region.applicant)
    return application


def wait_too_long(application: Application) -> None:
    """A month and more goes by; the job writes what the mail said."""
    at = timezone.now() + timedelta(days=40)
    tell_waiting(at=at)
    ids = ProvisionalReply.objects.filter(case__application_id=application.id).values_list("id", flat=True)
    assert write_waiting_letters(reply_ids=list(ids), at=at) == 1


def approve(version: LetterTemplateVersion, writer: Actor, approver: Actor) -> None:
    at = timezone.now()
    ask_template_approval(version_id=version.id, by=writer, at=at)
    approve_template(version_id=version.id, by=approver, at=at)
    take_in_use(version_id=version.id, by=writer, at=at)


@pytest.mark.parametrize("size", SIZES)
def test_a_provisional_reply_in_own_words_lies_in_the_case(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    application = cafe(region)
    ida = visitor(size)
    ida.go("/moss/brev/")
    ida.sign_in(region.moss.email("officer"))
    ida.look("letters")
    ida.press("Skriv eget brev")
    ida.page.get_by_label("Brev", exact=True).select_option("provisional")
    ida.press("Begynn på malen")
    assert ida.heading() == "Brev: foreløpig svar"
    ida.page.locator("#letter-picture").evaluate("picture => picture.decode()")
    ida.look("provisional-template")
    where = ida.page.locator(box(ida, "lead"))
    where.click()
    ida.page.keyboard.press("Control+End")
    with ida.page.expect_response(lambda answer: answer.url.endswith("/tekst/")):
        ida.page.keyboard.type(f" {OWN}")
        ida.page.keyboard.press("Tab")
    ida.page.get_by_text("Lagret kl.").wait_for()
    ida.page.locator("#letter-picture").evaluate("picture => picture.decode()")
    ida.look("provisional-written")
    ida.close()

    town, at = region.moss, timezone.now()
    with fence(town.tenant.id):
        version = LetterTemplateVersion.objects.get()
        assert OWN in version.content["texts"]["lead"]["nb"]
        approve(version, town.actor("officer", at), town.actor("approver", at))
        wait_too_long(application)
    party(region, visitor(size), application, "Vi har ikke avgjort søknaden ennå")


def party(region: Region, visitor: Visitor, application: Application, title: str) -> None:
    visitor.go(f"/moss/soknader/{application.id}/")
    visitor.sign_in(region.applicant.email)
    visitor.look("case")
    assert title in visitor.page.locator("body").inner_text()


@pytest.mark.parametrize("size", SIZES)
def test_who_appeals_finds_the_receipt_with_the_appeal(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    application = cafe(region)
    with fence(region.moss.tenant.id):
        case = Case.objects.select_related("application").get(application_id=application.id)
    refuse(region.moss, case, timezone.now())
    kari = visitor(size)
    kari.go(f"/moss/soknader/{application.id}/")
    kari.sign_in(region.applicant.email)
    kari.press("Klag på vedtaket")
    kari.page.get_by_label("Hva er dere uenige i").fill("Omsetningen for november er regnet feil.")
    kari.press("Send klagen")
    with fence(region.moss.tenant.id):
        step = Appeal.objects.get().steps.get(number=1)
        assert write_receipt(step_id=step.id, at=timezone.now()) == 1
    kari.press("Se klagen")
    kari.look("appeal-with-receipt")
    told = kari.page.get_by_role("heading", name="Dere sendte klagen")
    assert told.count() == 1
    link = kari.page.get_by_role("link", name="Brevet (PDF)").first
    answer = kari.page.request.get(kari.page.url.split("/moss/")[0] + (link.get_attribute("href") or ""))
    assert answer.body().startswith(b"%PDF")
