"""A chosen set of cases as fields of a form: what is chosen stays chosen, whatever happens to the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from uuid import UUID

from django.http import QueryDict

from runde.grants.casework.api import find_selection


def written(ids: Iterable[UUID]) -> str:
    return " ".join(one.hex for one in ids)


def read(posted: QueryDict) -> list[UUID]:
    """The set a form sends, each case once, in the order it was chosen.

    - `selection`: a kept set; without those `listed` on the page, whose boxes speak for themselves, and without
      `unmarked`, whose boxes were emptied on other pages
    - `frozen`: cases that travel with the form, for instance marked on other pages
    - `case`: the boxes marked on the page
    """
    spoken_for = set(ids_of(posted.get("listed", "").split())) | set(
        ids_of(posted.get("unmarked", "").split())
    )
    kept = [one for one in _selected(posted) if one not in spoken_for]
    marked = ids_of([*posted.get("frozen", "").split(), *posted.getlist("case")])
    return list(dict.fromkeys([*kept, *marked]))


def fields(posted: QueryDict, kept: Sequence[UUID]) -> dict[str, str]:
    """The set as hidden fields: a kept selection stays one id however many cases it has, with what was taken out."""
    selected = _selected(posted)
    chosen, whole = set(kept), set(selected)
    return {
        "selection": posted.get("selection", "") if selected else "",
        "unmarked": written(one for one in selected if one not in chosen),
        "frozen": written(one for one in kept if one not in whole),
    }


def _selected(posted: QueryDict) -> list[UUID]:
    for one in ids_of([posted.get("selection", "")]):
        found = find_selection(one)
        return list(found.case_ids) if found else []
    return []


def ids_of(texts: Iterable[str]) -> list[UUID]:
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found
