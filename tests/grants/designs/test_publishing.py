"""A draft becomes a version whole or not at all, once; a version never changes and nobody is judged by another."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from runde.engine.rules import RuleSet
from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import Conflict, NotAllowed, new_id
from runde.grants.applications.api import assess
from runde.grants.designs.api import (
    ChangedMeanwhile,
    Content,
    Draft,
    NotReady,
    change_draft,
    compare_versions,
    get_draft,
    get_version,
    list_schemes,
    list_versions,
    problems_of,
    publish_draft,
    remove_part,
    set_texts,
    start_blank_draft,
    start_draft_from_version,
)
from runde.grants.schemes.api import RulesAltered, SchemeVersion, compiled_rules
from runde.grants.schemes.queries import rules as kept_rules
from tests.factories import a_call, a_scheme_draft, a_scheme_version, a_submitted, an_actor, with_figure

KEY = "k" * 20


def publish(draft: Draft, by: Actor, at: datetime, key: str = KEY) -> SchemeVersion:
    return publish_draft(draft_id=draft.id, revision=draft.revision, key=key, by=by, at=at)


def changed(draft: Draft, content: Content, by: Actor, at: datetime) -> Draft:
    return change_draft(
        draft_id=draft.id, content=content, revision=draft.revision, what="Endret", by=by, at=at
    )


def test_a_draft_becomes_the_first_version_with_form_and_assumptions(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    assert problems_of(draft, at.date()) == ()
    version = publish(draft, manager, at)
    assert (version.number, version.scheme.slug, version.form.number) == (1, "smittevern", 1)
    assert version.rules_digest == RuleSet.from_dict(draft.content["rules"]).digest
    assert version.assumptions == draft.content["assumptions"]
    assert version.take_up == draft.content["take_up"] != {}
    done = get_draft(draft.id, manager)
    assert (done.state, done.version_id, done.scheme_id) == ("published", version.id, version.scheme_id)


def test_the_same_key_again_gives_the_same_version(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    assert publish(draft, manager, at).id == publish(draft, manager, at).id
    assert SchemeVersion.objects.count() == 1


def test_the_key_belongs_to_one_draft(manager: Actor, at: datetime) -> None:
    publish(a_scheme_draft(at=at), manager, at)
    with pytest.raises(Conflict, match="annet innhold"):
        publish(a_scheme_draft(at=at), manager, at)


def test_a_published_draft_is_not_published_again(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    publish(draft, manager, at)
    with pytest.raises(Conflict, match="Kladden er publisert"):
        publish(draft, manager, at, key="another-key")
    with pytest.raises(Conflict, match="Lag en ny kladd"):
        changed(draft, with_figure(draft.content, "required_drop", "0.25"), manager, at)


def test_a_stale_page_publishes_nothing(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    changed(draft, with_figure(draft.content, "required_drop", "0.25"), manager, at)
    with pytest.raises(ChangedMeanwhile):
        publish_draft(draft_id=draft.id, revision=1, key=KEY, by=manager, at=at)
    assert SchemeVersion.objects.count() == 0


def test_everything_that_lacks_is_listed_at_once(manager: Actor, at: datetime) -> None:
    draft = start_blank_draft(title="Næringsfond", by=manager, at=at)
    with pytest.raises(NotReady) as refused:
        publish(draft, manager, at)
    assert (
        refused.value.problems
        == problems_of(draft, at.date())
        == (
            "Navnet mangler på nynorsk og engelsk.",
            "Sammendraget mangler på bokmål, nynorsk og engelsk.",
            "Formålet mangler på bokmål, nynorsk og engelsk.",
            "Hvem som kan søke mangler på bokmål, nynorsk og engelsk.",
            "Hvor mye det kan gis mangler på bokmål, nynorsk og engelsk.",
            "Hvor lang tid det tar å søke mangler på bokmål, nynorsk og engelsk.",
            "Navnet på retningslinjene mangler på bokmål, nynorsk og engelsk.",
            "Ordningen har ingen beregning av beløpet. Legg til radene som gir tilskuddet.",
        )
    )


def without_municipality(content: Content) -> Content:
    changed = deepcopy(content)
    changed["rules"]["parameters"][0].pop("values")
    return changed


def with_unknown_law(content: Content) -> Content:
    return {
        **content,
        "legal_basis": {**content["legal_basis"], "references": ["appeal", "månelandingsloven"]},
    }


def without_account(content: Content) -> Content:
    return remove_part(content, "question", "account_number")


def without_english(content: Content) -> Content:
    changed = deepcopy(content)
    changed["rules"]["criteria"][0]["texts"]["not_met"].pop("en")
    changed["form"]["sections"][0]["questions"][0]["label"].pop("nn")
    changed["form"]["sections"][0]["title"].pop("en")
    return changed


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        (without_municipality, ["«Kommunen som har ordningen» har ingen verdi. Fyll den ut."]),
        (
            with_unknown_law,
            ["Lovhenvisningen «månelandingsloven» finnes ikke, eller loven gjelder ikke nå. Ta den bort."],
        ),
        (
            without_account,
            [
                "Delen «Kontonummer» i skjemaet har ingen spørsmål. Legg til ett, eller slett delen.",
                "Skjemaet spør ikke om kontonummer. Uten det kan pengene ikke betales ut.",
            ],
        ),
        (
            without_english,
            [
                "Kravet «Virksomheten må drive med ….» mangler tekst på engelsk.",
                "Spørsmålet «Omsetning i mars, april og mai 2026» mangler tekst på nynorsk.",
                "Delen «Omsetning» i skjemaet mangler tittel på engelsk.",
            ],
        ),
    ],
)
def test_each_lack_has_a_sentence(manager: Actor, at: datetime, change: Any, sentences: list[str]) -> None:
    draft = a_scheme_draft(at=at)
    assert list(problems_of(changed(draft, change(draft.content), manager, at), at.date())) == sentences


def test_a_draft_from_scratch_does_not_take_over_a_scheme(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    a_scheme_version(at=at)
    assert problems_of(draft, at.date()) == (
        "Dere har allerede en ordning med adressen «smittevern». Velg en annen adresse.",
    )


def test_the_next_version_follows_the_one_before_and_tells_what_differs(manager: Actor, at: datetime) -> None:
    first = a_scheme_version(at=at)
    draft = start_draft_from_version(version=first, by=manager, at=at)
    content = with_figure(draft.content, "required_drop", "0.25")
    content = set_texts(
        content, ("texts", "time_needed"), content["texts"]["time_needed"] | {"nb": "5 minutter"}
    )
    content["form"] = deepcopy(content["form"])
    content["form"]["sections"][2]["questions"][0]["required"] = False
    second = publish(changed(draft, content, manager, at), manager, at)
    assert (second.number, second.scheme_id, second.form.number) == (2, first.scheme_id, 2)
    told = [change.sentence.replace("\u00a0", " ") for change in compare_versions(first, second)]
    assert len(told) == 3
    assert told[0].endswith("er senket fra 30 % til 25 %.")
    assert told[1:] == [
        "Hvor lang tid det tar å søke er endret fra «Omtrent 10 minutter» til «5 minutter».",
        "Spørsmålet «Mindre offentlig støtte de siste tre årene» kan nå stå ubesvart.",
    ]
    [scheme] = list_schemes()
    assert [version.number for version in scheme.versions.all()] == [2, 1]
    assert [version.number for version in list_versions(scheme)] == [2, 1]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE schemes_schemeversion SET assumptions = '[]'",
        "UPDATE schemes_schemeversion SET take_up = '{}'",
        "UPDATE schemes_schemeversion SET texts = '{}'",
        "DELETE FROM schemes_schemeversion",
        "DELETE FROM forms_formversion",
        "DELETE FROM designs_part",
        "DELETE FROM designs_partreference",
        "UPDATE designs_part SET name = 'x'",
    ],
)
def test_nothing_of_a_published_version_changes_in_sql_either(manager: Actor, at: datetime, sql: str) -> None:
    a_scheme_version(at=at)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_application_is_judged_by_the_version_it_was_sent_under(manager: Actor, at: datetime) -> None:
    first = a_scheme_version(at=at)
    application = a_submitted(call=a_call(at=at, scheme_version=first), at=at)
    draft = start_draft_from_version(version=first, by=manager, at=at)
    stricter = with_figure(draft.content, "required_drop", "0.90")
    publish(changed(draft, stricter, manager, at), manager, at)
    assert application.facts["rules_digest"] == first.rules_digest
    assert assess(application, at).verdict.criterion("revenue_drop").outcome == "met"


def test_altered_rules_judge_nobody(manager: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    application = a_submitted(call=a_call(at=at), at=at)
    monkeypatch.setattr(kept_rules, "_compiled", {})
    version = application.scheme_version
    version.rules = with_figure({"rules": version.rules}, "required_drop", "0.90")["rules"]
    with pytest.raises(RulesAltered):
        assess(application, at)
    with pytest.raises(RulesAltered):
        compiled_rules(version)


def test_a_version_with_applications_cannot_go_missing(manager: Actor, at: datetime) -> None:
    version = a_call(at=at).scheme_version
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE schemes_schemeversion DISABLE TRIGGER append_only")
    with pytest.raises(DatabaseError), transaction.atomic():
        version.delete()
    assert get_version(version.id).id == version.id


def test_only_a_scheme_manager_publishes(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    for role in set(Role) - {Role.SCHEME_MANAGER}:
        with pytest.raises(NotAllowed):
            publish(draft, an_actor(role, at=at), at, key=str(new_id()))
