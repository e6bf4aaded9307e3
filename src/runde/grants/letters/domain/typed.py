"""What somebody wrote, made safe to set: line ends alike, nothing a letter cannot show."""

from __future__ import annotations

import unicodedata

from .refusals import TextRefused


def cleaned(text: str, *, longest: int) -> str:
    """The text without blanks around it. Raises TextRefused for control signs and for too much text."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in plain):
        raise TextRefused("Teksten har et tegn som ikke kan stå i et brev. Skriv den inn på nytt.")
    if len(plain) > longest:
        raise TextRefused(f"Skriv høyst {longest} tegn. Nå er det {len(plain)}.")
    return plain
