"""A draft is started, changed, undone and thrown away; nobody writes over anybody unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from runde.foundation.journal.api import events_of
from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import Conflict, NotAllowed, NotFound, Refused, fence, new_id
from runde.grants.designs.api import (
    ChangedMeanwhile,
    Draft,
    DraftRefused,
    change_draft,
    discard_draft,
    find_draft,
    get_draft,
    get_revision,
    list_drafts,
    list_examples,
    list_revisions,
    origin_sentence,
    redo_change,
    start_blank_draft,
    start_draft_from_example,
    start_draft_from_version,
    undo_change,
    undoing,
)
from tests.factories import PersonFactory, a_scheme_draft, a_scheme_version, an_actor, with_figure


def lowered(draft: Draft, value: str, by: Actor, at: datetime, **given: Any) -> Draft:
    """The required fall changed to `value`."""
    content = with_figure(draft.content, "required_drop", value)
    facts = {"revision": draft.revision, "what": f"Satte kravet til {value}"} | given
    return change_draft(draft_id=draft.id, content=content, by=by, at=at, **facts)


def fall(draft: Draft) -> str:
    """The required fall as the draft has it."""
    parameters = {one["name"]: one for one in draft.content["rules"]["parameters"]}
    return str(parameters["required_drop"]["values"][0]["value"])


def test_a_blank_draft_holds_and_knows_its_municipality(manager: Actor, at: datetime) -> None:
    draft = start_blank_draft(title="Næringsfond for småbedrifter", by=manager, at=at)
    assert (draft.slug, draft.title) == ("naeringsfond-for-smabedrifter", "Næringsfond for småbedrifter")
    [place] = draft.content["rules"]["parameters"]
    assert place["values"] == [{"value": "3407", "label": {"nb": "Gjøvik", "nn": "Gjøvik", "en": "Gjøvik"}}]
    assert draft.origin == {"kind": "blank", "date": "2026-11-23"}
    assert (draft.revision, draft.state, draft.made_by) == (1, "draft", manager.person_id)


@pytest.mark.parametrize("title", ["", "   ", "x" * 201])
def test_a_blank_draft_needs_a_name(manager: Actor, at: datetime, title: str) -> None:
    with pytest.raises(Refused, match="hva ordningen skal hete"):
        start_blank_draft(title=title, by=manager, at=at)


def test_every_example_starts_a_draft(manager: Actor, at: datetime) -> None:
    names = [one.name for one in list_examples()]
    assert names[:2] == ["smittevern", "omstilling"]
    drafts = [start_draft_from_example(name=name, by=manager, at=at) for name in names]
    assert [draft.slug for draft in drafts] == names
    assert "Gjøvik" in drafts[0].content["texts"]["purpose"]["nb"]
    assert "{municipality}" not in str([draft.content["texts"] for draft in drafts])


def test_an_unknown_example_is_not_found(manager: Actor, at: datetime) -> None:
    with pytest.raises(NotFound):
        start_draft_from_example(name="../smittevern", by=manager, at=at)


def test_two_drafts_never_head_for_one_address(manager: Actor, at: datetime) -> None:
    assert [a_scheme_draft(at=at).slug for _ in range(3)] == ["smittevern", "smittevern-2", "smittevern-3"]


def test_a_draft_from_a_version_keeps_its_address_and_says_the_same(manager: Actor, at: datetime) -> None:
    version = a_scheme_version(at=at)
    draft = start_draft_from_version(version=version, by=manager, at=at)
    assert (draft.slug, draft.scheme_id) == ("smittevern", version.scheme_id)
    assert draft.content["rules"] == version.rules
    assert draft.content["form"] == version.form.definition
    assert draft.origin["number"] == 1
    assert origin_sentence(draft.origin).startswith("Laget fra versjon 1 av «Tilskudd til virksomheter")


def test_a_change_is_kept_with_who_when_what_and_the_difference_in_words(
    manager: Actor, at: datetime
) -> None:
    draft = lowered(a_scheme_draft(at=at), "0.25", manager, at + timedelta(minutes=5))
    assert (draft.revision, fall(draft)) == (2, "0.25")
    newest, first = list_revisions(draft)
    assert (newest.kind, newest.what, newest.made_by) == (
        "change",
        "Satte kravet til 0.25",
        manager.person_id,
    )
    [sentence] = newest.changes
    assert sentence.replace("\u00a0", " ").endswith("er senket fra 30 % til 25 %.")
    assert (first.kind, first.changes) == ("start", [])


def test_the_same_content_again_is_no_change(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    same = change_draft(
        draft_id=draft.id, content=draft.content, revision=1, what="Lagret", by=manager, at=at
    )
    assert same.revision == 1
    assert len(list_revisions(draft)) == 1


def test_a_change_without_words_is_told_by_its_difference(manager: Actor, at: datetime) -> None:
    draft = lowered(a_scheme_draft(at=at), "0.25", manager, at, what="  ")
    newest = list_revisions(draft)[0]
    assert newest.what == newest.changes[0]


def test_a_stale_change_is_told_who_changed_what_and_when(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    kari = an_actor(Role.SCHEME_MANAGER, at=at, person=PersonFactory.create(name="Kari Nordli"))
    lowered(draft, "0.25", kari, at + timedelta(minutes=5))
    with pytest.raises(ChangedMeanwhile) as refused:
        lowered(draft, "0.20", manager, at + timedelta(minutes=6))
    sentence = refused.value.sentence.replace("\u00a0", " ")
    assert "Kari Nordli lagret «Satte kravet til 0.25» mandag 23. november 2026 kl. 10.05" in sentence
    assert (refused.value.revision, refused.value.by) == (2, kari.person_id)
    assert refused.value.what == ("Satte kravet til 0.25",)
    assert fall(get_draft(draft.id, manager)) == "0.25"


def test_undo_and_redo_walk_the_changes_and_keep_every_act(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    for value in ("0.25", "0.20"):
        draft = lowered(draft, value, manager, at)

    def act(do: Callable[..., Draft]) -> str:
        nonlocal draft
        draft = do(draft_id=draft.id, revision=draft.revision, by=manager, at=at)
        return fall(draft)

    assert undoing(draft) == ("Satte kravet til 0.20", None)
    assert [act(undo_change), act(undo_change)] == ["0.25", "0.30"]
    assert undoing(draft) == (None, "Satte kravet til 0.25")
    with pytest.raises(Conflict, match="ingen endringer å angre"):
        act(undo_change)
    assert [act(redo_change), act(redo_change)] == ["0.25", "0.20"]
    with pytest.raises(Conflict, match="ingen endringer å gjøre om"):
        act(redo_change)
    told = [(one.kind, one.what) for one in reversed(list_revisions(draft))]
    assert told[3:] == [
        ("undo", "Satte kravet til 0.20"),
        ("undo", "Satte kravet til 0.25"),
        ("redo", "Satte kravet til 0.25"),
        ("redo", "Satte kravet til 0.20"),
    ]
    assert draft.revision == 7


def typed(draft: Draft, value: str, by: Actor, at: datetime, name: str = "required_drop") -> Draft:
    """As the page saves what is typed: told by what differs."""
    content = with_figure(draft.content, name, value)
    return change_draft(draft_id=draft.id, content=content, revision=draft.revision, what="", by=by, at=at)


def undone_to(draft: Draft, by: Actor, at: datetime) -> tuple[str, Draft]:
    draft = undo_change(draft_id=draft.id, revision=draft.revision, by=by, at=at)
    return fall(draft), draft


def test_a_value_typed_with_pauses_is_one_step_to_undo(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    for number, value in enumerate(("0.02", "0.25", "0.255")):
        draft = typed(draft, value, manager, at + timedelta(seconds=8 * number))
    assert undoing(draft) == ("Kravet til fall i omsetning er senket fra 30\u00a0% til 25,5\u00a0%.", None)
    back, draft = undone_to(draft, manager, at)
    assert (back, undoing(draft).undo) == ("0.30", None)
    draft = redo_change(draft_id=draft.id, revision=draft.revision, by=manager, at=at)
    assert fall(draft) == "0.255"
    contents = [get_revision(draft, one.number).content for one in reversed(list_revisions(draft))]
    assert [fall(Draft(content=one)) for one in contents] == [
        "0.30", "0.02", "0.25", "0.255", "0.30", "0.255"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("second", "seconds", "name", "left"),
    [
        ("0.25", 11, "required_drop", "0.02"),
        ("0.25", -1, "required_drop", "0.02"),
        ("0.30", 2, "required_drop", "0.02"),
        ("0.15", 2, "lowest_drop", "0.02"),
    ],
    ids=["later", "earlier", "back again", "another value"],
)
def test_what_does_not_go_on_with_the_same_value_is_a_step_of_its_own(
    manager: Actor, at: datetime, second: str, seconds: int, name: str, left: str
) -> None:
    draft = typed(a_scheme_draft(at=at), "0.02", manager, at)
    draft = typed(draft, second, manager, at + timedelta(seconds=seconds), name)
    assert undone_to(draft, manager, at)[0] == left


def test_anothers_hand_and_an_undo_end_the_step(manager: Actor, at: datetime) -> None:
    other = an_actor(Role.SCHEME_MANAGER, at=at)
    draft = typed(typed(a_scheme_draft(at=at), "0.02", manager, at), "0.25", other, at)
    back, draft = undone_to(draft, other, at)
    assert back == "0.02"
    draft = typed(draft, "0.27", other, at)
    assert undone_to(draft, other, at)[0] == "0.02"


def test_a_new_change_after_an_undo_cuts_the_line_but_not_the_history(manager: Actor, at: datetime) -> None:
    draft = lowered(a_scheme_draft(at=at), "0.25", manager, at)
    draft = undo_change(draft_id=draft.id, revision=2, by=manager, at=at)
    draft = lowered(draft, "0.40", manager, at)
    with pytest.raises(Conflict):
        redo_change(draft_id=draft.id, revision=draft.revision, by=manager, at=at)
    draft = undo_change(draft_id=draft.id, revision=draft.revision, by=manager, at=at)
    draft = redo_change(draft_id=draft.id, revision=draft.revision, by=manager, at=at)
    assert fall(draft) == "0.40"
    contents = [get_revision(draft, number).content for number in range(1, 7)]
    assert [fall(Draft(content=content)) for content in contents] == [
        "0.30", "0.25", "0.30", "0.40", "0.30", "0.40"
    ]  # fmt: skip


def test_history_is_never_written_over(manager: Actor, at: datetime) -> None:
    draft = lowered(a_scheme_draft(at=at), "0.25", manager, at)
    for sql in (
        "UPDATE designs_draftrevision SET what = 'Ingenting' WHERE draft_id = %s",
        "DELETE FROM designs_draftrevision WHERE draft_id = %s",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [draft.id])


def test_rules_with_faults_are_refused_with_each_of_them_and_nothing_is_lost(
    manager: Actor, at: datetime
) -> None:
    draft = a_scheme_draft(at=at)
    criteria = [dict(one) for one in draft.content["rules"]["criteria"]]
    criteria[0]["expression"] = "nace_sektion IN ('I')"
    criteria[2]["expression"] = "bankrupt +"
    content = {**draft.content, "rules": {**draft.content["rules"], "criteria": criteria}}
    with pytest.raises(DraftRefused) as refused, transaction.atomic():
        change_draft(draft_id=draft.id, content=content, revision=1, what="", by=manager, at=at)
    assert len(refused.value.problems) == 2
    assert "Mente du «nace_section»?" in refused.value.sentence
    assert get_draft(draft.id, manager).revision == 1


def test_a_discarded_draft_leaves_the_list_and_stays_as_it_was(manager: Actor, at: datetime) -> None:
    kept, thrown = a_scheme_draft(at=at), a_scheme_draft(at=at)
    discard_draft(draft_id=thrown.id, revision=1, by=manager, at=at)
    assert [one.id for one in list_drafts(manager)] == [kept.id]
    assert {one.id for one in list_drafts(manager, with_closed=True)} == {kept.id, thrown.id}
    with pytest.raises(Conflict, match="forkastet"):
        lowered(thrown, "0.25", manager, at)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE designs_draft SET title = 'Ny' WHERE id = %s", [thrown.id])


def test_each_act_is_one_event_in_the_journal(manager: Actor, at: datetime) -> None:
    draft = lowered(a_scheme_draft(at=at), "0.25", manager, at)
    draft = undo_change(draft_id=draft.id, revision=2, by=manager, at=at)
    draft = redo_change(draft_id=draft.id, revision=3, by=manager, at=at)
    discard_draft(draft_id=draft.id, revision=4, by=manager, at=at)
    actions = [event.action for event in events_of([("draft", draft.id)])]
    assert sorted(actions) == sorted(
        ["designs.started", "designs.changed", "designs.undone", "designs.redone", "designs.discarded"]
    )


def test_only_a_scheme_manager_writes(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    for role in set(Role) - {Role.SCHEME_MANAGER}:
        other = an_actor(role, at=at)
        with pytest.raises(NotAllowed, match="ordningsansvarlig"):
            lowered(draft, "0.25", other, at)
        with pytest.raises(NotAllowed):
            start_blank_draft(title="Ny", by=other, at=at)
        for act in (undo_change, redo_change, discard_draft):
            with pytest.raises(NotAllowed):
                act(draft_id=draft.id, revision=1, by=other, at=at)


def test_staff_and_auditors_read_and_others_find_nothing(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    for role in (Role.OFFICER, Role.AUDITOR, Role.APPROVER):
        assert get_draft(draft.id, an_actor(role, at=at)).id == draft.id
    for stranger in (an_actor(at=at), an_actor(Role.SECRETARY, at=at)):
        assert find_draft(draft.id, stranger) is None
        with pytest.raises(NotFound):
            get_draft(draft.id, stranger)


def test_a_neighbours_draft_looks_like_a_missing_one(neighbour: Organisation, db: None, at: datetime) -> None:
    with fence(neighbour.id):
        theirs = a_scheme_draft(at=at)
    here = Organisation.objects.create(
        kind="municipality", name="Her", slug="her", sort_key="her", is_tenant=True
    )
    with fence(here.id):
        manager = an_actor(Role.SCHEME_MANAGER, at=at)
        for id_ in (theirs.id, new_id()):
            with pytest.raises(NotFound):
                get_draft(id_, manager)
            with pytest.raises(NotFound):
                discard_draft(draft_id=id_, revision=1, by=manager, at=at)


def test_a_tenant_without_a_municipality_fills_it_in_later(neighbour: Organisation, at: datetime) -> None:
    region = Organisation.objects.create(
        kind="region", name="Østlandet", slug="ostlandet", sort_key="østlandet", is_tenant=True
    )
    with fence(region.id):
        draft = a_scheme_draft(at=at)
        assert "values" not in draft.content["rules"]["parameters"][0]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_same_few_questions(manager: Actor, at: datetime, count: int) -> None:
    draft = a_scheme_draft(at=at)
    for _ in range(count - 1):
        a_scheme_draft(at=at)
    for value in range(count):
        draft = lowered(draft, f"0.1{value}", manager, at)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(list_drafts(manager)) == count
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        assert len(list_revisions(draft)) == count + 1
        undoing(draft)
    assert len(asked) == 2
