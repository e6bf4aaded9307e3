from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from ..models import Call
from .announcing import announce
from .publish_call import locked_call


@contextmanager
def as_if_published(*, call: Call, at: datetime) -> Iterator[None]:
    """Inside, a drafted call reads as it would when published; afterwards nothing has happened.

    For showing a page before it is public. Nobody else sees anything of it.
    """
    with transaction.atomic():
        drafted = locked_call(call)
        if drafted.state == Call.State.DRAFT:
            drafted.state, drafted.published_at = Call.State.PUBLISHED, at
            drafted.save(update_fields=["state", "published_at"])
            announce(drafted, at)
        yield
        transaction.set_rollback(True)
