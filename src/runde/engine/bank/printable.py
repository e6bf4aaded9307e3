"""The characters Norwegian banks take, and how other characters are rewritten.

Source: the banks' joint guide to ISO 20022: Latin letters, digits, blank, / - ? : ( ) . , ' + and æøå ÆØÅ.
"""

import re
import unicodedata

from runde.engine.bank.errors import UnwritableText

_ALLOWED = re.compile(r"[A-Za-z0-9 /\-?:().,'+æøåÆØÅ]")
_LETTER_OR_DIGIT = re.compile(r"[A-Za-z0-9æøåÆØÅ]")
_REWRITTEN = {
    "ä": "æ", "Ä": "Æ", "ö": "ø", "Ö": "Ø", "ß": "ss", "œ": "oe", "Œ": "OE", "đ": "d", "Đ": "D",
    "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L", "ŋ": "n", "Ŋ": "N", "ŧ": "t", "Ŧ": "T",
    "&": "+", "_": "-", "–": "-", "—": "-", "−": "-", "«": "'", "»": "'", '"': "'", "’": "'", "‘": "'",
    "“": "'", "”": "'", "`": "'", "´": "'", ";": ",", "!": ".", "*": ".", "§": "par. ", "%": " prosent",
    "@": "(at)", "=": "-", "<": "(", ">": ")", "[": "(", "]": ")", "{": "(", "}": ")", "|": "/", "\\": "/",
    "#": "nr.", "~": "-", "€": "EUR", "…": "...",
}  # fmt: skip
_REPLACEMENT = "."


def bank_text(text: str, what: str = "Teksten") -> str:
    """The text as the bank will print it: accents dropped, other signs rewritten, blanks joined.

    Raises UnwritableText for control characters (also hidden ones that turn the reading direction) and when
    no letter or digit is left. `what` names the field in the message.
    """
    composed = unicodedata.normalize("NFC", text)
    for sign in composed:
        if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn") and not sign.isspace():
            raise UnwritableText(f"{what} har et skjult tegn (U+{ord(sign):04X}). Skriv teksten på nytt.")
    written = " ".join("".join(_rewrite(sign) for sign in composed).split())
    if not _LETTER_OR_DIGIT.search(written):
        raise UnwritableText(f"{what} «{text}» har ingen tegn banken kan skrive. Bruk latinske bokstaver.")
    return written


def is_bank_text(text: str) -> bool:
    """Whether every character may stand in a bank file as it is."""
    return all(_ALLOWED.fullmatch(sign) for sign in text)


def _rewrite(sign: str) -> str:
    if _ALLOWED.fullmatch(sign):
        return sign
    if sign.isspace():
        return " "
    if sign in _REWRITTEN:
        return _REWRITTEN[sign]
    base = "".join(part for part in unicodedata.normalize("NFKD", sign) if _ALLOWED.fullmatch(part))
    return base or _REPLACEMENT
