"""Say of a text or document in a case whether it is public, and on which ground it is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import UnknownFigure, openness_ground
from runde.foundation.documents.api import Attachment, list_documents
from runde.foundation.forms.api import questions_of
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound, Refused

from ..models import Appeal, Case, OpennessMark
from .following import hold_case, journal

LONGEST_NOTE = 500
PUBLIC = "Offentlig"
Kind = OpennessMark.Kind


def mark_openness(
    *,
    case_id: UUID,
    kind: str,
    subject_id: str,
    is_exempt: bool,
    ground: str = "",
    note: str = "",
    by: Actor,
    at: datetime,
) -> OpennessMark:
    """Mark one subject of the case as public or exempt. Earlier marks stand in the case; the newest counts.

    `ground` is a code of the reference data, needed when exempt. Raises Refused without a ground that is in force,
    NotFound for what is not in the case, NotAllowed.
    """
    words = _words(is_exempt, ground, at)
    with transaction.atomic():
        case = hold_case(case_id)
        authorise(by, "casework.note", case)
        if kind not in Kind.values or not FINDERS[Kind(kind)](case, subject_id):
            raise NotFound(
                "Vi finner ikke teksten eller dokumentet i saken. Gå tilbake til saken og velg på nytt."
            )
        before = OpennessMark.objects.filter(case=case, subject_kind=kind, subject_id=subject_id)
        mark = OpennessMark.objects.create(
            case=case,
            subject_kind=kind,
            subject_id=subject_id,
            number=before.count() + 1,
            is_exempt=is_exempt,
            ground=ground if is_exempt else "",
            note=_fitting(note),
            marked_by=by.person_id,
            marked_at=at,
        )
        subject = Kind(kind).label
        journal(
            "casework.openness_marked", case_id, by.person_id, at, mark=mark.id, subject=subject, words=words
        )
    return mark


def _words(is_exempt: bool, ground: str, at: datetime) -> str:
    if not is_exempt:
        return PUBLIC
    try:
        found = openness_ground(ground, timezone.localdate(at))
    except UnknownFigure as error:
        raise Refused("Velg hvorfor dette er unntatt offentlighet.") from error
    return f"Unntatt offentlighet, {found.reference['nb']}"


def _fitting(note: str) -> str:
    words = note.strip()
    if len(words) > LONGEST_NOTE:
        raise Refused(f"Merknaden kan ha høyst {LONGEST_NOTE} tegn. Kort den ned.")
    return words


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _document(case: Case, subject_id: str) -> bool:
    found = list_documents("application", case.application_id) + list_documents("case", case.id)
    return any(str(version.document_id) == subject_id for version in found)


def _attachment(case: Case, subject_id: str) -> bool:
    hosts = [case.application_id, *case.messages.values_list("id", flat=True)]
    hosts += Appeal.objects.filter(decision__case=case).values_list("id", flat=True)
    wanted = _as_id(subject_id)
    return wanted is not None and Attachment.objects.filter(id=wanted, subject_id__in=hosts).exists()


def _related(name: str) -> Callable[[Case, str], bool]:
    def found(case: Case, subject_id: str) -> bool:
        wanted = _as_id(subject_id)
        return bool(wanted) and bool(getattr(case, name).filter(id=wanted).exists())

    return found


def _answer(case: Case, subject_id: str) -> bool:
    form = case.application.scheme_version.form
    return any(question.slug == subject_id for question in questions_of(form))


FINDERS: Mapping[Kind, Callable[[Case, str], bool]] = {
    Kind.DOCUMENT: _document,
    Kind.ATTACHMENT: _attachment,
    Kind.MESSAGE: _related("messages"),
    Kind.REQUEST: _related("requests"),
    Kind.NOTE: _related("notes"),
    Kind.ANSWER: _answer,
    Kind.REASONS: _related("decisions"),
}
"""Whether a subject of each kind is in the case. What is in another case is not found."""
