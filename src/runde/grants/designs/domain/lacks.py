"""What keeps a draft from being published, one thing at a time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lack:
    """A sentence with what to do, and where: a path in the content such as "texts.needed.0" or "rules.amount".

    `language` is the first one a text lacks; "" for what is no text, or no text of its own.
    """

    sentence: str
    place: str
    language: str = ""
