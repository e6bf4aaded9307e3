"""Where the bytes of what people hand in lie: each file under the id of its row, outside any folder that is served.

`incoming` holds what has not been checked, `handed_in` what has, each in its tenant's own folder. A file is written
before its row is committed and taken away after: a file without a row is only waste, and is swept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from runde.foundation.trust.api import current_tenant

from .store import DAMAGED, LOST, FileDamaged, FileLost, sync_folder, write_whole

PIECE = 1_000_000
PREVIEW = ".preview"
LENGTH_OF_ID = 36


def incoming(file_id: UUID) -> Path:
    return _folder("incoming") / str(file_id)


def handed_in(file_id: UUID) -> Path:
    return _folder("handed_in") / str(file_id)


def preview_of(file_id: UUID) -> Path:
    return _folder("handed_in") / f"{file_id}{PREVIEW}"


def write_part(file_id: UUID, offset: int, content: bytes) -> None:
    """Put a part in its place, on disk before we say that we have it. Writing it again changes nothing."""
    path = incoming(file_id)
    fresh = not path.exists()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        file.seek(offset)
        file.write(content)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
    if fresh:
        sync_folder(path.parent)


def read_part(file_id: UUID, offset: int, length: int) -> bytes:
    """What we have of a part. Raises FileLost."""
    try:
        with incoming(file_id).open("rb") as file:
            file.seek(offset)
            return file.read(length)
    except FileNotFoundError:
        raise FileLost(LOST) from None


def write_incoming(file_id: UUID, pieces: Iterable[bytes], *, most: int) -> int:
    """Write a whole file, and give its size; stops one byte above `most`."""
    path, written = incoming(file_id), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        for piece in pieces:
            file.write(piece[: most + 1 - written])
            written += len(piece)
            if written > most:
                break
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)
    return written


def digest_of(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return found.hexdigest()


def keep_checked(file_id: UUID, clean: bytes | None, preview: bytes) -> tuple[int, str]:
    """Lay what was checked where it is read from; gives its size and hash. `clean` None keeps the file as it came."""
    content = incoming(file_id).read_bytes() if clean is None else clean
    write_whole(handed_in(file_id), content)
    if preview:
        write_whole(preview_of(file_id), preview)
    sync_folder(_folder("handed_in"))
    return len(content), hashlib.sha256(content).hexdigest()


def read_handed_in(file_id: UUID, sha256: str) -> bytes:
    """Raises FileLost, and FileDamaged when the bytes are no longer those that were checked."""
    try:
        content = handed_in(file_id).read_bytes()
    except FileNotFoundError:
        raise FileLost(LOST) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileDamaged(DAMAGED)
    return content


def read_preview(file_id: UUID) -> bytes:
    """Raises FileLost."""
    try:
        return preview_of(file_id).read_bytes()
    except FileNotFoundError:
        raise FileLost(LOST) from None


def drop_incoming(file_ids: Iterable[UUID]) -> None:
    """Take away what came in, when the transaction has been committed."""
    _drop_on_commit([incoming(one) for one in file_ids])


def drop_all(file_ids: Iterable[UUID]) -> None:
    """Take away everything of these files, when the transaction has been committed."""
    _drop_on_commit([path for one in file_ids for path in (incoming(one), handed_in(one), preview_of(one))])


def lying_files() -> Iterator[tuple[UUID, Path]]:
    """Each file of the tenant's with the id of the row it should have."""
    for folder in (_folder("incoming"), _folder("handed_in")):
        for path in folder.iterdir():
            yield UUID(path.name.strip(".")[:LENGTH_OF_ID]), path


def _drop_on_commit(paths: list[Path]) -> None:
    transaction.on_commit(partial(_drop, paths))


def _drop(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _folder(name: str) -> Path:
    folder = Path(settings.FILES) / str(current_tenant()) / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
