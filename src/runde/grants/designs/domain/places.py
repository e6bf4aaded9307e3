"""A scheme made one municipality's own: its parameter, its name in the texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from runde.engine.reference.api import LANGUAGES

from .content import Content

PARAMETER = "scheme_municipality"
"""The parameter a rule set keeps its own municipality in."""
HOLE = "{municipality}"
PLACED_IN = ("texts", "legal_basis", "form")
"""Where HOLE stands for the name. In rules it is a placeholder of the rules' own: the company's municipality."""


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality: four-digit number and what people call it."""

    number: str
    name: str


def placed(content: Content, place: Place, before: str = "") -> Content:
    """The content as the place's own: another municipality's name gives way, and so does HOLE.

    `before` is the other municipality's name when the rules do not say. What is the place's own already is left.
    """
    moved = content
    if number_in(content["rules"]) != place.number:
        name = name_in(content["rules"]) or before
        moved = in_texts(moved, _renaming(name, place.name)) if name else moved
        moved = {**moved, "rules": _with_place(moved["rules"], place)}
    filled = {key: in_texts(moved[key], lambda text: text.replace(HOLE, place.name)) for key in PLACED_IN}
    return {**moved, **filled}


def name_in(rules: Mapping[str, Any]) -> str:
    """What the rules call their own municipality; "" when they do not say."""
    values = [value for one in _own(rules) for value in one.get("values", ())]
    return str(values[-1].get("label", {}).get("nb", "")) if values else ""


def number_in(rules: Mapping[str, Any]) -> str:
    values = [value for one in _own(rules) for value in one.get("values", ())]
    return str(values[-1]["value"]) if values else ""


def in_texts(data: Any, change: Callable[[str], str]) -> Any:
    """A copy in which every text meant for people ({nb, nn, en}) is changed, and nothing else."""
    if isinstance(data, dict):
        if data and set(data) <= set(LANGUAGES):
            return {key: change(text) if isinstance(text, str) else text for key, text in data.items()}
        return {key: in_texts(inner, change) for key, inner in data.items()}
    return [in_texts(inner, change) for inner in data] if isinstance(data, list) else data


def _own(rules: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one for one in rules.get("parameters", ()) if one.get("name") == PARAMETER]


def _renaming(before: str, after: str) -> Callable[[str], str]:
    """Whole words only, a genitive s included: «Moss» and «Mosss» are one place, «Mossehue» is not it."""
    whole = re.compile(rf"(?<!\w){re.escape(before)}(?=s?(?!\w))")
    return lambda text: whole.sub(lambda _: after, text)


def _with_place(rules: Mapping[str, Any], place: Place) -> dict[str, Any]:
    label = dict.fromkeys(LANGUAGES, place.name)
    value = {"value": place.number, "label": label}
    parameters = [
        {**one, "values": [value]} if one.get("name") == PARAMETER else one
        for one in rules.get("parameters", ())
    ]
    return {**rules, "parameters": parameters} if parameters else dict(rules)
