"""Figures kept for a while in each process, so that chart, spreadsheet, paper and comparison share one reckoning."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from threading import Lock

from runde.engine.whatif import Reach
from runde.grants.designs.api import Content, reach_of

KEPT = 64  # a reach is a few hundred rows at most: some hundred kilobytes
Key = tuple[str, date, tuple[str, ...]]
_kept: OrderedDict[Key, Reach] = OrderedDict()
_lock = Lock()


def digest_of(content: Content) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def reckon(content: Content, on: date, municipalities: Sequence[str] = ()) -> Reach:
    """As `reach_of`, but the same question is answered from memory. Raises RuleError and NoRegister."""
    key = (digest_of(content), on, tuple(municipalities))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    reach = reach_of(content, on, municipalities)
    with _lock:
        _kept[key] = reach
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return reach
