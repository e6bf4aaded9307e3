"""What the company said in its application of aid it has had before."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone

from runde.grants.aid.api import Declared, euros
from runde.grants.applications.api import EARLIER_AID, Application


def declared_nok(application: Application) -> Decimal | None:
    """In kroner, for the whole undertaking over the last years; None when nothing was asked or answered."""
    answered = application.answers.get(EARLIER_AID)
    return None if answered in (None, "") else Decimal(str(answered))


def declared_by(application: Application, rate: Decimal) -> Declared | None:
    """The same in euro by the rate given, and the day it was said."""
    amount, said_at = declared_nok(application), application.submitted_at
    if amount is None or said_at is None:
        return None
    return Declared(euros(amount, rate), timezone.localdate(said_at))
