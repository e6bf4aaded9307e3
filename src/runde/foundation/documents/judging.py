"""What a file handed in claims to be, judged by its first bytes; its name and the browser's word count for nothing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .parsing.found import Reason, Unreadable


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file we take, and how it begins."""

    media_type: str
    extension: str
    start: bytes


TAKEN = (
    FileType("application/pdf", ".pdf", b"%PDF-"),
    FileType("image/png", ".png", b"\x89PNG\r\n\x1a\n"),
    FileType("image/jpeg", ".jpg", b"\xff\xd8\xff"),
)
FIRST_BYTES = 8
LONGEST_NAME = 120
_UNSAFE = re.compile(r"[^\w\- ().,+]", re.UNICODE)


def judge_size(size: int, limit: int) -> None:
    """Raises Unreadable."""
    if size <= 0:
        raise Unreadable(Reason.EMPTY)
    if size > limit:
        raise Unreadable(Reason.TOO_LARGE)


def judge_start(start: bytes) -> FileType:
    """The type that these first bytes belong to. Raises Unreadable for what we do not take."""
    for kind in TAKEN:
        if start.startswith(kind.start):
            return kind
    raise Unreadable(Reason.WRONG_KIND)


def safe_name(name: str, extension: str = "") -> str:
    """A name that can do no harm on any disk or in any header; the extension tells the file's true type.

    >>> safe_name("../../etc/pass\\nwd.exe", ".pdf")
    'passwd.pdf'
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    stem = last.rpartition(".")[0] or last
    clean = _UNSAFE.sub("", stem).strip(" .")[: LONGEST_NAME - len(extension)]
    return f"{clean or 'fil'}{extension}"


def ending_of(name: str) -> str:
    """The ending it came with, until we know what it is."""
    ending = name.rpartition(".")[2].lower()
    return f".{ending}" if ending.isascii() and ending.isalnum() and len(ending) <= 5 and "." in name else ""
