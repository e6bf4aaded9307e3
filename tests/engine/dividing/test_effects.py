"""The effect as data and in words, before a way is chosen."""

from __future__ import annotations

import json
from decimal import Decimal

from runde.engine.dividing.api import (
    REMAINDER_RULE,
    FirstCome,
    Need,
    ProportionalCut,
    RankedByPoints,
    compare,
    divide,
    effect_of,
    tell_effect,
    tell_method,
)

NEEDS = [
    Need(key, Decimal(amount), points=Decimal(points))
    for key, amount, points in (("a", 900_000, 8), ("b", 400_000, 6), ("c", 200_000, 6), ("d", 50_000, 9))
]
BUDGET = Decimal(1_000_000)
METHOD = ProportionalCut(floor_nok=Decimal(25_000), ceiling_nok=Decimal(500_000))


def test_the_effect_by_group() -> None:
    effect = effect_of(divide(NEEDS, BUDGET, METHOD), {"a": "Moss", "b": "Moss", "c": "Råde"})
    assert effect.to_dict() == {
        "applications": 4, "in_full": 0, "in_part": 4, "without": 0, "awarded": 4,
        "need_nok": "1550000", "award_nok": "1000000", "left_nok": "0",
        "smallest_nok": "43478", "middle_nok": "173913", "largest_nok": "434783",
        "by_why": {"cut": 4},
        "by_group": [
            {"group": "", "applications": 1, "awarded": 1, "need_nok": "50000", "award_nok": "43478"},
            {"group": "Moss", "applications": 2, "awarded": 2, "need_nok": "1300000", "award_nok": "782609"},
            {"group": "Råde", "applications": 1, "awarded": 1, "need_nok": "200000", "award_nok": "173913"},
        ],
    }  # fmt: skip
    assert json.loads(json.dumps(effect.to_dict())) == effect.to_dict()


def test_ways_side_by_side_and_a_refused_one_says_why() -> None:
    cut, ranked, first = compare(NEEDS, BUDGET, [METHOD, RankedByPoints(), FirstCome()])
    assert cut.effect is not None
    assert ranked.effect is not None
    assert (cut.effect.awarded, ranked.effect.awarded) == (4, 2)
    assert ranked.effect.left_nok == 50_000
    assert (first.division, first.effect) == (None, None)
    assert first.refusal == "4 av søknadene mangler tidspunkt for når søknaden kom."


def test_nobody_gets_anything() -> None:
    effect = effect_of(divide(NEEDS, Decimal(0), METHOD))
    assert (effect.without, effect.smallest_nok, effect.middle_nok) == (4, None, None)


def test_the_effect_in_words() -> None:
    division = divide(NEEDS, BUDGET, METHOD)
    told = " ".join(tell_effect(division, effect_of(division))).replace("\u00a0", " ")
    assert told == (
        "4 av 4 søknader får penger. 0 av dem får hele beløpet. 1 000 000 kroner blir delt ut. 0 kroner blir igjen. "
        "De som ble kuttet, får 86,96 prosent av beløpet sitt. " + REMAINDER_RULE
    )


def test_the_way_in_words() -> None:
    method = RankedByPoints(least_points=Decimal("5.5"), at_the_line="rest", floor_nok=Decimal(10_000))
    assert " ".join(tell_method(method)).replace("\u00a0", " ") == (
        "De med flest poeng får først, i sin helhet. Under 5,5 poeng får ingen noe. De som har like mange poeng, får "
        "eller får ikke sammen. Den første som pengene ikke dekker, får det som er igjen. Er det mindre enn "
        "10 000 kroner igjen, deles det ikke ut."
    )


def test_the_line_in_words() -> None:
    division = divide(NEEDS, BUDGET, RankedByPoints())
    assert "Streken går ved 8 poeng." in tell_effect(division, effect_of(division))
