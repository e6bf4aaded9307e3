"""Show what stood in a file: what cannot be printed or stored as text is replaced."""

from __future__ import annotations

_UNPRINTABLE = "\ufffd"


def printable(text: str) -> str:
    return (
        text if text.isprintable() else "".join(sign if sign.isprintable() else _UNPRINTABLE for sign in text)
    )
