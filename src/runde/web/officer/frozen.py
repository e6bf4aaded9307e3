"""A chosen set of cases as one field of a form: what is chosen stays chosen, whatever happens to the list."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from django.http import QueryDict


def written(ids: Iterable[UUID]) -> str:
    return " ".join(one.hex for one in ids)


def read(posted: QueryDict) -> list[UUID]:
    """The set that travels with the form, and the boxes marked on the page; each case once."""
    texts = [*posted.get("frozen", "").split(), *posted.getlist("case")]
    found: dict[UUID, None] = {}
    for text in texts:
        with suppress(ValueError):
            found[UUID(text)] = None
    return list(found)
