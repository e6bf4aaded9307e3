"""What is kept beside the list: chosen sets, what was just done, saved views, who has which municipality."""

from __future__ import annotations

from uuid import UUID

from runde.foundation.people.api import Actor
from runde.foundation.trust.api import NotFound

from ..models import BulkAct, MunicipalityOfficer, SavedView, Selection


def find_selection(selection_id: UUID) -> Selection | None:
    return Selection.objects.filter(id=selection_id).first()


def find_bulk_act(act_id: UUID, *, by: Actor) -> BulkAct | None:
    """What the person did; another's is none of theirs to undo."""
    return BulkAct.objects.filter(id=act_id, done_by=by.person_id).first()


def get_bulk_act(act_id: UUID, *, by: Actor) -> BulkAct:
    found = find_bulk_act(act_id, by=by)
    if found is None:
        raise NotFound("Vi finner ikke det du gjorde. Gå tilbake til lista.")
    return found


def last_bulk_act(*, by: Actor) -> BulkAct | None:
    """The newest thing the person did that has not been undone."""
    return BulkAct.objects.filter(done_by=by.person_id, undone_at__isnull=True).order_by("-done_at").first()


def list_views(*, by: Actor) -> list[SavedView]:
    """The person's own, by name."""
    return list(SavedView.objects.filter(person_id=by.person_id).order_by("name"))


def officers_by_municipality() -> dict[str, UUID]:
    """Who takes which municipality's cases, as last chosen."""
    return dict(MunicipalityOfficer.objects.values_list("municipality_number", "person_id"))
