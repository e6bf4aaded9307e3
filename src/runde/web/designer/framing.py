"""What every page of a draft has in common: name, parts, save state, undo and redo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from runde.foundation.people.api import names_of
from runde.grants.designs.api import Draft, origin_sentence, undoing
from runde.web.components.navigation import Lane
from runde.web.designer.access import may_try, may_write
from runde.web.designer.words import when_text
from runde.web.entrance import Request

PARTS = (
    ("draft", "Krav og beløp"),
    ("draft_money", "Penger og anslag"),
    ("draft_texts", "Tekster"),
    ("draft_form", "Skjema"),
    ("draft_history", "Historikk"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """Undo or redo: the address it is sent to, and what it would do in words."""

    url: str
    what: str


def draft_frame(request: Request, draft: Draft, page: str) -> dict[str, Any]:
    slug = request.tenant.slug
    is_open = draft.state == Draft.State.DRAFT
    writes = is_open and may_write(request.actor)
    return {
        "h1": draft.title,
        "lead": origin_sentence(draft.origin),
        "back_url": reverse("schemes", args=[slug]),
        "back_text": "Ordninger",
        "draft": draft,
        "page": page,
        "pages": [
            Lane(text, reverse(name, args=[slug, draft.id]), current=name == page) for name, text in PARTS
        ],
        "change_url": reverse("change_draft", args=[slug, draft.id]),
        "publish_url": reverse("publish_draft", args=[slug, draft.id]) if writes else "",
        "file_url": reverse("draft_file", args=[slug, draft.id]),
        "discard_url": reverse("discard_draft", args=[slug, draft.id]) if writes else "",
        "version_url": reverse("scheme_version", args=[slug, draft.version_id]) if draft.version_id else "",
        "is_open": is_open,
        "may_write": writes,
        "may_try": is_open and may_try(request.actor),
        "only_tries": is_open and may_try(request.actor) and not writes,
        **state_facts(request, draft),
    }


def state_facts(request: Request, draft: Draft) -> dict[str, Any]:
    """The line that tells what is saved, with undo and redo; sent anew after each change."""
    slug, steps = request.tenant.slug, undoing(draft)
    name = names_of({draft.changed_by}).get(draft.changed_by, "")
    writes = draft.state == Draft.State.DRAFT and may_write(request.actor)
    return {
        "revision": draft.revision,
        "saved_text": f"Lagret {when_text(draft.changed_at, request.at)} av {name}",
        "undo": _step("undo_draft", slug, draft, steps.undo) if writes else None,
        "redo": _step("redo_draft", slug, draft, steps.redo) if writes else None,
        "state": "saved",
    }


def _step(name: str, slug: str, draft: Draft, what: str | None) -> Step | None:
    return Step(reverse(name, args=[slug, draft.id]), what) if what else None
