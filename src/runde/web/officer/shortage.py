"""The ways on when the money does not reach, in words, each with its effect."""

from __future__ import annotations

from decimal import Decimal

from runde.engine.reference.api import amount_text, number_text
from runde.grants.casework.api import WayOut
from runde.web.staff import count_text

NAMES = {
    "cut": "Kutt likt for alle",
    "first": "De som søkte først, resten blir liggende åpne",
    "reserve": "De som søkte først, resten på reserveliste",
}


def way_choice(way: WayOut) -> tuple[str, str, str]:
    """Value, name and effect of one way."""
    return way.code, NAMES[way.code], f"{_effect(way)} {_left(way)}"


def _effect(way: WayOut) -> str:
    who = count_text(way.granted, "virksomhet", "virksomheter")
    granted = f"{who} får tilskudd, til sammen {amount_text(way.sum_nok)}"
    if way.waiting:
        return f"{granted}. {number_text(way.waiting)} får avslag og settes på reservelista."
    if way.left_out:
        return f"{granted}. {count_text(way.left_out, 'sak', 'saker')} kommer ikke med."
    return f"{granted}."


def _left(way: WayOut) -> str:
    left = sum((one.left_nok for one in way.funding.sources), Decimal(0))
    return f"Da er {amount_text(left)} igjen."
