"""The links of the chain: exact bytes in, a hash out. Standard library only, shared with the lone verifier.

Format 1, all lengths as 8 bytes big-endian before each part:
    payload_hash = SHA-256("runde-payload-1" ‖ salt ‖ payload as UTF-8)
    hash         = SHA-256("runde-journal-1" ‖ tenant ‖ chain ‖ seq ‖ at ‖ actor ‖ action ‖ subject kind ‖
                           subject id ‖ payload_hash ‖ previous hash)
`seq` is decimal digits, `at` is UTC in ISO 8601 with microseconds, `actor` is empty when the system acts.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

FORMAT = 1
NOTHING = bytes(32)


def payload_hash(salt: bytes, payload: str) -> bytes:
    return _digest(b"runde-payload-1", salt, payload.encode())


def link_hash(
    *,
    tenant: str,
    chain: str,
    seq: int,
    at: datetime,
    actor: str,
    action: str,
    subject_kind: str,
    subject_id: str,
    payload_digest: bytes,
    previous: bytes,
) -> bytes:
    """The hash of one link; `tenant` and `actor` as canonical UUID text."""
    words = [tenant, chain, str(seq), moment(at), actor, action, subject_kind, subject_id]
    return _digest(b"runde-journal-1", *(word.encode() for word in words), payload_digest, previous)


def moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _digest(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).digest()
