"""What the form asks after the application, as one page: saved as it stands, then sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from runde.foundation.forms.api import Stage, questions_of
from runde.grants.applications.api import (
    Incomplete,
    SavedStage,
    StageAnswers,
    find_stage_answers,
    known_facts,
    save_stage_answers,
    submit_stage_answers,
)
from runde.web.applicant.after.errand import Errand
from runde.web.applicant.differing import theirs_of
from runde.web.applicant.file_answers import files_taken, has_files, with_files
from runde.web.applicant.handed_in import BLANK_ROW, HandedIn, handed_in, new_page, row_address
from runde.web.applicant.paper import Paper, Part
from runde.web.applicant.sheet import Asked, Theirs, Typed, as_stored, questions_on, with_blank_row
from runde.web.components.fields import ErrorLine, Field
from runde.web.components.tags.norwegian import page_language
from runde.web.uploads.api import file_list


@dataclass(frozen=True)
class Sheet:
    """The questions of one stage with what is answered. `answer` is a page to show instead of going on."""

    stage: Stage
    paper: Paper
    part: Part
    stored: StageAnswers | None
    given: HandedIn | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, Theirs] = field(default_factory=dict)
    has_appeared: bool = False
    answer: HttpResponse | None = None

    @property
    def has_questions(self) -> bool:
        return bool(self.part.questions)

    @property
    def is_right(self) -> bool:
        return not self.errors and not self.theirs and not self.has_appeared

    def facts(self, errand: Errand) -> dict[str, Any]:
        """What the page needs to show it; nothing is asked of the database but for files."""
        asked = _with_files(errand, self._asked(errand))
        lines = _lines(asked)
        return {
            "asked": asked,
            "errors": lines,
            "has_errors": bool(lines),
            "has_files": has_files(self.part),
            "revision": self.stored.revision if self.stored else 0,
            "page_token": (self.given and self.given.page) or new_page(),
            "turn": (self.given and self.given.turn) or 0,
            "seen": " ".join(self.part.shown_slugs),
            "status": 409 if self.theirs else 422 if lines else 200,
        }

    def _asked(self, errand: Errand) -> list[Asked]:
        unread = self.stored.unread if self.stored else {}
        typed = as_stored(self.paper, unread, {}, self.part, page_language())
        if self.given:
            typed = Typed({**typed.values, **self.given.raw}, self.errors, typed.parts)
        typed = with_blank_row(typed, errand.request.GET.get(BLANK_ROW, ""), self.part)
        return questions_on(self.paper, self.part, typed, page_language(), theirs=self.theirs)


def sheet_of(errand: Errand, stage: Stage) -> Sheet:
    """One statement when the form asks anything at the stage, else none."""
    if not questions_of(errand.application.scheme_version.form, stage):
        return _sheet(errand, stage, None)
    return _sheet(errand, stage, find_stage_answers(errand.application, stage))


def _sheet(errand: Errand, stage: Stage, stored: StageAnswers | None) -> Sheet:
    application = errand.application
    form = application.scheme_version.form
    answers = {**application.answers, **(stored.answers if stored else {})}
    paper = Paper(form, answers, known_facts(application.facts_seen))
    asked = tuple(questions_of(form, stage))
    shown = tuple(one for one in asked if one.slug not in paper.hidden)
    return Sheet(stage, paper, Part(stage.value, {}, {}, asked, shown), stored)


def receive(errand: Errand, sheet: Sheet) -> Sheet:
    """Save what was typed, whatever it is; then say what stands in the way of sending."""
    given = handed_in(errand.request.POST, sheet.part)
    saved = _save(errand, sheet, given)
    files = files_taken(errand.request, errand.application.id, sheet.part)
    if files is not None:
        _save(
            errand,
            sheet,
            replace(given, raw=files, seen=frozenset(files), revision=saved.page_revision, turn=None),
        )
        return replace(sheet, answer=redirect(errand.request.path))
    if given.row:
        return replace(sheet, answer=redirect(row_address(errand.request.path, given.row)))
    if given.is_choice and not saved.conflicts:
        return replace(sheet, answer=redirect(errand.request.path))
    if given.goes_later and not saved.conflicts:
        return replace(sheet, answer=errand.kept(_("Svarene er lagret. Du kan fortsette når du vil.")))
    now = _sheet(errand, sheet.stage, saved.sheet)
    appeared = any(slug not in given.seen for slug in now.part.shown_slugs)
    theirs = theirs_of(saved, page_language(), now.paper) if saved.conflicts else {}
    return replace(now, given=given, errors=saved.reading.errors, theirs=theirs, has_appeared=appeared)


def send(errand: Errand, sheet: Sheet) -> Sheet:
    """Send what is saved; what lacks becomes errors at the questions."""
    request = errand.request
    try:
        submit_stage_answers(
            application=errand.application, stage=sheet.stage, by=request.actor, at=request.at
        )
    except Incomplete as refusal:
        return replace(sheet, errors=refusal.errors)
    return sheet


def _save(errand: Errand, sheet: Sheet, given: HandedIn) -> SavedStage:
    return save_stage_answers(
        application=errand.application,
        stage=sheet.stage,
        raw=given.raw,
        asked=given.seen - given.theirs,
        expected_revision=given.revision,
        page=given.page,
        turn=given.turn,
        mine=given.mine,
        by=errand.request.actor,
        at=errand.request.at,
    )


def _with_files(errand: Errand, asked: list[Asked]) -> list[Asked]:
    """As fields with their files; by a link plain ones, since what sends files in parts needs sign-in."""
    if errand.link is None:
        return with_files(errand.request, errand.application.id, asked)
    return [
        replace(one, field=_plain(errand, one.field)) if one.field and one.field.kind == "file" else one
        for one in asked
    ]


def _plain(errand: Errand, shown: Field) -> Field:
    listed = file_list(errand.request, "application", errand.application.id, shown.name)
    names = ", ".join(one.name for one in listed.files if one.counts)
    words = _("Lagt ved: %(names)s.") % {"names": names} if names else ""
    return replace(
        shown,
        name=f"file-{shown.name}",
        html_id=f"id_{shown.name}",
        description=f"{shown.description} {words}".strip(),
    )


def _lines(asked: list[Asked]) -> list[Field | ErrorLine]:
    lines: list[Field | ErrorLine] = []
    for one in asked:
        if one.field and one.field.error:
            lines.append(one.field)
        if one.field and one.theirs and not one.theirs.is_taken:
            words = _("Velg hvilket svar som skal gjelde: %(question)s") % {"question": one.field.label}
            lines.append(ErrorLine(words, one.field.target_id))
    return lines
