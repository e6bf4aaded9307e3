"""How a town's books are coded, and a rest that somebody wants to let go of."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from runde.engine.reference.api import account_proposals, business_functions
from runde.grants.budget.api import ask_settling, set_coding
from runde.grants.payments.api import Payment

from ..region import Town


def keep_the_books(town: Town, at: datetime) -> None:
    """Inside the town's fence, when something waits to be paid."""
    by = town.actor("finance", at)
    set_coding(
        accounts={one.place: one.code for one in account_proposals()},
        function=business_functions()[0].code,
        valid_from=timezone.localdate(at),
        by=by,
        at=at,
    )
    waiting = Payment.objects.filter(sealed__isnull=True, superseded__isnull=True).order_by("reference")
    ask_settling(case_id=waiting[0].case_id, reason=f"Brukes ikke, {town.mark}.", by=by, at=at)
