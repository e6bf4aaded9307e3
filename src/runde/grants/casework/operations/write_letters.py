from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings

from runde.engine.typeset.api import Letter, render_letter
from runde.foundation.documents.api import Document, Sealing, seal_documents, standing_keys

from ..domain.letters import letter_of
from ..domain.words import as_language, words
from ..models import Decision

MEDIA_TYPE = "application/pdf"


def write_letters(*, decision_ids: Collection[UUID], at: datetime) -> int:
    """Write the letters of decisions that have none yet; gives how many. Harmless to run again.

    The system itself writes: what stands in a letter was decided by two people and is frozen.
    """
    missing = _without_letter(decision_ids)
    letters = [_sealing(decision) for decision in missing]
    if letters:
        seal_documents(letters, by=None, at=at)
    return len(letters)


def letter_key(decision_id: UUID) -> str:
    return f"decision_letter:{decision_id}"


def decision_letter(decision: Decision) -> Letter:
    """What the letter says, from what is frozen in the decision alone."""
    return letter_of(decision.snapshot, is_demo=settings.DEMO)


def letter_pdf(decision: Decision) -> bytes:
    """The letter as PDF; the same decision always gives the same bytes."""
    return render_letter(decision_letter(decision), settings.FONT_DIRECTORY)


def _without_letter(decision_ids: Collection[UUID]) -> list[Decision]:
    standing = standing_keys([letter_key(decision_id) for decision_id in decision_ids])
    missing = [one for one in decision_ids if letter_key(one) not in standing]
    return list(Decision.objects.filter(id__in=missing).select_related("case").order_by("id"))


def _sealing(decision: Decision) -> Sealing:
    language, number = as_language(decision.snapshot["applicant"]["language"]), decision.case.number
    return Sealing(
        kind=Document.Kind.DECISION_LETTER,
        title=words("letter_title", language, number=number),
        subject_kind="case",
        subject_id=decision.case_id,
        content=letter_pdf(decision),
        media_type=MEDIA_TYPE,
        file_name=f"{words('letter_file', language, number=number.replace('/', '-'))}.pdf",
        key=letter_key(decision.id),
        data={"decision": str(decision.id), "seal": decision.seal},
    )
