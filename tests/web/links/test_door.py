"""From the mail to the task: who only looks changes nothing, and a link that opens nothing says why."""

from __future__ import annotations

import logging
import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings as site
from django.db import InternalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from runde.foundation.notices.models import Notice
from runde.foundation.people.api import LINKABLE, Link, NotLinkable, read_link, withdraw_links
from runde.foundation.trust.api import fence
from runde.web.entrance import LinkedRequest
from runde.web.links.masking import MaskTokens, masked
from runde.web.links.purposes import Purpose, register
from runde.web.links.refusing import hidden_address
from tests.factories.organisations import TenantFactory
from tests.web.pages import heading_of, text_of

from .conftest import ADDRESS, Task

ROWS = """
SELECT relname, pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
    + pg_stat_get_xact_tuples_deleted(oid)
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1
"""


def written() -> dict[str, int]:
    """How many rows this transaction has written in each table, as the database counts."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        return dict(cursor.fetchall())


def arrive(token: str) -> tuple[Client, str]:
    """A browser that has followed the link, and where it stands."""
    client = Client(headers={"accept-language": "nb"})
    return client, client.get(f"/o/{token}/")["Location"]


def test_the_link_leads_to_the_task_and_says_whose_it_is(task: Task, now: datetime) -> None:
    client, place = arrive(task.link(at=now))
    page = client.get(place)
    assert heading_of(page) == "Send rapporten"
    assert f"Den er sendt til Kari Dahl, {ADDRESS}. Er det ikke deg? Da skal du ikke svare her." in text_of(
        page
    )
    assert "Logg ut" not in text_of(page)


def test_the_holder_may_do_the_task_and_has_no_session(task: Task, now: datetime) -> None:
    client, place = arrive(task.link(at=now))
    client.get(place)
    [request] = task.seen
    assert (request.actor.name, request.actor.roles, request.actor.companies) == (
        "Kari Dahl",
        frozenset(),
        frozenset(),
    )
    assert request.actor.only is not None
    assert (request.actor.only.actions, request.actor.only.things) == ({"test.report"}, {task.subject})
    assert request.tenant == task.tenant
    assert site.SESSION_COOKIE_NAME not in client.cookies
    assert client.get("/min-side/").status_code == 302


def test_a_thousand_visits_of_scanners_change_nothing(task: Task, now: datetime) -> None:
    token = task.link(at=now)
    client, place = arrive(token)
    before = written()
    for number in range(500):
        look = client.head if number % 2 else client.get
        assert look(f"/o/{token}/").status_code == 302
        assert look(place).status_code == 200
    assert written() == before
    assert read_link(token, "report", at=now).subject_id == task.subject
    assert heading_of(client.post(place)) == "Takk for rapporten"


def test_one_who_looks_cannot_write_whatever_the_view_does(
    task: Task, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: a view that acts on GET. The database says no."""

    def acts_on_get(request: LinkedRequest, link: Link) -> HttpResponse:
        withdraw_links(purpose=link.purpose, subject_id=link.subject_id, at=request.at)
        return HttpResponse("")

    monkeypatch.setattr(task, "view", acts_on_get)
    from runde.web.links import purposes

    monkeypatch.setitem(
        purposes._purposes, "report", Purpose("report", acts_on_get, version=lambda link: "1")
    )
    client, place = arrive(task.link(at=now))
    with pytest.raises(InternalError, match="read-only transaction"):
        client.get(place)


def test_a_press_works_once(task: Task, now: datetime) -> None:
    client, place = arrive(task.link(at=now))
    assert heading_of(client.post(place)) == "Takk for rapporten"
    again = client.post(place)
    assert (again.status_code, heading_of(again)) == (410, "Dette er gjort")
    assert len(task.seen) == 1


def test_a_press_without_the_forms_own_secret_is_refused(task: Task, now: datetime) -> None:
    strict = Client(enforce_csrf_checks=True)
    place = strict.get(f"/o/{task.link(at=now)}/")["Location"]
    assert strict.post(place).status_code == 403
    assert task.seen == []


def test_a_posted_token_does_nothing_either(task: Task, now: datetime) -> None:
    answer = Client().post(f"/o/{task.link(at=now)}/")
    assert answer.status_code == 302
    assert task.seen == []


@pytest.mark.parametrize("text", ["x", "A" * 48, "a" * 200, "%00" * 20, "æøå"])
def test_a_token_that_is_not_ours_says_that_it_is_not_whole(text: str, db: None) -> None:
    client = Client(headers={"accept-language": "nb"})
    page = client.get(f"/o/{text}/", follow=True)
    assert (page.status_code, heading_of(page)) == (410, "Lenken er ikke hel")
    assert text not in page.request["PATH_INFO"]


def test_without_the_cookie_the_address_opens_nothing(task: Task, now: datetime) -> None:
    _, place = arrive(task.link(at=now))
    page = Client().get(place)
    assert (page.status_code, task.seen) == (410, [])


def test_one_links_cookie_does_not_open_another(task: Task, now: datetime) -> None:
    client, mine = arrive(task.link(at=now))
    _, other = arrive(task.link(at=now, subject_id=uuid4()))
    [cookie] = [one for name, one in client.cookies.items() if name.startswith("lenke-")]
    name = f"lenke-{other.split('/')[3].replace('-', '')}"
    forger = Client()
    forger.cookies[name] = cookie.value
    assert forger.get(other).status_code == 410
    assert task.seen == []
    assert client.get(mine).status_code == 200


def test_the_task_is_sought_in_its_own_municipality(task: Task, now: datetime) -> None:
    """A link made for one tenant opens that tenant's fence, whatever the subject is."""
    other = TenantFactory.create()
    client, place = arrive(task.link(at=now, tenant_id=other.id))
    client.get(place)
    assert task.seen[0].tenant == other


# --- Refusals ---


def test_a_link_that_is_too_old_offers_a_new_one_to_the_same_address(task: Task, now: datetime) -> None:
    old = task.link(at=now - timedelta(days=30))
    client, place = arrive(old)
    page = client.get(place)
    assert (page.status_code, heading_of(page)) == (410, "Lenken er for gammel")
    assert "Send meg en ny" in text_of(page)
    assert "k•••@kanalen.example" in text_of(page)
    assert ADDRESS not in text_of(page)

    sent = client.post(f"{place}ny/", {"email": "ola@verket.example"})
    assert heading_of(sent) == "Vi har sendt en ny lenke til k•••@kanalen.example"
    with fence(task.tenant.id):
        [notice] = Notice.objects.filter(subject_kind="link")
    assert notice.to_email == ADDRESS
    [token] = re.findall(r"/o/([\w-]{48})/", notice.body)
    assert f"{site.SITE}/o/{token}/" in notice.body
    client, place = arrive(token)
    assert heading_of(client.get(place)) == "Send rapporten"
    assert read_link(token, "report", at=now).expires_at - now > timedelta(days=6)
    client, place = arrive(old)
    assert heading_of(client.get(place)) == "Vi har sendt deg en nyere lenke"


def test_a_link_to_the_task_as_it_was_says_that_it_has_changed(task: Task, now: datetime) -> None:
    client, place = arrive(task.link(at=now))
    task.version = "2"
    assert heading_of(client.get(place)) == "Oppgaven er endret siden lenken ble sendt"
    assert client.post(place).status_code == 410
    assert task.seen == []
    client.post(f"{place}ny/")
    with fence(task.tenant.id):
        [token] = re.findall(r"/o/([\w-]{48})/", Notice.objects.get(subject_kind="link").body)
    assert read_link(token, "report", at=now).version == "2"


def test_for_a_task_that_is_no_more_no_new_link_is_sent(task: Task, now: datetime) -> None:
    client, place = arrive(task.link(at=now - timedelta(days=30)))
    task.version = None
    page = client.post(f"{place}ny/")
    assert heading_of(page) == "Lenken gjelder ikke lenger"
    with fence(task.tenant.id):
        assert not Notice.objects.exists()


def test_a_withdrawn_link_is_not_renewed(task: Task, now: datetime) -> None:
    client, place = arrive(task.link(at=now - timedelta(days=30)))
    withdraw_links(purpose="report", subject_id=task.subject, at=now)
    assert heading_of(client.post(f"{place}ny/")) == "Lenken gjelder ikke lenger"


def test_a_link_that_still_works_is_not_renewed(task: Task, now: datetime) -> None:
    client, place = arrive(task.link(at=now))
    assert client.post(f"{place}ny/")["Location"] == place
    assert client.get(place).status_code == 200


def test_nobody_can_have_mails_sent_without_the_link(task: Task, now: datetime) -> None:
    _, place = arrive(task.link(at=now - timedelta(days=30)))
    assert Client().post(f"{place}ny/").status_code == 410
    with fence(task.tenant.id):
        assert not Notice.objects.exists()


def test_new_links_are_sent_a_few_times_only(task: Task, now: datetime) -> None:
    for number in range(4):
        client, place = arrive(task.link(at=now - timedelta(days=30), subject_id=uuid4()))
        assert client.post(f"{place}ny/").status_code == (429 if number == 3 else 200)


def test_a_purpose_nobody_has_a_page_for_leads_to_sign_in(task: Task, now: datetime) -> None:
    from runde.web.links import purposes

    del purposes._purposes["report"]
    client, place = arrive(task.link(at=now))
    assert "Logg inn" in text_of(client.get(place))


def test_what_needs_sign_in_cannot_be_registered() -> None:
    with pytest.raises(NotLinkable):
        register(Purpose("change_account", lambda request, link: HttpResponse("")))
    assert "change_account" not in LINKABLE


def test_the_page_speaks_the_language_of_the_mail_until_another_is_chosen(task: Task, now: datetime) -> None:
    client, place = arrive(task.link(at=now, language="en"))
    assert "This link is personal" in text_of(client.get(place))
    client.cookies[site.LANGUAGE_COOKIE_NAME] = "nn"
    assert "Denne lenkja er personleg" in text_of(client.get(place))


# --- The token is seen nowhere ---


def test_the_token_leaves_the_address_and_stands_on_no_page(task: Task, now: datetime) -> None:
    token = task.link(at=now)
    client = Client(headers={"accept-language": "nb"})
    first = client.get(f"/o/{token}/")
    assert first["Referrer-Policy"] == "no-referrer"
    assert first["Cache-Control"] == "no-store"
    assert first.content == b""
    place = first["Location"]
    assert token not in place
    [cookie] = [one for name, one in client.cookies.items() if name.startswith("lenke-")]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (place, True, "Lax")
    for page in (client.get(place), client.post(place), client.get(place)):
        assert token not in page.content.decode()
        assert token not in str(page.headers)
        assert page["Cache-Control"] == "no-store"
        assert set(re.findall(r'(?:href|src|action)="(https?:[^"]*)"', page.content.decode())) == set()


def test_the_cookie_travels_over_https_alone_in_production(
    task: Task, now: datetime, settings: Settings
) -> None:
    settings.HTTPS = True
    client = Client()
    client.get(f"/o/{task.link(at=now)}/")
    [(name, cookie)] = client.cookies.items()
    assert name.startswith("__Secure-lenke-")
    assert cookie["secure"] is True


def test_the_log_never_shows_a_token(task: Task, now: datetime, caplog: pytest.LogCaptureFixture) -> None:
    token = task.link(at=now)
    caplog.handler.addFilter(MaskTokens())
    strict = Client(enforce_csrf_checks=True)
    with caplog.at_level(logging.DEBUG):
        strict.post(f"/o/{token}/")
        strict.get(f"/o/{token}/x/y/")
    assert "/o/…" in caplog.text
    assert token not in caplog.text
    assert all(handler["filters"] == ["tokens"] for handler in site.LOGGING["handlers"].values())


def test_the_check_of_the_log_can_fail(
    task: Task, now: datetime, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: without the mask the framework writes the token, so it is the mask that keeps it out."""
    token = task.link(at=now)
    monkeypatch.setattr(MaskTokens, "filter", lambda self, record: True)
    Client(enforce_csrf_checks=True).post(f"/o/{token}/")
    assert token in caplog.text


def test_the_journal_never_holds_a_token(task: Task, now: datetime) -> None:
    token = task.link(at=now)
    client, place = arrive(token)
    client.post(place)
    with fence(task.tenant.id), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE journal_event::text LIKE %s) FROM journal_event",
            [f"%{token}%"],
        )
        assert cursor.fetchone() == (1, 0)


def test_words_without_a_token_are_left_as_they_are() -> None:
    assert masked("GET /o/oppgave/ and /om/oss/") == "GET /o/oppgave/ and /om/oss/"
    assert masked(f"GET /o/{'a' * 48}/ HTTP") == "GET /o/…/ HTTP"


def test_an_address_is_hidden_but_for_its_first_letter() -> None:
    assert hidden_address("kari@kanalen.example") == "k•••@kanalen.example"


def test_the_address_of_a_task_is_reversed_as_it_is_placed() -> None:
    from runde.web.links.cookies import PLACE

    link = uuid4()
    assert reverse("linked_task", args=[link]) == f"{PLACE}{link}/"
