"""A version is published whole or not at all, and never changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from runde.engine.rules import load_example
from runde.foundation.forms.api import publish_form
from runde.foundation.people.api import Actor
from runde.grants.schemes.api import (
    RulesAltered,
    SchemeRefused,
    SchemeVersion,
    compiled_rules,
    create_scheme,
    publish_version,
)
from runde.grants.schemes.examples import load_scheme


def publish(by: Actor, at: datetime, **other: Any) -> SchemeVersion:
    example = load_scheme("smittevern")
    form = publish_form(slug="f", definition=other.pop("form", example["form"]), by=by, at=at)
    given = {
        "texts": example["texts"],
        "rules": load_example("smittevern", municipality="3407", label={"nb": "Gjøvik"}),
        "legal_basis": example["legal_basis"],
    }
    return publish_version(
        scheme=create_scheme(slug="s", by=by, at=at), form=form, by=by, at=at, **(given | other)
    )


def problems(by: Actor, at: datetime, **other: Any) -> list[str]:
    with pytest.raises(SchemeRefused) as refused, transaction.atomic():
        publish(by, at, **other)
    return list(refused.value.facts["problems"])  # type: ignore[call-overload]


def test_versions_are_numbered(manager: Actor, at: datetime) -> None:
    assert [publish(manager, at).number for _ in range(2)] == [1, 2]


def test_a_text_that_lacks_a_language_is_named(manager: Actor, at: datetime) -> None:
    texts = load_scheme("smittevern")["texts"]
    texts["name"].pop("en")
    texts["conditions"][1]["nn"] = " "
    assert problems(manager, at, texts=texts) == [
        "Navnet mangler på engelsk.",
        "Vilkår, punkt 2, mangler på nynorsk.",
    ]


def test_rules_that_cannot_run_are_refused(manager: Actor, at: datetime) -> None:
    (problem,) = problems(manager, at, rules=load_example("smittevern"))
    assert "scheme_municipality" in problem


def test_rules_with_mistakes_are_refused_with_each_of_them(manager: Actor, at: datetime) -> None:
    rules = load_example("smittevern", municipality="3407", label={"nb": "Gjøvik"}).to_dict()
    rules["criteria"][0]["expression"] = "nace_sektion IN ('I')"
    rules["criteria"][2]["expression"] = "bankrupt +"
    assert len(problems(manager, at, rules=rules)) == 2


def test_a_form_that_does_not_ask_what_the_rules_need_is_refused(manager: Actor, at: datetime) -> None:
    form = load_scheme("smittevern")["form"]
    form["sections"][1]["questions"][0] |= {"slug": "costs"}
    form["sections"][0]["questions"][0] = {
        "slug": "revenue_period",
        "type": "text",
        "label": {"nb": "Omsetning"},
    }
    assert problems(manager, at, form=form) == [
        "Spørsmålet om «Omsetning i perioden» (revenue_period) gir ikke det reglene trenger: money.",
        "Reglene bruker «Faste kostnader i perioden» (fixed_costs), men skjemaet spør ikke om det.",
    ]


@pytest.mark.parametrize(
    "sql", ["UPDATE schemes_schemeversion SET rules = '{}'", "DELETE FROM schemes_schemeversion"]
)
def test_a_version_is_never_changed(manager: Actor, at: datetime, sql: str) -> None:
    publish(manager, at)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_rules_that_are_not_those_published_are_not_run(manager: Actor, at: datetime) -> None:
    version = publish(manager, at)
    version.rules_digest = "0" * 64
    with pytest.raises(RulesAltered):
        compiled_rules(version)
