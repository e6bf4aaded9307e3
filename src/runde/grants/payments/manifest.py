"""The manifest: what was sealed and what has left the house, kept outside the database, one file for each tenant.

Two kinds of lines, each written and flushed to the disk before what it tells about can happen:

    sealing   just before the transaction with the bank file commits. After a crash there may be such a line
              without a file in the database; nothing of it can have been sent, and the audit counts it only.
    released  just before the bytes are handed out the first time. If the database does not know the file, the
              database is older than what the bank may hold: sealing stops until people have compared.

A line cut short by a crash stands alone on its line and is passed over; the act it was for never happened.
"""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from runde.foundation.trust.api import current_tenant

from .errors import ManifestUnwritable

SEALING, RELEASED = "sealing", "released"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what happened to which file, with what in it."""

    event: str
    bank_file_id: UUID
    message_id: str
    sha256: str
    count: int
    sum_nok: Decimal


def manifest_path() -> Path:
    """The open fence's manifest."""
    return Path(settings.MANIFESTS) / f"{current_tenant()}.jsonl"


def append_line(line: Line, *, at: datetime) -> None:
    """Add a line and wait until it lies on the disk. Raises ManifestUnwritable."""
    try:
        _append(manifest_path(), json.dumps(_as_json(line, at), ensure_ascii=False))
    except OSError as error:
        raise ManifestUnwritable(
            "Filen kan ikke brukes, fordi listen over bankfiler ikke lar seg skrive. Ingenting er sendt. "
            "Meld fra til den som drifter løsningen.",
            cause=str(error),
        ) from error


def read_lines(path: Path) -> list[Line]:
    """The whole lines of a manifest; none when it does not exist."""
    if not path.exists():
        return []
    lines = []
    for text in path.read_text(encoding="utf-8", errors="replace").splitlines():
        line = _parsed(text)
        if line is not None:
            lines.append(line)
    return lines


def released_ids() -> set[UUID]:
    """The bank files of the open fence's tenant that have been handed out at least once."""
    return {line.bank_file_id for line in read_lines(manifest_path()) if line.event == RELEASED}


def _append(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        start = "" if _ends_whole(handle) else "\n"
        _write_all(handle, f"{start}{text}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    if is_new:
        _flush_folder(path.parent)


def _ends_whole(handle: int) -> bool:
    size = os.fstat(handle).st_size
    return size == 0 or os.pread(handle, 1, size - 1) == b"\n"


def _write_all(handle: int, content: bytes) -> None:
    while content:
        content = content[os.write(handle, content) :]


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _as_json(line: Line, at: datetime) -> dict[str, Any]:
    return {
        "event": line.event,
        "bank_file_id": str(line.bank_file_id),
        "message_id": line.message_id,
        "sha256": line.sha256,
        "count": line.count,
        "sum_nok": str(line.sum_nok),
        "at": at.isoformat(),
    }


def _parsed(text: str) -> Line | None:
    try:
        found = json.loads(text)
        return Line(
            event=found["event"],
            bank_file_id=UUID(found["bank_file_id"]),
            message_id=found["message_id"],
            sha256=found["sha256"],
            count=found["count"],
            sum_nok=Decimal(found["sum_nok"]),
        )
    except (ValueError, KeyError, TypeError, ArithmeticError):
        return None
