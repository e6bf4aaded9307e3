"""A template as it will look."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from runde.engine.typeset.api import LetterRefusal, render_letter, render_pages
from runde.foundation.trust.api import NotFound, Refused
from runde.grants.letters.api import get_template_version
from runde.web.entrance import Request, entrance, staff
from runde.web.letters.access import READERS
from runde.web.letters.previewing import as_language, letter_in
from runde.web.staff import sent_as_file


@require_GET
@entrance(staff(*READERS))
def picture(request: Request, version: UUID, page: int) -> HttpResponse:
    found = get_template_version(version, by=request.actor)
    try:
        pages = render_pages(
            letter_in(request, found, as_language(request.GET.get("sprak", ""))), settings.FONT_DIRECTORY
        )
    except LetterRefusal as refusal:
        raise Refused(str(refusal)) from refusal
    return picture_of(pages, page)


@require_GET
@entrance(staff(*READERS))
def as_pdf(request: Request, version: UUID) -> HttpResponse:
    found = get_template_version(version, by=request.actor)
    language = as_language(request.GET.get("sprak", ""))
    try:
        content = render_letter(letter_in(request, found, language), settings.FONT_DIRECTORY)
    except LetterRefusal as refusal:
        raise Refused(str(refusal)) from refusal
    name = f"brev-{found.template.kind}-{found.number}-{language}.pdf"
    return sent_as_file(content, media_type="application/pdf", file_name=name)


def picture_of(pages: list[bytes], page: int) -> HttpResponse:
    """One page as PNG. Raises NotFound past the last."""
    if not 1 <= page <= len(pages):
        raise NotFound("Brevet har ikke så mange sider.")
    response = HttpResponse(pages[page - 1], content_type="image/png")
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
