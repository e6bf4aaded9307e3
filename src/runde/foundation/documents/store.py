"""The file store: each file lies under the hash of its content, in its tenant's own folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from runde.foundation.trust.api import Refused, current_tenant

from .models import Version

LOST = "Filen finnes ikke lenger i arkivet. Meld fra til den som drifter systemet."
DAMAGED = "Filen er endret etter at den ble lagret, og kan ikke vises. Meld fra til den som drifter systemet."


class FileDamaged(Refused):
    """The bytes are no longer those that were sealed. Never shown, never sent."""

    code = "file_damaged"


class FileLost(Refused):
    """The row is there, the file is not."""

    code = "file_lost"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def keep(contents: Iterable[bytes]) -> list[str]:
    """Write contents to the store so that they survive a power cut, and give their hashes in order.

    To be called before the rows are committed: a file without a row is only waste, a row without a file is a loss.
    """
    hashes: list[str] = []
    folders: set[Path] = set()
    for content in contents:
        sha256 = digest(content)
        hashes.append(sha256)
        path = path_of(current_tenant(), sha256)
        if path.exists() and path.stat().st_size == len(content):
            continue
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, content)
        folders |= {path.parent, path.parent.parent}
    for folder in folders:
        sync_folder(folder)
    return hashes


def read_version(version: Version) -> bytes:
    """The sealed bytes. Raises FileLost, and FileDamaged when they have changed since they were sealed."""
    path = path_of(version.tenant_id, version.sha256)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise FileLost(LOST, path=str(path)) from None
    if digest(content) != version.sha256:
        raise FileDamaged(DAMAGED, path=str(path))
    return content


def path_of(tenant_id: UUID, sha256: str) -> Path:
    return Path(settings.FILES) / str(tenant_id) / sha256[:2] / sha256


def write_whole(path: Path, content: bytes) -> None:
    """Whole or not at all: written beside, flushed to disk, then given its name."""
    beside = path.with_name(f".{path.name}.{uuid4().hex}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
