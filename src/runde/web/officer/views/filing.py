"""Notes to ourselves, messages marked as read, and what the public may see."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from runde.engine.reference.api import list_openness_grounds
from runde.foundation.people.api import Role
from runde.foundation.trust.api import NotAllowed, NotFound
from runde.grants.casework.api import mark_openness, read_messages, write_note
from runde.web.components.fields import Choice, Field
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.access import WORKERS
from runde.web.officer.opened import Opened
from runde.web.officer.openness import Subject, mark_url, subjects_of
from runde.web.officer.views.cases import case_view, opened_case
from runde.web.staff import attempt, pressed_once, work_page

PUBLIC = "public"
COLUMNS = (Column("Tekst eller dokument"), Column("Hva"), Column("Hvem ser det"))


@require_POST
@entrance(staff(*WORKERS))
def note(request: Request, case: UUID) -> HttpResponseBase:
    text = request.POST.get("note", "")
    refusal = attempt(
        lambda: pressed_once(
            request,
            "case_note",
            {"case": str(case), "text": text},
            lambda: str(write_note(case_id=case, text=text, by=request.actor, at=request.at).id),
        )
    )
    if refusal is not None:
        said: QueryDict = request.POST.copy()
        said["note_error"] = refusal.sentence
        return case_view(request, case, place="dialog", said=said)
    messages.success(request, "Notatet er lagret.")
    return redirect("case_dialog", request.tenant.slug, case)


@require_POST
@entrance(staff(Role.OFFICER))
def read(request: Request, case: UUID) -> HttpResponseBase:
    """What the applicant has written is read: said by somebody, not by opening a page."""
    count = read_messages(case_id=case, by=request.actor, at=request.at, as_applicant=False)
    if count:
        messages.success(
            request, "Meldingen er merket som lest." if count == 1 else "Meldingene er merket som lest."
        )
    return redirect("case_dialog", request.tenant.slug, case)


@entrance(staff(*WORKERS))
def openness(request: Request, case: UUID) -> HttpResponseBase:
    """The list of everything in the case, and with `type` and `emne` the form for one of them."""
    opened = opened_case(request, case)
    if isinstance(opened, HttpResponse):
        return opened
    if not opened.page.may_note:
        raise NotAllowed("Det er saksbehandlere og godkjennere som sier hva som er offentlig.")
    kind, subject_id = request.GET.get("type", ""), request.GET.get("emne", "")
    if not kind:
        return _list_page(opened)
    subject = next(
        (one for one in subjects_of(opened) if (one.kind, one.subject_id) == (kind, subject_id)), None
    )
    if subject is None:
        raise NotFound("Vi finner ikke teksten eller dokumentet i saken. Gå tilbake og velg på nytt.")
    if request.method != "POST":
        return _one_page(opened, subject)
    return _marked(opened, subject)


def _marked(opened: Opened, subject: Subject) -> HttpResponseBase:
    request, ground = opened.request, opened.request.POST.get("ground", "")
    case_id = opened.page.case.id
    refusal = attempt(
        lambda: mark_openness(
            case_id=case_id,
            kind=subject.kind,
            subject_id=subject.subject_id,
            is_exempt=ground != PUBLIC,
            ground="" if ground == PUBLIC else ground,
            note=request.POST.get("note", ""),
            by=request.actor,
            at=request.at,
        )
    )
    if refusal is not None:
        return _one_page(opened, subject, error=refusal.sentence)
    messages.success(request, "Merkingen er lagret.")
    return redirect("case_openness", request.tenant.slug, case_id)


def _list_page(opened: Opened) -> HttpResponse:
    subjects = subjects_of(opened)
    rows = tuple(_row(opened, one) for one in subjects)
    exempt = sum(one.access.is_exempt for one in subjects)
    h1 = f"{exempt} av {len(rows)} er unntatt offentlighet" if exempt else "Alt i saken er offentlig"
    table = Table("Tekster og dokumenter i saken", COLUMNS, rows, hide_caption=True)
    facts = {**_frame(opened, h1), "table": table}
    return work_page(opened.request, "officer/openness.html", facts, room="worklist")


def _row(opened: Opened, one: Subject) -> Row:
    seen = "" if not one.access.is_exempt or one.access.party_sees else "Søkeren ser det heller ikke"
    return Row(
        (
            Cell(one.text or "Uten tekst", url=mark_url(opened, one)),
            Cell(one.what),
            Cell(one.words, note=one.access.note or seen),
        )
    )


def _one_page(opened: Opened, subject: Subject, error: str = "") -> HttpResponse:
    fields = _fields(opened, subject, error)
    facts = {
        **_frame(opened, "Hvem kan se dette?"),
        "lead": f"{subject.what}: {subject.text}",
        "fields": fields,
        "errors": fields if error else [],
        "has_errors": bool(error),
        "action": mark_url(opened, subject),
    }
    status = 422 if error else 200
    return work_page(opened.request, "officer/openness.html", facts, room="worklist", status=status)


def _fields(opened: Opened, subject: Subject, error: str) -> list[Field]:
    posted = opened.request.POST
    standing = subject.access.ground.code if subject.access.ground else PUBLIC
    grounds = list_openness_grounds(timezone.localdate(opened.request.at))
    choices = (
        Choice(PUBLIC, "Offentlig", "Alle som ber om innsyn, kan se det."),
        *(
            Choice(one.code, one.label["nb"], _explained(one.reference["nb"], one.party_sees))
            for one in grounds
        ),
    )
    return [
        Field(
            "ground",
            "Hvem kan se det?",
            kind="radios",
            choices=choices,
            value=posted.get("ground", standing),
            error=error,
        ),
        Field(
            "note",
            "Merknad",
            kind="textarea",
            rows=2,
            optional=True,
            value=posted.get("note", subject.access.note),
            audience="internal",
        ),
    ]


def _explained(reference: str, party_sees: bool) -> str:
    return f"Unntatt, {reference}. {'Søkeren kan se det.' if party_sees else 'Søkeren ser det heller ikke.'}"


def _frame(opened: Opened, h1: str) -> dict[str, Any]:
    case = opened.page.case
    return {
        "h1": h1,
        "case_number": case.number,
        "back_url": reverse("case_documents", args=[opened.slug, case.id]),
        "back_text": "Dokumenter",
    }
