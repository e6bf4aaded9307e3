from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound, Refused

from ..models import SavedView

LONGEST_NAME, LONGEST_QUERY, MOST = 60, 500, 20


def keep_view(*, name: str, query: str, by: Actor, at: datetime) -> SavedView:
    """Keep a way of looking at the list under a name of one's own; the same name again replaces it.

    `query` is the filters as in the address, without the call. Raises NotAllowed, and Refused for a name that is
    missing or too long, or when there are too many.
    """
    authorise(by, "casework.list")
    name = _sound(name, query)
    with transaction.atomic():
        own = SavedView.objects.filter(person_id=by.person_id)
        if own.exclude(name=name).count() >= MOST:
            raise Refused(f"Du kan ha høyst {MOST} lagrede visninger. Slett en først.")
        view, _ = own.update_or_create(
            name=name, defaults={"person_id": by.person_id, "query": query, "saved_at": at}
        )
        record(
            action="casework.view_kept",
            subject_kind="saved_view",
            subject_id=view.id,
            by=by.person_id,
            at=at,
            name=name,
            query=query,
        )
    return view


def delete_view(*, view_id: UUID, by: Actor, at: datetime) -> None:
    """Forget one of one's own views. Raises NotFound for another's."""
    authorise(by, "casework.list")
    with transaction.atomic():
        deleted, _ = SavedView.objects.filter(id=view_id, person_id=by.person_id).delete()
        if not deleted:
            raise NotFound("Vi finner ikke visningen. Den kan være slettet allerede.")
        record(
            action="casework.view_deleted",
            subject_kind="saved_view",
            subject_id=view_id,
            by=by.person_id,
            at=at,
        )


def _sound(name: str, query: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused("Gi visningen et navn.")
    if len(name) > LONGEST_NAME:
        raise Refused(f"Navnet kan ha høyst {LONGEST_NAME} tegn. Nå er det {len(name)}.")
    if len(query) > LONGEST_QUERY:
        raise Refused("Filteret er for langt til å lagres. Bruk færre filtre.")
    return name
