"""Industry codes of both editions and the way between them."""

import pytest

from runde.engine.reference.api import (
    EDITIONS,
    UnknownIndustry,
    editions_of,
    industry,
    industry_group,
    list_divisions,
    list_industries,
    list_sections,
    predecessors,
    section,
    section_letter,
    successors,
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("96.020", ("96.210", "96.220")),
        ("45.200", ("95.310",)),
        ("49.320", ("49.330", "52.320")),
        ("56.101", ("56.110",)),
        ("79.120", ("79.122",)),
    ],
)
def test_an_old_code_has_these_successors(old: str, new: tuple[str, ...]) -> None:
    assert successors(old)[: len(new)] == new or set(new) <= set(successors(old))
    assert all(old in predecessors(code) for code in new)


def test_an_unchanged_code_is_its_own_successor() -> None:
    assert successors("01.110") == ("01.110",)
    assert "01.110" in predecessors("01.110")


def test_the_letter_trap_the_same_letter_is_another_industry() -> None:
    assert section("R", "SN2007").name_en == "Arts, entertainment and recreation"
    assert section("R", "SN2025").name_en == "Health and social work"
    assert section_letter("90.200", "SN2025") == "S"
    assert section_letter("86.101", "SN2007") == "Q"
    assert section_letter("86.101", "SN2025") == "R"


def test_division_45_is_gone_in_the_new_edition() -> None:
    assert section_letter("45.200", "SN2007") == "G"
    with pytest.raises(UnknownIndustry):
        section_letter("45.200", "SN2025")


def test_the_edition_of_a_code_is_told_also_when_it_is_both_or_none() -> None:
    assert editions_of("56.101") == ("SN2007",)
    assert editions_of("96.210") == ("SN2025",)
    assert editions_of("01.110") == ("SN2007", "SN2025")
    assert editions_of("00.000") == ()
    assert editions_of("56") == ()


def test_sections_cover_the_divisions_once() -> None:
    for edition, count in (("SN2007", 21), ("SN2025", 22)):
        sections = list_sections(edition)  # type: ignore[arg-type]
        assert len(sections) == count
        starts = [(found.first_division, found.last_division) for found in sections]
        assert all(earlier[1] < later[0] for earlier, later in zip(starts, starts[1:], strict=False))


def test_every_code_has_a_name_a_section_and_a_way_to_the_new_edition() -> None:
    new = {found.code for found in list_industries("SN2025")}
    assert len(new) == 738
    assert all(found.name and found.section for found in list_industries("SN2025"))
    for found in list_industries("SN2007"):
        assert found.name
        assert set(successors(found.code)) <= new


def test_a_name_that_is_not_held_in_norwegian_is_given_in_english_and_says_so() -> None:
    rice = industry("01.120", "SN2025")
    assert (rice.name, rice.named_in) == ("Growing of rice", "en")
    restaurants = industry("56.110", "SN2025")
    assert (restaurants.name, restaurants.named_in, restaurants.section) == (
        "Drift av restauranter",
        "nb",
        "I",
    )


@pytest.mark.parametrize("code", ["", "56", "99.999", "5611", "56.11", "restaurant"])
def test_an_unknown_code_is_refused_by_name(code: str) -> None:
    with pytest.raises(UnknownIndustry, match="ikke|hører"):
        industry(code, "SN2025")
    with pytest.raises(UnknownIndustry):
        successors(code)


def test_schemes_name_industries_by_prefix() -> None:
    assert industry_group("56", "SN2007").name == industry_group("56", "SN2025").name == "Servering"
    assert industry_group("56.1", "SN2025").named_in == "en"
    assert industry_group("56.110", "SN2025") == industry("56.110", "SN2025")
    assert industry_group("45", "SN2007").section == "G"
    for unknown in ("45", "56.9", "5", "", "x", "56."):
        with pytest.raises(UnknownIndustry):
            industry_group(unknown, "SN2025")


def test_every_division_in_use_has_a_name_and_no_other() -> None:
    for edition in EDITIONS:
        used = {found.code[:2] for found in list_industries(edition)}
        assert {found.code for found in list_divisions(edition)} == used
