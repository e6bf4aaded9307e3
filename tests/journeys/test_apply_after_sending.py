"""After sending: a question answered from the mail, a decision read and accepted, a new account, the report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from runde.foundation.people.api import make_link
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application
from runde.grants.casework.api import (
    Acceptance,
    Case,
    InformationRequest,
    ask_information,
    draft_message,
    save_message,
    send_message,
)
from runde.grants.schemes.api import CallTerms, open_call

from . import region as regions
from .conftest import Site
from .region import CAFE, Region, answers, decide_as_checked, pay, send_applications
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

APPLICANT = "kari@kanalen.example"
SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
TERMS = CallTerms(needs_acceptance=True, acceptance_days=14, report_due_days=30)
QUESTION = "Vi ser at omsetningen falt i mai. Var lokalet stengt hele måneden?"

Start = Callable[..., Application]


@pytest.fixture
def bound(site: Site, monkeypatch: pytest.MonkeyPatch) -> Region:
    """A region whose grants must be accepted and reported on."""
    monkeypatch.setattr(regions, "open_call", partial(open_call, terms=TERMS))
    return regions.make_region()


def sent(region: Region, **given: int) -> Application:
    [found] = send_applications(region.moss, {CAFE: answers(**given)}, by=region.applicant)
    return found


def ask(region: Region, application: Application) -> InformationRequest:
    at = timezone.now()
    with fence(region.moss.tenant.id):
        return ask_information(
            case_id=Case.objects.get(application_id=application.id).id,
            text=QUESTION,
            due_date=timezone.localdate(at) + timedelta(days=7),
            by=region.moss.actor("officer", at),
            at=at,
        )


def write(region: Region, application: Application, text: str) -> None:
    at = timezone.now()
    with fence(region.moss.tenant.id):
        by, case = region.moss.actor("officer", at), Case.objects.get(application_id=application.id)
        draft = draft_message(case_id=case.id, by=by, at=at, from_applicant=False)
        save_message(message_id=draft.id, text=text, by=by, at=at)
        send_message(message_id=draft.id, text=text, by=by, at=at)


def link_to(region: Region, asked: InformationRequest) -> str:
    at = timezone.now()
    token = make_link(
        purpose="answer_request",
        subject_id=asked.id,
        tenant_id=region.moss.tenant.id,
        person_id=region.applicant.id,
        expires_at=at + timedelta(days=30),
        at=at,
    )
    return f"/o/{token}/"


def open_case(kari: Visitor, application: Application) -> None:
    kari.go(f"/moss/soknader/{application.id}/")
    if "/konto/login/" in kari.page.url:
        kari.sign_in(APPLICANT)


@pytest.mark.parametrize("script", [True, False], ids=["script", "noscript"])
def test_a_question_is_answered_from_the_mail(region: Region, visitor: VisitorFactory, script: bool) -> None:
    application = sent(region)
    asked = ask(region, application)
    kari = visitor(PHONE, script=script)
    kari.go(link_to(region, asked))
    assert "/o/oppgave/" in kari.page.url
    assert QUESTION in kari.text()
    kari.look("answer")
    kari.press("Send svar")
    assert "Skriv en melding, eller legg ved en fil." in kari.text()
    kari.page.get_by_label("Svaret ditt").fill("Ja, etter pålegg fra kommunelegen.")
    kari.press("Send svar")
    assert kari.heading() == "Svaret er sendt. Moss kommune behandler søknaden videre"
    kari.look("answered")
    with fence(region.moss.tenant.id):
        assert not InformationRequest.objects.get().is_open


@pytest.mark.parametrize("size", SIZES)
def test_the_whole_way_to_the_report(bound: Region, visitor: VisitorFactory, size: tuple[int, int]) -> None:
    application = sent(bound)
    write(bound, application, "Vi har fått søknaden og begynner på den i morgen.")
    ask(bound, application)
    kari = visitor(size)
    open_case(kari, application)
    assert kari.heading().startswith("Vi trenger et svar fra deg innen ")
    kari.look("status-asked")
    kari.press("Svar på spørsmålet")
    kari.page.get_by_label("Svaret ditt").fill("Ja.")
    kari.press("Send svar")
    kari.page.get_by_label("Skriv en melding").fill("Takk for rask behandling!")
    kari.press("Send melding")
    assert "Meldingen er sendt." in kari.text()
    kari.look("status-talk")

    decide_as_checked(bound.moss)
    open_case(kari, application)
    assert kari.heading().startswith("Svaret på søknaden kom ")
    kari.look("status-answered")
    kari.press("Les svaret")
    kari.look("unread")
    kari.press("Les svaret")
    assert kari.heading() == "Dere får 117 400 kroner"
    kari.look("decision")

    kari.press("Les vilkårene og svar")
    kari.look("accept")
    kari.press("Takk nei til tilskuddet")
    kari.look("decline")
    kari.press("Gå tilbake")
    kari.press("Godta vilkårene")
    assert kari.heading().startswith("Pengene kommer etter planen ")
    kari.look("status-accepted")

    kari.press("Endre kontonummeret")
    kari.page.get_by_label("Nytt kontonummer").fill("1234 56 00008")
    kari.press("Endre kontonummeret")
    kari.look("account-wrong")
    kari.page.get_by_label("Nytt kontonummer").fill(answers(account=9)["account_number"])
    kari.press("Endre kontonummeret")
    assert "Vi har varslet Kari Dahl." in kari.text()
    kari.look("status-account")
    kari.press("Endre kontonummeret")
    kari.look("account-waits")
    kari.press("Stopp endringen")

    pay(bound.moss)
    open_case(kari, application)
    assert kari.heading() == "117 400 kroner er på vei til kontoen"
    kari.look("status-paid")
    kari.press("Skriv rapporten")
    kari.look("report")
    kari.press("Send rapporten")
    assert "Rapporten er sendt. Takk." in kari.text()
    kari.look("status-reported")
    with fence(bound.moss.tenant.id):
        assert Acceptance.objects.get().is_accepted


def test_a_refusal_is_appealed(region: Region, visitor: VisitorFactory) -> None:
    application = sent(region, revenue=500000)
    decide_as_checked(region.moss)
    kari = visitor(PHONE)
    open_case(kari, application)
    kari.press("Les svaret")
    kari.press("Les svaret")
    assert kari.heading() == "Dere får ikke tilskudd"
    kari.look("refused")
    kari.press("Klag på vedtaket")
    kari.look("appeal")
    kari.page.get_by_label("Hva er dere uenige i, og hva vil dere ha endret?").fill("Tallet for mai er feil.")
    kari.press("Send klagen")
    assert "Vi har fått klagen. Den kom i tide." in kari.text()
    kari.look("status-appealed")


def test_with_keys_alone(region: Region, visitor: VisitorFactory) -> None:
    """From the button on the case's page to the sent answer, touching nothing but keys."""
    application = sent(region)
    ask(region, application)
    kari = visitor(DESKTOP)
    open_case(kari, application)
    tab_to(kari, "Svar på spørsmålet")
    kari.page.keyboard.press("Enter")
    kari.page.wait_for_url("**/sporsmal/**")
    tab_to(kari, "Svaret ditt")
    kari.page.keyboard.type("Ja.")
    tab_to(kari, "Send svar")
    kari.page.keyboard.press("Enter")
    kari.page.get_by_text("Svaret er sendt.").wait_for()


FOCUSED = "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()"


def tab_to(kari: Visitor, words: str) -> None:
    for _ in range(60):
        kari.page.keyboard.press("Tab")
        if str(kari.page.evaluate(FOCUSED)).startswith(words):
            return
    pytest.fail(f"Tab does not reach «{words}»")
