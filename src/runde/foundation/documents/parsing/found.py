"""What the child tells: what the file is, or why it is not taken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a file is not taken. The words for people stand elsewhere."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    WRONG_KIND = "wrong_kind"
    BROKEN = "broken"
    LOCKED = "locked"
    TWO_THINGS = "two_things"
    PROGRAM = "program"
    FILES_INSIDE = "files_inside"
    LINKS_OUT = "links_out"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_HEAVY = "too_heavy"
    VIRUS = "virus"


class Unreadable(Exception):
    """The file is not taken."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Found:
    """A file we take. `clean` is the file without what it told about its maker; None when it stands as it came."""

    media_type: str
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    clean: bytes | None = None
    preview: bytes = b""
