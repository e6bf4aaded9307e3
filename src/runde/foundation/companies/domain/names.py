"""Make names comparable: the same form for what is stored and for what somebody types.

Folding takes away what people get wrong or type differently: capitals, accents, æ/ae, ø/o/oe, å/a/aa, double
letters and signs. Two names that fold alike are treated as the same in a search, never in a decision.
"""

from __future__ import annotations

import re
import unicodedata

LEGAL_FORM_WORDS = frozenset(
    ["as", "asa", "enk", "ans", "da", "ba", "sa", "nuf", "iks", "kf", "fkf", "sf", "ks"]
    + ["sti", "brl", "bl", "bbl", "esek", "fli", "kbo", "konkursbo"]
)
SMALL_WORDS = frozenset(["og", "i", "the", "and"])
_UNTELLING = LEGAL_FORM_WORDS | SMALL_WORDS
_LETTERS = str.maketrans(
    {
        "æ": "ae",
        "ä": "ae",
        "ø": "o",
        "ö": "o",
        "å": "a",
        "ü": "u",
        "ß": "s",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "ŋ": "n",
    }
)
_DOUBLE = re.compile(r"([a-zà-\U0010ffff])\1+")
_WORD = re.compile(r"[^\W_]+")
MAX_WORDS = 40
MAX_WORD_LENGTH = 60


def fold(text: str) -> str:
    """Small letters without accents, doubles and Norwegian variants; other signs are kept."""
    lowered = text.lower()
    if not lowered.isascii():
        lowered = _without_accents(lowered.translate(_LETTERS))
    lowered = lowered.replace("oe", "o").replace("'", "").replace(".", "")
    return _DOUBLE.sub(r"\1", lowered)


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).translate(_LETTERS)


def search_words(name: str) -> list[str]:
    """The folded words of a name in order, without legal forms and small words unless there is nothing else."""
    words = [word[:MAX_WORD_LENGTH] for word in _WORD.findall(fold(name))[:MAX_WORDS]]
    meaningful = [word for word in words if word not in _UNTELLING]
    return meaningful or words


def with_neighbours_swapped(word: str) -> list[str]:
    """The word with each pair of neighbouring letters swapped, the commonest slip that shares few letter groups."""
    return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]
