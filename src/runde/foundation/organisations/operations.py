from __future__ import annotations

from typing import Any

from runde.engine.reference.api import sort_key

from .models import Kind, Organisation


def register_organisation(*, kind: Kind, name: str, slug: str, **facts: Any) -> Organisation:
    """Add an organisation, or bring the one with this slug up to date."""
    defaults = {"kind": kind, "name": name, "sort_key": sort_key(name), **facts}
    organisation, _ = Organisation.objects.update_or_create(slug=slug, defaults=defaults)
    return organisation
