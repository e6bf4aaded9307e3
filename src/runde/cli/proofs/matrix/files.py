"""Files on a message nobody has sent yet: one whole, and one that is on its way in parts."""

from __future__ import annotations

import io
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from runde.foundation.documents.api import receive_attachment, start_upload
from runde.foundation.people.api import Actor
from runde.web.applicant.after.writing import FILES

KIND = "message"
SIDE = 8
"""Pixels."""


def hand_in(message_id: UUID, by: Actor, at: datetime) -> None:
    place = {"subject_kind": KIND, "subject_id": message_id, "question": FILES}
    receive_attachment(file=a_picture(), **place, by=by, at=at)  # type: ignore[arg-type]
    start_upload(**place, name="plan.pdf", size=1_000, by=by, at=at)  # type: ignore[arg-type]


def a_picture() -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (SIDE, SIDE), "white").save(drawn, "PNG")
    return SimpleUploadedFile("bilde.png", drawn.getvalue(), "image/png")
