"""Ceilings, legal references, legal forms and sectors: every figure dated and sourced."""

from datetime import date
from decimal import Decimal

import pytest

from runde.engine.reference.api import (
    UnknownFigure,
    UnknownLegalForm,
    UnknownSector,
    UnverifiedFigure,
    aid_ceiling,
    legal_form,
    legal_reference,
    list_aid_ceilings,
    list_legal_forms,
    list_provenance,
    list_sectors,
    rules_text,
    sector,
)

N = "\u00a0"


def test_the_general_ceiling_changes_on_10_may_2024() -> None:
    before, after = aid_ceiling("general", date(2024, 5, 9)), aid_ceiling("general", date(2024, 5, 10))
    assert (before.amount, before.window_type, before.window_years) == (Decimal(200_000), "fiscal_years", 3)
    assert (after.amount, after.window_type, after.window_years) == (Decimal(300_000), "rolling", 3)
    assert after.is_inclusive
    assert after.currency == "EUR"


def test_the_lower_road_ceiling_is_gone() -> None:
    assert aid_ceiling("road_freight", date(2024, 1, 1)).amount == Decimal(100_000)
    assert aid_ceiling("road_freight", date(2025, 1, 1)).amount == Decimal(300_000)


def test_a_figure_nobody_has_confirmed_must_be_asked_for() -> None:
    with pytest.raises(UnverifiedFigure, match="ikke bekreftet"):
        aid_ceiling("fishery", date(2026, 1, 1))
    assert aid_ceiling("fishery", date(2026, 1, 1), accept_unverified=True).amount == Decimal(30_000)


def test_a_day_or_a_rule_without_figure_is_refused() -> None:
    for rule, day in (("general", date(2031, 1, 1)), ("nonsense", date(2026, 1, 1))):
        with pytest.raises(UnknownFigure):
            aid_ceiling(rule, day)


def test_versions_of_a_rule_never_overlap() -> None:
    spans: dict[str, list[tuple[date, date]]] = {}
    for found in list_aid_ceilings():
        span = (found.valid_from or date.min, found.valid_to or date.max)
        spans.setdefault(found.rule, []).append(span)
    for held in spans.values():
        ordered = sorted(held)
        assert all(earlier[1] < later[0] for earlier, later in zip(ordered, ordered[1:], strict=False))


def test_legal_references_in_three_languages() -> None:
    on = date(2026, 11, 23)
    assert legal_reference("appeal", on, "nb").text == f"forvaltningsloven §§{N}28 og 29"
    assert legal_reference("access", on, "nn").text == f"forvaltningslova §{N}18"
    assert legal_reference("appeal", on, "en").text.endswith("sections 28 and 29")
    assert legal_reference("appeal", on, "nb").version == "fvl1967:1"


def test_the_aid_regulation_follows_the_day_of_the_decision() -> None:
    assert legal_reference("de_minimis", date(2024, 5, 9), "nb").act.endswith("1407/2013")
    assert "2023/2831" in legal_reference("de_minimis", date(2024, 5, 10), "nb").act


def test_the_adopted_act_is_not_used_before_it_is_in_force() -> None:
    assert legal_reference("appeal", date(2030, 1, 1), "nb").act == "forvaltningsloven"


def test_rules_are_gathered_by_act() -> None:
    assert rules_text(("access", "reasons", "suspension"), date(2026, 11, 23), "nb") == (
        f"Forvaltningsloven §{N}18 (innsyn), §§{N}24 og 25 (begrunnelse), §{N}42 (utsatt iverksetting)."
    )
    with pytest.raises(UnknownFigure):
        rules_text(("nonsense",), date(2026, 1, 1), "nb")


def test_legal_forms_are_not_only_ascii() -> None:
    assert legal_form("SÆR").kind == "other"
    assert (legal_form("AS").name, legal_form("AS").kind) == ("Aksjeselskap", "company")
    assert legal_form("BEDR").kind == "subunit"
    assert len({form.code for form in list_legal_forms()}) == len(list_legal_forms())
    with pytest.raises(UnknownLegalForm):
        legal_form("XX")


def test_public_sectors_are_marked() -> None:
    public = {found.code for found in list_sectors() if found.kind == "public"}
    assert public == {"1110", "1120", "1510", "1520", "6100", "6500"}
    assert sector("8200").name == "Personlig næringsdrivende"
    with pytest.raises(UnknownSector):
        sector("0000")


def test_every_data_file_names_its_source_licence_and_day() -> None:
    for found in list_provenance():
        assert found.title, found.file
        assert found.source, found.file
        assert found.licence, found.file
        assert date.fromisoformat(found.as_of), found.file
