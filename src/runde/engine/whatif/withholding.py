"""Figures below five are never shown to the public, nor what would give them away."""

from __future__ import annotations

from runde.engine.whatif.reach import Reach


def withhold(reach: Reach) -> Reach:
    raise NotImplementedError
