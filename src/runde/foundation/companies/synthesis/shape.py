"""The measured shape of the register, and drawing from it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from random import Random
from typing import Any

BLOCK = 1024


@cache
def load_shape() -> dict[str, Any]:
    """The shares measured by `measure_register`, with their source under "header"."""
    text = (files(__package__) / "data" / "register_shape.json").read_text(encoding="utf-8")
    shape: dict[str, Any] = json.loads(text)
    return shape


class Draw:
    """Draws values by their weights, a block at a time because a million single draws take too long."""

    def __init__(self, chance: Random, weights: Mapping[str, float]) -> None:
        self._chance = chance
        self._values: Sequence[str] = tuple(weights)
        self._up_to = tuple(accumulate(weights.values()))
        self._drawn: list[str] = []

    @classmethod
    def evenly(cls, chance: Random, values: Sequence[str]) -> Draw:
        return cls(chance, dict.fromkeys(values, 1.0))

    def __call__(self) -> str:
        if not self._drawn:
            self._drawn = self._chance.choices(self._values, cum_weights=self._up_to, k=BLOCK)
        return self._drawn.pop()


class Often:
    """Answers yes with a given share."""

    def __init__(self, chance: Random, share: float) -> None:
        self._random, self._share = chance.random, share

    def __call__(self) -> bool:
        return self._random() < self._share
