"""The ready-made scheme: complete in three languages, its form feeds its rules, plain words throughout."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from runde.engine.reference.api import UnknownMunicipality
from runde.engine.rules import Value, load_example
from runde.foundation.forms.api import questions_of
from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import NotAllowed
from runde.grants.schemes.api import (
    SchemeVersion,
    compiled_rules,
    install_example_scheme,
    public_sentences,
    scheme_name_in_sentence,
)
from runde.grants.schemes.examples import EXAMPLES, load_scheme
from runde.grants.schemes.operations import install_example
from tests.factories import an_actor

# facts/ux.md: words the public should not meet, in any form
HEAVY = re.compile(
    r"omsøkt|herved|avslås|tilsagn|tilskuddsmottaker|anmod|innstilling|påklag|opplysningsplikt|tilbakekrev"
    r"|henhold|vedrørende|herværende|fremkom|forefinn|foreta |nåværende tidspunkt|såfremt|ettersend"
    r"|bekreftes|ufullstendig|grunnet|på grunn av|avhold|iverksett|bevilg|effektuer|resterende|§",
    re.IGNORECASE,
)


def install(by: Actor, at: datetime) -> SchemeVersion:
    return install_example_scheme(slug="smittevern", municipality_number="3407", by=by, at=at)


def texts_in(data: Any) -> Iterator[dict[str, str]]:
    if isinstance(data, dict):
        if "nb" in data:
            yield data
            return
        for value in data.values():
            yield from texts_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts_in(value)


@pytest.mark.parametrize("slug", EXAMPLES)
def test_every_text_is_there_in_three_languages(slug: str) -> None:
    texts = list(texts_in(load_scheme(slug)))
    assert len(texts) > 40
    lacking = [text for text in texts if not all(text.get(language) for language in ("nb", "nn", "en"))]
    assert lacking == []


@pytest.mark.parametrize("slug", EXAMPLES)
def test_the_words_are_plain(slug: str) -> None:
    heavy = [text["nb"] for text in texts_in(load_scheme(slug)) if HEAVY.search(text["nb"])]
    assert heavy == []


def test_the_form_asks_only_for_what_no_register_knows(manager: Actor, at: datetime) -> None:
    version = install(manager, at)
    assert [one.slug for one in questions_of(version.form)] == [
        "revenue_period",
        "revenue_comparison",
        "fixed_costs",
        "de_minimis_three_years",
        "exceptional_circumstances",
        "exceptional_text",
        "account_number",
        "declaration",
    ]
    asked = {one.slug for one in questions_of(version.form)}
    known = {fact.name for fact in load_example("smittevern").facts if fact.source == "register"}
    assert asked & known == set()


def test_it_carries_the_municipalitys_own_name_and_number(manager: Actor, at: datetime) -> None:
    version = install(manager, at)
    assert "Gjøvik" in version.texts["purpose"]["nn"]
    assert "{municipality}" not in json.dumps(version.texts | version.legal_basis)
    assert public_sentences(version, "nb", at.date())["municipality"] == "Virksomheten må ligge i Gjøvik."


def test_the_requirements_read_from_the_rules(manager: Actor, at: datetime) -> None:
    sentences = public_sentences(install(manager, at), "nn", at.date())
    assert (
        sentences["revenue_drop"]
        .replace("\u00a0", " ")
        .startswith("Omsetninga må ha falle med minst 30 prosent")
    )
    assert len(sentences) == len(load_example("smittevern").criteria)


def test_installing_again_gives_the_same_version(manager: Actor, at: datetime) -> None:
    assert install(manager, at).id == install(manager, at).id
    assert SchemeVersion.objects.count() == 1


def test_a_changed_text_is_a_new_version(
    manager: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = install(manager, at)
    changed = load_scheme("smittevern")
    changed["texts"]["time_needed"]["nb"] = "Omtrent 5 minutter"
    monkeypatch.setattr(install_example, "load_scheme", lambda slug: changed)
    assert (install(manager, at).number, first.number) == (2, 1)


def test_the_rules_are_compiled_once(manager: Actor, at: datetime) -> None:
    version = install(manager, at)
    again = SchemeVersion.objects.get(id=version.id)
    assert compiled_rules(version) is compiled_rules(again)
    assert compiled_rules(version).digest == version.rules_digest


def test_the_name_fits_into_a_sentence(manager: Actor, at: datetime) -> None:
    version = install(manager, at)
    assert scheme_name_in_sentence(version, "nb") == "tilskudd til virksomheter rammet av smitteverntiltak"


def test_a_number_not_in_use_is_refused(manager: Actor, at: datetime) -> None:
    with pytest.raises(UnknownMunicipality):
        install_example_scheme(slug="smittevern", municipality_number="9999", by=manager, at=at)


def test_only_a_scheme_manager_installs(manager: Actor, at: datetime) -> None:
    with pytest.raises(NotAllowed, match="ordningsansvarlig"):
        install(an_actor(Role.APPROVER, at=at), at)


@pytest.mark.parametrize(
    ("budget", "other", "amount"),
    [
        ("400000", "0", "200000"),  # half of the costs
        ("400000", "150000", "150000"),  # public support may be 75 per cent in all
        ("900000", "0", "300000"),  # the ceiling
        ("61999", "0", "30000"),  # down to whole thousands
        ("400000", "350000", None),  # others cover more than may be covered
    ],
)
def test_a_development_project_is_covered_by_half_within_limits(
    manager: Actor, at: datetime, budget: str, other: str, amount: str | None
) -> None:
    version = install_example_scheme(slug="omstilling", municipality_number="3407", by=manager, at=at)
    facts = {
        "municipality": "3407",
        "bankrupt": False,
        "under_liquidation": False,
        "has_registered_employees": True,
    }
    answers = {"budget_costs": Decimal(budget), "other_public_support": Decimal(other)}
    given = facts | answers | {"ordinary_operations": False, "has_started": False}
    verdict = compiled_rules(version).check({name: Value(one) for name, one in given.items()}, at.date())
    assert verdict.amount_nok == (None if amount is None else Decimal(amount))
    assert verdict.criterion("minimum_amount").outcome == ("not_met" if amount is None else "met")
