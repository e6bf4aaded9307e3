"""Forms with more kinds of questions than the ready-made scheme asks, and calls that use them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from runde.engine.rules import RuleSet
from runde.foundation.documents.api import Attachment, receive_attachment
from runde.foundation.forms.api import publish_form
from runde.foundation.people.api import Actor, Role
from runde.grants.schemes.api import (
    Call,
    SchemeVersion,
    create_scheme,
    find_scheme,
    move_call,
    publish_version,
)
from tests.factories import a_call, a_scheme_version, an_actor

Question = Mapping[str, Any]


def question(slug: str, kind: str, **more: Any) -> dict[str, Any]:
    """One that may be left unanswered, unless `more` says otherwise."""
    return {"slug": slug, "type": kind, "label": {"nb": slug.replace("_", " ")}, "required": False, **more}


MORE: tuple[Question, ...] = (
    question("contact", "text"),
    question("story", "long_text", longest=200),
    question("hires", "yes_no"),
    question("hired", "integer", shown_if="hires", required_if="hires"),
    question("plan", "file", most=2),
    question("employees", "integer"),
    question("starts", "date"),
    question("bank_ok", "yes_no", required_from="acceptance", required=True),
    question("thanks", "text", required_from="acceptance"),
    question("spent", "money", required_from="report", required=True),
)
"""Beside what the ready-made scheme asks: text, a condition, files, a register fact, and later stages."""


def a_version_with(at: datetime, *questions: Question, before: SchemeVersion | None = None) -> SchemeVersion:
    """The ready-made scheme with these questions in a part of their own; its next version after `before`."""
    by = an_actor(Role.SCHEME_MANAGER, at=at)
    base = before or a_scheme_version(at=at)
    definition = deepcopy(base.form.definition)
    kept = [part for part in definition["sections"] if part["slug"] != "more"]
    more = {"slug": "more", "title": {"nb": "Mer"}, "questions": [dict(one) for one in questions]}
    definition["sections"] = [*kept, more] if questions else kept
    definition.pop("known", None)
    form = publish_form(slug=base.form.slug, definition=definition, by=by, at=at)
    scheme = find_scheme(base.scheme.slug) or create_scheme(slug=base.scheme.slug, by=by, at=at)
    return publish_version(
        scheme=scheme,
        texts=base.texts,
        rules=RuleSet.from_dict(base.rules),
        form=form,
        legal_basis=base.legal_basis,
        by=by,
        at=at,
    )


def a_call_with(at: datetime, *questions: Question) -> Call:
    return a_call(at=at, scheme_version=a_version_with(at, *questions))


def moved(call: Call, at: datetime, *questions: Question) -> SchemeVersion:
    """Move the call to a version with these questions instead; drafts follow by themselves."""
    version = a_version_with(at, *questions, before=call.scheme_version)
    by = an_actor(Role.SCHEME_MANAGER, at=at)
    move_call(call=call, to_version=version, reason="Vi spurte om noe vi ikke trenger.", by=by, at=at)
    call.refresh_from_db()
    return version


def a_pdf() -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


def attach(subject_id: UUID, *, by: Actor, at: datetime, question: str = "plan") -> Attachment:
    return receive_attachment(
        file=SimpleUploadedFile("plan.pdf", a_pdf()),
        subject_kind="application",
        subject_id=subject_id,
        question=question,
        by=by,
        at=at,
    )
