"""How old the register we hold is, and whether it answers when asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from runde.foundation.companies.domain.register_fields import Content
from runde.foundation.companies.models import Import, RegisterContact


@dataclass(frozen=True, slots=True)
class Standing:
    """`as_of_date`: the day the newest whole file tells about, None when none is read in. `is_down_since`: the
    first question without an answer, None while it answers or is not asked."""

    as_of_date: date | None
    is_stale: bool
    is_down_since: datetime | None


def register_standing(at: datetime) -> Standing:
    """Two SQL statements. A register nobody has read in is stale."""
    whole = Import.objects.exclude(content=Content.SUB_UNITS).filter(is_look_up=False)
    day = whole.order_by("-register_date").values_list("register_date", flat=True).first()
    down = RegisterContact.objects.filter(id=1).values_list("down_since_at", flat=True).first()
    return Standing(day, day is None or is_stale(day, at), down)


def is_stale(as_of_date: date, at: datetime) -> bool:
    """Whether facts of that day are so old that people must be told, by REGISTER_STALE_DAYS in the settings."""
    return timezone.localdate(at) - as_of_date > timedelta(days=settings.REGISTER_STALE_DAYS)
