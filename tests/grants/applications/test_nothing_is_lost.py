"""No sequence of saves, reloads, conflicts and form revisions loses an answer that was acknowledged as saved.

Browsers with pages open at the same time, against the real database: they post what their fields show, sometimes
late and out of order, while the form changes under them. Held against what each page has shown its person.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from runde.foundation.forms.api import questions_of, written_answers
from runde.foundation.people.api import Actor, Role
from runde.grants.applications.api import AnswerChange, Application, Saved, save_answers
from runde.grants.schemes.api import SchemeVersion, move_call
from tests.factories import a_call, a_draft, an_actor, an_applicant

from .papers import a_version_with, question

TEXT, TALE = question("text", "text"), question("tale", "long_text", longest=500)
NUMBER, AS_TEXT = question("number", "integer"), question("number", "text")
ASKS, ASKED = question("asks", "yes_no"), question("asked", "text", shown_if="asks")
FORMS = (
    (TEXT, NUMBER, ASKS, ASKED),
    (TEXT, AS_TEXT, ASKS, ASKED),
    (NUMBER, TALE),
    ({**TEXT, "type": "long_text", "longest": 300}, NUMBER, ASKS, {**ASKED, "label": {"nb": "noe annet"}}),
)
PLACES = st.integers(0, 2)
SLUGS = ("text", "number", "tale", "asks", "asked")
TYPED = {
    "text": st.sampled_from(["", "a", "ab", "12"]),
    "tale": st.sampled_from(["", "en", "to"]),
    "number": st.sampled_from(["", "1", "2", "12", "tolv"]),
    "asks": st.sampled_from(["", "yes", "no"]),
    "asked": st.sampled_from(["", "ja visst", "nja"]),
}
WRITTEN = st.sampled_from(SLUGS).flatmap(lambda slug: st.tuples(st.just(slug), TYPED[slug]))


@dataclass
class Browser:
    """One rendered page: its fields, the revision it was told to send, and every answer its person has been shown."""

    token: str
    by: Actor
    revision: int
    fields: dict[str, Any]
    shown: dict[str, list[Any]]
    turn: int = 0
    newest_in: int = 0
    under_way: list[tuple[int, int, dict[str, Any]]] = field(default_factory=list)


def test_no_acknowledged_answer_is_lost(tenant: object, at: datetime) -> None:
    versions = [a_version_with(at, *FORMS[0])]
    for form in FORMS[1:]:
        versions.append(a_version_with(at, *form, before=versions[0]))
    manager = an_actor(Role.SCHEME_MANAGER, at=at)
    ticks = count()

    class Application_(RuleBasedStateMachine):  # noqa: N801 - the name hypothesis prints
        def __init__(self) -> None:
            super().__init__()
            self.call = a_call(at=at, scheme_version=versions[0])
            self.draft_id: UUID = a_draft(call=self.call, at=at, answers={}).id
            number = self.now().organisation_number
            self.people = [an_applicant(number, at=at) for _ in range(2)]
            self.acknowledged: dict[str, list[Any]] = {slug: [] for slug in SLUGS}
            # The first has the same page open on a telephone and a computer.
            self.pages = [self._open(self.people[0]), self._open(self.people[0]), self._open(self.people[1])]

        def now(self) -> Application:
            rows = Application.objects.select_related("call", "scheme_version__form")
            return rows.get(id=self.draft_id)

        def _open(self, by: Actor) -> Browser:
            stands = self.now()
            return Browser(
                f"page-{next(ticks)}",
                by,
                stands.revision,
                _fields(stands),
                {slug: [stands.answers.get(slug)] for slug in SLUGS},
            )

        @rule(place=PLACES, written=WRITTEN)
        def write_and_save(self, place: int, written: tuple[str, Any]) -> None:
            page = self.pages[place]
            if _write(page, written):
                page.turn += 1
                self._post(page, page.turn, page.revision, dict(page.fields))

        @rule(place=PLACES, written=WRITTEN)
        def write_and_send_slowly(self, place: int, written: tuple[str, Any]) -> None:
            page = self.pages[place]
            if _write(page, written):
                page.turn += 1
                page.under_way.append((page.turn, page.revision, dict(page.fields)))

        @rule(place=PLACES, newest_first=st.booleans())
        def arrive(self, place: int, newest_first: bool) -> None:
            """One of those under way comes in, not always the oldest."""
            page = self.pages[place]
            if page.under_way:
                self._post(page, *page.under_way.pop(-1 if newest_first else 0))

        @rule(place=PLACES, slug=st.sampled_from(SLUGS))
        def keep_mine(self, place: int, slug: str) -> None:
            page = self.pages[place]
            if slug in page.fields:
                page.turn += 1
                self._post(page, page.turn, page.revision, dict(page.fields), mine=[slug])

        @rule(place=PLACES)
        def reload(self, place: int) -> None:
            self.pages[place] = self._open(self.pages[place].by)

        @rule(version=st.sampled_from(versions))
        def revise_the_form(self, version: SchemeVersion) -> None:
            before = self.now()
            if version.id == before.scheme_version_id:
                return
            move_call(call=self.call, to_version=version, reason="Prøve", by=manager, at=at)
            self.call.refresh_from_db()
            after = self.now()
            assert after.scheme_version_id == version.id
            for slug, value in before.answers.items():
                aside = after.set_aside.get(slug, {})
                assert slug in after.answers or aside["value"] == value, slug

        def _post(
            self, page: Browser, turn: int, revision: int, fields: dict[str, Any], mine: Any = ()
        ) -> None:
            before = self.now()
            saved = save_answers(
                application=before,
                raw=fields,
                expected_revision=revision,
                by=page.by,
                at=at + timedelta(seconds=next(ticks)),
                page=page.token,
                turn=turn,
                mine=mine,
            )
            after = self.now()
            assert (after.answers, after.revision) == (saved.application.answers, saved.application.revision)
            assert saved.is_late == (turn < page.newest_in)
            if saved.is_late:
                assert after.answers == before.answers
                return
            page.newest_in, page.revision = turn, saved.page_revision
            self._hold_to_what_was_shown(page, before, after, mine)
            self._acknowledge(page, fields, saved, after)

        def _hold_to_what_was_shown(
            self, page: Browser, before: Application, after: Application, mine: Any
        ) -> None:
            """Whoever replaces an answer has had it on the screen, or has chosen against it."""
            for slug in SLUGS:
                was, is_now = before.answers.get(slug), after.answers.get(slug)
                if was != is_now:
                    assert slug in page.fields
                    assert was in page.shown[slug] or slug in mine, (slug, was, is_now)

        def _acknowledge(
            self, page: Browser, fields: dict[str, Any], saved: Saved, after: Application
        ) -> None:
            told = {one.slug for one in saved.theirs + saved.conflicts} | set(saved.gone)
            for slug in fields:
                own = saved.reading.values.get(slug)
                if slug in told or slug in saved.reading.errors:
                    continue
                if own is not None:
                    assert after.answers.get(slug) == own, slug
                    self.acknowledged[slug].append(own)
                    page.shown[slug].append(own)
                elif after.answers.get(slug) is None:
                    page.shown[slug].append(None)
            for one in saved.theirs + saved.conflicts:
                assert one.theirs == after.answers.get(one.slug)
            for slug in saved.gone:
                assert after.set_aside[slug]["typed"] == fields[slug]
            for slug in saved.reading.errors:
                if slug not in saved.reading.values:
                    assert after.unread[slug] == fields[slug]

        @invariant()
        def the_history_gives_the_answers(self) -> None:
            replayed: dict[str, Any] = {}
            for change in AnswerChange.objects.filter(application_id=self.draft_id).order_by("revision"):
                for slug, (was, became) in change.changed.items():
                    assert replayed.get(slug) == was
                    replayed[slug] = became
            stands = {slug: value for slug, value in replayed.items() if value is not None}
            assert stands == self.now().answers

        @invariant()
        def every_acknowledged_answer_is_somewhere(self) -> None:
            stands = self.now()
            past = [one.changed for one in AnswerChange.objects.filter(application_id=self.draft_id)]
            for slug, values in self.acknowledged.items():
                for value in values:
                    places = [stands.answers.get(slug), stands.set_aside.get(slug, {}).get("value")]
                    places += [part for one in past for part in one.get(slug, ())]
                    assert value in places, (slug, value)

    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Application_,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def _fields(stands: Application) -> dict[str, Any]:
    """Every field of the part, as a browser has it: also those that are hidden on the screen."""
    form = stands.scheme_version.form
    own = {one.slug for one in questions_of(form)} & set(SLUGS)
    written = {**written_answers(form, stands.answers), **stands.unread}
    return {slug: written.get(slug, "") for slug in sorted(own)}


def _write(page: Browser, written: tuple[str, Any]) -> bool:
    slug, raw = written
    if slug not in page.fields:
        return False
    page.fields[slug] = raw
    return True


def test_the_forms_of_the_trial_move_answers_in_every_way(tenant: object, at: datetime) -> None:
    """The trial above is worth something only if its forms keep, carry over, set aside and give back."""
    versions = [a_version_with(at, *FORMS[0])]
    versions += [a_version_with(at, *form, before=versions[0]) for form in FORMS[1:]]
    call = a_call(at=at, scheme_version=versions[0])
    draft = a_draft(call=call, at=at, answers={"text": "a", "number": "12", "asks": "yes", "asked": "x"})
    manager = an_actor(Role.SCHEME_MANAGER, at=at)
    seen = []
    for version in (versions[1], versions[2], versions[0]):
        move_call(call=call, to_version=version, reason="Prøve", by=manager, at=at)
        call.refresh_from_db()
        stands = Application.objects.get(id=draft.id)
        seen.append((sorted(stands.answers), sorted(stands.set_aside)))
    assert seen == [
        (["asked", "asks", "text"], ["number"]),
        (["number"], ["asked", "asks", "text"]),
        (["asked", "asks", "number", "text"], []),
    ]


@pytest.mark.parametrize("late", [True, False])
def test_the_trial_would_notice_a_lost_update(tenant: object, at: datetime, late: bool) -> None:
    """Without the revision it was made from, a page would write over what it has never shown."""
    call = a_call(at=at, scheme_version=a_version_with(at, *FORMS[0]))
    draft = a_draft(call=call, at=at, answers={})
    one, other = (an_applicant(draft.organisation_number, at=at) for _ in range(2))
    save_answers(application=draft, raw={"text": "a"}, expected_revision=0, by=one, at=at)
    stands = Application.objects.get(id=draft.id)
    expected = 0 if late else stands.revision
    saved = save_answers(application=stands, raw={"text": "ab"}, expected_revision=expected, by=other, at=at)
    assert bool(saved.conflicts) is late
    assert Application.objects.get(id=draft.id).answers["text"] == ("a" if late else "ab")
