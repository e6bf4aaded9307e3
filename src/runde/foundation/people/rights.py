"""Rights that somebody else keeps: the protocol that an adapter implements and the wiring connects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from runde.foundation.trust.api import NotAllowed, Refused

from .models import Mandate, Person


@dataclass(frozen=True, slots=True)
class Right:
    """A person may act for a company, says the source. `roles` are the source's own codes, as evidence.

    With `branch` the right is for that branch of the company alone: enough to fill in, not to sign.
    """

    orgnr: str
    name: str
    roles: tuple[str, ...]
    unit_type: str
    branch: str = ""


class RightsSource(Protocol):
    """Looks up the rights of one person. Raises RightsUnavailable when the source does not answer, or oddly."""

    name: str

    def rights_of(self, person: Person) -> tuple[Right, ...]: ...


class RightsUnavailable(Refused):
    """The source of rights does not answer, or what it says cannot be understood."""

    code = "rights_unavailable"

    def __init__(self, reason: str = "") -> None:
        super().__init__("Vi får ikke hentet rettighetene dine nå. Prøv igjen om litt.", reason=reason)


class RightGone(NotAllowed):
    """The person could act for the company earlier, and cannot now."""

    code = "right_gone"

    def __init__(self, organisation_number: str) -> None:
        super().__init__(
            "Du kan ikke lenger handle for virksomheten. Be en som kan, om å invitere deg, eller la den personen "
            "gjøre dette.",
            organisation_number=organisation_number,
        )


_connected: list[RightsSource] = []


def connect_rights_source(source: RightsSource) -> None:
    """Wire a source at start-up; the one before it goes."""
    _connected[:] = [source]


def disconnect_rights_source() -> None:
    _connected.clear()


def rights_source() -> RightsSource | None:
    """The connected source, or the one the settings name; None where there is none, which is the rule."""
    if not _connected and settings.RIGHTS_ADDRESS:
        _connected.append(import_string(settings.RIGHTS_SOURCE)(settings.RIGHTS_ADDRESS))
    return _connected[0] if _connected else None


OUTSIDE = (Mandate.Source.REGISTER_ROLE, Mandate.Source.ALTINN)
"""Roles that are kept outside, and so are ended there."""
