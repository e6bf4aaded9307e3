"""What the form asks after sending: at acceptance and in the report, saved as it stands and sent once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from runde.foundation.forms.api import Stage
from runde.foundation.people.api import Person
from runde.grants.applications.api import StageAnswers
from runde.grants.casework.api import Acceptance
from runde.grants.schemes.api import open_call
from runde.grants.schemes.examples import load_scheme
from runde.grants.schemes.operations import install_example
from tests.journeys import region as regions
from tests.web.pages import heading_of, hidden, text_of

from .conftest import TERMS, Followed


def texts(nb: str) -> dict[str, str]:
    return {"nb": nb, "nn": nb, "en": nb}


def with_later_questions(slug: str) -> dict[str, Any]:
    """The example scheme, which also asks who answers for the money, and how it went."""
    example = load_scheme(slug)
    later = [
        {
            "slug": "answers_for",
            "type": "text",
            "label": texts("Hvem har ansvaret?"),
            "required_from": "acceptance",
        },
        {
            "slug": "how_it_went",
            "type": "long_text",
            "label": texts("Hvordan gikk det?"),
            "required_from": "report",
        },
        {
            "slug": "money_left",
            "type": "yes_no",
            "label": texts("Har dere penger igjen?"),
            "required_from": "report",
        },
        {
            "slug": "how_much_left",
            "type": "money",
            "label": texts("Hvor mye er igjen?"),
            "required_from": "report",
            "shown_if": "money_left",
        },
    ]
    section = {"slug": "later", "title": texts("Etterpå"), "questions": later}
    form = example["form"]
    return {**example, "form": {**form, "sections": [*form["sections"], section]}}


@pytest.fixture
def asking(
    db: None,
    signed_in: Callable[[Person], Client],
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Followed:
    settings.FILES, settings.MANIFESTS = tmp_path / "files", tmp_path / "manifests"
    monkeypatch.setattr(install_example, "load_scheme", with_later_questions)
    monkeypatch.setattr(regions, "open_call", partial(open_call, terms=TERMS))
    made = regions.make_region()
    return Followed(made, signed_in(made.applicant)).sent().decided().read()


def fill(followed: Followed, place: str, **answers: str) -> Any:
    """Post the page as a browser does, with what it carries itself."""
    page = followed.page(place)
    state = {name: hidden(page, name) for name in ("revision", "page", "turn", "seen")}
    return followed.post(place, **state, **answers)


def test_the_grant_is_not_accepted_before_the_questions_are_answered(asking: Followed) -> None:
    place = f"godta/{asking.decision_id()}/"
    page = fill(asking, place, answers_for="", go="accept")
    assert page.status_code == 422
    assert "Rett dette før du går videre" in text_of(page)
    with asking.inside():
        assert not Acceptance.objects.exists()
    fill(asking, place, answers_for="Kari Dahl", go="accept")
    with asking.inside():
        assert Acceptance.objects.get().is_accepted
        assert StageAnswers.objects.get(stage=Stage.ACCEPTANCE).answers == {"answers_for": "Kari Dahl"}


def accepted_and_paid(followed: Followed) -> Followed:
    fill(followed, f"godta/{followed.decision_id()}/", answers_for="Kari Dahl", go="accept")
    return followed.paid()


def test_a_report_is_kept_for_later_and_sent_when_whole(asking: Followed) -> None:
    accepted_and_paid(asking)
    kept = fill(asking, "rapport/", how_it_went="Bra så langt", go="later")
    assert "Svarene er lagret. Du kan fortsette når du vil." in text_of(kept)
    assert "Bra så langt" in text_of(asking.page("rapport/"))
    lacking = fill(asking, "rapport/", how_it_went="Bra", go="send")
    assert lacking.status_code == 422
    done = fill(asking, "rapport/", how_it_went="Bra", money_left="no", go="send")
    assert "Rapporten er sendt. Takk." in text_of(done)
    with asking.inside():
        assert StageAnswers.objects.get(stage=Stage.REPORT).seal


def test_a_question_that_appears_holds_the_page(asking: Followed) -> None:
    accepted_and_paid(asking)
    page = fill(asking, "rapport/", how_it_went="Bra", money_left="yes", go="send")
    assert "Hvor mye er igjen?" in text_of(page)
    with asking.inside():
        assert StageAnswers.objects.get(stage=Stage.REPORT).submitted_at is None
    done = fill(asking, "rapport/", how_it_went="Bra", money_left="yes", how_much_left="500", go="send")
    assert "Rapporten er sendt. Takk." in text_of(done)


def test_the_report_by_link_is_the_same_page(asking: Followed) -> None:
    accepted_and_paid(asking)
    browser, place = asking.by_link("report", asking.decision_id())
    page = browser.get(place)
    assert heading_of(page) == heading_of(asking.page("rapport/"))
    state = {name: hidden(page, name) for name in ("revision", "page", "turn", "seen")}
    done = browser.post(place, {**state, "how_it_went": "Bra", "money_left": "no", "go": "send"})
    assert heading_of(done) == "Rapporten er sendt. Takk"
