from __future__ import annotations

from datetime import datetime

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import hold

from ..models import Scheme


@transaction.atomic
def create_scheme(*, slug: str, by: Actor, at: datetime) -> Scheme:
    """Make the scheme that versions hang on, or give the one with this slug."""
    authorise(by, "schemes.manage")
    hold("scheme", [slug])
    known = Scheme.objects.filter(slug=slug).first()
    if known is not None:
        return known
    scheme = Scheme.objects.create(slug=slug, made_at=at)
    record(
        action="schemes.created",
        subject_kind="scheme",
        subject_id=scheme.id,
        by=by.person_id,
        at=at,
        slug=slug,
    )
    return scheme
