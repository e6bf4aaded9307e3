"""Makes any text safe to set: nothing is lost, nothing hidden stays hidden, control characters are refused."""

import re
import unicodedata
from collections.abc import Set

from runde.engine.typeset.errors import UnprintableText

_ALLOWED_CONTROLS = "\n\t"
# Signs that turn the reading direction could make an amount read otherwise than it is stored.
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Signs that need no closer look: most letters are made of these alone.
_PLAIN = re.compile(r"[\n\t -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0377\u0384-\u03ff\u0400-\u052f"
                    r"\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2212\u00a0]*")  # fmt: skip
_UNIT = re.compile(r"(?<=\d) (?=%|prosent|per cent|kroner|kr\b|euro)")
_NO_GLYPH = ("Cn", "Co", "Cs")
_PLAIN_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARABIC", "DIGIT", "SPACE", "NO-BREAK", "COMBINING")


def printable(text: str, without_glyph: Set[str] = frozenset()) -> str:
    """The text with every sign that cannot be shown written as its code, `[U+1F600]`.

    Raises UnprintableText for control characters such as NUL.
    """
    bound = _UNIT.sub("\u00a0", text)  # a figure is never parted from its unit by a line break
    if _PLAIN.fullmatch(bound) and without_glyph.isdisjoint(bound):
        return bound
    composed = unicodedata.normalize("NFC", bound.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(_sign(sign, without_glyph) for sign in composed)


def is_plain_script(sign: str) -> bool:
    """Whether the sign belongs to a script the letter fonts surely have."""
    return sign.isascii() or unicodedata.name(sign, "").startswith(_PLAIN_SCRIPTS)


def _sign(sign: str, without_glyph: Set[str]) -> str:
    category = unicodedata.category(sign)
    if category == "Cc" and sign not in _ALLOWED_CONTROLS:
        raise UnprintableText(f"Teksten har et styretegn (U+{ord(sign):04X}) som ikke kan stå i et brev.")
    if sign in _TURNING or category in _NO_GLYPH or sign in without_glyph:
        return f"[U+{ord(sign):04X}]"
    return sign
