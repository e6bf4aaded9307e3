"""Messages both ways, and the answer to what the municipality has asked."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from runde.engine.reference.api import weekday_date_text
from runde.foundation.documents.api import Attachment
from runde.foundation.people.api import Link, names_of
from runde.grants.casework.api import (
    InformationRequest,
    Message,
    ShownMessage,
    Unsaid,
    draft_message,
    read_messages,
    save_message,
    send_message,
)
from runde.web.applicant.after.errand import Errand, open_errand
from runde.web.applicant.after.writing import Box, Draft, box_of, takes_files, typed_in, usable
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, Request, entrance

KIND = "message"


@dataclass(frozen=True)
class Said:
    """One message as the page shows it. `is_new` has not been read on the reader's side before."""

    message: Message
    who: str
    files: list[Attachment]
    is_new: bool


def talk_of(errand: Errand) -> list[Said]:
    """Everything said, the oldest first, with who said it. One statement when anybody of theirs has written."""
    shown = errand.view.messages
    own = names_of({one.message.written_by for one in shown if one.message.from_applicant})
    return [_said(one, own, errand.request.tenant.name) for one in shown]


def _said(one: ShownMessage, own: dict[UUID, str], tenant: str) -> Said:
    message = one.message
    who = own.get(message.written_by, _("Dere")) if message.from_applicant else tenant
    is_new = not message.from_applicant and message.read_at is None
    return Said(message, who, usable(one.attachments), is_new)


def mark_read(errand: Errand) -> None:
    if errand.view.unread:
        read_messages(
            case_id=errand.case.id, by=errand.request.actor, at=errand.request.at, as_applicant=True
        )


def draft_of(errand: Errand) -> Draft | None:
    found = errand.view.draft
    return Draft(KIND, found.id, found.text) if found else None


def message_box(errand: Errand, draft: Draft | None = None, error: str = "") -> Box:
    return box_of(errand, draft or draft_of(errand), _("Skriv en melding"), error=error)


@entrance(SIGNED_IN)
def messages(request: Request, application: UUID) -> HttpResponse:
    errand = open_errand(request, application)
    if request.method != "POST":
        mark_read(errand)
        return _talk(errand, message_box(errand))
    draft = _kept(errand)
    if takes_files(errand, draft):
        return redirect(f"{request.path}#skriv")
    try:
        _send(errand, draft)
    except Unsaid as refusal:
        return _talk(errand, message_box(errand, draft, refusal.sentence), status=422)
    return errand.done(_("Meldingen er sendt."))


def _talk(errand: Errand, box: Box, *, status: int = 200) -> HttpResponse:
    return errand.page(
        "applicant/after/messages.html",
        _("Meldinger i saken"),
        talk=talk_of(errand),
        box=box,
        errors=box.errors,
        has_errors=bool(box.errors),
        status=status,
    )


def _kept(errand: Errand) -> Draft:
    """What was typed, kept before anything else is looked at."""
    request = errand.request
    message = draft_message(case_id=errand.case.id, by=request.actor, at=request.at, from_applicant=True)
    text = typed_in(errand)
    save_message(message_id=message.id, text=text, by=request.actor, at=request.at)
    return Draft(KIND, message.id, text)


def _send(errand: Errand, draft: Draft, *, answers: UUID | None = None) -> None:
    request = errand.request
    send_message(message_id=draft.id, text=draft.text, by=request.actor, at=request.at, answers=answers)


@entrance(SIGNED_IN)
def answer(request: Request, application: UUID, asked: UUID) -> HttpResponse:
    return _answer(open_errand(request, application), asked)


def answer_by_link(request: Request, link: Link) -> HttpResponse:
    asked = InformationRequest.objects.select_related(
        "case__application__call", "case__application__scheme_version__form"
    ).get(id=link.subject_id)
    return _answer(Errand(request, asked.case, link), asked.id)


def _answer(errand: Errand, asked_id: UUID) -> HttpResponse:
    asked = next((one for one in errand.view.requests if one.id == asked_id), None)
    if asked is None:
        return errand.elsewhere(_("Spørsmålet er besvart eller avsluttet. Du trenger ikke gjøre noe."))
    if errand.request.method != "POST":
        return _asked(errand, asked, _answer_box(errand, draft_of(errand)))
    draft = _kept(errand)
    if takes_files(errand, draft):
        return redirect(errand.request.path)
    try:
        _send(errand, draft, answers=asked.id)
    except Unsaid as refusal:
        return _asked(errand, asked, _answer_box(errand, draft, refusal.sentence), status=422)
    tenant = errand.request.tenant.name
    return errand.done(_("Svaret er sendt. %(tenant)s behandler søknaden videre.") % {"tenant": tenant})


def _answer_box(errand: Errand, draft: Draft | None, error: str = "") -> Box:
    return box_of(errand, draft, _("Svaret ditt"), error=error)


def _asked(errand: Errand, asked: InformationRequest, box: Box, *, status: int = 200) -> HttpResponse:
    day = weekday_date_text(asked.due_date, page_language())
    is_late = errand.today > asked.due_date
    return errand.page(
        "applicant/after/answer.html",
        _("Svar på spørsmålet så snart du kan") if is_late else _("Svar innen %(day)s") % {"day": day},
        asked=asked,
        asked_day=timezone.localdate(asked.asked_at),
        due_text=day,
        is_late=is_late,
        box=box,
        errors=box.errors,
        has_errors=bool(box.errors),
        status=status,
    )
