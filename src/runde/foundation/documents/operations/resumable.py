"""A file in parts, over a line that may break: start it, add parts in order, finish it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from runde.foundation.people.api import Actor
from runde.foundation.trust.api import Conflict, NotFound, hold

from ..handed_in import incoming, lying_files, read_part, write_part
from ..judging import ending_of, judge_size, safe_name
from ..models import Attachment, Upload
from ..parsing.found import Unreadable
from ..refusals import OutOfStep, refusal
from .receive_attachment import judge_room, take_over
from .remove_attachment import drop_uploads

GONE = "Opplastingen er avbrutt for lenge siden. Velg filen på nytt."
OTHER_CONTENT = "Filen er en annen enn den du begynte å laste opp. Fjern den halve filen, og velg på nytt."


@transaction.atomic
def start_upload(
    *,
    subject_kind: str,
    subject_id: UUID,
    question: str = "",
    name: str,
    size: int,
    mark: str = "",
    most: int | None = None,
    by: Actor,
    at: datetime,
) -> Upload:
    """Begin, or take up again: the same person with the same name, size and mark for the same question goes on.

    `received` tells where the next part begins. Raises FileRefused (size, room) and Conflict (too many unfinished).
    """
    hold("uploads", [str(by.person_id)])
    safe, mark = safe_name(name, ending_of(name)), mark[:40]
    mine = Upload.objects.filter(made_by=by.person_id)
    begun = mine.filter(
        subject_kind=subject_kind, subject_id=subject_id, question=question, name=safe, size=size, mark=mark
    ).first()
    if begun:
        return begun
    if mine.count() >= settings.UPLOADS_UNFINISHED:
        raise Conflict("Du har mange filer som ikke er ferdig lastet opp. Fullfør eller fjern dem først.")
    upload = Upload(
        subject_kind=subject_kind,
        subject_id=subject_id,
        question=question,
        name=safe,
        size=size,
        mark=mark,
        made_by=by.person_id,
        started_at=at,
        touched_at=at,
    )
    try:
        judge_size(size, settings.UPLOAD_LIMIT_BYTES)
        judge_room(_as_attachment(upload, at), most)
    except Unreadable as found:
        raise refusal(found.reason) from None
    upload.save(force_insert=True)
    return upload


@transaction.atomic
def add_chunk(*, upload: Upload, offset: int, content: bytes, by: Actor, at: datetime) -> Upload:
    """Add a part that begins at `offset`. What we have already is compared, not written again.

    Raises OutOfStep when it begins beyond what we have, FileRefused when it goes beyond the size that was told,
    Conflict when it differs from what we have, NotFound when the upload is gone.
    """
    held = _held(upload, by)
    if offset < 0 or offset > held.received:
        raise OutOfStep("Filen kom i feil rekkefølge. Vi prøver igjen.", received=held.received)
    if offset + len(content) > held.size:
        raise Conflict(OTHER_CONTENT)
    known = min(held.received - offset, len(content))
    if known and read_part(held.id, offset, known) != content[:known]:
        raise Conflict(OTHER_CONTENT)
    fresh = content[known:]
    if fresh:
        write_part(held.id, held.received, fresh)
        held.received += len(fresh)
    held.touched_at = at
    held.save(update_fields=["received", "touched_at"])
    return held


@transaction.atomic
def finish_upload(
    *,
    upload_id: UUID,
    most: int | None = None,
    media_types: Collection[str] | None = None,
    by: Actor,
    at: datetime,
) -> Attachment:
    """All parts are here: the file becomes an attachment with the same id. Finishing again gives the same one.

    A file that turns out bad, is refused in the answer, as with `receive_attachment`.

    Raises OutOfStep while parts are missing, NotFound.
    """
    done = Attachment.objects.filter(id=upload_id, made_by=by.person_id).first()
    if done:
        return done
    upload = Upload.objects.select_for_update().filter(id=upload_id, made_by=by.person_id).first()
    if upload is None:
        done = Attachment.objects.filter(id=upload_id, made_by=by.person_id).first()
        if done is None:
            raise NotFound(GONE)
        return done
    if upload.received != upload.size or incoming(upload.id).stat().st_size != upload.size:
        raise OutOfStep("Filen er ikke kommet helt fram.", received=upload.received)
    attachment = _as_attachment(upload, at)
    try:
        judge_size(upload.size, settings.UPLOAD_LIMIT_BYTES)
        judge_room(attachment, most)
    except Unreadable as found:
        attachment.state, attachment.reason = Attachment.State.REFUSED, found.reason.value
    upload.delete()
    return take_over(attachment, media_types=media_types, by=by, at=at)


@transaction.atomic
def cancel_upload(*, upload: Upload, by: Actor) -> None:
    """Give up a file on its way. Giving it up again does nothing."""
    drop_uploads(Upload.objects.filter(id=upload.id, made_by=by.person_id))


@transaction.atomic
def sweep_uploads(*, at: datetime) -> int:
    """Remove uploads nobody goes on with, and files without a row; how many uploads were removed."""
    before = at - timedelta(hours=settings.UPLOAD_KEPT_HOURS)
    removed = drop_uploads(Upload.objects.filter(touched_at__lt=before))
    known = {*Upload.objects.values_list("id", flat=True), *Attachment.objects.values_list("id", flat=True)}
    for file_id, path in list(lying_files()):
        if file_id not in known and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
    return removed


def _held(upload: Upload, by: Actor) -> Upload:
    held = Upload.objects.select_for_update().filter(id=upload.id, made_by=by.person_id).first()
    if held is None:
        raise NotFound(GONE)
    return held


def _as_attachment(upload: Upload, at: datetime) -> Attachment:
    return Attachment(
        id=upload.id,
        subject_kind=upload.subject_kind,
        subject_id=upload.subject_id,
        question=upload.question,
        name=upload.name,
        size=upload.size,
        made_by=upload.made_by,
        made_at=at,
    )
