"""What is in use cannot vanish: refused in plain words, and by the database."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from runde.foundation.people.api import Actor
from runde.grants.designs.api import (
    Content,
    Draft,
    DraftRefused,
    InUse,
    add_typed_criterion,
    change_draft,
    remove_criterion,
    remove_part,
    set_text,
    undo_change,
    uses_of,
    version_uses_of,
)
from runde.grants.designs.domain.parts import PartKey, parts_of, references_of
from runde.grants.designs.models import Part, PartReference
from tests.factories import a_scheme_draft, a_scheme_version, with_figure


def change(draft: Draft, content: Content, by: Actor, at: datetime) -> Draft:
    return change_draft(
        draft_id=draft.id, content=content, revision=draft.revision, what="Endret", by=by, at=at
    )


def without(field: str, name: str) -> Callable[[Content], Content]:
    """The content with one entry of the rules taken out by hand, whatever that breaks."""

    def cut(content: Content) -> Content:
        rules = deepcopy(content["rules"])
        rules[field] = [one for one in rules[field] if name not in (one.get("name"), one.get("slug"))]
        return {**content, "rules": rules}

    return cut


@pytest.mark.parametrize(
    ("cut", "sentence"),
    [
        (
            without("parameters", "required_drop"),
            "Verdien «Kravet til fall i omsetning» kan ikke fjernes. Det er i bruk i kravet «Omsetningen må ha falt "
            "med …. Er fallet litt mindre, vurderer vi særlige forhol…».",
        ),
        (
            without("facts", "fixed_costs"),
            "Opplysningen «Faste kostnader i perioden» kan ikke fjernes. "
            "Det er i bruk i raden i beregningen «Faste kostnader dere oppga» og antakelsen om "
            "«Faste kostnader i perioden».",
        ),
        (
            lambda content: remove_part(content, "question", "fixed_costs"),
            "Spørsmålet «Faste kostnader i mars, april og mai 2026» kan ikke fjernes. "
            "Det er i bruk i opplysningen «Faste kostnader i perioden» og regneeksempelet.",
        ),
        (
            lambda content: remove_part(content, "question", "exceptional_circumstances"),
            "Spørsmålet «Er det særlige forhold vi bør vite om?» kan ikke fjernes. Det er i bruk i opplysningen "
            "«Særlige forhold» og spørsmålet «Fortell kort om de særlige forholdene».",
        ),
    ],
)
def test_a_part_in_use_is_not_removed_and_its_users_are_named(
    manager: Actor, at: datetime, cut: Callable[[Content], Content], sentence: str
) -> None:
    draft = a_scheme_draft(at=at)
    with pytest.raises(InUse) as refused, transaction.atomic():
        change(draft, cut(draft.content), manager, at)
    assert refused.value.problems == (sentence,)
    assert Draft.objects.get(id=draft.id).revision == 1


def test_a_derived_value_in_use_is_named_by_each_of_its_users(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    with pytest.raises(InUse) as refused:
        change(draft, without("derived", "revenue_drop")(draft.content), manager, at)
    [sentence] = refused.value.problems
    lead = "Den utregnede verdien «Fall i omsetning» kan ikke fjernes. Det er i bruk i "
    assert sentence.startswith(f"{lead}raden i beregningen «Fall i omsetning», kravet «Faller omsetningen")
    assert sentence.endswith("og antakelsen om «Fall i omsetning».")


def test_when_its_users_go_too_a_part_may_go(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    content = remove_criterion(draft.content, "not_bankrupt")
    content = remove_part(content, "fact", "bankrupt")
    draft = change(draft, content, manager, at)
    assert not Part.objects.filter(draft=draft, name__in=["bankrupt", "not_bankrupt"]).exists()


def test_a_section_may_stand_empty_in_a_draft(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    draft = change(draft, remove_part(draft.content, "question", "de_minimis_three_years"), manager, at)
    [aid] = [one for one in draft.content["form"]["sections"] if one["slug"] == "aid"]
    assert aid["questions"] == []


def test_a_name_that_never_was_is_a_fault_and_not_a_part_in_use(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    content = deepcopy(draft.content)
    content["rules"]["criteria"][0]["expression"] = "nace_sektion = 'I'"
    with pytest.raises(DraftRefused) as refused:
        change(draft, content, manager, at)
    assert not isinstance(refused.value, InUse)


def rows(draft: Draft) -> set[tuple[PartKey, PartKey]]:
    found = PartReference.objects.filter(user__draft=draft).select_related("user", "used")
    return {(PartKey(one.user.kind, one.user.name), PartKey(one.used.kind, one.used.name)) for one in found}


def test_the_rows_follow_the_content_through_change_and_undo(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    first = rows(draft)
    assert first == references_of(draft.content)
    assert (PartKey("fact", "fixed_costs"), PartKey("question", "fixed_costs")) in first
    assert (PartKey("criterion", "revenue_drop"), PartKey("derived", "revenue_drop")) in first
    draft = change(draft, add_typed_criterion(draft.content, "at_least", "employees", ["3"]), manager, at)
    assert (
        rows(draft)
        == references_of(draft.content)
        == first | {(PartKey("criterion", "employees_at_least"), PartKey("fact", "employees"))}
    )
    draft = undo_change(draft_id=draft.id, revision=2, by=manager, at=at)
    assert rows(draft) == first
    assert Part.objects.filter(draft=draft).count() == len(parts_of(draft.content))


@pytest.mark.parametrize("name", ["fixed_costs", "required_drop"])
def test_the_database_keeps_a_part_in_use(manager: Actor, at: datetime, name: str) -> None:
    draft = a_scheme_draft(at=at)
    sql = "DELETE FROM designs_part WHERE draft_id = %s AND name = %s; SET CONSTRAINTS ALL IMMEDIATE"
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute(sql, [draft.id, name])


def test_a_published_versions_parts_are_rows_too(manager: Actor, at: datetime) -> None:
    version = a_scheme_version(at=at)
    uses = {(one.kind, one.name): one for one in version_uses_of(version)}
    assert uses["question", "fixed_costs"].used_by == (
        "opplysningen «Faste kostnader i perioden»",
        "regneeksempelet",
    )
    assert uses["parameter", "ceiling"].used_by == ("raden i beregningen «Høyeste tilskudd er …»",)
    assert uses["criterion", "industry"].used_by == ()
    with pytest.raises(ProtectedError):
        Part.objects.filter(version=version).delete()


def test_what_can_be_removed_is_told(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    free = {one.name for one in uses_of(draft) if not one.is_used and one.kind == "question"}
    assert free == {"de_minimis_three_years", "exceptional_text", "account_number", "declaration"}


def test_a_longer_scheme_asks_no_more_of_the_database(manager: Actor, at: datetime) -> None:
    def questions_of(edit: Callable[[Content], Content]) -> int:
        draft = a_scheme_draft(at=at)
        content = edit(draft.content)
        with CaptureQueriesContext(connection) as asked:
            change(draft, content, manager, at)
        return len(asked)

    def several(content: Content) -> Content:
        for name in ("employees", "founded_date", "vat_registered"):
            kind, typed = CRITERIA[name]
            content = add_typed_criterion(content, kind, name, typed)
        return content

    one = questions_of(lambda content: add_typed_criterion(content, *ONE))
    assert questions_of(several) == one
    assert questions_of(lambda content: with_figure(content, "required_drop", "0.2")) < one


CRITERIA: dict[str, tuple[str, list[str]]] = {
    "employees": ("at_least", ["3"]),
    "founded_date": ("before", ["1.3.2026"]),
    "vat_registered": ("is_true", []),
}
ONE: Any = ("at_least", "employees", ["3"])


def test_words_alone_touch_no_rows(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    before = set(PartReference.objects.filter(user__draft=draft).values_list("id", flat=True))
    change(draft, set_text(draft.content, ("texts", "name"), "nb", "Nytt navn"), manager, at)
    assert set(PartReference.objects.filter(user__draft=draft).values_list("id", flat=True)) == before
