"""Several lines of text. Settings: `longest` (characters, default 4000)."""

from __future__ import annotations

from ...domain.typing_in import tidy_text
from ..text import Text


class LongText(Text):
    name = "long_text"
    longest = 4000
    takes_over = frozenset({"text"})

    def tidy(self, text: str) -> str:
        return tidy_text(text)
