from __future__ import annotations

from datetime import datetime

from django.db import transaction

from runde.foundation.journal.api import record_reading
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import NotFound

from ..handed_in import read_handed_in, read_preview
from ..models import Attachment
from ..refusals import NotServed
from ..scanning import has_scanner

WAITS = (
    "Filen er ikke kontrollert for virus ennå. Den kan åpnes når kontrollen er ferdig. Prøv igjen om litt."
)
UNSCANNED = "Filen er ikke kontrollert for virus. Bekreft at du vil åpne den likevel."


@transaction.atomic
def open_attachment(
    *, attachment: Attachment, by: Actor, at: datetime, unscanned_accepted: bool = False
) -> bytes:
    """The bytes for a person to read, and a line in the journal that they did. Serve as an attachment only.

    Whether they may read it is asked by the caller; whether anybody may is decided here: never refused or infected
    files; what is not scanned is given to the one who handed it in, and to others only where there is no scanner
    at all and they have accepted the risk. Raises NotServed, FileLost, FileDamaged.
    """
    refuse_unserved(attachment, by, unscanned_accepted=unscanned_accepted)
    content = read_handed_in(attachment.id, attachment.sha256)
    record_reading(subject_kind="attachment", subject_id=attachment.id, by=by.person_id, at=at)
    return content


def refuse_unserved(attachment: Attachment, by: Actor, *, unscanned_accepted: bool) -> None:
    """Raises NotServed; `facts["may_accept"]` tells that the person may open it by accepting the risk."""
    if attachment.state == Attachment.State.SCANNED:
        return
    if attachment.state != Attachment.State.CHECKED:
        raise NotServed("Filen er sperret og kan ikke åpnes.")
    if attachment.made_by == by.person_id:
        return
    if has_scanner():
        raise NotServed(WAITS)
    if not unscanned_accepted:
        raise NotServed(UNSCANNED, may_accept=True)


def open_preview(attachment: Attachment) -> bytes:
    """The first page as a small PNG of our own making, harmless by itself. Raises NotFound, FileLost."""
    if not attachment.has_preview or not attachment.is_usable:
        raise NotFound("Filen har ingen forhåndsvisning.")
    return read_preview(attachment.id)
