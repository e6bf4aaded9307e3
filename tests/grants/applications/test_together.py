"""Several pages of one application open at once: autosave, two people, a telephone beside the computer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runde.foundation.people.api import Actor
from runde.grants.applications.api import AnswerChange, Application, Saved, save_answers
from runde.grants.schemes.api import Call
from tests.factories import a_draft, an_applicant

from .papers import MORE, a_call_with, attach, moved, question


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def call(tenant: object, at: datetime) -> Call:
    return a_call_with(at, *MORE)


@pytest.fixture
def draft(call: Call, at: datetime) -> Application:
    return a_draft(call=call, at=at)


@dataclass
class Page:
    """A rendered page in a browser: it goes on sending the revision it is told to."""

    application: Application
    by: Actor
    at: datetime
    token: str
    revision: int = 0
    turn: int = 0
    asked: list[str] | None = field(default=None)

    def save(self, raw: Mapping[str, Any], **more: Any) -> Saved:
        self.turn += 1
        saved = save_answers(
            application=Application.objects.get(id=self.application.id),
            raw=raw,
            expected_revision=self.revision,
            by=self.by,
            at=self.at,
            page=self.token,
            **{"asked": self.asked, "turn": self.turn, **more},
        )
        self.revision = saved.page_revision
        return saved


def opened(draft: Application, at: datetime, token: str, by: Actor | None = None) -> Page:
    stands = Application.objects.get(id=draft.id)
    return Page(stands, by or an_applicant(draft.organisation_number, at=at), at, token, stands.revision)


def answers(draft: Application) -> dict[str, Any]:
    return dict(Application.objects.get(id=draft.id).answers)


def test_two_people_on_different_questions_both_keep_their_words(draft: Application, at: datetime) -> None:
    kari, ola = opened(draft, at, "kari"), opened(draft, at, "ola")
    kari.save({"contact": "Kari", "story": ""})
    saved = ola.save({"contact": "", "story": "Vi stengte i mars."})
    assert answers(draft) | {"contact": "Kari", "story": "Vi stengte i mars."} == answers(draft)
    assert saved.conflicts == ()
    [met] = saved.theirs
    assert (met.slug, met.mine, met.theirs, met.by) == ("contact", None, "Kari", kari.by.person_id)


def test_a_conflict_on_one_question_does_not_stop_the_others(draft: Application, at: datetime) -> None:
    kari, ola = opened(draft, at, "kari"), opened(draft, at, "ola")
    kari.save({"contact": "Kari", "story": "a", "hires": "no"})
    saved = ola.save({"contact": "Ola", "story": "", "hires": "no", "starts": "14.12.2026"})
    assert [one.slug for one in saved.conflicts] == ["contact"]
    assert [one.slug for one in saved.theirs] == ["story"]
    now = answers(draft)
    assert (now["contact"], now["story"], now["starts"]) == ("Kari", "a", "2026-12-14")
    assert AnswerChange.objects.get(revision=2).not_kept == {"contact": "Ola"}


def test_one_chooses_ones_own_after_seeing_both(draft: Application, at: datetime) -> None:
    kari, ola = opened(draft, at, "kari"), opened(draft, at, "ola")
    kari.save({"contact": "Kari", "story": "a"})
    ola.save({"contact": "Ola", "story": "b"})
    saved = ola.save({"contact": "Ola", "story": "b"}, mine=["contact"])
    assert [one.slug for one in saved.conflicts] == ["story"]
    assert (answers(draft)["contact"], answers(draft)["story"]) == ("Ola", "a")


def test_a_page_never_meets_its_own_autosaves(draft: Application, at: datetime) -> None:
    page = opened(draft, at, "kari")
    for text in ("V", "Vi", "Vi s", "Vi st"):
        page.revision = 0  # a page that has not heard back yet
        assert page.save({"story": text}).conflicts == ()
    assert answers(draft)["story"] == "Vi st"


def test_what_the_page_has_not_shown_is_never_written_over_by_going_on(
    draft: Application, at: datetime
) -> None:
    """The telephone still shows the old answer; saving another question there must not bring it back."""
    phone, desk = opened(draft, at, "phone"), opened(draft, at, "desk")
    desk.save({"contact": "Kari", "story": ""})
    first = phone.save({"contact": "", "story": "b"})
    assert first.page_revision == 0
    second = phone.save({"contact": "", "story": "bc"})
    assert [one.slug for one in second.theirs] == ["contact"]
    assert (answers(draft)["contact"], answers(draft)["story"]) == ("Kari", "bc")


def test_the_same_person_on_two_devices_is_two_pages(draft: Application, at: datetime) -> None:
    kari = an_applicant(draft.organisation_number, at=at)
    phone, desk = opened(draft, at, "phone", kari), opened(draft, at, "desk", kari)
    phone.save({"contact": "fra telefonen"})
    saved = desk.save({"contact": "fra maskinen"})
    assert [one.theirs for one in saved.conflicts] == ["fra telefonen"]
    assert answers(draft)["contact"] == "fra telefonen"


def test_an_autosave_that_was_delayed_does_not_undo_the_last_word(draft: Application, at: datetime) -> None:
    page = opened(draft, at, "kari")
    page.save({"story": "hele setningen"}, turn=2)
    late = page.save({"story": "hele"}, turn=1)
    assert late.is_late
    assert answers(draft)["story"] == "hele setningen"
    assert page.save({"story": "hele setningen."}, turn=3).is_late is False


def test_neither_when_the_last_word_was_to_take_it_back(draft: Application, at: datetime) -> None:
    page = opened(draft, at, "kari")
    page.save({"story": "", "contact": ""}, turn=2)  # nothing changed
    assert page.save({"story": "angret", "contact": ""}, turn=1).is_late
    assert "story" not in answers(draft)


def test_what_cannot_be_read_leaves_what_stood_there_and_is_kept_beside_it(
    draft: Application, at: datetime
) -> None:
    page = opened(draft, at, "kari")
    saved = page.save({"starts": "14.12.2026", "fixed_costs": "hundre tusen"})
    assert set(saved.reading.errors) == {"fixed_costs"}
    stands = Application.objects.get(id=draft.id)
    assert (stands.answers["fixed_costs"], stands.unread) == ("180000", {"fixed_costs": "hundre tusen"})
    page.save({"starts": "14.12.2026", "fixed_costs": "100 000"})
    stands = Application.objects.get(id=draft.id)
    assert (stands.answers["fixed_costs"], stands.unread) == ("100000", {})


def test_an_unreadable_answer_does_not_hide_what_another_wrote_there(
    draft: Application, at: datetime
) -> None:
    kari, ola = opened(draft, at, "kari"), opened(draft, at, "ola")
    kari.save({"fixed_costs": "1"})
    assert ola.save({"fixed_costs": "tre"}).page_revision == 0
    saved = ola.save({"fixed_costs": "3"})
    assert [(one.theirs, one.mine) for one in saved.conflicts] == [("1", "3")]


def test_answers_to_hidden_questions_are_kept(draft: Application, at: datetime) -> None:
    asked = ["hires", "hired", "contact"]
    page = opened(draft, at, "kari")
    page.asked = asked
    page.save({"hires": "yes", "hired": "3", "contact": ""})
    page.save({"hires": "no", "hired": "", "contact": ""})
    assert (answers(draft)["hires"], answers(draft)["hired"]) == (False, 3)
    # A page made while it was hidden, without the field in it, that shows it again.
    other = opened(draft, at, "ola")
    other.asked = asked
    other.save({"hires": "yes", "contact": "x"})
    assert (answers(draft)["hires"], answers(draft)["hired"]) == (True, 3)
    # Now it is shown, and emptied on purpose.
    other.save({"hires": "yes", "hired": "", "contact": "x"})
    assert "hired" not in answers(draft)


def test_a_changed_form_while_the_page_is_open_keeps_what_is_typed(
    call: Call, draft: Application, at: datetime
) -> None:
    page = opened(draft, at, "kari")
    page.save({"story": "a", "contact": "Kari"})
    moved(call, at, *(one for one in MORE if one["slug"] != "story"))
    saved = page.save({"story": "ab", "contact": "Kari N"})
    assert saved.gone == ("story",)
    stands = Application.objects.get(id=draft.id)
    assert stands.answers["contact"] == "Kari N"
    assert (stands.set_aside["story"]["value"], stands.set_aside["story"]["typed"]) == ("a", "ab")


def test_a_file_answer_names_files_of_this_very_application(
    call: Call, draft: Application, at: datetime
) -> None:
    page = opened(draft, at, "kari")
    own = str(attach(draft.id, by=page.by, at=at).id)
    other = a_draft(call=call, at=at)
    strange = str(attach(other.id, by=page.by, at=at).id)
    assert page.save({"plan": [own], "contact": "a"}).reading.errors == {}
    for wrong in (strange, str(uuid4())):
        saved = page.save({"plan": [own, wrong], "contact": "b"})
        assert saved.reading.errors == {
            "plan": "Vi finner ikke fila blant vedleggene i denne søknaden. Last den opp på nytt."
        }
    assert (answers(draft)["plan"], answers(draft)["contact"]) == ([own], "b")


def test_saving_alone_takes_one_statement_and_beside_another_two_more(
    draft: Application, at: datetime
) -> None:
    page, other = opened(draft, at, "kari"), opened(draft, at, "ola")
    held = Application.objects.select_related("call", "scheme_version__form").get(id=draft.id)
    facts: dict[str, Any] = {"application": held, "by": page.by, "at": at, "page": "kari"}
    with CaptureQueriesContext(connection) as alone:
        save_answers(raw={"contact": "a"}, expected_revision=0, turn=1, **facts)
    other.save({"story": "b"})
    stands = Application.objects.select_related("call", "scheme_version__form").get(id=draft.id)
    with CaptureQueriesContext(connection) as beside:
        save_answers(
            raw={"contact": "ab", "story": ""},
            expected_revision=0,
            turn=2,
            **(facts | {"application": stands}),
        )
    assert (len(alone), len(beside)) == (1, 2)


def test_questions_to_look_at_again_are_done_with_when_their_page_is_saved(
    call: Call, draft: Application, at: datetime
) -> None:
    moved(call, at, *MORE, question("new_one", "text"))
    assert Application.objects.get(id=draft.id).to_see == ["new_one"]
    opened(draft, at, "kari").save({"new_one": ""})
    assert Application.objects.get(id=draft.id).to_see == []


def test_the_history_cannot_be_written_over(draft: Application, at: datetime) -> None:
    from django.db import DatabaseError, transaction

    opened(draft, at, "kari").save({"contact": "a"})
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE applications_answerchange SET changed = '{}'")
    assert AnswerChange.objects.get().changed == {"contact": [None, "a"]}


def test_a_save_long_after_is_held_against_everything_since(draft: Application, at: datetime) -> None:
    old = opened(draft, at, "old")
    for number in range(5):
        busy = opened(draft, at + timedelta(minutes=number), f"page-{number}")
        busy.save({"contact": f"nummer {number}"})
    saved = old.save({"contact": "gammel", "story": "ny"})
    assert [(one.was, one.theirs) for one in saved.conflicts] == [(None, "nummer 4")]
    assert answers(draft)["story"] == "ny"
