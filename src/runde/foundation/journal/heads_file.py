"""The heads written down outside the database, a line for each chain each time. Added to, never changed."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from runde.foundation.trust.api import Refused


class HeadsUnwritable(Refused):
    """The file outside the database could not be written: nothing was witnessed."""

    code = "heads_unwritable"


@dataclass(frozen=True, slots=True)
class WrittenHead:
    """Where one chain stood when somebody looked."""

    tenant_id: UUID
    chain: str
    seq: int
    hash: bytes
    at: str


def heads_path() -> Path:
    return Path(settings.MANIFESTS) / "heads.jsonl"


def append_heads(heads: Iterable[tuple[UUID, str, int, bytes]], *, at: datetime) -> None:
    """Write the heads down and wait until they lie on the disk. Raises HeadsUnwritable."""
    lines = "".join(
        json.dumps(
            {"at": at.isoformat(), "tenant": str(tenant), "chain": chain, "seq": seq, "hash": digest.hex()}
        )
        + "\n"
        for tenant, chain, seq, digest in heads
    )
    try:
        _append(heads_path(), lines.encode())
    except OSError as error:
        raise HeadsUnwritable(f"Kunne ikke skrive {heads_path()}: {error.strerror}.") from error


def read_heads() -> list[WrittenHead]:
    """Every whole line of the file, oldest first; none when there is no file. A torn line is passed over."""
    path = heads_path()
    if not path.exists():
        return []
    found = (_parsed(line) for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    return [head for head in found if head is not None]


def _append(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        size = os.fstat(handle).st_size
        if size and os.pread(handle, 1, size - 1) != b"\n":
            content = b"\n" + content
        while content:
            content = content[os.write(handle, content) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _parsed(line: str) -> WrittenHead | None:
    try:
        found = json.loads(line)
        digest = bytes.fromhex(found["hash"])
        return WrittenHead(UUID(found["tenant"]), found["chain"], int(found["seq"]), digest, found["at"])
    except (ValueError, KeyError, TypeError):
        return None
