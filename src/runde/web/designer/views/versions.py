"""A published version: its documentation, its file, what differs from others, and its place on the shelf."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from runde.foundation.trust.api import NotFound
from runde.grants.designs.api import (
    compare_versions,
    content_of,
    export_version,
    get_version,
    list_shelf,
    list_versions,
    share_version,
    start_draft_from_version,
    unshare,
)
from runde.grants.schemes.api import SchemeVersion, list_calls, scheme_name
from runde.web.components.navigation import Crumb
from runde.web.designer.access import READERS, WRITERS, may_write
from runde.web.designer.documented import document_of
from runde.web.designer.versions_shown import grouped, versions_table
from runde.web.designer.words import day_text
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import count_text, new_key, pressed_once, sent_as_file, work_page


@entrance(staff(*READERS))
def show(request: Request, version: UUID) -> HttpResponse:
    found, slug = get_version(version), request.tenant.slug
    shelf = list_shelf()
    shared = next((one for one in shelf if one.version_id == found.id), None)
    content = content_of(found)
    calls = [call for call in list_calls() if call.scheme_version.scheme_id == found.scheme_id]
    facts = {
        "h1": scheme_name(found, "nb"),
        "lead": f"Versjon {found.number}, publisert {day_text(found.made_at)}. Den endres aldri.",
        "back_url": reverse("schemes", args=[slug]),
        "back_text": "Ordninger",
        "version": found,
        "document": document_of(content, timezone.localdate(request.at)),
        "versions": versions_table(list_versions(found.scheme), found, shelf, slug),
        "shared": shared,
        "may_write": may_write(request.actor),
        "calls": [
            (
                call,
                reverse("replay_call", args=[slug, found.id, call.id]),
                reverse("move_cases", args=[slug, found.id, call.id]),
            )
            for call in calls
        ],
        "key": new_key(),
    }
    return work_page(request, "designer/version.html", facts, room="schemes")


@entrance(staff(*READERS))
def as_file(request: Request, version: UUID) -> HttpResponse:
    found = get_version(version)
    return sent_as_file(
        export_version(found),
        media_type="application/json; charset=utf-8",
        file_name=f"{found.scheme.slug}-versjon-{found.number}.json",
    )


@entrance(staff(*READERS))
def differences(request: Request, version: UUID) -> HttpResponse:
    """From the other version to this one, or the reverse: always from the older to the newer."""
    found, slug = get_version(version), request.tenant.slug
    if not request.GET.get("mot"):
        messages.info(request, "Velg versjonen du vil sammenligne med.")
        return redirect("scheme_version", slug, version)
    other = _other(request, found)
    old, new = sorted((found, other), key=lambda one: one.number)
    changes = compare_versions(old, new)
    facts = {
        "h1": f"{count_text(len(changes), 'forskjell', 'forskjeller')} fra versjon {old.number} til {new.number}",
        "lead": scheme_name(new, "nb"),
        "crumbs": [
            Crumb("Ordninger", reverse("schemes", args=[slug])),
            Crumb(f"Versjon {found.number}", reverse("scheme_version", args=[slug, found.id])),
        ],
        "groups": grouped(changes),
    }
    return work_page(request, "designer/differences.html", facts, room="schemes")


def _other(request: Request, version: SchemeVersion) -> SchemeVersion:
    others = {str(one.id): one for one in list_versions(version.scheme) if one.id != version.id}
    wanted = request.GET.get("mot", "")
    if wanted not in others:
        raise NotFound("Velg en annen versjon av samme ordning.")
    return others[wanted]


@entrance(staff(*WRITERS))
@require_POST
def new_draft(request: Request, version: UUID) -> HttpResponse:
    def work() -> str:
        found = get_version(version)
        return str(start_draft_from_version(version=found, by=request.actor, at=request.at).id)

    draft = pressed_once(request, "draft_from_version", {"version": str(version)}, work)
    messages.success(request, "Kladden er laget. Versjonen den bygger på, blir ikke rørt.")
    return redirect("draft", request.tenant.slug, UUID(draft))


@entrance(staff(*WRITERS))
@require_POST
def share(request: Request, version: UUID) -> HttpResponse:
    share_version(version=get_version(version), by=request.actor, at=request.at)
    messages.success(request, "Versjonen ligger på hylla. Andre kommuner kan kopiere den.")
    return redirect("scheme_version", request.tenant.slug, version)


@entrance(staff(*WRITERS))
@require_POST
def take_down(request: Request, version: UUID) -> HttpResponse:
    shared = next((one for one in list_shelf() if one.version_id == version), None)
    if shared is not None:
        unshare(shared_id=shared.id, by=request.actor, at=request.at)
        messages.success(
            request, "Versjonen er tatt ned fra hylla. Kopier andre har laget, er fortsatt deres."
        )
    return redirect("scheme_version", request.tenant.slug, version)
