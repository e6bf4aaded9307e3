"""What the applicant does after sending, signed in and by a link from a mail: the same page, the same act."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from runde.foundation.notices.models import Notice
from runde.grants.casework.api import Acceptance, Appeal, DecisionReading, Message
from runde.grants.payments.api import AccountChange
from tests.factories.files import a_png
from tests.journeys.region import answers
from tests.web.pages import heading_of, text_of

from .conftest import Followed


def picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("lokalet.png", a_png(60, 20), content_type="image/png")


@pytest.fixture
def asked(followed: Followed) -> Followed:
    followed.sent().ask()
    return followed


def request_of(followed: Followed) -> Any:
    with followed.inside():
        return followed.case().requests.get()


def test_the_answer_goes_in_and_the_clock_goes_on(asked: Followed) -> None:
    one = request_of(asked)
    page = asked.page(f"sporsmal/{one.id}/")
    assert heading_of(page).startswith("Svar innen ")
    assert "Har dere hatt åpent i mai?" in text_of(page)
    done = asked.post(f"sporsmal/{one.id}/", text="Ja, hver dag.")
    assert "Svaret er sendt. Moss kommune behandler søknaden videre." in text_of(done)
    assert heading_of(done).startswith("Du får svar innen ")
    assert not request_of(asked).is_open


def test_an_empty_answer_is_not_sent(asked: Followed) -> None:
    one = request_of(asked)
    page = asked.post(f"sporsmal/{one.id}/", text="  ")
    assert page.status_code == 422
    assert text_of(page).count("Skriv en melding, eller legg ved en fil.") == 2
    assert request_of(asked).is_open


def test_the_answer_by_link_needs_no_sign_in(asked: Followed) -> None:
    one = request_of(asked)
    browser, place = asked.by_link("answer_request", one.id)
    page = browser.get(place)
    assert "Denne lenken er personlig" in text_of(page)
    assert "Har dere hatt åpent i mai?" in text_of(page)
    done = browser.post(place, {"text": "Ja, hver dag."})
    assert heading_of(done) == "Svaret er sendt. Moss kommune behandler søknaden videre"
    assert not request_of(asked).is_open
    assert heading_of(browser.get(place)) == "Dette er gjort"


def test_files_by_link_wait_for_the_words(asked: Followed) -> None:
    one = request_of(asked)
    browser, place = asked.by_link("answer_request", one.id)
    kept = browser.post(
        place, {"text": "Se bildet", "file-attachments": picture(), "files-add": "1"}, follow=True
    )
    assert "lokalet.png" in text_of(kept)
    assert "Se bildet" in text_of(kept)
    assert request_of(asked).is_open
    browser.post(place, {"text": "Se bildet"})
    assert not request_of(asked).is_open
    assert "lokalet.png" in text_of(asked.page())


def test_a_link_to_one_task_opens_no_other(asked: Followed) -> None:
    one = request_of(asked)
    browser, _ = asked.by_link("answer_request", one.id)
    for rest in ("", "meldinger/", "konto/", "klage/"):
        assert browser.get(asked.path(rest)).status_code == 302


def test_a_message_with_a_file_goes_both_ways(followed: Followed) -> None:
    followed.sent()
    page = followed.post("meldinger/", text="Her er bildet.", **{"file-attachments": picture()})
    assert "Meldingen er sendt." in text_of(page)
    assert "Her er bildet." in text_of(page)
    assert "lokalet.png" in text_of(page)
    followed.write("Takk!")
    assert "Moss kommune" in text_of(followed.page("meldinger/"))
    with followed.inside():
        assert Message.objects.filter(read_at__isnull=False).count() == 1


def test_reading_is_written_down_once_and_looking_writes_nothing(followed: Followed) -> None:
    followed.sent().decided()
    place = f"vedtak/{followed.decision_id()}/"
    page = followed.page(place)
    assert heading_of(page) == "Svaret på søknaden er klart"
    assert "117 400" not in text_of(page)
    assert "Klagefristen på tre uker begynner å løpe." in text_of(page)
    with followed.inside():
        assert not DecisionReading.objects.exists()
    assert heading_of(followed.post(place)) == "Dere får 117 400 kroner"
    followed.post(place)
    with followed.inside():
        assert DecisionReading.objects.count() == 1


def test_the_decision_and_its_letter_by_link(followed: Followed) -> None:
    followed.sent().decided()
    browser, place = followed.by_link("read_decision", followed.decision_id())
    assert heading_of(browser.get(place)) == "Svaret på søknaden er klart"
    shown = browser.post(place, follow=True)
    assert heading_of(shown) == "Dere får 117 400 kroner"
    letter = browser.post(f"{place}brev/")
    assert letter.content[:5] == b"%PDF-"


@pytest.fixture
def granted(bound: Followed) -> Followed:
    return bound.sent().decided().read()


def test_a_grant_is_accepted_with_its_conditions(granted: Followed) -> None:
    place = f"godta/{granted.decision_id()}/"
    assert heading_of(granted.page()).startswith("Dere får 117 400 kroner. Godta vilkårene innen ")
    page = granted.page(place)
    assert heading_of(page) == "Godta vilkårene for 117 400 kroner"
    done = granted.post(place, go="accept")
    assert "Dere har godtatt vilkårene. Nå gjør vi utbetalingen klar." in text_of(done)
    with granted.inside():
        assert Acceptance.objects.get().is_accepted
    assert "Tilskuddet venter ikke på svar fra dere." in text_of(granted.page(place))


def test_a_grant_is_accepted_by_link(granted: Followed) -> None:
    browser, place = granted.by_link("accept_award", granted.decision_id())
    done = browser.post(place, {"go": "accept"})
    assert heading_of(done) == "Dere har godtatt vilkårene. Nå gjør vi utbetalingen klar"
    assert heading_of(browser.get(place)) == "Dette er gjort"


def test_a_grant_is_declined_by_link_after_one_more_page(granted: Followed) -> None:
    browser, place = granted.by_link("accept_award", granted.decision_id())
    page = browser.get(f"{place}takk-nei/")
    assert heading_of(page) == "Vil dere takke nei til 117 400 kroner?"
    browser.post(f"{place}takk-nei/", {"reason": "Vi legger ned."})
    with granted.inside():
        assert Acceptance.objects.get().reason == "Vi legger ned."
    assert heading_of(granted.page()) == "Dere har takket nei til tilskuddet"


def test_accepting_by_link_before_reading_reads_first(bound: Followed) -> None:
    followed = bound.sent().decided()
    browser, place = followed.by_link("accept_award", followed.decision_id())
    assert heading_of(browser.get(place)) == "Svaret på søknaden er klart"
    assert heading_of(browser.post(place, follow=True)) == "Godta vilkårene for 117 400 kroner"
    with followed.inside():
        assert not Acceptance.objects.exists()


def test_a_report_without_questions_is_sent(granted: Followed) -> None:
    granted.post(f"godta/{granted.decision_id()}/", go="accept")
    granted.paid()
    page = granted.page("rapport/")
    assert heading_of(page).startswith("Send rapporten innen ")
    assert "Rapporten er sendt. Takk." in text_of(granted.post("rapport/", go="send"))
    assert "Rapporten er sendt" in text_of(granted.page())


NEW = answers(account=9)["account_number"]


def test_a_new_account_waits_is_told_and_can_be_stopped(followed: Followed) -> None:
    followed.sent().decided().read()
    done = followed.post("konto/", account_number=NEW)
    assert "Vi har varslet Kari Dahl." in text_of(done)
    assert "Nytt kontonummer" in text_of(done)
    assert "Av sikkerhetshensyn bruker vi det nye kontonummeret fra" in text_of(done)
    with followed.inside():
        assert Notice.objects.filter(key__startswith="account_asked:").exists()
    stopped = followed.post("konto/", stop="1")
    assert "Nytt kontonummer" not in text_of(stopped)
    with followed.inside():
        assert AccountChange.objects.get().cancelled_at is not None


def test_a_wrong_account_number_is_kept_and_explained(followed: Followed) -> None:
    followed.sent().decided().read()
    page = followed.post("konto/", account_number="1234 56 78901")
    assert page.status_code == 422
    assert 'value="1234 56 78901"' in page.content.decode()


def test_the_account_is_never_changed_when_the_money_has_gone(followed: Followed) -> None:
    followed.sent().decided().read().paid()
    assert "Kontonummeret kan ikke endres nå." in text_of(followed.page("konto/"))


def test_an_appeal_is_received_in_time(followed: Followed) -> None:
    followed.sent(revenue=500000).decided().read()
    assert "Siste dag å klage er" in text_of(followed.page("klage/"))
    done = followed.post("klage/", text="Tallet for mai er feil.", **{"file-attachments": picture()})
    assert "Vi har fått klagen. Den kom i tide." in text_of(done)
    assert "Tallet for mai er feil." in text_of(followed.page())
    with followed.inside():
        assert Appeal.objects.get().sent_at is not None


def test_an_empty_appeal_is_not_sent_and_a_draft_is_kept(followed: Followed) -> None:
    followed.sent(revenue=500000).decided().read()
    assert followed.post("klage/", text="").status_code == 422
    followed.post("klage/", **{"text": "Halvveis", "files-add": "1"})
    assert "Halvveis" in text_of(followed.page("klage/"))


def test_nothing_to_appeal_before_the_decision_is_read(followed: Followed) -> None:
    followed.sent(revenue=500000).decided()
    assert "Det er ikke noe vedtak å klage på ennå." in text_of(followed.page("klage/"))


def test_using_the_answers_again_says_when_there_is_no_open_call(followed: Followed) -> None:
    followed.sent()
    assert heading_of(followed.page("igjen/")) == "Ingen utlysning er åpen nå"


def test_an_application_is_withdrawn(followed: Followed) -> None:
    followed.sent()
    assert heading_of(followed.post("trekk/")) == "Søknaden er trukket"


def test_others_find_nothing(followed: Followed, signed_in: Any) -> None:
    followed.sent().decided()
    stranger = signed_in(followed.region.moss.staff["officer"])
    for rest in ("meldinger/", "konto/", "klage/", f"vedtak/{followed.decision_id()}/"):
        assert stranger.get(followed.path(rest)).status_code == 404
