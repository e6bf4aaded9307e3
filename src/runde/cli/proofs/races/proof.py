"""All races, one after the other, sharing the attempts out between them."""

from __future__ import annotations

from datetime import UTC, datetime

from ..frame import Findings, Proof
from ..ground import Ground
from .crowd import PEOPLE

MOST_BUTTONS = 60
"""A button is pressed by eight people, and each press is a whole operation: more of them show nothing new."""


def run(ground: Ground, n: int, seed: int) -> Findings:
    """`n` attempts in all: most for headrooms, the rest for money, numbers, limits, keys and buttons."""
    from ..region import make_region
    from .pressing import race_to_approve, try_four_eyes
    from .scarce import race_for_headrooms, try_recipes
    from .shared import race_for_keys, race_for_limit, race_for_money, race_for_numbers

    found, at = Findings(), datetime.now(UTC)
    share, money = max(PEOPLE, n // 20), max(PEOPLE, n // 50)
    buttons = max(2, min(MOST_BUTTONS, n // 800))
    race_for_headrooms(ground, found, max(PEOPLE, n - 3 * share - money), seed)
    try_recipes(found)
    race_for_money(found, money)
    race_for_numbers(found, share, seed)
    race_for_limit(ground, found, share)
    race_for_keys(found, share)
    town = make_region(companies=buttons, at=at)[0]
    race_to_approve(found, town, buttons, at)
    try_four_eyes(ground, found)
    return found


RACES = Proof(
    name="races",
    words="åtte om det samme: ingen krone brukes to ganger, og bare én får trykket",
    run=run,
    slice_n=8_000,
    campaign_n=200_000,
)
