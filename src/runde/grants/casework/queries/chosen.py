"""What is kept beside the list: chosen sets, what was just done, saved views, who has which municipality."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count

from runde.foundation.people.api import Actor

from ..models import BulkAct, Case, MunicipalityOfficer, SavedView, Selection


def find_selection(selection_id: UUID) -> Selection | None:
    return Selection.objects.filter(id=selection_id).first()


def find_bulk_act(act_id: UUID, *, by: Actor) -> BulkAct | None:
    """What the person did; another's is none of theirs to undo."""
    return BulkAct.objects.filter(id=act_id, done_by=by.person_id).first()


def list_views(*, by: Actor) -> list[SavedView]:
    """The person's own, by name."""
    return list(SavedView.objects.filter(person_id=by.person_id).order_by("name"))


def list_municipalities_of(case_ids: Collection[UUID]) -> dict[str, int]:
    """How many of the cases are in each municipality, by number; "" for those not known."""
    found = Case.objects.filter(id__in=case_ids).values_list("municipality_number")
    return dict(found.annotate(count=Count("id")).order_by("municipality_number"))


def officers_by_municipality() -> dict[str, UUID]:
    """Who takes which municipality's cases, as last chosen."""
    return dict(MunicipalityOfficer.objects.values_list("municipality_number", "person_id"))
