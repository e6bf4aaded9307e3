"""What the company has been given before, by every municipality, and how much room the ceiling leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from runde.engine.reference.api import AidCeiling, UnknownFigure, UnverifiedFigure, aid_ceiling
from runde.grants.aid.api import PastAward, list_awards, window_start
from runde.grants.applications.api import Application


@dataclass(frozen=True, slots=True)
class EarlierSupport:
    """`awards` newest first. `ceiling` is that of the scheme's own rule that day; None when none can be vouched for.

    `used_eur` is what counts against it. Companies owned together are not known here.
    """

    awards: tuple[PastAward, ...]
    ceiling: AidCeiling | None
    used_eur: Decimal

    @property
    def left_eur(self) -> Decimal | None:
        return None if self.ceiling is None else max(self.ceiling.amount - self.used_eur, Decimal(0))


def earlier_support(application: Application, on: date) -> EarlierSupport:
    """What stands with a right that arose until the day. One statement."""
    found = list_awards(application.organisation_number, date.min)
    awards = sorted(
        (one for one in found if one.right_arose_date <= on),
        key=lambda one: one.right_arose_date,
        reverse=True,
    )
    ceiling = _ceiling(application, on)
    if ceiling is None:
        return EarlierSupport(tuple(awards), None, Decimal(0))
    since = window_start(ceiling, on)
    counted = [one for one in awards if one.basis == ceiling.rule and one.right_arose_date > since]
    return EarlierSupport(tuple(awards), ceiling, sum((one.amount_eur for one in counted), Decimal(0)))


def _ceiling(application: Application, on: date) -> AidCeiling | None:
    rule = application.scheme_version.legal_basis.get("aid_rule", "")
    if not rule:
        return None
    try:
        return aid_ceiling(rule, on)
    except (UnknownFigure, UnverifiedFigure):
        return None
