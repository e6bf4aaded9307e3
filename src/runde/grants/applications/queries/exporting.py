"""Everything we keep of one application, for the applicant to take along: JSON beside the files themselves."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from runde.engine.reference.api import Language
from runde.foundation.documents.api import Attachment, NotServed, list_attachments, open_attachment
from runde.foundation.forms.api import shown_answers
from runde.foundation.people.api import Actor, authorise, names_of
from runde.grants.schemes.api import scheme_name

from ..models import AnswerChange, Application, Participant
from .asking import register_of
from .attachments import KIND
from .participants import list_participants


@dataclass(frozen=True, slots=True)
class Export:
    """A ZIP archive: `soknad.json`, and each file under `vedlegg/`."""

    file_name: str
    media_type: str
    content: bytes


def export_application(*, application: Application, by: Actor, at: datetime) -> Export:
    """Answers, history, what the register said, people and files. Files that may not be served are named only.

    Opening the files leaves a line in the journal for each. Raises NotAllowed.
    """
    authorise(by, "applications.export", application)
    files = list_attachments(KIND, application.id)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        told = json.dumps(_told(application, files, at), ensure_ascii=False, indent=2, default=str)
        archive.writestr("soknad.json", told)
        for number, file in enumerate(files, start=1):
            _pack(archive, number, file, by=by, at=at)
    name = application.number.replace("/", "-") or "kladd"
    return Export(f"soknad-{name}.zip", "application/zip", packed.getvalue())


def _pack(archive: zipfile.ZipFile, number: int, file: Attachment, *, by: Actor, at: datetime) -> None:
    try:
        content = open_attachment(attachment=file, by=by, at=at, unscanned_accepted=True)
    except NotServed:
        return
    archive.writestr(f"vedlegg/{number:02d}-{file.name}", content)


def _told(application: Application, files: Sequence[Attachment], at: datetime) -> dict[str, Any]:
    changes = list(AnswerChange.objects.filter(application=application).order_by("at", "revision"))
    people = list_participants(application)
    names = names_of(_people(application, changes, people))
    return {
        "exported_at": at.isoformat(),
        "application": str(application.id),
        "number": application.number,
        "state": application.state,
        "scheme": scheme_name(application.scheme_version, cast(Language, application.language)),
        "organisation_number": application.organisation_number,
        "company_name": application.company_name,
        "applicant": names.get(application.applicant_id, ""),
        "started_at": application.started_at.isoformat(),
        "saved_at": application.saved_at.isoformat(),
        "submitted_at": application.submitted_at.isoformat() if application.submitted_at else None,
        "seal": application.seal,
        "answers": application.answers,
        "shown": _shown(application),
        "typed_and_not_readable": application.unread,
        "set_aside": application.set_aside,
        "register": register_of(application),
        "register_state": application.register_state,
        "disputes": application.disputes,
        "suggested": application.prefill,
        "history": [_change(one, names) for one in changes],
        "participants": [_participant(one, names) for one in people],
        "files": [{"name": one.name, "state": one.state, "sha256": one.sha256} for one in files],
    }


def _people(
    application: Application, changes: Sequence[AnswerChange], people: Sequence[Participant]
) -> set[Any]:
    found = {application.applicant_id, *(one.by for one in changes), *(one.person_id for one in people)}
    return found - {None}


def _shown(application: Application) -> list[dict[str, str]]:
    language = cast(Language, application.language)
    sections = shown_answers(application.scheme_version.form, application.answers, language, stage=None)
    return [
        {"part": section.title, "question": one.label, "answer": one.text}
        for section in sections
        for one in section.answers
        if one.is_answered
    ]


def _change(change: AnswerChange, names: dict[Any, str]) -> dict[str, Any]:
    return {
        "at": change.at.isoformat(),
        "by": names.get(change.by, ""),
        "stage": change.stage,
        "changed": change.changed,
        "not_kept": change.not_kept,
    }


def _participant(participant: Participant, names: dict[Any, str]) -> dict[str, Any]:
    return {
        "email": participant.email,
        "name": names.get(participant.person_id, ""),
        "role": participant.role,
        "invited_at": participant.invited_at.isoformat(),
        "accepted_at": participant.accepted_at.isoformat() if participant.accepted_at else None,
        "ended_at": participant.ended_at.isoformat() if participant.ended_at else None,
    }
