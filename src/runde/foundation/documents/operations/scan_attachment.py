from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import record

from ..handed_in import read_handed_in
from ..models import Attachment
from ..parsing.found import Reason
from ..scanning import Scanner
from ..signals import attachment_infected


@transaction.atomic
def scan_attachment(*, attachment_id: UUID, scanner: Scanner, at: datetime) -> Attachment | None:
    """Have a checked file scanned. Once it has been, this does nothing; None when it is gone. Raises ScannerSilent."""
    attachment = Attachment.objects.select_for_update().filter(id=attachment_id).first()
    if attachment is None or attachment.state != Attachment.State.CHECKED:
        return attachment
    found = scanner.scan(read_handed_in(attachment.id, attachment.sha256))
    attachment.scanned_at = at
    attachment.state = Attachment.State.INFECTED if found.virus else Attachment.State.SCANNED
    attachment.reason = Reason.VIRUS.value if found.virus else ""
    attachment.save(update_fields=["scanned_at", "state", "reason"])
    record(
        action=f"documents.attachment_{attachment.state}",
        subject_kind="attachment",
        subject_id=attachment.id,
        by=None,
        at=at,
        of=f"{attachment.subject_kind}:{attachment.subject_id}",
        virus=found.virus[:100],
    )
    if found.virus:
        attachment_infected.send(Attachment, attachment=attachment, at=at)
    return attachment
