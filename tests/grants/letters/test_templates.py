"""A template is written by one, approved by another, taken in use, and stands as it was."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from runde.foundation.people.api import Role
from runde.foundation.trust.api import NotAllowed
from runde.grants.letters.api import (
    ChangedMeanwhile,
    LetterTemplateVersion,
    LockedText,
    OwnText,
    TemplateNotReady,
    TextRefused,
    WrongState,
    approve_template,
    ask_template_approval,
    back_to_standard,
    discard_template,
    get_template_version,
    in_use_by_kind,
    list_changes,
    list_templates,
    remove_paragraph,
    retire_bank_text,
    return_template,
    start_template,
    take_from_bank,
    take_in_use,
    write_bank_text,
    write_paragraph,
    write_text,
)
from tests.factories import an_actor

from .conftest import Desk

State = LetterTemplateVersion.State
THREE = {"nb": "Vi kommer på besøk.", "nn": "Vi kjem på besøk.", "en": "We will visit you."}


def test_a_draft_keeps_every_change_with_who(desk: Desk) -> None:
    version = desk.draft(context="Dere søkte om «ordning» den «søknadsdag». Gratulerer.")
    assert version.content["texts"] == {
        "context": {"nb": "Dere søkte om {scheme} den {applied_day}. Gratulerer."}
    }
    assert [(change.place, change.was, change.made_by) for change in list_changes(version.id)] == [
        ("context.nb", None, desk.writer.person_id)
    ]
    back = write_text(
        version_id=version.id, key="context", language="nb", typed="", by=desk.writer, at=desk.at
    )
    assert back.content["texts"] == {}
    assert back.revision == 3


def test_the_standard_text_typed_again_is_no_change(desk: Desk) -> None:
    version = desk.draft(conditions_title="Vilkår")
    assert (version.content["texts"], version.revision) == ({}, 1)


@pytest.mark.parametrize(
    ("key", "typed", "error"),
    [
        ("appeal.how", "Dere kan ikke klage.", LockedText),
        ("context", "Dere søkte.", TextRefused),
        ("heading", "«virksomhet» får penger", TextRefused),
        ("steps.account", "Sjekk «frist».", TextRefused),
        ("steps.title", "x" * 1501, TextRefused),
        ("steps.title", "Tittel\x07", TextRefused),
    ],
)
def test_a_text_that_cannot_stand_is_refused(
    desk: Desk, key: str, typed: str, error: type[Exception]
) -> None:
    version = desk.draft()
    with pytest.raises(error):
        write_text(version_id=version.id, key=key, language="nb", typed=typed, by=desk.writer, at=desk.at)


def test_two_may_write_in_different_places_but_not_over_each_other(desk: Desk) -> None:
    version = desk.draft(steps_title="Dette gjør dere")
    other = an_actor(Role.OFFICER, at=desk.at)
    write_text(
        version_id=version.id,
        key="conditions.title",
        language="nb",
        typed="Krav",
        revision=1,
        by=other,
        at=desk.at,
    )
    with pytest.raises(ChangedMeanwhile):
        write_text(
            version_id=version.id,
            key="steps.title",
            language="nb",
            typed="Nå",
            revision=1,
            by=other,
            at=desk.at,
        )


def test_who_has_written_in_it_may_not_approve(desk: Desk) -> None:
    both = an_actor(Role.SCHEME_MANAGER, at=desk.at)
    version = desk.draft(steps_title="Dette gjør dere")
    write_text(
        version_id=version.id, key="conditions.title", language="nb", typed="Krav", by=both, at=desk.at
    )
    ask_template_approval(version_id=version.id, by=desk.writer, at=desk.at)
    with pytest.raises(OwnText):
        approve_template(version_id=version.id, by=both, at=desk.at)
    with pytest.raises(NotAllowed):
        approve_template(version_id=version.id, by=desk.writer, at=desk.at)
    assert approve_template(version_id=version.id, by=desk.approver, at=desk.at).state == State.APPROVED


def test_one_version_in_use_and_the_former_kept(desk: Desk) -> None:
    first = desk.in_use(desk.draft(steps_title="Dette gjør dere"))
    second = desk.in_use(desk.draft(steps_title="Gjør dette nå"))
    first.refresh_from_db()
    assert (first.state, second.state, second.number) == (State.REPLACED, State.IN_USE, 2)
    assert in_use_by_kind(desk.scheme.id)["grant"].id == second.id
    assert first.content["texts"]["steps.title"] == {"nb": "Dette gjør dere"}


def test_an_approved_template_cannot_be_changed_in_any_way(desk: Desk) -> None:
    version = desk.in_use(desk.draft(steps_title="Dette gjør dere"))
    with pytest.raises(WrongState):
        write_text(
            version_id=version.id, key="steps.title", language="nb", typed="Nå", by=desk.writer, at=desk.at
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        LetterTemplateVersion.objects.filter(id=version.id).update(content={"texts": {}})


def test_sent_back_with_a_reason_it_is_a_draft_again(desk: Desk) -> None:
    version = desk.draft(steps_title="Dette gjør dere")
    ask_template_approval(version_id=version.id, by=desk.writer, at=desk.at)
    with pytest.raises(WrongState):
        take_in_use(version_id=version.id, by=desk.writer, at=desk.at)
    back = return_template(version_id=version.id, reason="Skriv kortere.", by=desk.approver, at=desk.at)
    assert back.state == State.DRAFT
    discard_template(version_id=version.id, by=desk.writer, at=desk.at)
    [row] = list_templates(by=desk.writer)
    assert (row.in_use, row.being_made) == (None, None)


def test_a_paragraph_must_stand_in_every_language_before_approval(desk: Desk) -> None:
    version = desk.draft()
    write_paragraph(
        version_id=version.id, block="steps", texts={"nb": THREE["nb"]}, by=desk.writer, at=desk.at
    )
    with pytest.raises(TemplateNotReady) as refusal:
        ask_template_approval(version_id=version.id, by=desk.writer, at=desk.at)
    assert refusal.value.problems == ("Avsnitt 1 under «Det må dere gjøre» mangler nynorsk og engelsk.",)


def test_the_bank_gives_copies(desk: Desk) -> None:
    text = write_bank_text(name="Besøk", block="steps", texts=THREE, by=desk.writer, at=desk.at)
    version = desk.draft()
    version = take_from_bank(
        version_id=version.id, block="steps", bank_id=text.id, by=desk.writer, at=desk.at
    )
    write_bank_text(
        name="Besøk",
        block="steps",
        texts={**THREE, "nb": "Vi ringer."},
        text_id=text.id,
        by=desk.writer,
        at=desk.at,
    )
    retire_bank_text(text_id=text.id, by=desk.writer, at=desk.at)
    [row] = get_template_version(version.id, by=desk.writer).content["added"]["steps"]
    assert (row["texts"], row["bank"]) == (THREE, str(text.id))
    version = remove_paragraph(
        version_id=version.id, block="steps", paragraph_id=row["id"], by=desk.writer, at=desk.at
    )
    assert version.content["added"] == {}


def test_a_name_in_the_bank_is_taken_once_and_every_language_is_written(desk: Desk) -> None:
    write_bank_text(name="Besøk", block="steps", texts=THREE, by=desk.writer, at=desk.at)
    with pytest.raises(TextRefused):
        write_bank_text(name="Besøk", block="steps", texts=THREE, by=desk.writer, at=desk.at)
    with pytest.raises(TextRefused, match="nynorsk og engelsk"):
        write_bank_text(name="Nytt", block="steps", texts={"nb": "Vi ringer."}, by=desk.writer, at=desk.at)


def test_the_schemes_own_template_goes_before_the_one_for_all(desk: Desk) -> None:
    for_all = start_template(kind="grant", scheme=None, by=desk.writer, at=desk.at)
    desk.in_use(for_all)
    assert in_use_by_kind(desk.scheme.id)["grant"].id == for_all.id
    own = desk.in_use(desk.draft(steps_title="Dette gjør dere"))
    assert in_use_by_kind(desk.scheme.id)["grant"].id == own.id
    back_to_standard(version_id=own.id, by=desk.approver, at=desk.at)
    assert in_use_by_kind(desk.scheme.id)["grant"].id == for_all.id


def test_an_auditor_reads_and_writes_nothing(desk: Desk) -> None:
    auditor = an_actor(Role.AUDITOR, at=desk.at)
    assert list_templates(by=auditor) == []
    with pytest.raises(NotAllowed):
        start_template(kind="grant", scheme=None, by=auditor, at=desk.at)
