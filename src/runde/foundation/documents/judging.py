"""What a file handed in really is, judged by its content; its name and the browser's word count for nothing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from runde.engine.reference.api import number_text
from runde.foundation.trust.api import Refused


class FileRefused(Refused):
    """The file is too large, empty, broken or of a kind we do not take."""

    code = "file_refused"


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file we take: how it begins, and what must stand near its end."""

    media_type: str
    extension: str
    start: bytes
    end: bytes


TAKEN = (
    FileType("application/pdf", ".pdf", b"%PDF-", b"%%EOF"),
    FileType("image/png", ".png", b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
    FileType("image/jpeg", ".jpg", b"\xff\xd8\xff", b"\xff\xd9"),
)
TAIL = 2048
LONGEST_NAME = 120
_UNSAFE = re.compile(r"[^\w\- ().,+]", re.UNICODE)


def judge_size(size: int, limit: int) -> None:
    """Raises FileRefused with both sizes in words."""
    if size == 0:
        raise FileRefused("Filen er tom. Velg en fil med innhold.")
    if size > limit:
        raise FileRefused(f"Filen er {_megabytes(size)} MB. Den kan være høyst {_megabytes(limit)} MB.")


def judge_content(content: bytes) -> FileType:
    """The file's true type. Raises FileRefused for what we do not take and for files cut short."""
    for kind in TAKEN:
        if content.startswith(kind.start):
            if kind.end not in content[-TAIL:]:
                raise FileRefused("Filen er ikke hel. Lagre den på nytt, og last den opp en gang til.")
            return kind
    raise FileRefused(
        "Filen må være en PDF eller et bilde (PNG eller JPEG). Lagre den som PDF, og prøv igjen."
    )


def safe_name(name: str, extension: str) -> str:
    """A name that can do no harm on any disk or in any header; the extension tells the file's true type.

    >>> safe_name("../../etc/pass\\nwd.exe", ".pdf")
    'passwd.pdf'
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    stem = last.rpartition(".")[0] or last
    clean = _UNSAFE.sub("", stem).strip(" .")[: LONGEST_NAME - len(extension)]
    return f"{clean or 'fil'}{extension}"


def _megabytes(size: int) -> str:
    """Whole megabytes; a file a little too large must not be said to be as large as the limit."""
    return number_text(-(-size // 1_000_000))
