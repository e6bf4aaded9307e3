from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.organisations.api import get_tenant
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound, current_tenant, hold
from runde.grants.schemes.api import SchemeVersion

from ..domain.content import digest_of
from ..models import SharedScheme
from ..queries.versions import content_of, get_version

SHOWN_IN_LISTS = ("name", "summary", "who", "how_much")


@transaction.atomic
def share_version(*, version: SchemeVersion, by: Actor, at: datetime) -> SharedScheme:
    """Put a published version on the region's shelf. Another version of the scheme leaves it.

    Only what was published is shared: no notes, no money, no applications. Shared again, it stays as it lies.
    """
    authorise(by, "schemes.manage", version)
    version = get_version(version.id)
    hold_place_on_shelf(version.scheme.slug)
    standing = SharedScheme.objects.filter(tenant_id=current_tenant(), scheme_slug=version.scheme.slug)
    if standing.filter(version_id=version.id).exists():
        return standing.get(version_id=version.id)
    standing.delete()
    shared = SharedScheme.objects.create(**_shown(version), shared_at=at)
    _journal("designs.shared", shared, by=by, at=at)
    return shared


@transaction.atomic
def unshare(*, shared_id: UUID, by: Actor, at: datetime) -> None:
    """Take one's own scheme off the shelf. Copies others have made stay theirs. Raises NotFound."""
    authorise(by, "schemes.manage")
    found = SharedScheme.objects.filter(id=shared_id, tenant_id=current_tenant())
    hold_place_on_shelf(*found.values_list("scheme_slug", flat=True))
    shared = found.first()
    if shared is None:
        raise NotFound("Ordningen ligger ikke på hylla, eller den er delt av en annen kommune.")
    _journal("designs.unshared", shared, by=by, at=at)
    shared.delete()


def hold_place_on_shelf(*slugs: str) -> None:
    """Hold the scheme's place. Always before the journal: two who wait for each other's would never be done."""
    hold("shelf", slugs)


def _shown(version: SchemeVersion) -> dict[str, object]:
    tenant, content = get_tenant(current_tenant()), content_of(version)
    return {
        "tenant_id": tenant.id,
        "tenant_slug": tenant.slug,
        "tenant_name": tenant.name,
        "municipality_number": tenant.municipality_number,
        "version_id": version.id,
        "scheme_slug": version.scheme.slug,
        "number": version.number,
        "published_at": version.made_at,
        "texts": {name: version.texts[name] for name in SHOWN_IN_LISTS},
        "content": content,
        "digest": digest_of(content),
    }


def _journal(action: str, shared: SharedScheme, *, by: Actor, at: datetime) -> None:
    record(
        action=action,
        subject_kind="scheme_version",
        subject_id=shared.version_id,
        by=by.person_id,
        at=at,
        shared=shared.id,
        slug=shared.scheme_slug,
        number=shared.number,
        digest=shared.digest,
    )
