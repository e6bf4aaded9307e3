"""Looking for virus: what a scanner must be able to do, and which one is set up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class ScannerSilent(Exception):
    """The scanner gave no answer we can build on: it is down, too slow, or did not look at the whole file."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """`virus` is the scanner's name for what it found; empty when it found nothing."""

    virus: str = ""


class Scanner(Protocol):
    def scan(self, content: bytes) -> Scanned:
        """Raises ScannerSilent."""
        ...


def has_scanner() -> bool:
    return bool(settings.SCANNER_ADDRESS)


def find_scanner() -> Scanner | None:
    """The scanner the settings name, made anew for each use; None where none is set up."""
    if not has_scanner():
        return None
    connect = import_string(settings.SCANNER)
    scanner: Scanner = connect(settings.SCANNER_ADDRESS)
    return scanner
