from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runde.foundation.companies.api import search_companies

from .conftest import Importing
from .files import SUB_UNIT_COLUMNS, csv_text, sub_unit, unit, write

pytestmark = pytest.mark.django_db
NAMES = [
    "ÅSHEIM KAFÉ AS",
    "BJØRNTVEIT BYGG OG ANLEGG AS",
    "RESTAURANT FJELLDUGG AS",
    "KRISTOFFER GRANLI",
    "GRANLI KRISTOFFER REGNSKAP",
    "BYGGMESTER HAUGHEIM AS",
    "STEINLØFTET STIFTELSE",
    "AS",
    "GRANLI 1 AS",
    "GRANLI 10 AS",
]


@pytest.fixture(autouse=True)
def register(tmp_path: Path, importing: Importing) -> None:
    rows = [unit(number, navn=name) for number, name in enumerate(NAMES)]
    importing(write(tmp_path / "a.csv", csv_text(rows)))
    branch = sub_unit(100, unit(3)["organisasjonsnummer"])
    importing(write(tmp_path / "b.csv", csv_text([branch], SUB_UNIT_COLUMNS)))


def names(text: str, limit: int = 20) -> list[str]:
    return [hit.name for hit in search_companies(text, limit=limit)]


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("åsheim kafé", "ÅSHEIM KAFÉ AS"),
        ("aasheim", "ÅSHEIM KAFÉ AS"),
        ("asheim kafe as", "ÅSHEIM KAFÉ AS"),
        ("kafe åshei", "ÅSHEIM KAFÉ AS"),
        ("bjorntveit", "BJØRNTVEIT BYGG OG ANLEGG AS"),
        ("bjørntveit anlegg", "BJØRNTVEIT BYGG OG ANLEGG AS"),
        ("Bjørntveit Bygg & Anlegg", "BJØRNTVEIT BYGG OG ANLEGG AS"),
        ("restaurnt", "RESTAURANT FJELLDUGG AS"),
        ("fjeldugg resturant", "RESTAURANT FJELLDUGG AS"),
        ("kristofer granli", "KRISTOFFER GRANLI"),
        ("granli kristoffer", "GRANLI KRISTOFFER REGNSKAP"),
        ("rkistoffer granli", "KRISTOFFER GRANLI"),
        ("bygg mester haugheim", "BYGGMESTER HAUGHEIM AS"),
        ("bygmester havgheim", "BYGGMESTER HAUGHEIM AS"),
        ("stein løftet", "STEINLØFTET STIFTELSE"),
        ("as", "AS"),
        ("granli 10", "GRANLI 10 AS"),
    ],
)
def test_the_best_hit(typed: str, best: str) -> None:
    assert names(typed)[0] == best


def test_numbers() -> None:
    orgnr = unit(3)["organisasjonsnummer"]
    spaced = f"{orgnr[:3]} {orgnr[3:6]}\u00a0{orgnr[6:]}"
    assert [hit.orgnr for hit in search_companies(orgnr)] == [orgnr]
    assert [hit.orgnr for hit in search_companies(spaced)] == [orgnr]
    assert [hit.orgnr for hit in search_companies(orgnr[:6], limit=3)] == sorted(
        unit(n)["organisasjonsnummer"] for n in range(len(NAMES))
    )[:3]
    assert names("999999999") == []


def test_the_number_of_a_sub_unit_leads_to_its_unit() -> None:
    branch = sub_unit(100, "")["organisasjonsnummer"]
    assert [(hit.name, hit.sub_unit) for hit in search_companies(branch)] == [("KRISTOFFER GRANLI", branch)]


@pytest.mark.parametrize("typed", ["", "   ", "%", "'", "\\", ":*&|!()", "\x00", "zzxxyyqq", "☃"])
def test_nothing_found(typed: str) -> None:
    assert names(typed) == []


def test_no_more_than_asked_for_and_each_once() -> None:
    found = names("granli")
    assert sorted(found) == sorted(set(found))
    assert len(found) == 4
    assert len(names("granli", limit=2)) == 2


def test_deleted_units_are_marked(tmp_path: Path, importing: Importing) -> None:
    importing(
        write(tmp_path / "c.csv", "organisasjonsnummer,navn,slettedato\n310000027,SLETTET AS,2021-01-01\n")
    )
    assert [hit.is_deleted for hit in search_companies("slettet")] == [True]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.text(alphabet="granlikstoæøå '\"\\:*&|!()%_0123", max_size=40))
def test_anything_may_be_typed(text: str) -> None:
    assert len(search_companies(text)) <= 20


def test_few_questions_are_asked() -> None:
    for typed in ("granli", "restaurnt fjelldug", "uvisst ukjent noe"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            search_companies(typed)
        assert len(asked) <= 12
