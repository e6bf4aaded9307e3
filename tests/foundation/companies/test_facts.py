from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from runde.foundation.companies.api import (
    CompanyNotFound,
    CompanyRole,
    RolesNotAvailable,
    facts_of,
    facts_of_many,
    find_company,
    get_company,
    list_companies_in,
    roles_in,
    stream_facts,
)
from runde.foundation.companies.domain import roles

from .conftest import Importing
from .files import csv_text, unit, write


def orgnr(number: int) -> str:
    return unit(number)["organisasjonsnummer"]


@pytest.mark.django_db
def test_an_unknown_company(at: object) -> None:
    assert find_company(orgnr(1)) is None
    for ask in (get_company, facts_of):
        with pytest.raises(
            CompanyNotFound, match=f"Fant ingen virksomhet med organisasjonsnummer {orgnr(1)}"
        ):
            ask(orgnr(1))


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_many_companies_cost_one_question(
    tmp_path: Path, importing: Importing, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    importing(write(tmp_path / "a.csv", csv_text(unit(n) for n in range(count))))
    with django_assert_num_queries(1):
        facts = facts_of_many([orgnr(n) for n in range(count + 5)])
    assert facts == {orgnr(n): facts_of(orgnr(n)) for n in range(count)}
    with django_assert_num_queries(1):
        assert len(list_companies_in("3201")) == count


@pytest.mark.django_db
def test_companies_in_a_municipality_in_norwegian_order(tmp_path: Path, importing: Importing) -> None:
    names = ["ÅS AS", "ZOO AS", "ÆRLIG AS", "OLE AS", "ØRN AS", "AASE AS"]
    rows = [unit(number, navn=name) for number, name in enumerate(names)]
    rows += [unit(10, forretningsadresse__kommunenummer="0301"), unit(11, slettedato="2020-01-01")]
    importing(write(tmp_path / "a.csv", csv_text(rows, [*rows[0], "slettedato"])))
    ordered = ["OLE AS", "ZOO AS", "ÆRLIG AS", "ØRN AS", "ÅS AS", "AASE AS"]
    assert [facts.name for facts in list_companies_in("3201")] == ordered
    first = list_companies_in("3201", limit=2)
    assert [facts.name for facts in list_companies_in("3201", limit=2, after=first[-1])] == ordered[2:4]


@pytest.mark.django_db
def test_pages_hold_companies_of_the_same_name(tmp_path: Path, importing: Importing) -> None:
    importing(write(tmp_path / "a.csv", csv_text(unit(n, navn="LIK AS") for n in range(5))))
    seen, last = [], None
    while page := list_companies_in("3201", limit=2, after=last):
        seen += [facts.orgnr for facts in page]
        last = page[-1]
    assert seen == sorted(orgnr(n) for n in range(5))


@pytest.mark.django_db
def test_companies_by_industry(tmp_path: Path, importing: Importing) -> None:
    codes = ["56.101", "56.210", "55.101", "15.610"]
    importing(
        write(tmp_path / "a.csv", csv_text(unit(n, naeringskode1__kode=code) for n, code in enumerate(codes)))
    )
    assert [facts.industry_1 for facts in list_companies_in("3201", industry_prefixes=["56"])] == [
        "56.101",
        "56.210",
    ]
    either = list_companies_in("3201", industry_prefixes=["55.1", "56.2"])
    assert [facts.industry_1 for facts in either] == ["56.210", "55.101"]


@pytest.mark.django_db
def test_facts_as_a_stream(tmp_path: Path, importing: Importing) -> None:
    rows = [unit(2), unit(1, forretningsadresse__kommunenummer="0301"), unit(3, antallAnsatte="")]
    importing(write(tmp_path / "a.csv", csv_text(rows)))
    assert list(stream_facts(["orgnr", "municipality", "employees"], at_a_time=1)) == [
        (orgnr(1), "0301", 12),
        (orgnr(2), "3201", 12),
        (orgnr(3), "3201", None),
    ]
    assert list(stream_facts(["orgnr"], municipalities=["0301"])) == [(orgnr(1),)]
    with pytest.raises(ValueError, match="No such facts: search_words"):
        stream_facts(["orgnr", "search_words"])


def test_roles_are_refused_until_a_look_up_is_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RolesNotAvailable, match="firmaattest"):
        roles_in("310000027")

    class Fake:
        def roles_in(self, orgnr: str) -> tuple[CompanyRole, ...]:
            return ()

    monkeypatch.setattr(roles, "_source", Fake())
    assert roles_in("310000027") == ()
