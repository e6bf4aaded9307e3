"""Norwegian alphabetical order as a stored column: every database and every locale gives the same order."""

import re
import unicodedata

_LETTERS = {
    "å": "}", "ø": "|", "æ": "{", "ä": "{", "ö": "|", "ő": "|", "œ": "|", "ü": "y", "ű": "y",
    "ð": "d", "đ": "d", "þ": "th", "ß": "ss", "ł": "l", "ŋ": "n", "ŧ": "t", "ı": "i",
}  # fmt: skip
_PLAIN = frozenset("æøå")
_GAP = re.compile(r"[^0-9a-z{|}\u0080-\U0010ffff]+")


def sort_key(name: str) -> str:
    """A text whose plain byte order (COLLATE "C") is Norwegian order: … z, æ, ø, å, with aa as å.

    Ole, Zoo, Ærlig, Ørn, Åse, Aase. Letters decide first, whatever their case, accents or punctuation; then
    plain letters come before their variants (Åse before Aase) and small before capital.
    """
    composed = unicodedata.normalize("NFC", name).strip()
    letters, variants = _weigh(composed.casefold())
    primary = _GAP.sub(" ", letters).strip()
    capitals = "".join("1" if sign.isupper() else "0" for sign in composed)
    # Two blanks end the first level: a run of blanks inside it is always one, so a shorter name comes first.
    return f"{primary}  {variants} {capitals}"


def _weigh(text: str) -> tuple[str, str]:
    letters: list[str] = []
    variants: list[str] = []
    position = 0
    while position < len(text):
        if text.startswith("aa", position):
            letters.append("}")
            variants.append("1")
            position += 2
            continue
        sign = text[position]
        letters.append(_letter(sign))
        variants.append("0" if sign.isascii() or sign in _PLAIN else "1")
        position += 1
    return "".join(letters), "".join(variants)


def _letter(sign: str) -> str:
    if sign in _LETTERS:
        return _LETTERS[sign]
    base = "".join(
        part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part)
    ).lower()
    return base if base.isalnum() else " "
