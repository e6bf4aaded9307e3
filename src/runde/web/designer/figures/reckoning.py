"""One reckoning for chart, spreadsheet, paper and comparison: figures are kept a while in each process."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from runde.engine.whatif import Reach
from runde.foundation.companies.api import register_extract
from runde.grants.designs.api import Content, digest_of, reach_of

from .keeping import Kept

MOST_KEPT = 64  # a reach is a few hundred rows: together a few megabytes
_reaches: Kept[tuple[str, str, date, tuple[str, ...]], Reach] = Kept(MOST_KEPT)


def reckon(content: Content, on: date, municipalities: Sequence[str] = ()) -> Reach:
    """As `reach_of`, answered from memory when it has been asked of the same register.

    Raises RuleError, NoRegister and ExtractFailed.
    """
    key = (digest_of(content), str(register_extract().path), on, tuple(municipalities))
    return _reaches.get(key, lambda: reach_of(content, on, municipalities))


def forget() -> None:
    """Reckon anew from here on."""
    _reaches.forget()
