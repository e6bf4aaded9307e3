"""Makes any text safe to set: nothing is lost, nothing hidden stays hidden, control characters are refused."""

import re
import unicodedata
from collections.abc import Set

from runde.engine.typeset.errors import UnprintableText

_ALLOWED_CONTROLS = "\n\t"
_LINE_END = re.compile("\r\n|\r|\u2028|\u2029")
# Signs that turn the reading direction could make an amount read otherwise than it is stored.
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NEVER_SHOWN = ("Cn", "Co", "Cs")
# Signs that need no closer look: most letters are made of these alone.
_PLAIN = re.compile(r"[\n\t -~\u00a0-\u00ac\u00ae-\u017f\u2010-\u2027\u2030-\u203a\u20ac\u2212]*")
_UNIT = re.compile(r"(?<=\d) (?=%|prosent|per cent|kroner|kr\b|euro)")


def printable(text: str, missing: Set[str] = frozenset()) -> str:
    """The text with every sign that cannot be shown (also those in `missing`) written as its code, `[U+1F600]`.

    Raises UnprintableText for control characters such as NUL.
    """
    bound = _UNIT.sub("\u00a0", text)  # a figure is never parted from its unit by a line break
    if _PLAIN.fullmatch(bound):
        return bound
    composed = unicodedata.normalize("NFC", _LINE_END.sub("\n", bound))
    return "".join(_sign(sign, missing) for sign in composed)


def unusual_signs(text: str) -> set[str]:
    """The signs that the letter fonts may lack."""
    return {sign for sign in text if not _PLAIN.fullmatch(sign)}


def _sign(sign: str, missing: Set[str]) -> str:
    category = unicodedata.category(sign)
    if category == "Cc" and sign not in _ALLOWED_CONTROLS:
        raise UnprintableText(f"Teksten har et styretegn (U+{ord(sign):04X}) som ikke kan stå i et brev.")
    if sign in _TURNING or category in _NEVER_SHOWN or sign in missing:
        return f"[U+{ord(sign):04X}]"
    return sign
