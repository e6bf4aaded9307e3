"""The columns and words a scenario file has besides the rule set's own names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from runde.engine.rules.verdict import Lane, Why

Part = Literal["number", "story", "on", "lane", "amount", "criteria", "distances", "missing", "note"]

HEADINGS: Mapping[Part, tuple[str, ...]] = {
    "number": ("Nr", "Nummer", "No"),
    "story": ("Situasjon", "Sak", "Situation"),
    "on": ("Dato", "Vurdert dato", "Date"),
    "lane": ("Kommer i", "Kjem i", "Utfall", "Outcome"),
    "amount": ("Beløp", "Tilskudd", "Tilskot", "Amount"),
    "criteria": ("Krav som svikter", "Krav som sviktar", "Begrunnelse", "Grunngiving", "Reason"),
    "distances": ("Hvor langt unna", "Kor langt unna", "Distance"),
    "missing": ("Opplysninger som mangler", "Opplysningar som manglar", "Missing"),
    "note": ("Merknad", "Kommentar", "Kilde", "Kjelde", "Note", "Source"),
}
"""What a column may be called; the first is what Runde writes itself."""

LANES: Mapping[Lane, tuple[str, ...]] = {
    "green": ("Klare", "Klar", "Ready"),
    "yellow": ("Må vurderes", "Må vurderast", "To be assessed"),
    "red": ("Oppfyller ikke", "Oppfyller ikkje", "Not met"),
}

WHY_MISSING: Mapping[Why, str] = {
    "missing": "",
    "division_by_zero": " (er 0)",
    "out_of_range": " (kan vi ikke regne med)",
}

NOT_MEASURED = "-"
"""Stands for a distance that has no measure."""

BETWEEN = " | "
"""Stands between several answers in one cell."""

UNKNOWN = frozenset({"", "ukjent", "ukjend", "unknown"})


def heading(part: Part) -> str:
    return HEADINGS[part][0]


def plain(text: str) -> str:
    """A name made comparable: small letters, single blanks, no full stop or colon at the end."""
    return " ".join(text.casefold().split()).rstrip(".:")
