"""Why a text or document may be kept from the public, as the law read on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from runde.engine.reference.errors import UnknownFigure
from runde.engine.reference.package_data import load


@dataclass(frozen=True, slots=True)
class OpennessGround:
    """A ground for exemption. `reference` is the law as short text, "offl. § 14"; both are by language.

    `party_sees`: whether the party to the case may still see what is marked with it.
    """

    code: str
    label: Mapping[str, str]
    reference: Mapping[str, str]
    party_sees: bool
    source: str


def openness_ground(code: str, on: date) -> OpennessGround:
    """The ground with this code that day. Raises UnknownFigure when there is none."""
    for ground in list_openness_grounds(on):
        if ground.code == code:
            return ground
    raise UnknownFigure(f"Ingen grunn til unntak fra offentlighet «{code}» er lagt inn for {on.isoformat()}.")


def list_openness_grounds(on: date) -> tuple[OpennessGround, ...]:
    """Every ground in force that day, in the order people choose from."""
    rows = load("openness_grounds.json")["grounds"]
    return tuple(_ground(row) for row in rows if _in_force(row, on))


def _ground(row: Mapping[str, Any]) -> OpennessGround:
    return OpennessGround(row["code"], row["label"], row["reference"], row["party_sees"], row["source"])


def _in_force(row: Mapping[str, Any], on: date) -> bool:
    ends = row["valid_to"]
    return date.fromisoformat(row["valid_from"]) <= on and (ends is None or on <= date.fromisoformat(ends))
