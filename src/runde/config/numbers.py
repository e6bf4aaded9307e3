"""Numbers from the environment."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

LARGEST_PORT = 65_535


def port_number(variable: str, otherwise: int) -> int:
    """The port a variable names. Raises ImproperlyConfigured for what is none."""
    text = os.environ.get(variable, "") or str(otherwise)
    if not text.isdecimal() or not 0 < int(text) <= LARGEST_PORT:
        raise ImproperlyConfigured(
            f"{variable} må være et portnummer fra 1 til {LARGEST_PORT}, ikke «{text}»."
        )
    return int(text)
