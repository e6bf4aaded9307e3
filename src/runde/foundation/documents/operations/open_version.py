from __future__ import annotations

from datetime import datetime

from django.db import transaction

from runde.foundation.journal.api import record_reading
from runde.foundation.people.api import Actor

from ..models import Version
from ..store import read_version


def open_version(version: Version, *, by: Actor, at: datetime) -> bytes:
    """The bytes for a person to read, and a line in the journal that they did.

    Whether they may is asked by the room that owns the subject. Serve as an attachment only. Raises FileLost,
    FileDamaged.
    """
    content = read_version(version)
    with transaction.atomic():
        record_reading(subject_kind="document", subject_id=version.document_id, by=by.person_id, at=at)
    return content
