from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A ready-made scheme to start from. `is_whole`: texts and form too, not only rules."""

    name: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    is_whole: bool


def list_examples() -> tuple[Example, ...]:
    raise NotImplementedError
