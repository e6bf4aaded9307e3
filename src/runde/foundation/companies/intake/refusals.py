"""Why a file as a whole cannot be read. Each message says what is wrong and how to mend it."""

from __future__ import annotations

from runde.foundation.companies.domain.showing import printable
from runde.foundation.trust.api import Refused


class FileRefused(Refused):
    """The file is not a register file at all; nothing in it was imported."""

    code = "register_file_refused"

    def __init__(self, sentence: str) -> None:
        super().__init__(printable(sentence))


class NoSuchFile(FileRefused):
    code = "register_file_missing"


class NotCompressed(FileRefused):
    code = "register_file_not_gzip"


class NotARegister(FileRefused):
    code = "register_file_format"


class NoOrganisationNumbers(FileRefused):
    code = "register_file_no_orgnr"
