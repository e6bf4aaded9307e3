"""Additions from pages of their own: what is added stands beside what others do, so it is laid upon the newest."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from runde.grants.designs.api import Content, Draft, DraftRefused, change_draft, get_draft
from runde.web.designer.acts import Refusal
from runde.web.designer.acts.sent import refused_by_rules, told
from runde.web.entrance import Request
from runde.web.staff import attempt


def open_draft(request: Request, draft_id: UUID) -> Draft:
    """A draft to write in. Raises NotFound; whether it is still open is judged when it is changed."""
    return get_draft(draft_id, request.actor)


def save_addition(
    request: Request, draft: Draft, place: str, change: Callable[[Content], Content], what: str = ""
) -> Draft:
    """Raises Refusal with sentences at `place`."""
    done: list[Draft] = []
    with refused_by_rules(place):
        content = change(draft.content)
    refusal = attempt(
        lambda: done.append(
            change_draft(
                draft_id=draft.id,
                content=content,
                revision=draft.revision,
                what=what,
                by=request.actor,
                at=request.at,
            )
        )
    )
    if isinstance(refusal, DraftRefused):
        raise Refusal({place: told(refusal)})
    if refusal is not None:
        raise refusal
    return done[0]
