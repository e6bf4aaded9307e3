"""The proportional cut by hand: cut, share what was cut away, and again until nothing moves."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from runde.engine.dividing.api import ProportionalCut


def cut_by_hand(needs: Sequence[int], budget: int, method: ProportionalCut) -> list[int]:
    """Whole kroner in the order given; floors are only taken away here, never lifted."""
    floor = max(int(method.floor_nok), 1)
    kept = [place for place, need in enumerate(needs) if need]
    while kept:
        exact = _until_stable([needs[place] for place in kept], budget, method)
        if min(exact) >= floor:
            return _to_kroner(needs, kept, exact, budget)
        smallest = min(needs[place] for place in kept)
        kept.remove(max(place for place in kept if needs[place] == smallest))
    return [0] * len(needs)


def _until_stable(needs: list[int], budget: int, method: ProportionalCut) -> list[Fraction]:
    ceiling = max(needs) if method.ceiling_nok is None else int(method.ceiling_nok)
    highest = [min(need, ceiling) for need in needs]
    weights = highest if method.ceiling_on == "need" else needs
    held: dict[int, Fraction] = {}
    while len(held) < len(needs):
        free = [place for place in range(len(needs)) if place not in held]
        share = (budget - sum(held.values())) / Fraction(sum(weights[place] for place in free))
        above = [place for place in free if share * weights[place] >= highest[place]]
        if not above:
            return [held.get(place, share * weights[place]) for place in range(len(needs))]
        held.update({place: Fraction(highest[place]) for place in above})
    return [held[place] for place in range(len(needs))]


def _to_kroner(needs: Sequence[int], kept: list[int], exact: list[Fraction], budget: int) -> list[int]:
    amounts = [0] * len(needs)
    for place, amount in zip(kept, exact, strict=True):
        amounts[place] = int(amount)
    lost = sorted(zip(kept, exact, strict=True), key=lambda pair: (-(pair[1] % 1), pair[0]))
    for place, _ in lost[: int(sum(exact)) - sum(amounts)]:
        amounts[place] += 1
    return amounts
