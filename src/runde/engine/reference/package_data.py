"""Reads the room's data files: JSON with a `header` (title, source, licence, date) and tables."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a table comes from, for credits and for whoever doubts it."""

    file: str
    title: str
    source: str
    licence: str
    as_of: str


@cache
def load(name: str) -> dict[str, Any]:
    """The parsed file; read once per process."""
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


def provenance(name: str) -> Provenance:
    """The header of a data file."""
    header = load(name)["header"]
    return Provenance(name, header["title"], header["source"], header["licence"], header["as_of"])


def list_provenance() -> tuple[Provenance, ...]:
    """Every data file's header, by file name: the list of credits."""
    names = sorted(
        entry.name for entry in files(__package__).joinpath("data").iterdir() if entry.name.endswith(".json")
    )
    return tuple(provenance(name) for name in names)
