"""The public version of a decision's letter."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from runde.engine.reference.api import openness_ground
from runde.engine.typeset.api import render_letter
from runde.foundation.journal.api import record_reading
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound

from ..domain.openness import Openness
from ..domain.public_letter import public_letter
from ..domain.words import as_language, in_language
from ..models import Decision
from .cases import get_case
from .openness import openness_of

BUSINESS = "trade_secret"
"""The ground that holds for what the form asks in confidence."""


def public_letter_pdf(*, case_id: UUID, by: Actor, at: datetime) -> bytes:
    """The newest letter of a case as anybody may see it, by the marks as they stand. The reading is journaled.

    Raises NotAllowed, NotFound when there is no decision yet.
    """
    case = get_case(case_id)
    authorise(by, "casework.read", case)
    decision = Decision.objects.filter(case=case).order_by("-number").first()
    if decision is None:
        raise NotFound("Saken har ikke noe vedtak ennå, og derfor ikke noe brev.")
    with transaction.atomic():
        record_reading(subject_kind="case", subject_id=case.id, by=by.person_id, at=at)
    marks = openness_of([case.id], at=at)[case.id]
    language = as_language(decision.snapshot["applicant"]["language"])
    letter = public_letter(
        decision.snapshot,
        lambda name, private: _answer(marks, name, private, language),
        reasons_ground=_reasons(marks, decision.id, language),
        is_demo=settings.DEMO,
    )
    return render_letter(letter, settings.FONT_DIRECTORY)


def _answer(marks: Openness, name: str, private: bool, language: str) -> str | None:
    """A mark counts first. What a business tells in confidence is its own, until somebody says otherwise."""
    access = marks.access("answer", name)
    ground = access.ground
    if private and not access.is_marked:
        ground = openness_ground(BUSINESS, marks.on)
    return in_language(ground.reference, language) if ground else None


def _reasons(marks: Openness, decision_id: UUID, language: str) -> str | None:
    ground = marks.access("reasons", decision_id).ground
    return in_language(ground.reference, language) if ground else None
