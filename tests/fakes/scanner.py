"""A scanner that answers at once; verified against the real client in tests/adapters/scanner."""

from __future__ import annotations

from dataclasses import dataclass

from runde.foundation.documents.api import Scanned, ScannerSilent

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
"""The test file every scanner knows; in two parts, so that this file is none."""


@dataclass
class FakeScanner:
    """Finds `virus` in everything when it is given, otherwise EICAR; `is_silent` answers nothing."""

    virus: str = ""
    is_silent: bool = False
    asked: int = 0

    def scan(self, content: bytes) -> Scanned:
        self.asked += 1
        if self.is_silent:
            raise ScannerSilent("fake")
        return Scanned(self.virus or ("Eicar-Signature" if EICAR in content else ""))
