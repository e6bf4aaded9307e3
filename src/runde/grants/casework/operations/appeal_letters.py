"""Letters of appeals and what is like them: written once, kept with the case."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from runde.engine.typeset.api import render_letter
from runde.foundation.documents.api import Document, Sealing, seal_documents
from runde.foundation.people.api import Actor, names_of
from runde.grants.letters.api import in_own_words

from ..domain.appeal_letters import Kind, Wanted, language_of, letter_for
from ..domain.words import words
from ..models import Decision
from .write_letters import MEDIA_TYPE


def appeal_letter_key(subject_id: UUID) -> str:
    """By the step, the demand or the reversal it tells of."""
    return f"appeal_letter:{subject_id}"


def write_letter(
    decision: Decision,
    kind: Kind,
    subject_id: UUID,
    *,
    said: str,
    by: Actor,
    at: datetime,
    slots: dict[str, str] | None = None,
    about: tuple[str, ...] = (),
    to_other: str = "",
) -> None:
    """The letter as PDF among the documents of the case; `subject_id` is what it tells of."""
    names = names_of({by.person_id})
    wanted = Wanted(
        kind=kind,
        said=said,
        signed_by=names[by.person_id],
        made_at=at,
        made_date=timezone.localdate(at),
        slots=slots or {},
        about=about,
        to_other=to_other,
    )
    scheme_id = decision.case.application.scheme_version.scheme_id
    letter = letter_for(decision.snapshot, wanted, is_demo=settings.DEMO)
    letter = in_own_words(letter, kind=f"appeal_{kind}", scheme_id=scheme_id)
    language, number = language_of(decision.snapshot), decision.snapshot["outcome"]["case_number"]
    sealing = Sealing(
        kind=Document.Kind.LETTER,
        title=letter.heading,
        subject_kind="case",
        subject_id=decision.case_id,
        content=render_letter(letter, settings.FONT_DIRECTORY),
        media_type=MEDIA_TYPE,
        file_name=f"{words('appeal_letter_file', language, number=number.replace('/', '-'))}.pdf",
        key=appeal_letter_key(subject_id),
        data={"decision": str(decision.id), "kind": kind},
    )
    seal_documents([sealing], by=by, at=at)
