"""The languages a letter or public page may be written in."""

from typing import Literal

Language = Literal["nb", "nn", "en"]
"""Bokmål, nynorsk, English: as in `/Lang` and `<html lang>`."""

LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")
