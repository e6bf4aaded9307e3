from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from runde.foundation.journal.api import record_reading
from runde.foundation.people.api import Actor, authorise

from .. import manifest
from ..errors import BankFileAltered, BatchNotFound
from ..models import BankFile
from ..operations.approve_batch import line_for
from ..sealing import digest


@dataclass(frozen=True, slots=True)
class SealedBytes:
    """What is handed to the bank: the same bytes however often it is fetched."""

    content: bytes
    file_name: str
    sha256: str


def bank_file_bytes(*, batch_id: UUID, by: Actor, at: datetime) -> SealedBytes:
    """The sealed file. Its hash is checked each time (BankFileAltered), and the reading is written down.

    The first time, the manifest is told before the bytes leave.
    """
    authorise(by, "payments.fetch_file")
    file = BankFile.objects.filter(batch_id=batch_id).first()
    if file is None:
        raise BatchNotFound("Denne bunten har ingen bankfil ennå. Den må godkjennes først.")
    content = bytes(file.content)
    if digest(content) != file.sha256:
        raise BankFileAltered(
            "Bankfilen er endret etter at den ble laget, og må ikke sendes. Meld fra til den som drifter løsningen.",
            bank_file_id=file.id,
        )
    if file.id not in manifest.released_ids():
        manifest.append_line(line_for(file, manifest.RELEASED), at=at)
    record_reading(subject_kind="bank_file", subject_id=file.id, by=by.person_id, at=at)
    return SealedBytes(content, f"{file.message_id}.xml", file.sha256)
