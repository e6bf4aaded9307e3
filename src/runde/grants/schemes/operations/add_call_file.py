from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from runde.foundation.documents.api import Version, receive_upload
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict

from ..domain.refusals import CallRefused
from ..models import Call
from ..queries.calls import FILES_OF
from .announcing import announce
from .publish_call import locked_call


@transaction.atomic
def add_call_file(*, call: Call, file: UploadedFile[Any], title: str, by: Actor, at: datetime) -> Version:
    """Lay a file with the call, for everybody to read. Raises FileRefused for what the file store will not have."""
    authorise(by, "schemes.manage", call)
    if not title.strip():
        raise CallRefused("Skriv hva fila er, for eksempel «Retningslinjer».", place="title")
    call = locked_call(call)
    if call.state == Call.State.WITHDRAWN:
        raise Conflict("Utlysningen er trukket.")
    version = receive_upload(
        file=file, title=title.strip(), subject_kind=FILES_OF, subject_id=call.id, by=by, at=at
    )
    if call.state == Call.State.PUBLISHED:
        announce(call, at)
    record(
        action="schemes.file_added",
        subject_kind="call",
        subject_id=call.id,
        by=by.person_id,
        at=at,
        document=version.document_id,
        title=title,
    )
    return version
