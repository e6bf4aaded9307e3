"""Who sees each text and document of a case: the mark beside it, and the list where marks are set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import date_text
from runde.foundation.forms.api import shown_answers
from runde.grants.casework.api import Access
from runde.web.officer.opened import Opened

SHORT = 80


@dataclass(frozen=True, slots=True)
class Subject:
    """Something in the case that can be public or exempt. `internal`: the applicant never sees it."""

    kind: str
    subject_id: str
    what: str
    text: str
    access: Access
    internal: bool = False

    @property
    def audience(self) -> str:
        """For the audience mark: exempt wins over internal, for it names the law."""
        if self.access.is_exempt:
            return "exempt"
        return "internal" if self.internal else "applicant"

    @property
    def ground(self) -> str:
        return self.access.ground.reference["nb"] if self.access.ground else ""

    @property
    def words(self) -> str:
        return f"Unntatt offentlighet, {self.ground}" if self.access.is_exempt else "Offentlig"


def subjects_of(opened: Opened) -> list[Subject]:
    """Everything in the case that can be marked, in the order of the case."""
    return [
        *_answers(opened),
        *_documents(opened),
        *_files(opened),
        *_talk(opened),
        *_reasons(opened),
        *_notes(opened),
    ]


def mark_of(opened: Opened, kind: str, subject_id: object, *, is_personal: bool = False) -> dict[str, str]:
    """For `{% audience %}` beside a text or document."""
    access = opened.page.openness.access(kind, subject_id, is_personal=is_personal)
    subject = Subject(kind, str(subject_id), "", "", access, internal=kind == "note")
    return {"who": subject.audience, "ground": subject.ground}


def mark_url(opened: Opened, subject: Subject) -> str:
    address = reverse("case_openness", args=[opened.slug, opened.page.case.id])
    return f"{address}?type={subject.kind}&emne={subject.subject_id}"


def _subject(opened: Opened, kind: str, subject_id: object, what: str, text: str, **more: Any) -> Subject:
    access = opened.page.openness.access(kind, subject_id, is_personal=more.pop("is_personal", False))
    short = text if len(text) <= SHORT else f"{text[:SHORT]}…"
    return Subject(kind, str(subject_id), what, short, access, **more)


def _answers(opened: Opened) -> list[Subject]:
    application = opened.page.application
    sections = shown_answers(application.scheme_version.form, dict(application.answers), "nb")
    return [
        _subject(opened, "answer", one.slug, "Svar", one.label, is_personal=one.is_personal)
        for section in sections
        for one in section.answers
    ]


def _documents(opened: Opened) -> list[Subject]:
    return [
        _subject(opened, "document", one.document_id, "Dokument", one.document.title)
        for one in opened.page.documents
    ]


def _files(opened: Opened) -> list[Subject]:
    files = opened.following.files.values()
    return [_subject(opened, "attachment", one.id, "Vedlegg", one.name) for some in files for one in some]


def _talk(opened: Opened) -> list[Subject]:
    found = opened.following
    asked = [_subject(opened, "request", one.id, "Spørsmål til søkeren", one.text) for one in found.requests]
    return [*asked, *(_subject(opened, "message", one.id, "Melding", one.text) for one in found.messages)]


def _reasons(opened: Opened) -> list[Subject]:
    return [
        _subject(
            opened,
            "reasons",
            one.id,
            f"Begrunnelse, vedtak {date_text(timezone.localdate(one.decided_at))}",
            one.reason_text,
        )
        for one in opened.page.decisions
        if one.reason_text
    ]


def _notes(opened: Opened) -> list[Subject]:
    return [
        _subject(opened, "note", one.id, "Internt notat", one.text, internal=True)
        for one in opened.page.notes
    ]
