"""Where is the case: each stage says what, who, when and what to do, and shows no more than one may know."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from runde.foundation.documents.api import list_documents
from runde.grants.casework.api import Message
from tests.web.pages import heading_of, text_of

from .conftest import Followed


def test_a_sent_application_says_when_the_answer_comes(followed: Followed) -> None:
    page = followed.sent().page()
    assert heading_of(page).startswith("Du får svar innen ")
    assert "Moss kommune vurderer søknaden. Du trenger ikke gjøre noe nå." in text_of(page)
    assert "Det er datoen kommunen har satt i utlysningen." in text_of(page)
    assert "Trekk søknaden" in text_of(page)
    assert "Klag på vedtaket" not in text_of(page)


def test_a_question_stands_first_with_its_button(followed: Followed) -> None:
    asked = followed.sent().ask()
    page = followed.page()
    assert heading_of(page).startswith("Vi trenger et svar fra deg innen ")
    assert "Vi trenger svar fra deg" in text_of(page)
    assert f'href="{followed.path(f"sporsmal/{asked.id}/")}"' in page.content.decode()


def test_the_outcome_is_hidden_until_somebody_has_read_it(followed: Followed) -> None:
    page = followed.sent().decided().page()
    assert heading_of(page).startswith("Svaret på søknaden kom ")
    assert "117 400" not in text_of(page)
    assert "Vedtaksbrev" not in text_of(page)
    assert "Les svaret" in text_of(page)


def test_the_letter_is_not_given_out_before_it_is_read(followed: Followed) -> None:
    followed.sent().decided()
    with followed.inside():
        [letter] = list_documents("case", followed.case().id)
    assert followed.page(f"dokument/{letter.id}/").status_code == 404
    followed.read()
    assert followed.page(f"dokument/{letter.id}/")["Content-Type"] == "application/pdf"


def test_when_read_it_tells_amount_and_day(followed: Followed) -> None:
    page = followed.sent().decided().read().page()
    assert heading_of(page).startswith("Pengene kommer etter planen ")
    assert "Dere får 117 400 kroner." in text_of(page)
    assert "1234 •• •••" in text_of(page)
    assert "Bak tallet" in text_of(page)
    assert "Les vedtaksbrevet" in text_of(page)


def test_when_paid_it_says_so_to_the_day(followed: Followed) -> None:
    page = followed.sent().decided().paid().read().page()
    assert heading_of(page) == "117 400 kroner er på vei til kontoen"
    assert "Pengene er sendt til banken" in text_of(page)
    assert "Gjenstår 0 kroner" in text_of(page)


def test_a_refusal_says_why_and_how_to_appeal(followed: Followed) -> None:
    page = followed.sent(revenue=500000).decided().read().page()
    assert heading_of(page) == "Dere får ikke tilskudd"
    assert "Dette er ikke oppfylt" in text_of(page)
    assert "Er dere uenige, kan dere klage innen" in text_of(page)


def test_messages_are_shown_and_marked_read(followed: Followed) -> None:
    followed.sent().write("Vi har fått tallene.")
    page = followed.page()
    assert "Vi har fått tallene." in text_of(page)
    with followed.inside():
        assert Message.objects.get().read_by == followed.region.applicant.id


def test_the_list_says_the_same_as_the_page(followed: Followed) -> None:
    followed.sent().decided().read()
    assert heading_of(followed.page()) in text_of(followed.kari.get("/min-side/"))


def statements(followed: Followed) -> int:
    followed.page()
    with CaptureQueriesContext(connection) as seen:
        followed.page()
    return sum(
        "SAVEPOINT" not in one["sql"] and "set_config" not in one["sql"] for one in seen.captured_queries
    )


def test_the_page_asks_the_database_a_fixed_number_of_times(followed: Followed) -> None:
    followed.sent()
    followed.write("En")
    few = statements(followed)
    for word in ("To", "Tre", "Fire", "Fem"):
        followed.write(word)
    assert statements(followed) == few
    assert few <= 25
    followed.decided().read().paid()
    assert statements(followed) <= 30
