from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runde.foundation.companies.api import (
    FileRefused,
    NoOrganisationNumbers,
    Rejection,
    facts_of,
    facts_of_many,
    find_company,
    find_sub_unit,
    list_sub_units,
)
from runde.foundation.companies.models import Company, Confirmation, Import, Snapshot

from .conftest import Importing
from .files import SUB_UNIT_COLUMNS, csv_text, sub_unit, unit, write

pytestmark = pytest.mark.django_db
ONE = unit(1)["organisasjonsnummer"]


def everything() -> dict[str, object]:
    """All the register holds, for comparing before and after."""
    return {
        "companies": list(Company.objects.order_by("orgnr").values()),
        "confirmations": list(Confirmation.objects.order_by("orgnr").values()),
        "snapshots": list(Snapshot.objects.order_by("id").values()),
    }


def test_facts_arrive_as_they_stood_in_the_file(tmp_path: Path, importing: Importing) -> None:
    row = unit(
        1,
        navn="ÅSHEIM & SØNN KAFÉ AS",
        naeringskode2__kode="55.101",
        forretningsadresse__adresse="v/Kari Åsheim/nLyngveien 4",
        forretningsadresse__kommunenummer="3024",
        konkurs="true",
        konkursdato="2021-05-01",
        stiftelsesdato="",
        maalform="Nynorsk",
        sisteInnsendteAarsregnskap="2020",
    )
    result = importing(write(tmp_path / "a.csv", csv_text([row])))
    assert (result.rows, result.imported, result.rejected, result.added) == (1, 1, 0, 1)
    facts = facts_of(ONE)
    assert (facts.name, facts.legal_form, facts.street) == (
        "ÅSHEIM & SØNN KAFÉ AS",
        "AS",
        "v/Kari Åsheim\nLyngveien 4",
    )
    assert (facts.municipality, facts.municipality_as_written) == ("3201", "3024")
    assert (facts.industries, facts.industry_standard, facts.nace_section) == (
        ("56.101", "55.101"),
        "SN2007",
        "I",
    )
    assert (facts.bankrupt, facts.bankrupt_date, facts.founded_date) == (True, date(2021, 5, 1), None)
    assert (facts.language_form, facts.accounts_year, facts.in_group) == ("nn", 2020, None)
    assert (facts.source, facts.known_from, facts.as_of_date) == (
        "Enhetsregisteret",
        date(2021, 6, 30),
        date(2021, 6, 30),
    )


@pytest.mark.parametrize(
    ("registered", "number", "text", "span"),
    [
        ("true", "12", "12", (12, 12)),
        ("true", "", "1–4 (ikke offentliggjort)", (1, 4)),
        ("true", "0", "0", (0, 0)),
        ("false", "", "Ikke registrert", None),
        ("", "", "Ikke registrert", None),
    ],
)
def test_withheld_employees_are_never_zero(
    tmp_path: Path, importing: Importing, registered: str, number: str, text: str, span: object
) -> None:
    row = unit(1, harRegistrertAntallAnsatte=registered, antallAnsatte=number)
    importing(write(tmp_path / "a.csv", csv_text([row])))
    facts = facts_of(ONE)
    assert (facts.employees_text, facts.employees_range) == (text, span)


def test_bad_rows_are_told_and_good_ones_taken_in(tmp_path: Path, importing: Importing) -> None:
    rows = [
        unit(1),
        unit(2, organisasjonsnummer="310000028"),
        unit(3, konkurs="kanskje", stiftelsesdato="2021-13-01"),
        unit(4, navn="NUL\x00TEGN AS"),
        unit(5, antallAnsatte="mange"),
        unit(6),
        unit(7, antallAnsatte="\x00\t"),
    ]
    heard: list[Rejection] = []
    result = importing(write(tmp_path / "a.csv.gz", csv_text(rows)), on_rejection=heard.append)
    assert (result.rows, result.imported, result.rejected) == (7, 2, 5)
    assert (
        heard
        == result.rejections
        == [
            Rejection(3, "organisasjonsnummer: «310000028» har feil kontrollsiffer"),
            Rejection(
                4,
                "stiftelsesdato: «2021-13-01» er ikke en dato (skal se ut som 2021-06-30); "
                "konkurs: «kanskje» er verken true eller false",
            ),
            Rejection(5, "raden inneholder et nulltegn (NUL), som ikke er tekst"),
            Rejection(6, "antallansatte: «mange» er ikke et antall"),
            Rejection(8, "antallansatte: «\ufffd» er ikke et antall"),
        ]
    )
    assert set(facts_of_many([unit(n)["organisasjonsnummer"] for n in range(8)])) == {
        unit(1)["organisasjonsnummer"],
        unit(6)["organisasjonsnummer"],
    }


def test_letters_in_another_encoding_cost_only_their_row(tmp_path: Path, importing: Importing) -> None:
    rows = csv_text([unit(1), unit(2), unit(3)]).replace("BÆRUM", "BARUM").encode().split(b"\n")
    rows[2] = rows[2].replace(b"BARUM", "BÆRUM".encode("latin-1"))
    result = importing(write(tmp_path / "a.csv", b"\n".join(rows).replace("É".encode(), b"E")))
    assert (result.imported, result.rejected) == (2, 1)
    assert result.rejections == [Rejection(3, "raden er ikke skrevet med tegnkodingen UTF-8")]


def test_of_a_unit_that_stands_twice_the_last_row_counts(tmp_path: Path, importing: Importing) -> None:
    rows = [unit(1, navn="FØRST AS"), unit(2), unit(1, navn="SIST AS")]
    for name, content in (("a.csv", csv_text(rows)), ("a.json", json.dumps(rows))):
        result = importing(write(tmp_path / name, content))
        assert (result.rows, result.imported, result.duplicates) == (3, 3, 1)
        assert facts_of(ONE).name == "SIST AS"


def test_a_refused_file_changes_nothing(tmp_path: Path, importing: Importing) -> None:
    importing(write(tmp_path / "a.csv", csv_text([unit(1)])))
    before = everything()
    with pytest.raises(NoOrganisationNumbers):
        importing(write(tmp_path / "b.csv", "navn\nX\n"))
    assert everything() == before
    assert Import.objects.count() == 1


def test_a_fault_in_the_middle_changes_nothing(tmp_path: Path, importing: Importing) -> None:
    def stumble(rejection: Rejection) -> None:
        raise RuntimeError

    path = write(tmp_path / "a.csv", csv_text([*(unit(n) for n in range(3000)), unit(1, konkurs="x")]))
    with pytest.raises(RuntimeError):
        importing(path, on_rejection=stumble)
    assert Company.objects.count() == 0
    importing(path)
    assert Company.objects.count() == 3000


def test_a_broken_file_is_taken_in_as_far_as_it_goes(tmp_path: Path, importing: Importing) -> None:
    whole = gzip.compress(csv_text(unit(n, aktivitet=f"{n * 7919}") for n in range(500)).encode())
    result = importing(write(tmp_path / "a.csv", whole[: len(whole) // 2]))
    assert result.broken.startswith("Den pakkede filen slutter")
    assert 0 < result.imported == Company.objects.count() < 500


def test_the_same_file_again_is_quick_and_changes_nothing(tmp_path: Path, importing: Importing) -> None:
    path = write(tmp_path / "a.csv", csv_text([unit(1), unit(2, konkurs="x")]))
    first = importing(path)
    before = everything()
    again = importing(path)
    assert again.already_imported
    assert (again.rows, again.imported, again.rejected) == (first.rows, first.imported, first.rejected)
    assert again.rejections == first.rejections
    assert (again.added, again.changed) == (0, 0)
    assert everything() == before
    assert Import.objects.count() == 1


changes = st.fixed_dictionaries(
    {},
    optional={
        "navn": st.sampled_from(["FJELLDUGG AS", "Å", "", "  TO  ORD  "]),
        "antallAnsatte": st.sampled_from(["", "7", "40", "tull"]),
        "konkurs": st.sampled_from(["true", "false", ""]),
        "forretningsadresse.kommunenummer": st.sampled_from(["3024", "0301", "1507", "", "9"]),
        "naeringskode1.kode": st.sampled_from(["56.101", "96.020", "", "00.000"]),
        "slettedato": st.sampled_from(["", "2021-01-01"]),
    },
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.integers(0, 4), changes), max_size=8),
    days=st.lists(st.sampled_from(["2019-12-31", "2020-12-31", "2021-12-31"]), min_size=1, max_size=3),
)
def test_importing_again_changes_nothing(
    tmp_path: Path, importing: Importing, rows: list[tuple[int, dict[str, str]]], days: list[str]
) -> None:
    content = csv_text(unit(number) | change for number, change in rows)
    for day in days:
        importing(write(tmp_path / "a.csv", content), day)
    before = everything()
    for day in days:  # packed, so that it is not recognised as the same file
        importing(write(tmp_path / "a.csv.gz", content), day)
    assert everything() == before


def test_sub_units_are_linked_also_when_their_unit_is_unknown(tmp_path: Path, importing: Importing) -> None:
    rows = [sub_unit(10, ONE), sub_unit(11, ONE), sub_unit(12, unit(9)["organisasjonsnummer"])]
    importing(write(tmp_path / "u.csv", csv_text(rows, SUB_UNIT_COLUMNS)))
    importing(write(tmp_path / "e.csv", csv_text([unit(1)])))
    assert [found.name for found in list_sub_units(ONE)] == ["FJELLDUGG KAFÉ AVD 10", "FJELLDUGG KAFÉ AVD 11"]
    orphan = find_sub_unit(rows[2]["organisasjonsnummer"])
    assert orphan is not None
    assert (orphan.parent_orgnr, find_company(orphan.parent_orgnr)) == (unit(9)["organisasjonsnummer"], None)
    assert (orphan.municipality, orphan.registered_date) == ("3203", date(2018, 1, 15))


def test_json_of_both_kinds(tmp_path: Path, importing: Importing) -> None:
    units = [
        {"organisasjonsnummer": ONE, "navn": "FJELLDUGG AS", "erIKonsern": True, "slettedato": "2021-01-01"},
        {
            "organisasjonsnummer": sub_unit(10, ONE)["organisasjonsnummer"],
            "navn": "FJELLDUGG AVD",
            "organisasjonsform": {"kode": "BEDR"},
            "beliggenhetsadresse": {"kommunenummer": "0301", "adresse": ["Torggata 1", None]},
            "overordnetEnhet": ONE,
        },
    ]
    result = importing(write(tmp_path / "a.json.gz", json.dumps(units)))
    assert (result.rows, result.imported, result.added) == (2, 2, 2)
    assert (facts_of(ONE).in_group, facts_of(ONE).is_deleted, facts_of(ONE).bankrupt) == (True, True, None)
    assert [each.street for each in list_sub_units(ONE)] == ["Torggata 1"]


@pytest.mark.parametrize(
    ("codes", "standard", "section"),
    [
        (["56.101"], "SN2007", "I"),
        (["96.210"], "SN2025", "T"),
        (["93.110", "56.110"], "SN2025", "S"),
        (["93.110", "56.101"], "SN2007", "R"),
        (["64.200"], "", ""),  # holds in both editions, with different letters: not guessed
    ],
)
def test_the_edition_of_the_industry_codes_is_told_by_the_file(
    tmp_path: Path, importing: Importing, codes: list[str], standard: str, section: str
) -> None:
    rows = [unit(number, naeringskode1__kode=code) for number, code in enumerate(codes)]
    importing(write(tmp_path / "a.csv", csv_text(rows)))
    facts = facts_of(rows[0]["organisasjonsnummer"])
    assert (facts.industry_standard, facts.nace_section) == (standard, section)


def test_the_edition_may_be_stated(tmp_path: Path, importing: Importing) -> None:
    row = unit(1, naeringskode1__kode="64.200")
    importing(write(tmp_path / "a.csv", csv_text([row])), edition="SN2025")
    assert (facts_of(ONE).industry_standard, facts_of(ONE).nace_section) == ("SN2025", "L")


def test_progress_is_told(tmp_path: Path, importing: Importing) -> None:
    told: list[tuple[int, int, int]] = []
    path = write(tmp_path / "a.csv", csv_text(unit(n) for n in range(5001)))
    importing(path, progress=lambda read, total, rows: told.append((read, total, rows)))
    assert [rows for _, _, rows in told] == [5000, 5001]
    assert all(0 < read <= total == path.stat().st_size for read, total, _ in told)


def test_an_empty_register_file_is_no_fault(tmp_path: Path, importing: Importing) -> None:
    result = importing(write(tmp_path / "a.csv", csv_text([])))
    assert (result.rows, result.imported, result.rejected) == (0, 0, 0)


def test_names_that_could_break_statements(tmp_path: Path, importing: Importing) -> None:
    names = ["'; DROP TABLE companies_company; --", "\\N", "\\.", "{staged}", "%(day)s", "ﷺ" * 300, "ſ" * 300]
    rows = [unit(number, navn=name) for number, name in enumerate(names)]
    result = importing(write(tmp_path / "a.csv", csv_text(rows)))
    assert result.rejected == 0
    held = facts_of_many(row["organisasjonsnummer"] for row in rows)
    assert [held[row["organisasjonsnummer"]].name for row in rows] == names


def test_units_in_a_divided_or_unknown_municipality_are_counted(tmp_path: Path, importing: Importing) -> None:
    numbers = ["1507", "0219", "3201", ""]
    rows = [unit(n, forretningsadresse__kommunenummer=number) for n, number in enumerate(numbers)]
    assert importing(write(tmp_path / "a.csv", csv_text(rows))).unplaced == 2


def test_nothing_temporary_is_left(tmp_path: Path, importing: Importing) -> None:
    importing(write(tmp_path / "a.csv", csv_text([unit(1)])))
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema()")
        assert cursor.fetchall() == []


def test_a_number_with_any_refusal_names_the_file(tmp_path: Path, importing: Importing) -> None:
    with pytest.raises(FileRefused, match="Fant ikke filen"):
        importing(tmp_path / "ingen.csv")
