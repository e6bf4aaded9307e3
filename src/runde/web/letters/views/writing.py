"""Writing in a draft: each text is saved as it is written, and every press without script too."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from runde.engine.reference.api import LANGUAGES
from runde.foundation.trust.api import Refused
from runde.grants.letters.api import (
    LetterTemplateVersion,
    get_kind,
    get_template_version,
    remove_paragraph,
    take_from_bank,
    write_paragraph,
    write_text,
)
from runde.web.entrance import Request, entrance, staff
from runde.web.letters.access import WRITERS
from runde.web.letters.editor import editor_facts, preview_facts, state_facts
from runde.web.letters.previewing import as_language
from runde.web.letters.shown import words_shown
from runde.web.staff import attempt, given_ids, work_page


@require_POST
@entrance(staff(*WRITERS))
def text(request: Request, version: UUID) -> HttpResponse:
    """One text in one language. With script only its own part of the page is sent back."""
    found = get_template_version(version, by=request.actor)
    key, language = request.POST.get("key", ""), as_language(request.POST.get("language", ""))
    typed = request.POST.get("typed", "")
    if key not in get_kind(found.template.kind).text_keys():
        raise Refused("Denne teksten kan ikke endres her. Last siden på nytt.")
    refusal = attempt(
        lambda: write_text(
            version_id=version,
            key=key,
            language=language,
            typed=typed,
            revision=_revision(request),
            by=request.actor,
            at=request.at,
        )
    )
    now = get_template_version(version, by=request.actor)
    if request.htmx:
        return _part(request, now, key, typed, refusal)
    if refusal is not None:
        return _page_with(request, now, refusal)
    return redirect(_back(request, version, f"t-{key}-{language}".replace(".", "-")))


@require_POST
@entrance(staff(*WRITERS))
def paragraph(request: Request, version: UUID) -> HttpResponse:
    """Add a paragraph, from the bank too, change one or take one out."""
    block = request.POST.get("block", "")
    refusal = attempt(lambda: _act(request, version, block))
    if refusal is not None:
        return _page_with(request, get_template_version(version, by=request.actor), refusal)
    return redirect(_back(request, version, f"del-{block}"))


def _act(request: Request, version: UUID, block: str) -> None:
    act, by, at = request.POST.get("act", "write"), request.actor, request.at
    paragraph_id = request.POST.get("paragraph", "")
    if act == "remove":
        remove_paragraph(version_id=version, block=block, paragraph_id=paragraph_id, by=by, at=at)
        return
    if act == "bank":
        for bank_id in given_ids([request.POST.get("bank", "")]):
            take_from_bank(version_id=version, block=block, bank_id=bank_id, by=by, at=at)
        return
    texts: dict[str, str] = {one: request.POST.get(one, "") for one in LANGUAGES}
    if not any(one.strip() for one in texts.values()):
        raise Refused("Skriv avsnittet på minst ett språk.")
    write_paragraph(
        version_id=version, block=block, texts=texts, paragraph_id=paragraph_id or None, by=by, at=at
    )


def _part(
    request: Request, version: LetterTemplateVersion, key: str, typed: str, refusal: Refused | None
) -> HttpResponse:
    language = as_language(request.POST.get("language", ""))
    kind, on = get_kind(version.template.kind), timezone.localdate(request.at)
    shown = words_shown(
        kind,
        version.content,
        key,
        language,
        on,
        typed=typed if refusal else None,
        error=refusal.sentence if refusal else "",
    )
    facts = {
        "words": shown,
        "out_of_band": True,
        "refused": refusal is not None,
        **state_facts(request, version),
        **preview_facts(request, version, language),
    }
    return render(request, "letters/_saved.html", facts, status=200)


def _page_with(request: Request, version: LetterTemplateVersion, refusal: Refused) -> HttpResponse:
    """The page again, with what stopped it said on top. What was typed is shown beside it."""
    messages.error(request, refusal.sentence)
    facts = {
        **editor_facts(request, version),
        "typed_back": request.POST.get("typed", ""),
        "has_errors": True,
    }
    return work_page(request, "letters/template.html", facts, room="letters", status=422)


def _back(request: Request, version: UUID, anchor: str) -> str:
    address = reverse("letter_template", args=[request.tenant.slug, version])
    language = request.POST.get("sprak", "")
    return f"{address}?sprak={language}#{anchor}" if language else f"{address}#{anchor}"


def _revision(request: Request) -> int | None:
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isdigit() and len(sent) < 9 else None
