from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from runde.foundation.people.api import Actor, authorise, may
from runde.foundation.trust.api import NotFound

from ..domain.history import Act, redo_target, undo_target
from ..models import Draft, DraftRevision


class Undoing(NamedTuple):
    """What undo and redo would do, in the words of the change; None when there is nothing."""

    undo: str | None
    redo: str | None


def get_draft(draft_id: UUID, actor: Actor) -> Draft:
    """Raises NotFound, also for those who may not read drafts."""
    draft = find_draft(draft_id, actor)
    if draft is None:
        raise NotFound("Vi finner ikke denne kladden. Den kan høre til en annen kommune.")
    return draft


def find_draft(draft_id: UUID, actor: Actor) -> Draft | None:
    if not may(actor, "designs.read"):
        return None
    return Draft.objects.select_related("scheme").filter(id=draft_id).first()


def list_drafts(actor: Actor, *, with_closed: bool = False) -> list[Draft]:
    """Drafts being written, the last changed first; with published and discarded ones when asked for.

    Without `content`, which is read when asked for, one draft at a time.
    """
    authorise(actor, "designs.read")
    found = Draft.objects.defer("content").select_related("scheme").order_by("-changed_at", "id")
    return list(found if with_closed else found.filter(state=Draft.State.DRAFT))


def list_revisions(draft: Draft) -> list[DraftRevision]:
    """Every act on the draft, the newest first, without content."""
    return list(DraftRevision.objects.filter(draft=draft).defer("content").order_by("-number"))


def get_revision(draft: Draft, number: int) -> DraftRevision:
    """One act, `content` filled in as it stood after it. Raises NotFound."""
    found = DraftRevision.objects.filter(draft=draft, number=number).first()
    if found is None:
        raise NotFound("Kladden har ingen slik endring.")
    if found.content is None:
        found.content = DraftRevision.objects.get(draft=draft, number=found.shows).content
    return found


def undoing(draft: Draft) -> Undoing:
    rows = DraftRevision.objects.filter(draft=draft).order_by("number")
    acts, told = [], {}
    for number, kind, shows, parent, what in rows.values_list("number", "kind", "shows", "parent", "what"):
        acts.append(Act(number, kind, shows, parent))
        told[number] = what
    redo = redo_target(acts)
    return Undoing(
        undo=None if undo_target(acts) is None else told[acts[-1].shows],
        redo=None if redo is None else told[redo],
    )
