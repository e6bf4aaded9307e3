"""What the edits need: a neighbour's scheme copied from the shelf, and 1.1 million companies behind it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from runde.cli.bench.planning.companies import build_made_up_extract
from runde.cli.demo.region import Municipality, build_region
from runde.cli.demo.setting import acting, fill_register
from runde.engine.whatif import PlannedSource
from runde.foundation.companies.api import register_extract
from runde.foundation.trust.api import fence
from runde.grants.designs.api import (
    Draft,
    change_draft,
    copy_from_shelf,
    publish_draft,
    set_sources,
    share_version,
    start_draft_from_example,
)

TOWN, NEIGHBOUR = "oslo", "lillestrom"
"""The town has every ninth company of the made-up register: the largest municipality there is."""
BUDGET_NOK = Decimal(80_000_000)
IMPORTED = 500


def copied_scheme(at: datetime) -> Draft:
    """The neighbour publishes the example and shares it; the town copies it and plans its money."""
    towns = {one.town.slug: one for one in build_region(at)}
    shared = _shared_by(towns[NEIGHBOUR], at)
    with fence(towns[TOWN].tenant.id):
        by = acting(towns[TOWN].staff.manager, at)
        draft = copy_from_shelf(shared_id=shared, by=by, at=at)
        content = set_sources(draft.content, [PlannedSource("Næringsfondet", BUDGET_NOK)])
        return change_draft(
            draft_id=draft.id, content=content, revision=draft.revision, what="", by=by, at=at
        )


def _shared_by(neighbour: Municipality, at: datetime) -> UUID:
    with fence(neighbour.tenant.id):
        by = acting(neighbour.staff.manager, at)
        draft = start_draft_from_example(name="smittevern", by=by, at=at)
        version = publish_draft(draft_id=draft.id, revision=draft.revision, key=str(uuid4()), by=by, at=at)
        return share_version(version=version, by=by, at=at).id


@contextmanager
def whole_country(at: datetime) -> Iterator[None]:
    """A few companies are read in, and the extract made of them gives way to one of 1.1 million.

    Reading them all in takes minutes and leaves the same file: what is measured here never asks the database
    about a company.
    """
    fill_register(None, count=IMPORTED, seed=1, towns={}, now=at)
    place = register_extract().path
    with TemporaryDirectory(dir=place.parent, prefix=".bench-") as folder:
        os.replace(build_made_up_extract(Path(folder)), place)
    try:
        yield
    finally:
        place.unlink(missing_ok=True)
