"""Makes any text safe to set: nothing is lost, nothing hidden stays hidden, control characters are refused."""

import unicodedata
from collections.abc import Callable, Collection
from typing import Any

from runde.engine.typeset.errors import UnprintableText

_ALLOWED_CONTROLS = "\n\t"
# Signs that turn the reading direction could make an amount read otherwise than it is stored.
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NO_GLYPH = ("Cn", "Co", "Cs")
_PLAIN_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARABIC", "DIGIT", "SPACE", "NO-BREAK", "COMBINING")


def printable(text: str, without_glyph: Collection[str] = ()) -> str:
    """The text with every sign that cannot be shown written as its code, `[U+1F600]`.

    Raises UnprintableText for control characters such as NUL.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(_sign(sign, without_glyph) for sign in composed)


def map_texts(value: Any, change: Callable[[str], str]) -> Any:
    """The same nested lists and dicts with every text changed; keys stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: map_texts(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [map_texts(item, change) for item in value]
    return value


def is_plain_script(sign: str) -> bool:
    """Whether the sign belongs to a script the letter fonts surely have."""
    return sign.isascii() or unicodedata.name(sign, "").startswith(_PLAIN_SCRIPTS)


def _sign(sign: str, without_glyph: Collection[str]) -> str:
    category = unicodedata.category(sign)
    if category == "Cc" and sign not in _ALLOWED_CONTROLS:
        raise UnprintableText(f"Teksten har et styretegn (U+{ord(sign):04X}) som ikke kan stå i et brev.")
    if sign in _TURNING or category in _NO_GLYPH or sign in without_glyph:
        return f"[U+{ord(sign):04X}]"
    return sign
