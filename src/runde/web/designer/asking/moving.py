"""One step up or down in the form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from runde.foundation.forms.api import move_question, move_section

Form = Mapping[str, Any]


def moved_question(form: Form, slug: str, ways: int) -> dict[str, Any]:
    """`ways` -1 or 1. From the edge of its section it goes to the near end of the one beside; outermost it stays."""
    number, place = _place_of(form, slug)
    sections = form["sections"]
    there = place + ways
    if 0 <= there < len(sections[number]["questions"]):
        return move_question(form, slug, section=sections[number]["slug"], place=there)
    beside = number + ways
    if not 0 <= beside < len(sections):
        return dict(form)
    end = len(sections[beside]["questions"]) if ways < 0 else 0
    return move_question(form, slug, section=sections[beside]["slug"], place=end)


def moved_section(form: Form, slug: str, ways: int) -> dict[str, Any]:
    number = next((at for at, one in enumerate(form["sections"]) if one["slug"] == slug), 0)
    return move_section(form, slug, place=number + ways) if number + ways >= 0 else dict(form)


def _place_of(form: Form, slug: str) -> tuple[int, int]:
    """(-1, -1) for a question the form lacks; moving it is refused by its name."""
    for number, section in enumerate(form["sections"]):
        for place, question in enumerate(section["questions"]):
            if question["slug"] == slug:
                return number, place
    return 0, len(form["sections"][0]["questions"]) if form["sections"] else 0
