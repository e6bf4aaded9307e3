"""Which edition of the industry standard codes belong to, and the letters that follow."""

from __future__ import annotations

from collections.abc import Mapping

from runde.engine.reference.api import EDITIONS, Edition, editions_of, list_sections


def edition_of_codes(codes: Mapping[str, int]) -> Edition | None:
    """The edition that most codes belong to which stand in one edition only; None when they do not tell.

    `codes`: each code and how often it stands.
    """
    held = dict.fromkeys(EDITIONS, 0)
    for code, count in codes.items():
        editions = editions_of(code)
        if len(editions) == 1:
            held[editions[0]] += count
    if held["SN2007"] == held["SN2025"]:
        return None
    return "SN2007" if held["SN2007"] > held["SN2025"] else "SN2025"


def section_letters(edition: Edition | None) -> dict[str, str]:
    """The section letter of each two-digit division; of an unknown edition only where both agree."""
    if edition is None:
        first, second = (section_letters(each) for each in EDITIONS)
        return {division: letter for division, letter in first.items() if second.get(division) == letter}
    return {
        f"{division:02d}": found.letter
        for found in list_sections(edition)
        for division in range(int(found.first_division), int(found.last_division) + 1)
    }
