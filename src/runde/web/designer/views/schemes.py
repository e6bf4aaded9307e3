"""The municipality's schemes and drafts, and what others in the region share."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from runde.grants.designs.api import copy_from_shelf, get_shared, list_drafts, list_schemes, list_shelf
from runde.web.designer.access import READERS, WRITERS, may_write
from runde.web.designer.documented import document_of
from runde.web.designer.schemes_listed import drafts_table, schemes_table, shelved
from runde.web.designer.words import day_text, place_name
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import count_text, new_key, pressed_once, work_page


@entrance(staff(*READERS))
def index(request: Request) -> HttpResponse:
    slug = request.tenant.slug
    drafts, schemes, shelf = list_drafts(request.actor), list_schemes(), list_shelf()
    own = count_text(len(schemes), "ordning", "ordninger")
    facts = {
        "h1": f"{own} og {count_text(len(drafts), 'kladd', 'kladder')}",
        "drafts": drafts_table(drafts, slug, request.at),
        "schemes": schemes_table(schemes, shelf, slug),
        "shelf": shelved(shelf, slug, request.tenant.id),
        "may_write": may_write(request.actor),
        "new_url": reverse("new_scheme", args=[slug]),
        "key": new_key(),
    }
    return work_page(request, "designer/schemes.html", facts, room="schemes")


@entrance(staff(*READERS))
def shared(request: Request, shared: UUID) -> HttpResponse:
    """What another municipality shares, to read before copying."""
    found, slug = get_shared(shared), request.tenant.slug
    place = place_name(found.tenant_name)
    facts = {
        "h1": found.content["texts"]["name"]["nb"],
        "lead": f"{found.tenant_name} deler versjon {found.number}, publisert {day_text(found.published_at)}.",
        "back_url": reverse("schemes", args=[slug]),
        "back_text": "Ordninger",
        "document": document_of(found.content, timezone.localdate(request.at)),
        "copy_url": reverse("copy_scheme", args=[slug, found.id]) if may_write(request.actor) else "",
        "copy_text": f"Kopier ordningen fra {place}",
        "key": new_key(),
    }
    return work_page(request, "designer/shared.html", facts, room="schemes")


@entrance(staff(*WRITERS))
@require_POST
def copy(request: Request, shared: UUID) -> HttpResponse:
    def work() -> str:
        return str(copy_from_shelf(shared_id=shared, by=request.actor, at=request.at).id)

    draft = pressed_once(request, "copy_scheme", {"shared": str(shared)}, work)
    messages.success(request, "Du har fått en egen kladd. Endre den som du vil: originalen blir ikke rørt.")
    return redirect("draft", request.tenant.slug, UUID(draft))
