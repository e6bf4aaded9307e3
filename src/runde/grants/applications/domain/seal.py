"""The seal: one hash over everything an application said and was judged by when it was sent.

Format 1: SHA-256 over "runde-application-1", a line feed, and JSON as UTF-8 with sorted keys, no blanks and no
escaped letters. Times are UTC in ISO 8601 with microseconds. There are no floats.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from runde.engine.canonical import canonical_json

FORMAT = b"runde-application-1\n"
STAGE_FORMAT = b"runde-stage-answers-1\n"


def canonical_bytes(content: Mapping[str, Any], start: bytes = FORMAT) -> bytes:
    """The one spelling of the content. Raises TypeError for anything that is not plain data, floats too."""
    return start + as_text(content).encode()


def as_text(content: Mapping[str, Any]) -> str:
    _refuse_floats(content)
    return canonical_json(content)


def seal_over(content: Mapping[str, Any], start: bytes = FORMAT) -> str:
    """The seal as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_bytes(content, start)).hexdigest()


def moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError(f"{value!r} has more than one spelling")
    if isinstance(value, Mapping):
        for inner in value.values():
            _refuse_floats(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_floats(inner)
