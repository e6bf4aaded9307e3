"""A division in words, as the leader reads it before choosing and the applicant after."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from runde.engine.dividing.divide import Division, Why
from runde.engine.dividing.effects import Effect
from runde.engine.dividing.needs import (
    FirstCome,
    FixedAmount,
    Method,
    ProportionalCut,
    RankedByPoints,
    Sharing,
    TemplateSum,
)
from runde.engine.reference.api import amount_text, number_text

REMAINDER_RULE = (
    "Beløpene rundes ned til hele kroner. Kronene som blir igjen, går én og én til dem som tapte mest på avrundingen. "
    "Står det likt, går kronen til den med lavest saksnummer."
)
_AT_THE_LINE = {
    "stop": "Den første som pengene ikke dekker, og alle etter, får ikke noe.",
    "rest": "Den første som pengene ikke dekker, får det som er igjen.",
    "next": "Den som pengene ikke dekker, blir hoppet over, og de neste blir prøvd.",
}
WHY: dict[Why, str] = {
    "full": "Får hele beløpet.",
    "ceiling": "Får det høyeste beløpet som deles ut.",
    "template": "Får satsen.",
    "cut": "Får samme andel som de andre.",
    "lifted": "Får det minste beløpet som deles ut.",
    "rest": "Får det som er igjen ved streken.",
    "no_need": "Har ikke noe beløp å få dekket.",
    "outside_bands": "Størrelsen faller utenfor satsene.",
    "below_floor": "Ville fått mindre enn det minste beløpet som deles ut.",
    "below_points": "Har færre poeng enn det som kreves.",
    "used_up": "Pengene er brukt opp.",
}


def tell_method(method: Method) -> tuple[str, ...]:
    """The way itself, a sentence for each rule it holds."""
    if isinstance(method, FixedAmount):
        first = f"Alle får {amount_text(method.amount_nok)}, men aldri mer enn de har søkt om."
        return (first, "Rekker ikke pengene:", *tell_method(method.when_short))
    if isinstance(method, TemplateSum):
        first = "Alle får satsen for sin størrelse, men aldri mer enn de har søkt om."
        return (first, "Rekker ikke pengene:", *tell_method(method.when_short))
    return (*_way(method), *_limits(method))


def tell_effect(division: Division, effect: Effect) -> tuple[str, ...]:
    """What comes out: who gets, how much, the common share, the line and what is left."""
    told = [
        f"{number_text(effect.awarded)} av {number_text(effect.applications)} søknader får penger. "
        f"{number_text(effect.in_full)} av dem får hele beløpet.",
        f"{amount_text(effect.award_nok)} blir delt ut. {amount_text(effect.left_nok)} blir igjen.",
    ]
    if division.share is not None:
        told.append(f"De som ble kuttet, får {_percent(division.share)} prosent av beløpet sitt.")
    if division.line_points is not None:
        told.append(f"Streken går ved {_points(division.line_points)} poeng.")
    if division.handed_out:
        told.append(REMAINDER_RULE)
    return tuple(told)


def _way(method: Sharing) -> tuple[str, ...]:
    match method:
        case ProportionalCut():
            return ("Alle får samme andel av beløpet sitt.", REMAINDER_RULE)
        case FirstCome():
            return ("De som søkte først, får først, i sin helhet.", _AT_THE_LINE[method.at_the_line])
        case RankedByPoints():
            return (
                "De med flest poeng får først, i sin helhet.",
                *_equals(method),
                _AT_THE_LINE[method.at_the_line],
            )
    assert_never(method)


def _equals(method: RankedByPoints) -> tuple[str, ...]:
    equals = (
        "De som har like mange poeng, får eller får ikke sammen."
        if method.equals == "together"
        else "Står det likt, går den med lavest saksnummer foran."
    )
    if method.least_points is None:
        return (equals,)
    return (f"Under {_points(method.least_points)} poeng får ingen noe.", equals)


def _limits(method: Sharing) -> tuple[str, ...]:
    told = []
    if method.ceiling_nok is not None:
        told.append(f"Ingen får mer enn {amount_text(method.ceiling_nok)}.")
    if method.floor_nok:
        told.append(_floor(method))
    return tuple(told)


def _floor(method: Sharing) -> str:
    amount = amount_text(method.floor_nok)
    if isinstance(method, ProportionalCut) and method.below_floor == "lifted":
        return f"Ingen får mindre enn {amount}, om de ikke har søkt om mindre."
    if isinstance(method, ProportionalCut):
        return (
            f"De som ville fått mindre enn {amount}, får ikke noe, og de andre deler det som blir frigjort."
        )
    return f"Er det mindre enn {amount} igjen, deles det ikke ut."


def _percent(share: Fraction) -> str:
    return number_text(Decimal(share.numerator) * 100 / Decimal(share.denominator), "nb", 2)


def _points(points: Decimal) -> str:
    return number_text(points, "nb", max(-int(points.normalize().as_tuple().exponent), 0))
