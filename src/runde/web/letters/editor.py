"""The editor's page, whole and in the parts that are sent anew after each change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import LANGUAGES, Language, time_text
from runde.foundation.people.api import names_of
from runde.grants.letters.api import (
    LetterTemplateVersion,
    fallbacks_of,
    get_kind,
    lacks_of,
    list_bank_texts,
    list_changes,
)
from runde.web.components.navigation import Lane
from runde.web.entrance import Request
from runde.web.letters.access import may_approve, may_write
from runde.web.letters.previewing import phone_or_none
from runde.web.letters.shown import blocks_shown, place_name
from runde.web.letters.words import ALL_SCHEMES, TONES, name_of, saved_text
from runde.web.letters.words import LANGUAGES as NAMES
from runde.web.staff import day_and_clock

State = LetterTemplateVersion.State
EVERY = "alle"
RECENTLY = timedelta(minutes=10)


def chosen_languages(request: Request) -> tuple[str, list[Language]]:
    """Which languages the fields are shown in: all three side by side, or one."""
    wanted = request.GET.get("sprak") or request.POST.get("sprak") or EVERY
    found = [one for one in LANGUAGES if one == wanted]
    return (wanted, found) if found else (EVERY, list(LANGUAGES))


def frame(request: Request, version: LetterTemplateVersion) -> dict[str, Any]:
    """What every page of a template has in common."""
    slug, kind = request.tenant.slug, get_kind(version.template.kind)
    scheme = name_of(version.template.scheme) if version.template.scheme else ALL_SCHEMES
    writes = version.is_draft and may_write(request.actor)
    return {
        "h1": f"Brev: {kind.name.lower()}",
        "lead": f"{scheme}. {kind.about}",
        "back_url": reverse("letters", args=[slug]),
        "back_text": "Brev",
        "version": version,
        "kind": kind,
        "state_tone": TONES[version.state],
        "may_write": writes,
        "is_draft": version.is_draft,
        **_ways(request, version, writes),
    }


def editor_facts(request: Request, version: LetterTemplateVersion) -> dict[str, Any]:
    chosen, languages = chosen_languages(request)
    bank = list_bank_texts(by=request.actor) if version.is_draft else []
    address = reverse("letter_template", args=[request.tenant.slug, version.id])
    lanes = [Lane("Alle tre", f"{address}?sprak={EVERY}", current=chosen == EVERY)]
    lanes += [Lane(NAMES[one], f"{address}?sprak={one}", current=chosen == one) for one in LANGUAGES]
    return {
        **frame(request, version),
        "lanes": lanes,
        "chosen": chosen,
        "side_by_side": len(languages) > 1,
        "blocks": blocks_shown(version, languages, bank, timezone.localdate(request.at)),
        **state_facts(request, version),
        **preview_facts(request, version, languages[0]),
    }


def state_facts(request: Request, version: LetterTemplateVersion) -> dict[str, Any]:
    """The line that tells what is saved and what is missing."""
    name = names_of({version.changed_by}).get(version.changed_by, "")
    return {
        "saved_text": saved_text(version, name, request.at),
        "lacks": lacks_of(version.content, get_kind(version.template.kind)),
        "fallbacks": fallbacks_of(version.content),
        "revision": version.revision,
        "version": version,
        "other": _other(request, version),
        **_approved(version),
    }


def preview_facts(request: Request, version: LetterTemplateVersion, language: Language) -> dict[str, Any]:
    args = [request.tenant.slug, version.id]
    return {
        "preview_language": language,
        "preview_name": NAMES[language].lower(),
        "picture_url": f"{reverse('letter_picture', args=[*args, 1])}?sprak={language}&r={version.revision}",
        "pdf_url": f"{reverse('letter_pdf', args=args)}?sprak={language}",
        "phone": phone_or_none(request, version, language),
    }


def _other(request: Request, version: LetterTemplateVersion) -> str:
    """Somebody else who has written here in the last minutes, and where."""
    if not version.is_draft:
        return ""
    since = request.at - RECENTLY
    for change in list_changes(version.id):
        if change.made_at < since:
            return ""
        if change.made_by != request.actor.person_id:
            name = names_of({change.made_by}).get(change.made_by, "")
            when = time_text(timezone.localtime(change.made_at))
            return f"{name} endret «{place_name(get_kind(version.template.kind), change.place)}» {when}."
    return ""


def _approved(version: LetterTemplateVersion) -> dict[str, Any]:
    people = {one for one in (version.approved_by, version.in_use_by) if one}
    names = names_of(people) if people else {}
    told = []
    if version.approved_by and version.approved_at:
        told.append(f"Godkjent {day_and_clock(version.approved_at)} av {names.get(version.approved_by, '')}.")
    if version.in_use_by and version.in_use_at:
        told.append(f"I bruk fra {day_and_clock(version.in_use_at)}.")
    return {"approved_text": " ".join(told)}


def _ways(request: Request, version: LetterTemplateVersion, writes: bool) -> dict[str, str]:
    """The addresses of what this person may do with the version now; empty for what they may not."""
    slug, actor = request.tenant.slug, request.actor

    def when(allowed: bool, name: str) -> str:
        return reverse(name, args=[slug, version.id]) if allowed else ""

    waits = version.state == State.PENDING
    return {
        "text_url": when(writes, "write_letter_text"),
        "paragraph_url": when(writes, "write_letter_paragraph"),
        "ask_url": when(writes, "ask_letter_approval"),
        "discard_url": when(
            writes or (version.state == State.APPROVED and may_write(actor)), "discard_letter"
        ),
        "approve_url": when(waits and may_approve(actor, version), "approve_letter"),
        "return_url": when(waits and may_approve(actor, version), "return_letter"),
        "use_url": when(version.state == State.APPROVED and may_write(actor), "use_letter"),
        "new_url": when(version.state == State.IN_USE and may_write(actor), "new_letter_version"),
        "standard_url": when(version.state == State.IN_USE and may_approve_any(request), "standard_letter"),
        "history_url": when(True, "letter_history"),
    }


def may_approve_any(request: Request) -> bool:
    from runde.foundation.people.api import may

    return may(request.actor, "letters.approve")
