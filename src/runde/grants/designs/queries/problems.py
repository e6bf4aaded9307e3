from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from runde.grants.schemes.api import find_scheme

from ..domain.readiness import readiness_problems
from ..models import Draft


def problems_of(draft: Draft, on: date) -> tuple[str, ...]:
    """Everything that keeps the draft from being published that day, each a sentence; () when it is ready."""
    return (*readiness_problems(draft.content, on), *_address_problems(draft))


def _address_problems(draft: Draft) -> Iterator[str]:
    standing = find_scheme(draft.slug)
    if standing is not None and standing.id != draft.scheme_id:
        yield f"Dere har allerede en ordning med adressen «{draft.slug}». Velg en annen adresse."
    if draft.scheme is not None and draft.scheme.slug != draft.slug:
        yield f"Kladden skal bli ny versjon av «{draft.scheme.slug}» og må ha samme adresse."
