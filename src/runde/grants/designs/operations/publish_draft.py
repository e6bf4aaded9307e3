from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.foundation.forms.api import publish_form
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import once
from runde.grants.schemes.api import SchemeVersion, create_scheme, publish_version, register_types

from ..domain.content import ruleset_of
from ..domain.refusals import NotReady
from ..models import Draft
from ..queries.problems import problems_of
from ..queries.versions import get_version
from .keeping import taken
from .share_version import hold_place_on_shelf


@transaction.atomic
def publish_draft(*, draft_id: UUID, revision: int, key: str, by: Actor, at: datetime) -> SchemeVersion:
    """Make the draft the next version of its scheme, with its form. The same `key` again gives the same version.

    Raises NotReady listing everything that lacks; ChangedMeanwhile; Conflict when it is no longer a draft.
    """
    authorise(by, "schemes.manage")
    body = {"draft": str(draft_id), "revision": revision}

    def work() -> dict[str, Any]:
        return {"version": str(_publish(draft_id, revision, by=by, at=at).id)}

    done = once(operation="designs.publish", key=key, body=body, at=at, work=work)
    return get_version(UUID(done["version"]))


def _publish(draft_id: UUID, revision: int, *, by: Actor, at: datetime) -> SchemeVersion:
    draft = taken(draft_id, revision)
    problems = problems_of(draft, timezone.localdate(at))
    if problems:
        raise NotReady(problems)
    content = draft.content
    # Whoever publishes may share at once, and sharing holds the place before the journal.
    hold_place_on_shelf(draft.scheme.slug if draft.scheme else draft.slug)
    scheme = draft.scheme or create_scheme(slug=draft.slug, by=by, at=at)
    version = publish_version(
        scheme=scheme,
        texts=content["texts"],
        rules=ruleset_of(content),
        form=publish_form(
            slug=draft.slug, definition=content["form"], by=by, at=at, known_types=register_types()
        ),
        legal_basis=content["legal_basis"],
        assumptions=content["assumptions"],
        take_up=content["take_up"],
        by=by,
        at=at,
    )
    draft.state, draft.scheme, draft.version = Draft.State.PUBLISHED, scheme, version
    draft.changed_at, draft.changed_by = at, by.person_id
    draft.save(update_fields=["state", "scheme", "version", "changed_at", "changed_by"])
    _journal(draft, version, by=by, at=at)
    return version


def _journal(draft: Draft, version: SchemeVersion, *, by: Actor, at: datetime) -> None:
    record(
        action="designs.published",
        subject_kind="draft",
        subject_id=draft.id,
        by=by.person_id,
        at=at,
        revision=draft.revision,
        digest=draft.digest,
        scheme=version.scheme_id,
        version=version.id,
        number=version.number,
    )
