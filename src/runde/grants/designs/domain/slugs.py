"""Addresses: small letters, figures and hyphens, made from a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import count

from .content import LONGEST_SLUG

_SPELLED = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ß": "ss"})


def slug_of(name: str) -> str:
    """ "Næringsfond for Ål" -> "naeringsfond-for-al"."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_SPELLED))
    words = re.findall(r"[a-z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    return "-".join(words)[:LONGEST_SLUG].strip("-") or "ordning"


def free_slug(wanted: str, is_taken: Callable[[str], bool]) -> str:
    """The address wanted, or the first with a number after it that nobody has."""
    if not is_taken(wanted):
        return wanted
    numbered = (f"{wanted[: LONGEST_SLUG - 4].strip('-')}-{number}" for number in count(2))
    return next(slug for slug in numbered if not is_taken(slug))
