"""Words that the designer's pages share: who, when, which."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from runde.engine.reference.api import date_text, time_text
from runde.foundation.people.api import names_of

LONGEST_ACT = 300  # as the column for what was done


def place_name(tenant_name: str) -> str:
    """ "Lillestrøm kommune" -> "Lillestrøm", for buttons."""
    return tenant_name.removesuffix(" kommune")


def day_text(at: datetime) -> str:
    return date_text(timezone.localdate(at))


def clock_text(at: datetime) -> str:
    """ "kl. 21.47" """
    return time_text(timezone.localtime(at))


def when_text(at: datetime, now: datetime) -> str:
    """ "kl. 21.47" today, "23. november 2026 kl. 21.47" on other days."""
    if timezone.localdate(at) == timezone.localdate(now):
        return clock_text(at)
    return f"{day_text(at)} {clock_text(at)}"


def names_by_id(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names for a whole list in one question; somebody unknown is left out."""
    wanted = set(person_ids)
    return names_of(wanted) if wanted else {}


def first_name(name: str) -> str:
    return name.partition(" ")[0]


def owners(name: str) -> str:
    """ "Ola" -> "Olas", "Tomas" -> "Tomas'" """
    first = first_name(name)
    return f"{first}'" if first.endswith(("s", "x", "z")) else f"{first}s"


def shortened(text: str, longest: int = LONGEST_ACT) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
