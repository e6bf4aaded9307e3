from __future__ import annotations

from datetime import date

from ..models import Draft


def problems_of(draft: Draft, on: date) -> tuple[str, ...]:
    """Everything that keeps the draft from being published, each a sentence; () when it is ready."""
    raise NotImplementedError
