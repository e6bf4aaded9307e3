"""What the mails about waiting and about conditional grants say: in every language, with one link that is signed."""

from __future__ import annotations

from typing import Any

import pytest

from runde.foundation.notices.api import list_notices
from runde.foundation.people.api import Role
from runde.grants.casework.api import Case, Terms
from runde.grants.casework.domain.words import words
from runde.grants.casework.operations.telling import SETTLED, _news
from runde.grants.schemes.api import withdraw_source
from tests.factories import an_actor

from .conftest import Office
from .paying import in_force
from .test_budget import CUT, FULL, GREEN, LAPSE, decide_budget, promise, settle, source_of, waiting

__all__ = ["waiting"]
LANGUAGES = ("nb", "nn", "en")
NOTHING_TO_DO = {
    "nb": "trenger ikke gjøre noe nå",
    "nn": "treng ikkje gjere noko no",
    "en": "do not need to do",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sentence", ["provisional", "delayed"])
def test_waiting_is_told_with_why_a_day_and_what_to_do(language: str, sentence: str) -> None:
    told = words(f"told_{sentence}", language, sent="1. juni", why="Mange har søkt.", day="1. juli")
    assert "Mange har søkt." in told
    assert "1. juli" in told
    assert NOTHING_TO_DO[language] in told
    assert words(f"subject_{sentence}", language, number="26/1").endswith("26/1")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["decision", "decision_again", "settled", "changed"])
def test_the_first_words_are_short_and_in_the_language(language: str, key: str) -> None:
    told = words(f"notice_news_{key}", language, company="Brød AS", scheme="Hjelp")
    assert ("Brød AS" in told, "Hjelp" in told) == (True, True)
    assert max(len(one.split()) for one in told.split(". ")) <= 25
    if language != "nb":
        assert told != words(f"notice_news_{key}", "nb", company="Brød AS", scheme="Hjelp")


@pytest.mark.parametrize(("terms", "amount"), [(FULL, 3 * GREEN), (CUT, 2 * GREEN), (LAPSE, None)])
def test_the_end_of_a_conditional_grant_is_told_with_a_link_and_the_last_day(
    waiting: Office, terms: Terms, amount: int | None
) -> None:
    cases = promise(waiting)
    if amount is None:
        withdraw_source(
            source=source_of(waiting),
            reason="Ikke med i budsjettet",
            by=an_actor(Role.SCHEME_MANAGER, at=waiting.at),
            at=waiting.at,
        )
    else:
        decide_budget(waiting, amount)
    settle(waiting, terms, **({} if amount else {"document": "Sak 61/26"}))
    body = mail_about(cases[0])
    assert "Nå er det avgjort" in body
    assert "i stedet for det betingede vedtaket" in body
    assert "/o/" in body
    assert "kan dere klage innen" in body
    assert "kroner" not in body


def mail_about(case: Case) -> Any:
    decision = in_force(case)
    assert decision.snapshot["change"]["told"] in SETTLED
    assert _news(decision, "decision") == "notice_news_settled"
    return next(one.body for one in list_notices("case", case.id) if one.key == f"decision:{decision.id}")
