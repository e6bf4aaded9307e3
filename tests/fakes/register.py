"""A register that answers at once; verified against the real client in tests/adapters/brreg."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from runde.foundation.companies.api import NoUnit, RegisterSilent, RemovedUnit, UnitAnswer, read_unit


@dataclass
class FakeRegister:
    """`units` and `sub_units` are what the register answers with, as decoded JSON, by number; `removed` numbers are
    gone for legal reasons; `is_silent` answers nothing."""

    units: dict[str, Any] = field(default_factory=dict)
    sub_units: dict[str, Any] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    is_silent: bool = False
    asked: list[str] = field(default_factory=list)

    def unit(self, orgnr: str) -> UnitAnswer:
        self.asked.append(orgnr)
        if self.is_silent:
            raise RegisterSilent("fake")
        if orgnr in self.removed:
            return RemovedUnit(orgnr)
        for held, is_sub_unit in ((self.units, False), (self.sub_units, True)):
            if orgnr in held:
                return read_unit(held[orgnr], orgnr=orgnr, is_sub_unit=is_sub_unit)
        return NoUnit(orgnr)


def answer(orgnr: str, **changes: Any) -> dict[str, Any]:
    """A café as the register tells of it."""
    return {
        "organisasjonsnummer": orgnr,
        "navn": "NYBAKT KAFÉ AS",
        "organisasjonsform": {"kode": "AS"},
        "naeringskode1": {"kode": "56.110"},
        "registreringsdatoEnhetsregisteret": "2026-11-20",
        "forretningsadresse": {"landkode": "NO", "adresse": ["Lyngveien 4"], "kommunenummer": "3407"},
        "harRegistrertAntallAnsatte": True,
        "antallAnsatte": 7,
        "konkurs": False,
        **changes,
    }


def branch_answer(orgnr: str, parent: str, **changes: Any) -> dict[str, Any]:
    return {
        "organisasjonsnummer": orgnr,
        "navn": "NYBAKT KAFÉ AVD TORGET",
        "organisasjonsform": {"kode": "BEDR"},
        "overordnetEnhet": parent,
        "beliggenhetsadresse": {"kommunenummer": "3407"},
        **changes,
    }
