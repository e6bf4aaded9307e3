"""Designs in and out of plain JSON data, with a problem for everything that is wrong in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from runde.engine.whatif.design import Design


def dump_design(design: Design) -> dict[str, Any]:
    raise NotImplementedError


def load_design(data: Mapping[str, Any]) -> Design:
    raise NotImplementedError
