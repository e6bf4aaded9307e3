"""A journey written as a table: each row of the CSV beside this file is a field with a value that is good.

From each row come variants that somebody may type, paste or send: empty, too long, of the wrong type, script,
another language. Whatever comes, the page answers in words, what was typed is there again, and no answer that was
good is lost. These go without a browser; test_apply_cafe.py has a few in one.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application
from tests.web.pages import hidden, text_of

from .applying import application_of
from .long_form import SLUG, add_long_call
from .region import CAFE, Region

TABLE = Path(__file__).with_suffix(".csv")
SCRIPT = "<script>document.title='åpnet'</script>"
ALWAYS = {"kinds": "other"}
"""So that the question about the other kind is shown."""


@dataclass(frozen=True)
class Row:
    part: str
    field: str
    good: str
    stored: str
    sentence_when_wrong: str

    @property
    def question(self) -> str:
        return self.field.partition("-")[0]


def rows() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [Row(**one) for one in csv.DictReader(file, delimiter=";")]


def variants(row: Row) -> Iterator[tuple[str, str]]:
    """(what is tried, what is typed)."""
    yield "empty", ""
    yield "blanks", " \u00a0\t "
    yield "too long", "9" * 30_000
    yield "very long words", "å" * 30_000
    yield "letters", "omtrent tre hundre tusen"
    yield "number", "-17,5"
    yield "script", SCRIPT
    yield "markup", "'\"><img src=x onerror=alert(1)>"
    yield "statement", "'; DROP TABLE applications_application; --"
    yield "template", "{{ 7*7 }} {% load i18n %} ${7*7}"
    yield "arabic", "٣٠٨٬٠٠٠ كرونة"
    yield "chinese", "三十万克朗"
    yield "turned", "\u202e000 803\u202c"
    yield "unseen", "308\u200b000\ufeff"
    yield "pictures", "💰💰💰"
    yield "formula", '=HYPERLINK("http://evil.example")'
    yield "control", "308\x01000\x0b"


@pytest.fixture
def region(db: None) -> Region:
    """Without a browser the site is this process."""
    from .region import make_region

    return make_region()


@pytest.fixture
def kari(region: Region) -> Client:
    add_long_call(region)
    client = Client(headers={"accept-language": "nb"})
    client.force_login(region.applicant, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def begin(kari: Client) -> str:
    answer = kari.post(f"/moss/utlysninger/{SLUG}/sok/", {"organisation_number": CAFE})
    assert answer["Location"].endswith("/deler/"), text_of(answer)
    return answer["Location"].removesuffix("deler/")


def post(kari: Client, address: str, row: Row, typed: str, *, to: str = "") -> Any:
    page = kari.get(f"{address}del/{row.part}/")
    known = {name: hidden(page, name) for name in ("revision", "page", "turn")}
    part = {**ALWAYS, row.field: typed} if row.part == "project" else {row.field: typed}
    seen = " ".join({one.partition("-")[0] for one in part})
    return kari.post(f"{address}del/{row.part}/{to}", {**known, "seen": seen, **part})


def stored(region: Region) -> dict[str, Any]:
    with fence(region.moss.tenant.id):
        return dict(Application.objects.get(organisation_number=CAFE).answers)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.field)
def test_whatever_is_typed_the_page_answers_and_keeps_it(region: Region, kari: Client, row: Row) -> None:
    address = begin(kari)
    for name, typed in variants(row):
        for to in ("lagre/", ""):
            answer = post(kari, address, row, typed, to=to)
            assert answer.status_code in (200, 302, 422), (name, to, answer.status_code)
            said = answer.content.decode()
            assert SCRIPT not in said, name
            assert "Traceback" not in said, name
        again = kari.get(f"{address}del/{row.part}/").content.decode()
        assert SCRIPT not in again, name
        assert is_kept(typed, row, stored(region), again), (name, typed[:40])


def is_kept(typed: str, row: Row, answers: dict[str, Any], page: str) -> bool:
    """What was typed is either nothing, stored as an answer, or there again in its field."""
    if not typed.strip() or row.question in answers:
        return True
    return escape(typed) in page or row.field in ("place", "kinds")  # a list offers only what may be chosen


@pytest.mark.parametrize("row", [one for one in rows() if one.sentence_when_wrong], ids=lambda row: row.field)
def test_the_wrong_type_is_told_twice(kari: Client, row: Row) -> None:
    page = post(kari, begin(kari), row, "omtrent tre hundre tusen")
    assert page.status_code == 422
    assert text_of(page).count(row.sentence_when_wrong) >= 2
    assert "Rett dette før du går videre" in text_of(page)


@pytest.mark.parametrize("row", [one for one in rows() if "-" not in one.field], ids=lambda row: row.field)
def test_what_was_good_stays_when_something_bad_follows(region: Region, kari: Client, row: Row) -> None:
    """In the answers, or in the history when something else that can be read took its place."""
    address = begin(kari)
    post(kari, address, row, row.good, to="lagre/")
    good = stored(region)[row.question]
    if row.question != "kinds":
        assert good == row.stored
    for _name, typed in variants(row):
        post(kari, address, row, typed, to="lagre/")
    with fence(region.moss.tenant.id):
        changes = application_of(region).changes.values_list("changed", flat=True)
        assert any(one.get(row.question, [None, None])[1] == good for one in changes)


def test_every_good_value_together(region: Region, kari: Client) -> None:
    address = begin(kari)
    for row in rows():
        if "-" not in row.field:
            post(kari, address, row, row.good, to="lagre/")
    answers = json.dumps(stored(region), ensure_ascii=False)
    for row in rows():
        if "-" not in row.field and row.question != "kinds":
            assert row.stored in answers
