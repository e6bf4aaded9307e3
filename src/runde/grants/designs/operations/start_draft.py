from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import municipality
from runde.foundation.organisations.api import get_tenant
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound, Refused, current_tenant, hold
from runde.grants.schemes.api import Scheme, SchemeVersion, find_scheme

from ..domain.blank import blank_content
from ..domain.content import Content, content_problems, digest_of, title_of
from ..domain.places import Place, placed
from ..domain.refusals import DraftRefused
from ..domain.scheme_file import read
from ..domain.slugs import free_slug, slug_of
from ..models import Draft, DraftRevision
from ..queries.examples import example_content, list_examples
from ..queries.shelf import get_shared
from ..queries.versions import content_of, get_version
from .keeping import keep_act
from .referring import keep_references


@transaction.atomic
def start_blank_draft(*, title: str, by: Actor, at: datetime) -> Draft:
    """A draft with the tenant's own municipality as its one requirement, and questions every form needs."""
    authorise(by, "schemes.manage")
    name = " ".join(title.split())
    if not name or len(name) > 200:
        raise Refused("Skriv hva ordningen skal hete, med høyst 200 tegn.")
    content = blank_content(name, slug_of(name))
    return _start(content, {"kind": "blank"}, what=f"Begynte på «{name}»", by=by, at=at)


@transaction.atomic
def start_draft_from_example(*, name: str, by: Actor, at: datetime) -> Draft:
    """A draft from a ready-made scheme; `name` is one of `list_examples()`. Raises NotFound."""
    authorise(by, "schemes.manage")
    example = next((one for one in list_examples() if one.name == name), None)
    if example is None:
        raise NotFound("Dette eksempelet finnes ikke.")
    origin = {"kind": "example", "example": name, "name": example.title["nb"]}
    what = f"Begynte med eksempelet «{example.title['nb']}»"
    return _start(example_content(name), origin, what=what, by=by, at=at)


@transaction.atomic
def start_draft_from_version(*, version: SchemeVersion, by: Actor, at: datetime) -> Draft:
    """A draft to be the next version of the version's scheme."""
    authorise(by, "schemes.manage", version)
    version = get_version(version.id)
    content = content_of(version)
    origin = {
        "kind": "version",
        "scheme": version.scheme.slug,
        "name": title_of(content),
        "number": version.number,
        "version": str(version.id),
        "digest": digest_of(content),
    }
    what = f"Begynte med versjon {version.number}"
    return _start(content, origin, scheme=version.scheme, what=what, by=by, at=at)


@transaction.atomic
def copy_from_shelf(*, shared_id: UUID, by: Actor, at: datetime) -> Draft:
    """A draft of one's own from another's shared scheme, with the municipality set to one's own.

    Raises NotFound when it has left the shelf; Refused when it is not what was shared.
    """
    authorise(by, "schemes.manage")
    shared = get_shared(shared_id)
    if digest_of(shared.content) != shared.digest:
        raise Refused(
            "Ordningen på hylla er ikke slik den ble delt. Be den som delte den, om å dele den på nytt."
        )
    origin = {
        "kind": "shelf",
        "municipality": shared.tenant_name,
        "municipality_number": shared.municipality_number,
        "scheme": shared.scheme_slug,
        "name": title_of(shared.content),
        "number": shared.number,
        "version": str(shared.version_id),
        "digest": shared.digest,
        "shared": str(shared.id),
    }
    what = f"Kopierte versjon {shared.number} fra {shared.tenant_name}"
    before = _municipality_name(shared.municipality_number, at)
    return _start(shared.content, origin, before=before, what=what, by=by, at=at)


@transaction.atomic
def import_draft(*, data: bytes, by: Actor, at: datetime) -> Draft:
    """A draft from a "runde-scheme/1" file. Raises FileRefused with place and fault.

    In the municipality the file is from it says the same as the file; in another it becomes that one's own.
    """
    authorise(by, "schemes.manage")
    content = read(data)
    origin = {
        "kind": "file",
        "scheme": content["slug"],
        "name": title_of(content),
        "digest": digest_of(content),
        "file_digest": hashlib.sha256(data).hexdigest(),
    }
    return _start(content, origin, what="Leste inn ordningen fra fil", by=by, at=at)


def _start(
    content: Content,
    origin: Mapping[str, Any],
    *,
    what: str,
    by: Actor,
    at: datetime,
    scheme: Scheme | None = None,
    before: str = "",
) -> Draft:
    """The draft and its first revision. One that is not to follow a scheme gets an address nobody has."""
    content = _as_own(content, before, at)
    if scheme is None:
        hold("draft_slug", ["new"])
        content = {**content, "slug": _free(content["slug"])}
    problems = content_problems(content)
    if problems:
        raise DraftRefused(problems, lead="Ordningen kan ikke brukes som kladd.")
    draft = Draft.objects.create(
        slug=content["slug"],
        title=title_of(content),
        origin={**origin, "date": timezone.localdate(at).isoformat()},
        content=content,
        digest=digest_of(content),
        scheme=scheme,
        made_at=at,
        made_by=by.person_id,
        changed_at=at,
        changed_by=by.person_id,
    )
    keep_references(draft)
    keep_act(draft, DraftRevision.Kind.START, what=what, by=by, at=at)
    return draft


def _as_own(content: Content, before: str, at: datetime) -> Content:
    """With the tenant's municipality in the rules and texts; a tenant without one leaves it to be filled in."""
    number = get_tenant(current_tenant()).municipality_number
    if not number:
        return content
    return placed(content, Place(number, _municipality_name(number, at)), before)


def _municipality_name(number: str, at: datetime) -> str:
    return municipality(number, timezone.localdate(at)).name if number else ""


def _free(wanted: str) -> str:
    """Drafts count too: two of them may not be on their way to the same address."""
    drafts = Draft.objects.filter(state=Draft.State.DRAFT).values_list("slug", flat=True)
    taken = set(drafts)
    return free_slug(wanted, lambda slug: slug in taken or find_scheme(slug) is not None)
