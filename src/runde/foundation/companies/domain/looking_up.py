"""Asking the register for one unit: what it may answer, and the look-up an adapter brings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from runde.foundation.trust.api import Refused

from .register_fields import FIELDS, Content


class RegisterUnavailable(Refused):
    """The register gives no answer we can build on. `reason` is for the operator's log, never for a page."""

    code = "register_unavailable"

    def __init__(self, reason: str = "") -> None:
        super().__init__(
            "Vi får ikke kontakt med Enhetsregisteret. Du kan fortsette. Vi henter opplysningene senere og sier fra "
            "hvis noe endrer seg.",
            reason=reason,
        )
        self.reason = reason


class RegisterSilent(RegisterUnavailable):
    """Away, too slow or too busy. The one refusal that makes us stop asking for a while."""

    code = "register_silent"


class OddRegisterAnswer(RegisterUnavailable):
    """It answered with something that is not what it says it answers with: nothing of it is used."""

    code = "register_odd_answer"


class NoLookUp(RegisterUnavailable):
    """No look-up is set up: the files read in are all there is."""

    code = "register_no_look_up"


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A registered unit: its texts in the order of our fields, each known to be readable."""

    orgnr: str
    content: Content
    texts: tuple[str, ...]

    @property
    def is_sub_unit(self) -> bool:
        return self.content is Content.SUB_UNITS

    def text(self, column: str) -> str:
        """The text of one of our columns, as the register wrote it."""
        names = [field.column for field in FIELDS[self.content]]
        return self.texts[names.index(column)]

    @property
    def name(self) -> str:
        return self.text("name")

    @property
    def parent_orgnr(self) -> str:
        return self.text("parent_orgnr")


@dataclass(frozen=True, slots=True)
class DeletedUnit:
    """A unit that has been struck off. The register may leave out all but number and day; `unit` is what it said."""

    orgnr: str
    deleted_date: date
    unit: FoundUnit


@dataclass(frozen=True, slots=True)
class RemovedUnit:
    """Taken out of the register for legal reasons: what we hold of it must go too."""

    orgnr: str


@dataclass(frozen=True, slots=True)
class NoUnit:
    """The register has neither a main unit nor a sub-unit with the number."""

    orgnr: str


UnitAnswer = FoundUnit | DeletedUnit | RemovedUnit | NoUnit


class UnitLookUp(Protocol):
    """Asks the register for one unit, main or sub.

    `orgnr` is nine digits that add up. Raises RegisterSilent or OddRegisterAnswer, within the time a page can wait.
    """

    def unit(self, orgnr: str) -> UnitAnswer: ...
