from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound, Refused
from runde.grants.letters.api import LetterEdit, LockedText, get_kind, keep_edit
from runde.grants.schemes.api import get_call_by_id

from ..domain.letter_rules import right_in
from ..errors import CaseDecided
from ..models import Case
from ..queries.cases import lock_cases
from ..queries.letter_page import BEFORE_SENDING, LetterPage, letter_page

SENT = "Brevet er sendt, og kan ikke endres. Et nytt vedtak gir et nytt brev."


@transaction.atomic
def edit_letter(
    *, case_id: UUID, block: str, old: str, new: str, place: UUID | None = None, by: Actor, at: datetime
) -> LetterEdit:
    """Write a paragraph of one letter anew, or with `old` empty add one. The change is kept with who and when.

    `place` is the change that is written over: it tells which paragraph. Raises
    NotAllowed, NotFound, CaseDecided, LockedText, TextRefused, Refused.
    """
    page = _page(case_id, by, at)
    if place is not None:
        edit = _standing(page, place)
        block, old = edit.block, edit.old
    _refuse_locked(page, block, old)
    new = new.strip()
    if not new:
        raise Refused("Skriv hva avsnittet skal si, eller angre endringen.")
    return _kept(page, {"block": block, "old": old, "new": new}, place, new == old, by, at)


@transaction.atomic
def undo_letter_edit(*, case_id: UUID, place: UUID, by: Actor, at: datetime) -> None:
    """Let the paragraph say what the template says again; one that was added goes. Raises as `edit_letter`."""
    page = _page(case_id, by, at)
    edit = _standing(page, place)
    _kept(page, {"block": edit.block, "old": edit.old, "new": edit.new}, place, True, by, at)


@transaction.atomic
def keep_lost_edit(*, case_id: UUID, place: UUID, by: Actor, at: datetime) -> LetterEdit:
    """Let a change that has lost its paragraph stand as one of its own. Raises as `edit_letter`."""
    page = _page(case_id, by, at)
    edit = _standing(page, place)
    return _kept(page, {"block": edit.block, "old": "", "new": edit.new}, place, False, by, at)


def _page(case_id: UUID, by: Actor, at: datetime) -> LetterPage:
    """Held, and open for changes by this person."""
    [case] = lock_cases([case_id])
    authorise(by, "casework.edit_letter", case)
    if case.state not in BEFORE_SENDING:
        raise CaseDecided(SENT)
    return letter_page(case_id=case_id, by=by, at=at)


def _refuse_locked(page: LetterPage, block: str, old: str) -> None:
    """Raises LockedText, and Refused for a paragraph the letter does not have."""
    _, may_add, why = right_in(get_kind(page.kind), block, is_overridden=page.is_overridden)
    if not old and may_add:
        return
    shown = [one for found in page.blocks if found.name == block for one in found.sentences]
    known = [one for one in shown if old and one.old == old]
    if why and not any(one.may_rewrite for one in known):
        raise LockedText(why)
    if not known:
        raise Refused("Avsnittet er ikke i brevet lenger. Last siden på nytt.")


def _standing(page: LetterPage, place: UUID) -> LetterEdit:
    found = next((edit for edit in page.edits if edit.place == place), None)
    if found is None:
        raise NotFound("Endringen er allerede angret.")
    return found


def _kept(
    page: LetterPage, words: Mapping[str, str], place: UUID | None, is_undone: bool, by: Actor, at: datetime
) -> LetterEdit:
    case = page.case
    edit = keep_edit(
        case_id=case.id,
        scheme_id=get_call_by_id(case.call_id).scheme_version.scheme_id,
        kind=page.kind,
        language=page.language,
        company=case.application.company_name,
        block=words["block"],
        old=words["old"],
        new=words["new"],
        place=place,
        is_undone=is_undone,
        by=by.person_id,
        at=at,
    )
    _journal(case, edit, by, at)
    return edit


def _journal(case: Case, edit: LetterEdit, by: Actor, at: datetime) -> None:
    facts: dict[str, Any] = {"place": edit.place, "block": edit.block, "old": edit.old, "new": edit.new}
    record(
        action="casework.letter_edit_undone" if edit.is_undone else "casework.letter_edited",
        subject_kind="case",
        subject_id=case.id,
        by=by.person_id,
        at=at,
        **facts,
    )
