"""Municipality numbers through the reforms."""

from datetime import date

import pytest

from runde.engine.reference.api import (
    SplitMunicipality,
    UnknownCounty,
    UnknownMunicipality,
    county,
    current_number,
    is_valid_orgnr,
    list_counties,
    list_municipalities,
    municipality,
    trace_number,
)


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("3002", "3103", "Moss"),
        ("3003", "3105", "Sarpsborg"),
        ("3011", "3110", "Hvaler"),
        ("3020", "3207", "Nordre Follo"),
        ("3054", "3234", "Lunner"),
        ("3053", "3236", "Jevnaker"),
        ("3803", "3905", "Tønsberg"),
        ("3446", "3446", "Gran"),
        ("0301", "0301", "Oslo"),
    ],
)
def test_an_old_number_becomes_the_present_one(old: str, new: str, name: str) -> None:
    assert current_number(old) == new
    assert municipality(new).name == name
    assert municipality(old).name == name


def test_a_number_is_valid_only_on_its_days() -> None:
    assert municipality("3002", date(2023, 12, 31)).name == "Moss"
    assert municipality("3103", date(2024, 1, 1)).name == "Moss"
    with pytest.raises(UnknownMunicipality, match="2024-01-01"):
        municipality("3002", date(2024, 1, 1))
    with pytest.raises(UnknownMunicipality):
        municipality("3103", date(2023, 12, 31))


def test_each_reform_leaves_the_known_count() -> None:
    assert len(list_municipalities(date(2022, 6, 1))) == 356
    assert len(list_municipalities(date(2024, 1, 1))) == 357
    assert len(list_counties(date(2022, 6, 1))) == 11
    assert len(list_counties(date(2024, 1, 1))) == 15


def test_a_divided_municipality_is_never_guessed() -> None:
    with pytest.raises(SplitMunicipality, match=r"Ålesund \(1508\) eller Haram \(1580\)") as refused:
        current_number("1507")
    assert refused.value.candidates == ("1508", "1580")
    assert trace_number("1507").kind == "split"
    assert municipality("1507", date(2021, 1, 1)).name == "Ålesund"


@pytest.mark.parametrize("number", ["0104", "9999", "", "moss", "310", "31030"])
def test_an_unknown_number_is_said_to_be_unknown(number: str) -> None:
    assert trace_number(number).kind == "unknown"
    with pytest.raises(UnknownMunicipality, match="ikke kjent"):
        current_number(number)


def test_svalbard_is_outside_the_municipalities() -> None:
    assert trace_number("2100").kind == "outside"
    assert "2100" not in {found.number for found in list_municipalities(date(2025, 1, 1))}


def test_every_municipality_stands_in_a_county_of_its_day() -> None:
    for day in (date(2021, 1, 1), date(2025, 1, 1)):
        for found in list_municipalities(day):
            assert county(found.county_number, day).is_valid_on(day)


def test_organisation_numbers_are_right_and_only_one_is_missing() -> None:
    present = list_municipalities(date(2025, 1, 1))
    assert [found.name for found in present if found.organisation_number is None] == ["Haram"]
    assert all(is_valid_orgnr(found.organisation_number or "") for found in present if found.name != "Haram")


def test_the_norwegian_name_is_used_and_the_official_one_kept() -> None:
    assert (municipality("5610").name, municipality("5610").official_name) == (
        "Karasjok",
        "Kárášjohka - Karasjok",
    )
    assert municipality("5540").name == "Kåfjord"
    assert municipality("0301").name == "Oslo"


def test_language_forms_are_counted_as_the_regulation_has_them() -> None:
    forms = [found.language_form for found in list_municipalities(date(2026, 2, 1))]
    assert (forms.count("nb"), forms.count("nn"), forms.count(None)) == (118, 88, 151)


def test_a_county_number_is_bound_to_its_days() -> None:
    assert county("30", date(2023, 12, 31)).name == "Viken"
    with pytest.raises(UnknownCounty):
        county("30", date(2024, 1, 1))
    with pytest.raises(UnknownCounty):
        county("31", date(2023, 12, 31))
