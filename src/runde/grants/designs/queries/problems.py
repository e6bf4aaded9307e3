from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from runde.grants.schemes.api import find_scheme

from ..domain.lacks import Lack
from ..domain.readiness import lacks_in
from ..models import Draft


def problems_of(draft: Draft, on: date) -> tuple[str, ...]:
    """Everything that keeps the draft from being published that day, each a sentence; () when it is ready."""
    return tuple(lack.sentence for lack in lacks_of(draft, on))


def lacks_of(draft: Draft, on: date) -> tuple[Lack, ...]:
    """The same, each with where in the content it is mended."""
    return (*lacks_in(draft.content, on), *_address_lacks(draft))


def _address_lacks(draft: Draft) -> Iterator[Lack]:
    standing = find_scheme(draft.slug)
    if standing is not None and standing.id != draft.scheme_id:
        told = f"Dere har allerede en ordning med adressen «{draft.slug}». Velg en annen adresse."
        yield Lack(told, "slug")
    if draft.scheme is not None and draft.scheme.slug != draft.slug:
        told = f"Kladden skal bli ny versjon av «{draft.scheme.slug}» og må ha samme adresse."
        yield Lack(told, "slug")
