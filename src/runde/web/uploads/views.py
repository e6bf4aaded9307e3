"""Addresses for files. The one-shot ones work without script; the others are for frontend/js/uploads.js."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from runde.foundation.documents.api import (
    NotServed,
    OutOfStep,
    add_chunk,
    finish_upload,
    get_attachment,
    get_upload,
    open_attachment,
    open_preview,
    refuse_unserved,
    start_upload,
)
from runde.foundation.trust.api import NotAllowed, NotFound, Refused, TooMany, take
from runde.web.entrance import SIGNED_IN, Request, entrance

from .back import back_path
from .listing import FileList, file_field, file_list
from .receiving import remove_file, take_posted_files
from .serving import as_kept_file, as_preview
from .subjects import subject_of

LARGEST_NUMBER = 10**12
STATUSES: dict[type[Refused], int] = {TooMany: 429, OutOfStep: 409, NotFound: 404, NotAllowed: 403}
FORM = "multipart/form-data"


@entrance(SIGNED_IN)
@require_POST
def whole(request: Request, kind: str, subject: UUID) -> HttpResponse:
    """Files from a form of their own: take them, and go back to the page they came from (`back`)."""
    if not request.FILES:
        subject_of(kind).check_reader(request.actor, subject)  # with files, each question asks for more
    take_posted_files(request, kind, subject)
    return redirect(back_path(request))


@entrance(SIGNED_IN)
@require_POST
def remove(request: Request, attachment: UUID) -> HttpResponse:
    remove_file(request, attachment)
    return redirect(back_path(request))


@entrance(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def show(request: Request, attachment: UUID) -> HttpResponse:
    """The file itself. Where it has not been scanned and there is no scanner, others must say that they know."""
    found = get_attachment(attachment)
    subject_of(found.subject_kind).check_reader(request.actor, found.subject_id)
    accepted = request.method == "POST"
    try:
        refuse_unserved(found, request.actor, unscanned_accepted=accepted)
    except NotServed as refusal:
        if not refusal.facts.get("may_accept"):
            raise
        return render(request, "uploads/unscanned.html", _unscanned(request, found.name))
    content = open_attachment(attachment=found, by=request.actor, at=request.at, unscanned_accepted=accepted)
    return as_kept_file(found, content)


@entrance(SIGNED_IN)
@require_GET
def preview(request: Request, attachment: UUID) -> HttpResponse:
    found = get_attachment(attachment)
    subject_of(found.subject_kind).check_reader(request.actor, found.subject_id)
    return as_preview(open_preview(found))


@entrance(SIGNED_IN)
@require_GET
def listed(request: Request, kind: str, subject: UUID, question: str) -> HttpResponse:
    """A page for one question's files; the script asks for the list alone (`?bare`), to put in another page."""
    room = subject_of(kind).room(request.actor, subject, question)
    if "bare" in request.GET:
        return _list(request, file_list(request, kind, subject, question, room))
    asked = file_field(request, kind, subject, question, label=room.label or _("Vedlegg"), hide_label=True)
    here = request.get_full_path()
    facts = {"h1": asked.label, "field": asked, "here": here, "back_url": back_path(request)}
    return render(request, "uploads/question.html", {**facts, "back_text": _("Tilbake")})


@entrance(SIGNED_IN)
@require_POST
def start(request: Request, kind: str, subject: UUID) -> HttpResponse:
    """Begin or take up again a file in parts: answers with its address and how far it has come."""
    question = request.POST.get("question", "")
    try:
        room = subject_of(kind).room(request.actor, subject, question)
        take("upload", str(request.actor.person_id))
        upload = start_upload(
            subject_kind=kind,
            subject_id=subject,
            question=question,
            name=request.POST.get("name", ""),
            size=_number(request.POST.get("size", "")),
            mark=request.POST.get("mark", ""),
            most=room.most,
            by=request.actor,
            at=request.at,
        )
    except Refused as refusal:
        return _refused(refusal)
    return JsonResponse({"id": str(upload.id), "received": upload.received})


@entrance(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def part(request: Request, upload: UUID) -> HttpResponse:
    """GET: how far it has come. POST: the next part, as the bare body, with `?offset=`."""
    try:
        found = get_upload(upload, request.actor)
        if request.method == "POST":
            if request.content_type == FORM:
                raise Refused("Delen kom som et skjema. Velg filen på nytt.")
            take("upload_part", str(request.actor.person_id))
            offset = _number(request.GET.get("offset", ""))
            found = add_chunk(
                upload=found, offset=offset, content=request.body, by=request.actor, at=request.at
            )
    except Refused as refusal:
        return _refused(refusal)
    return JsonResponse({"id": str(found.id), "received": found.received, "size": found.size})


@entrance(SIGNED_IN)
@require_POST
def finish(request: Request, upload: UUID) -> HttpResponse:
    """All parts are there: answers with how the file fared. The list tells it in words."""
    try:
        kind, subject, question = _of_upload(request, upload)
        room = subject_of(kind).room(request.actor, subject, question)
        made = finish_upload(
            upload_id=upload,
            most=room.most,
            media_types=room.media_types,
            by=request.actor,
            at=request.at,
        )
    except Refused as refusal:
        return _refused(refusal)
    return JsonResponse({"id": str(made.id), "state": made.state})


def _of_upload(request: Request, upload_id: UUID) -> tuple[str, UUID, str]:
    """What it belongs to; an upload whose finish got no answer is an attachment by now. Raises NotFound."""
    try:
        found = get_upload(upload_id, request.actor)
    except Refused:
        done = get_attachment(upload_id)
        return done.subject_kind, done.subject_id, done.question
    return found.subject_kind, found.subject_id, found.question


def _number(text: str) -> int:
    """What is no number is no place in a file: it is refused as one."""
    return int(text) if text.isascii() and text.isdecimal() and int(text) < LARGEST_NUMBER else -1


def _refused(refusal: Refused) -> JsonResponse:
    """For the script: the sentence to show, and what it needs to go on by itself."""
    status = next((status for kind, status in STATUSES.items() if isinstance(refusal, kind)), 422)
    told: dict[str, object] = {"sentence": refusal.sentence, "code": refusal.code}
    for name in ("received", "retry_after"):
        if name in refusal.facts:
            told[name] = refusal.facts[name]
    return JsonResponse(told, status=status)


def _list(request: Request, shown: FileList) -> HttpResponse:
    return render(request, "uploads/_files.html", {"upload": shown})


def _unscanned(request: Request, name: str) -> dict[str, object]:
    return {"h1": _("Filen er ikke kontrollert for virus"), "file_name": name, "back": back_path(request)}
