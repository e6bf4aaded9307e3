from __future__ import annotations

from datetime import datetime
from typing import Any

from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import Role
from runde.foundation.trust.api import fence
from runde.grants.designs.api import (
    Content,
    Draft,
    SharedScheme,
    share_version,
    start_draft_from_example,
)
from runde.grants.schemes.api import SchemeVersion

from .organisations import TenantFactory
from .people import an_actor
from .schemes import a_scheme_version


def a_scheme_draft(*, at: datetime, example: str = "smittevern") -> Draft:
    """A draft from a ready-made scheme, complete enough to be published."""
    return start_draft_from_example(name=example, by=an_actor(Role.SCHEME_MANAGER, at=at), at=at)


def with_figure(content: Content, parameter: str, value: str) -> Content:
    """The content with one figure changed, as plain data."""
    changed: list[dict[str, Any]] = [
        {**one, "values": [{**one["values"][0], "value": value}]} if one["name"] == parameter else one
        for one in content["rules"]["parameters"]
    ]
    return {**content, "rules": {**content["rules"], "parameters": changed}}


def a_neighbour(*, number: str = "3103", name: str = "Moss") -> Organisation:
    """Another municipality of the region. Make it outside every fence."""
    return TenantFactory.create(
        municipality_number=number, name=f"{name} kommune", slug=name.lower().replace(" ", "-")
    )


def a_version_of(tenant: Organisation, *, at: datetime) -> SchemeVersion:
    """A scheme published in another municipality. Call outside every fence."""
    with fence(tenant.id):
        return a_scheme_version(at=at)


def a_shared_scheme(tenant: Organisation, *, at: datetime) -> SharedScheme:
    """A scheme another municipality has published and put on the shelf. Call outside every fence."""
    with fence(tenant.id):
        version = a_scheme_version(at=at)
        return share_version(version=version, by=an_actor(Role.SCHEME_MANAGER, at=at), at=at)
