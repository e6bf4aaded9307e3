"""One case's letter before it is sent: read it as it will be, change a paragraph, see what was changed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from runde.engine.typeset.api import LetterRefusal, places_to_fill, render_pages
from runde.foundation.people.api import may, names_of
from runde.foundation.trust.api import Refused
from runde.grants.casework.api import (
    LetterBlock,
    LetterPage,
    Sentence,
    edit_letter,
    keep_lost_edit,
    letter_page,
    public_letter_pdf,
    undo_letter_edit,
)
from runde.grants.letters.api import LetterEdit, Remark, get_kind, remarks_on
from runde.web.entrance import Request, entrance, staff
from runde.web.letters.previewing import phone_in
from runde.web.letters.views.previews import picture_of
from runde.web.officer.access import READERS, WORKERS, declaration_of, must_declare, readable_case
from runde.web.staff import attempt, count_text, day_and_clock, sent_as_file, work_page


@dataclass(frozen=True, slots=True)
class SentenceShown:
    """A paragraph with its place on the page; `changed` says who and when."""

    sentence: Sentence
    dom_id: str
    rows: int
    remarks: tuple[Remark, ...]
    changed: str
    may_rewrite: bool


@dataclass(frozen=True, slots=True)
class BlockShown:
    block: LetterBlock
    sentences: tuple[SentenceShown, ...]


@entrance(staff(*WORKERS))
def show(request: Request, case: UUID) -> HttpResponse:
    """Whoever has not said whether they can work on the case is asked that first."""
    found = readable_case(case, request.actor)
    if must_declare(request.actor) and declaration_of(request.actor, found) is None:
        return redirect("declare_impartiality", request.tenant.slug, case)
    return _page(request, case)


@require_POST
@entrance(staff(*WORKERS))
def change(request: Request, case: UUID) -> HttpResponse:
    """Write a paragraph anew, add one, undo a change, keep or drop one that lost its place."""
    found = readable_case(case, request.actor)
    if must_declare(request.actor) and declaration_of(request.actor, found) is None:
        return redirect("declare_impartiality", request.tenant.slug, case)
    refusal = attempt(lambda: _act(request, case))
    if refusal is not None:
        return _page(request, case, refusal)
    messages.success(request, "Brevet er lagret.")
    return redirect(
        f"{reverse('edit_letter', args=[request.tenant.slug, case])}#del-{request.POST.get('block', '')}"
    )


@require_GET
@entrance(staff(*WORKERS))
def picture(request: Request, case: UUID, page: int) -> HttpResponse:
    shown = letter_page(case_id=case, by=request.actor, at=request.at)
    try:
        return picture_of(render_pages(shown.letter, settings.FONT_DIRECTORY), page)
    except LetterRefusal as refusal:
        raise Refused(str(refusal)) from refusal


@require_GET
@entrance(staff(*READERS))
def public(request: Request, case: UUID) -> HttpResponse:
    """The version anybody may see."""
    found = readable_case(case, request.actor)
    content = public_letter_pdf(case_id=case, by=request.actor, at=request.at)
    name = f"offentlig-versjon-{found.number.replace('/', '-')}.pdf"
    return sent_as_file(content, media_type="application/pdf", file_name=name)


def _act(request: Request, case: UUID) -> None:
    sent, by, at = request.POST, request.actor, request.at
    act, place = sent.get("act", ""), _place(sent.get("place", ""))
    if act in ("undo", "keep") and place is not None:
        (undo_letter_edit if act == "undo" else keep_lost_edit)(case_id=case, place=place, by=by, at=at)
        return
    edit_letter(
        case_id=case,
        block=sent.get("block", ""),
        old=sent.get("old", "").replace("\r\n", "\n"),
        new=sent.get("new", ""),
        place=place,
        by=by,
        at=at,
    )


def _page(request: Request, case: UUID, refusal: Refused | None = None) -> HttpResponse:
    page = letter_page(case_id=case, by=request.actor, at=request.at)
    slug = request.tenant.slug
    names = names_of({edit.made_by for edit in page.edits})
    places = places_to_fill(page.letter)
    facts: dict[str, Any] = {
        "h1": f"Brevet til {page.case.application.company_name}",
        "lead": f"{get_kind(page.kind).name}. Det du endrer, gjelder bare dette brevet.",
        "case_number": page.case.number,
        "back_url": reverse("case", args=[slug, case]),
        "back_text": f"Sak {page.case.number}",
        "blocks": [_block(one, page, names) for one in page.blocks],
        "lost": page.lost,
        "unready": page.unready,
        "places": places,
        "places_text": count_text(len(places), "felt må fylles ut", "felt må fylles ut") if places else "",
        "change_url": reverse("change_letter", args=[slug, case]),
        "picture_url": f"{reverse('case_letter_picture', args=[slug, case, 1])}?r={request.at:%H%M%S}",
        "pdf_url": reverse("letter_preview", args=[slug, case]),
        "phone": phone_in(page.letter),
        "may_write": may(request.actor, "casework.edit_letter", page.case),
        "typed_back": request.POST.get("new", "") if refusal else "",
        "refusal": refusal.sentence if refusal else "",
        "has_errors": refusal is not None,
        "changes": count_text(len(page.edits), "endring", "endringer") if page.edits else "",
    }
    return work_page(
        request, "letters/one_letter.html", facts, room="worklist", status=422 if refusal else 200
    )


def _block(block: LetterBlock, page: LetterPage, names: dict[UUID, str]) -> BlockShown:
    edits = {str(edit.place): edit for edit in page.edits}
    shown = [
        _sentence(block, sentence, number, page, edits.get(sentence.place), names)
        for number, sentence in enumerate(block.sentences, start=1)
    ]
    return BlockShown(block, tuple(shown))


def _sentence(
    block: LetterBlock,
    sentence: Sentence,
    number: int,
    page: LetterPage,
    edit: LetterEdit | None,
    names: dict[UUID, str],
) -> SentenceShown:
    return SentenceShown(
        sentence,
        f"{block.name}-{number}",
        max(2, min(10, len(sentence.text) // 70 + 1)),
        remarks_on(sentence.text, page.language) if block.right != "none" else (),
        f"{names.get(edit.made_by, '')}, {day_and_clock(edit.made_at)}" if edit else "",
        sentence.may_rewrite,
    )


def _place(text: str) -> UUID | None:
    with suppress(ValueError):
        return UUID(text)
    return None
